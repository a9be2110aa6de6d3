"""The door to Excel: the only module that imports xlwings (its BSD part). Whatever Excel refuses becomes an ExcelError.

Blocks are read and written in one call; everything asked of COM directly (`api`) is asked here.
"""

from __future__ import annotations

import atexit
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nianbao.errors import InputError, NianbaoError

# xlwings imports its part of another licence, which asks the calling workbook for a key, and a busy one without end.
sys.modules["xlwings.pro"] = None  # type: ignore[assignment]
import xlwings as xw  # noqa: E402

Book = xw.Book
Sheet = xw.Sheet
Range = xw.Range

TITLE = "信息公开年报"

BUSY = 8.0
"""Seconds that one process waits for a busy Excel, all its calls together."""

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
    with asking():
        try:
            return Book.caller()
        except KeyError as e:
            raise ExcelError(f"Excel 里找不到工作簿“{name}”，它可能已经关闭") from e


def tell(book: Book, text: str, *, wrong: bool = False) -> None:
    """Show a message box of Excel and wait for OK."""
    with asking():
        book.app.alert(text, title=TITLE, mode="critical" if wrong else "info")


def ask(book: Book, text: str) -> bool:
    """Ask yes or no in a message box of Excel."""
    with asking():
        return bool(book.app.alert(text, title=TITLE, buttons="yes_no", mode="info") == "yes")


def progress(book: Book, text: str) -> None:
    """Show a text in the status bar; '' gives it back to Excel."""
    with asking():
        book.app.status_bar = text or False


@contextmanager
def still(book: Book) -> Iterator[None]:
    """Keep the screen from redrawing while cells are written."""
    app = book.app
    before = app.screen_updating
    app.screen_updating = False
    try:
        yield
    finally:
        app.screen_updating = before


_ALLOWED = ("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingHyperlinks")


@contextmanager
def unprotected(sheet: Sheet) -> Iterator[None]:
    """Lift a protection without password, and put the same one back afterwards. Raises ExcelError when it has one."""
    api = sheet.api
    if not api.ProtectContents:
        yield
        return
    allowed: dict[str, Any] = {name: bool(getattr(api.Protection, name)) for name in _ALLOWED}
    drawings, scenarios = bool(api.ProtectDrawingObjects), bool(api.ProtectScenarios)
    api.Unprotect("")
    try:
        yield
    finally:
        api.Protect(DrawingObjects=drawings, Contents=True, Scenarios=scenarios, **allowed)


def area(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> Range:
    """Return a block of cells by its corners."""
    return sheet.range((top, left), (bottom, right))


def block(cells: Range) -> tuple[list[list[Any]], list[list[str]]]:
    """Return values and formulas of a block, each read in one call; errors come as their text (#DIV/0!)."""
    values: list[list[Any]] = cells.options(ndim=2, err_to_str=True).value
    raw: Any = cells.formula
    if not isinstance(raw, tuple):
        return values, [[str(raw)]]
    rows: Any = raw if raw and isinstance(raw[0], tuple) else ([raw] if cells.shape[0] == 1 else [(x,) for x in raw])
    return values, [["" if x is None else str(x) for x in row] for row in rows]


def hidden_lines(sheet: Sheet, bottom: int, right: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the hidden rows and columns of a block that begins in A1; two calls where nothing is hidden."""
    whole = area(sheet, 1, 1, bottom, right).api
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    if whole.EntireRow.Hidden is not False:  # None: some are
        rows = frozenset(r for r in range(1, bottom + 1) if sheet.range((r, 1)).api.EntireRow.Hidden)
    if whole.EntireColumn.Hidden is not False:
        columns = frozenset(c for c in range(1, right + 1) if sheet.range((1, c)).api.EntireColumn.Hidden)
    return rows, columns


def unlinked(cells: Range) -> None:
    """Remove the links of a block and keep its look."""
    cells.api.ClearHyperlinks()


def locked(cells: Range, value: bool | None = None) -> bool:
    """Tell whether a cell is locked; with `value`, lock or unlock the block first."""
    if value is not None:
        cells.api.Locked = value
    return cells.api.Locked is not False


def select(book: Book, sheet: str, ref: str) -> None:
    """Show a sheet and select a cell of it."""
    with asking():
        found = book.sheets[sheet]
        book.api.Activate()  # xlwings' own activate() wants the whole Excel in front, and fails where another one is
        found.api.Activate()
        found.range(ref).select()


def selected(book: Book) -> tuple[str, str]:
    """Return the sheet and the address of the upper left cell of the selection; empty when it is no cell."""
    with asking():
        cells = book.app.selection
        if cells is None:
            return "", ""
        return cells.sheet.name, cells.get_address(False, False).partition(":")[0]


def is_shown(sheet: Sheet) -> bool:
    """Tell whether a sheet is visible: Excel says -1, 0, or 2 for one hidden by a macro."""
    state: object = sheet.visible
    return state in (True, -1)


def has_macros(book: Book) -> bool:
    """Tell whether the workbook holds macros."""
    return bool(book.api.HasVBProject)


def has_links(book: Book) -> bool:
    """Tell whether the workbook takes figures from other workbooks."""
    return bool(book.api.LinkSources(1))


def dress(cells: Range) -> None:
    """Let texts wrap in the middle of their cells, in the form's font."""
    api = cells.api
    api.WrapText = True
    api.VerticalAlignment = -4108  # xlCenter
    api.Font.Name, api.Font.Size = "宋体", 10


def hide_column(sheet: Sheet, column: int) -> None:
    """Hide a column."""
    sheet.range((1, column)).api.EntireColumn.Hidden = True
