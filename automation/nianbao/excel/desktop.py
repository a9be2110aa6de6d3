"""The user's desktop outside Excel: message boxes and opening files, on Windows and where Linux's icons start us.

Elsewhere, as from a command line, stderr and nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

from nianbao.excel.linux import dialogs
from nianbao.ribbon import log

TITLE = "信息公开年报"
DONE, TOLD = 0, 10
"""Exit codes: done, and not done but said why. Any other means to the add-in that Python itself did not run."""
NO_PROGRAM = "“{}”已经写好，但这台电脑没有能打开它的程序。"
_OK, _WARNING, _INFORMATION, _FOREGROUND = 0x0, 0x30, 0x40, 0x10000

_shown: list[bool] = []
"""Not empty: the user sees no console, but windows."""


def in_windows() -> None:
    """Tell everything in windows from now on: an icon of a Linux desktop started this process."""
    _shown.append(True)


def _in_windows() -> bool:
    """Tell whether there are windows, and they are where the user looks."""
    return bool(_shown and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")))


def message(text: str, *, wrong: bool = False) -> None:
    """Show a message box and wait for OK."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - a program with a console needs none

        style = _OK | _FOREGROUND | (_WARNING if wrong else _INFORMATION)
        ctypes.windll.user32.MessageBoxW(None, text, TITLE, style)
    elif _in_windows() and dialogs.show(text, TITLE, wrong=wrong):
        return
    elif sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)


def given_up(text: str) -> int:
    """Say that a file was given up, and return the exit code for it: not done, but said why."""
    message(text, wrong=True)
    return TOLD


def open_file(path: Path) -> str:
    """Open a file with the program the user has for it; return what to say where none opens it, else ''.

    It is a courtesy: whatever was made is made.
    """
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - a report the program has just written
        except OSError:
            return NO_PROGRAM.format(path.name)
    elif _in_windows() and not dialogs.open_file(path):
        return NO_PROGRAM.format(path.name)
    return ""


def unexpected(kind: type[BaseException], e: BaseException, trace: TracebackType | None) -> None:
    """Be the process's excepthook: log what nobody foresaw and show one message, never a traceback."""
    log.trouble(e.with_traceback(trace))
    message(f"程序出错了（{kind.__name__}），没有做完。请把记录文件发给技术支持：\n{log.place()}", wrong=True)
