"""Installing the add-in for a test's own user and opening it."""

import os
import sys
from contextlib import contextmanager
from unittest import mock

from nianbao.wps import addin_folder
from wps import window as windows


@contextmanager
def window(folder, start=True):
    """The add-in of a user whose folder this is."""
    places = addin_folder.WpsFolders(folder / "jsaddons")

    def install():
        with mock.patch.dict(os.environ, {"LOCALAPPDATA": str(folder)}):
            return addin_folder.install(places, sys.executable)[0]

    with windows.opened(folder, install, start) as found:
        yield found
