"""The door to pypdfium2, which reads PDF: the only module that imports it.

On import it asks Python for the name of the system, and Python 3.11 asks cmd.exe for Windows' version then. That is
forbidden on some computers and promised by nobody, so the version is told from what Python knows already.
"""

from __future__ import annotations

import platform
import sys

if sys.platform == "win32":  # pragma: no cover - proven by tests/windows
    _told = sys.getwindowsversion()
    _asking = platform.win32_ver
    platform.win32_ver = lambda *_: (str(_told.major), f"{_told.major}.{_told.minor}.{_told.build}", "", "")
    try:
        platform.uname()  # kept by Python from now on
    finally:
        platform.win32_ver = _asking

import pypdfium2
import pypdfium2.raw as c

__all__ = ["c", "pypdfium2"]
