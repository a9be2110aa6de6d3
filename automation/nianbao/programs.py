"""Other programs, and Python's own, started so that nothing of the folder the user happens to be in is run."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

SAFE = "PYTHONSAFEPATH"


def find(*names: str) -> str | None:
    """Return the whole path of the first of the programs that is installed, or None.

    Only whole folders of PATH count: Windows would look in the current folder first, and a PATH may name it as `.`.
    On Windows .com comes before .exe: LibreOffice's .com waits for the end of the work.
    """
    folders = [f for f in map(Path, os.environ.get("PATH", os.defpath).split(os.pathsep)) if f.is_absolute()]
    endings = (".com", ".exe") if sys.platform == "win32" else ("",)
    asked = (str(folder / f"{name}{ending}") for name in names for folder in folders for ending in endings)
    return next((path for path in asked if shutil.which(path)), None)


def of_windows(name: str) -> str:
    """Return the whole path of a program of Windows itself, as Windows tells its own folder. Only called there."""
    import ctypes  # noqa: PLC0415 - only Windows comes here

    told = ctypes.create_unicode_buffer(1024)
    length = ctypes.windll.kernel32.GetSystemDirectoryW(told, len(told))  # type: ignore[attr-defined]
    return str(Path(told.value if length else r"C:\Windows\System32") / name)


def python(module: str) -> Sequence[str]:
    """Return the words that start a module of ours in a process of its own."""
    return [sys.executable, "-P", "-X", "utf8", "-m", module]


@contextlib.contextmanager
def safe_path() -> Iterator[None]:
    """Let the Pythons started inside look for modules where ours does, and not first in the current folder."""
    before = os.environ.get(SAFE)
    os.environ[SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE]
        else:
            os.environ[SAFE] = before
