import importlib.util

import pytest

from nianbao.errors import OutputError
from nianbao.publish import canvas


@pytest.fixture
def canvas_and_fonts():
    """What pictures are drawn with."""
    assert importlib.util.find_spec("matplotlib"), "the test command installs matplotlib"
    try:
        canvas.installed()
    except OutputError:
        pytest.skip("no Chinese font is installed")
