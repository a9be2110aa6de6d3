"""The log of buttons and launches, for whoever is asked for help: one UTF-8 file for each user, kept small.

It holds no figure and no text of anybody's report.
"""

from __future__ import annotations

import contextlib
import datetime
import traceback
from pathlib import Path
from types import TracebackType

from nianbao import __version__
from nianbao.state import home

LIMIT = 500_000
"""Bytes after which the log begins anew; the one before is kept as .old."""


def place() -> Path:
    """Return where the log is."""
    return home() / "nianbao.log"


def note(text: str) -> None:
    """Append a line with the time; a log that can't be written stops nothing."""
    path = place()
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LIMIT:
            path.replace(path.with_suffix(".old"))
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{now} {__version__} {text}\n")


def trouble(e: BaseException) -> None:
    """Append an exception: what kinds there were and where in the program, but no message.

    Messages quote what stands in the user's file, and a log is sent to strangers.
    """
    told = []
    one: BaseException | None = e
    while one is not None:
        why = f" {one.errno} {one.strerror}" if isinstance(one, OSError) else ""
        told.append(f"{type(one).__name__}{why}\n{''.join(_frames(one.__traceback__))}")
        one = one.__cause__ or one.__context__
    note("".join(reversed(told)).rstrip())


def _frames(trace: TracebackType | None) -> list[str]:
    """Return the places an exception came through, by file within its package: folders name the user."""
    frames = traceback.extract_tb(trace)
    return [f"  {'/'.join(Path(f.filename).parts[-3:])}:{f.lineno} {f.name}: {f.line}\n" for f in frames]
