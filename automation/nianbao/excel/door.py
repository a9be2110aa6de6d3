"""The door to Excel: the only module that imports xlwings (its BSD part). Whatever Excel refuses becomes an ExcelError.

What is asked of an open workbook through it is in excel_book.py.
"""

from __future__ import annotations

import atexit
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from nianbao.errors import InputError, NianbaoError

# xlwings imports its part of another licence, which asks the calling workbook for a key, and a busy one without end.
sys.modules["xlwings.pro"] = None  # type: ignore[assignment]
import xlwings as xw  # noqa: E402

Book = xw.Book
Sheet = xw.Sheet
Range = xw.Range

BUSY = 8.0
"""Seconds that a button waits for a busy Excel, all its calls together."""

_REJECTED = -2147418111
"""RPC_E_CALL_REJECTED: a cell is being edited or a dialog is open."""


class Attempts(int):
    """Stands where xlwings keeps how often to ask a busy Excel again: it would ask without end and without rest.

    Asked whether another attempt is due, it waits first, longer each time, until BUSY seconds are spent.
    """

    waited = 0.0

    def __gt__(self, tried: int) -> bool:
        """Wait and return True, or return False when enough was waited."""
        pause = min(0.05 * (tried - 1), 0.5)
        if Attempts.waited + pause > BUSY:
            return False
        Attempts.waited += pause
        time.sleep(pause)
        return True


if sys.platform == "win32":  # pragma: no cover - only where Excel runs
    xw._xlwindows.N_COM_ATTEMPTS = Attempts(1000)
    # At exit xlwings kills every EXCEL.EXE it takes for a zombie, with the user's unsaved work in it.
    atexit.unregister(xw._xlwindows.cleanup)


class ExcelError(NianbaoError):
    """Excel did not do what was asked."""


def _engine_errors() -> tuple[type[Exception], ...]:
    """Return what xlwings and pywin32 raise when Excel refuses.

    com_error: Excel's own errors. error: Windows' (a message box without its window). XlwingsError and, where Excel
    stayed busy, ExcelBusyError: xlwings' own.
    """
    try:
        import pywintypes  # type: ignore[import-untyped] # noqa: PLC0415 - exists on Windows alone
    except ImportError:
        return (xw.XlwingsError,)
    if sys.platform == "win32":  # pragma: no cover
        return (xw.XlwingsError, pywintypes.com_error, pywintypes.error, xw._xlwindows.ExcelBusyError)
    return (xw.XlwingsError, pywintypes.com_error, pywintypes.error)


ENGINE_ERRORS = _engine_errors()


@contextmanager
def asking() -> Iterator[None]:
    """Turn whatever Excel raises inside into an ExcelError."""
    try:
        yield
    except ENGINE_ERRORS as e:
        raise ExcelError(_explained(e)) from e


def _explained(e: Exception) -> str:
    code = e.args[0] if e.args else None
    if code == _REJECTED or type(e).__name__ == "ExcelBusyError":
        return "Excel 正忙：可能正在编辑单元格，或有没关的对话框。请按 Esc 结束编辑、关掉对话框后再点一次"
    told = e.args[2] if len(e.args) > 2 and isinstance(e.args[2], tuple) else ()
    text = str(told[2]) if len(told) > 2 and told[2] else str(e)
    return f"Excel 没有接受这个操作（{text.strip().rstrip('。')}）。如果工作表设了密码或工作簿只读，请先解除"


def caller(arguments: list[str]) -> Book:
    """Return the workbook whose button was pressed (`--wb=`, `--hwnd=` as the add-in passes them).

    Raises InputError, ExcelError.
    """
    name = next((a.removeprefix("--wb=") for a in arguments if a.startswith("--wb=")), "")
    if "=" in name:  # xlwings cuts the name there
        raise InputError(f"文件名“{name}”里有等号，Excel 接口认不出它，请另存为不带等号的文件名")
    sys.argv = [sys.argv[0], *arguments]  # where xlwings looks
    Attempts.waited = 0.0
    with asking():
        try:
            return Book.caller()
        except KeyError as e:
            raise ExcelError(f"Excel 里找不到工作簿“{name}”，它可能已经关闭") from e
