"""The buttons by the running service, for an Excel that asks it: no Python starts, and Excel starts no program.

A process of the service's own attaches to Excel by its window's handle and does just what a started one does.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from pathlib import Path
from types import TracebackType

from nianbao.excel import desktop
from nianbao.ribbon import log
from nianbao.serve.button_requests import Click, Excel
from nianbao.serve.workers import Tell


def offered() -> Excel | None:
    """Return how a service presses the buttons of an Excel; None where there is no Excel."""
    return Excel(work, desktop.open_file) if sys.platform == "win32" else None


def work(click: Click, _tell: Tell) -> list[str]:
    """Press the button, in a process of the service; return what is to be opened.

    It is not opened here: a program that is started here ends with this process, the user's unsaved work in it.
    """
    from nianbao.excel.button_boundary import press  # noqa: PLC0415 - xlwings, only where a button is pressed

    opened: list[str] = []

    def show(path: Path) -> str:
        opened.append(str(path))
        return ""

    arguments = [f"--wb={click.book}", "--from_xl=1", f"--hwnd={click.window}"]
    try:
        with contextlib.ExitStack() as noted:
            noted.push(_note)
            press(click.button, [*arguments, f"--path={click.path}"] if click.path else arguments, show)
    finally:
        gc.collect()  # an Excel that somebody still refers to does not end when it is closed
    return opened


def _note(_kind: type[BaseException] | None, e: BaseException | None, _trace: TracebackType | None) -> None:
    """Log what nobody foresaw, which ends this process; the service tells the user."""
    if e is not None:
        log.trouble(e)
