"""The boundary around a button: one at a time, and every trouble is one Chinese message, with the log's place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nianbao import watch
from nianbao.errors import NianbaoError
from nianbao.excel import button_lock, desktop, door
from nianbao.excel.button_lock import BusyError
from nianbao.excel.desktop import DONE, TOLD
from nianbao.excel.excel_book import OpenBook
from nianbao.ribbon import buttons, log


def press(name: str, arguments: list[str], show: Callable[[Path], str] = desktop.open_file) -> int:
    """Do what the button of this name does with the workbook that `arguments` name; return the exit code.

    `show` opens what was made, and returns what to say where nothing opens it.
    """
    watch.begin(desktop.given_up)
    book: OpenBook | None = None
    try:
        with button_lock.alone():
            book = OpenBook(door.caller(arguments), show)
            path = next((a.removeprefix("--path=") for a in arguments if a.startswith("--path=")), "")
            buttons.need_path(name, path)
            log.note(f"{name} {book.name}")
            try:
                buttons.BUTTONS[name](book, path)
            finally:
                book.progress("")
    except BusyError as e:
        desktop.message(str(e))
        return TOLD
    except NianbaoError as e:
        log.trouble(e)
        _say(book, f"{e.sentence}\n\n（记录文件：{log.place()}）")
        return TOLD
    return DONE


def _say(book: OpenBook | None, text: str) -> None:
    """Say it in Excel, or where Excel doesn't answer, on the desktop."""
    if book is not None:
        try:
            book.tell(text, wrong=True)
        except door.ExcelError as e:
            log.trouble(e)
        else:
            return
    desktop.message(text, wrong=True)
