"""The add-in of this user's WPS, in a browser, over a running desk."""

import pytest

from excel import com
from wps import opening

com.install()


@pytest.fixture(scope="session")
def window(tmp_path_factory):
    """The add-in as installed, a desk beside it."""
    with opening.window(tmp_path_factory.mktemp("wps")) as found:
        yield found
