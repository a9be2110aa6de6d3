"""Locks between programs that write into one folder; the system releases them however a program ends."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TURN = 10.0
"""Seconds to wait for one's turn. The others hold it for milliseconds: who holds it longer hangs, or can't be asked."""


def taken(handle: int) -> bool:
    """Lock an open file for as long as it stays open; False when another program holds it or it can't be locked."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - only there on Windows

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - not there on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextlib.contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Let programs that place results in a folder do so one after another.

    Leaves nothing in the folder. Where no lock can be had (some drives of a network), it goes on after TURN seconds:
    then two that place a file of the same name in the same millisecond may still lose one of their two new files.
    """
    try:
        handle = _opened(folder)
    except OSError:
        yield
        return
    try:
        end = time.monotonic() + TURN
        while not taken(handle) and time.monotonic() < end:
            time.sleep(0.005)
        yield
    finally:
        os.close(handle)


def _opened(folder: Path) -> int:
    """Open what stands for the folder: itself, or on Windows, where that can't be locked, an empty temporary file."""
    if os.name != "nt":
        return os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    name = hashlib.sha256(os.path.normcase(folder.absolute()).encode("utf-8", "replace")).hexdigest()[:16]
    return os.open(Path(tempfile.gettempdir(), f"nianbao-{name}.lock"), os.O_RDWR | os.O_CREAT)
