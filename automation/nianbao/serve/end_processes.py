"""Ending whatever works in a folder: the programs that a worker started have its temporary folder in their environment.

They may be in groups of their own (LibreOffice), and nobody's children any more once their worker is gone.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from nianbao import programs

NAMES = ("TMPDIR", "TEMP", "TMP")
_AGAIN = 20
"""Times to look for what was just being started when the others were ended."""
_PATIENCE = 20.0


def work_in(place: Path) -> None:
    """Let this process, and all that it starts from now on, keep temporary files in a folder."""
    os.environ.update(dict.fromkeys(NAMES, str(place)))
    tempfile.tempdir = str(place)


def end(place: Path) -> None:
    """End every other process that keeps its temporary files in a folder, or below it; Linux only."""
    for _ in range(_AGAIN):
        found = list(_working(place))
        if not found:
            return
        for pid in found:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)


def _working(place: Path) -> Iterator[int]:
    asked = f"{NAMES[0]}={place}".encode()
    for one in Path("/proc").glob("[0-9]*") if sys.platform == "linux" else ():
        if one.name == str(os.getpid()):
            continue
        try:
            words = (one / "environ").read_bytes().split(b"\0")
        except OSError:  # it is gone, or another user's
            continue
        if any(w == asked or w.startswith(asked + b"/") for w in words):
            yield int(one.name)


def end_children(pid: int) -> None:
    """End a process with its children, as Windows knows them; elsewhere nothing."""
    if sys.platform == "win32":
        command = [programs.of_windows("taskkill.exe"), "/F", "/T", "/PID", str(pid)]
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603
