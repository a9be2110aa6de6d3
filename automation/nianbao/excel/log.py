"""The log of buttons and launches, for whoever is asked for help: one UTF-8 file for each user, kept small."""

from __future__ import annotations

import contextlib
import datetime
import traceback
from pathlib import Path
from types import TracebackType

from nianbao import __version__
from nianbao.excel import desktop
from nianbao.excel.running import home

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
    """Append an exception with its traceback."""
    note("".join(traceback.format_exception(e)).rstrip())


def unexpected(kind: type[BaseException], e: BaseException, trace: TracebackType | None) -> None:
    """Be the process's excepthook: log what nobody foresaw and show one message, never a traceback."""
    trouble(e.with_traceback(trace))
    desktop.message(f"程序出错了（{kind.__name__}），没有做完。请把记录文件发给技术支持：\n{place()}", wrong=True)
