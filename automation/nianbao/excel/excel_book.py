"""A workbook open in Excel, as the buttons want to see it. Blocks are read and written in one call.

Everything asked of COM directly (`api`) is asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any

from nianbao.excel import desktop, door
from nianbao.ribbon.book import Area, Block, Step
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW

_ALLOWED = ("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingHyperlinks")
_CENTRE = -4108
"""xlCenter."""


class OpenBook:
    """A workbook open in Excel (`ribbon.book.Book`). Whatever is refused is an ExcelError."""

    def __init__(self, book: door.Book, show: Callable[[Path], str] = desktop.open_file) -> None:
        self._book = book
        self._show = show

    @property
    def name(self) -> str:
        """The file's name."""
        return str(self._book.name)

    @property
    def fullname(self) -> str:
        """Where the file lies."""
        return str(self._book.fullname)

    @cached_property
    def titles(self) -> Mapping[str, bool]:
        """The titles of all sheets, and whether they are shown."""
        with door.asking():
            return {s.name: _is_shown(s) for s in self._book.sheets}

    @cached_property
    def macros(self) -> bool:
        """Whether it holds macros."""
        with door.asking():
            return bool(self._book.api.HasVBProject)

    @cached_property
    def links(self) -> bool:
        """Whether it takes figures from other workbooks."""
        with door.asking():
            return bool(self._book.api.LinkSources(1))

    @property
    def selected(self) -> tuple[str, str]:
        """The sheet and the address of the upper left cell of the selection; empty where it is no cell."""
        with door.asking():
            cells = self._book.app.selection
            if cells is None:
                return "", ""
            return cells.sheet.name, cells.get_address(False, False).partition(":")[0]

    def refers_to(self, name: str) -> str:
        """Return what a defined name stands for."""
        with door.asking():
            names = self._book.names
            return str(names[name].refers_to).removeprefix("=") if name in names else ""

    def block(self, title: str) -> Block:
        """Return what a sheet says."""
        with door.asking():
            sheet = self._book.sheets[title]
            last = sheet.used_range.last_cell
            bottom, right = min(last.row, MAX_ROW), min(last.column, MAX_COLUMN)
            values, formulas = block(_area(sheet, (1, 1, bottom, right)))
            return Block(values, formulas, *_hidden_lines(sheet, bottom, right))

    def unlocked(self, title: str, refs: Sequence[str]) -> frozenset[str]:
        """Return those of these cells that are not locked."""
        with door.asking():
            sheet = self._book.sheets[title]
            return frozenset(r for r in refs if sheet.range(r).api.Locked is False)

    def write(self, title: str, steps: Sequence[Step], *, unprotect: bool) -> None:
        """Change a sheet, without redrawing in between."""
        with door.asking(), self._still():
            sheet = self._book.sheets[title]
            with _unprotected(sheet) if unprotect else nullcontext():
                for step in steps:
                    _do(sheet, step)

    def select(self, title: str, ref: str) -> None:
        """Show a sheet and select a cell of it."""
        with door.asking():
            found = self._book.sheets[title]
            self._book.api.Activate()  # xlwings' own activate() wants the whole Excel in front, and fails in a second
            found.api.Activate()
            found.range(ref).select()

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Show a message box of Excel and wait for OK."""
        with door.asking():
            self._book.app.alert(text, title=desktop.TITLE, mode="critical" if wrong else "info")

    def ask(self, text: str) -> bool:
        """Ask yes or no in a message box of Excel."""
        with door.asking():
            return bool(self._book.app.alert(text, title=desktop.TITLE, buttons="yes_no", mode="info") == "yes")

    def progress(self, text: str) -> None:
        """Show a text in the status bar; '' gives it back to Excel."""
        with door.asking():
            self._book.app.status_bar = text or False

    def open(self, path: Path) -> None:
        """Open what was made; where nothing opens it, say so."""
        trouble = self._show(path)
        if trouble:
            self.tell(trouble)

    @contextmanager
    def _still(self) -> Iterator[None]:
        app = self._book.app
        before = app.screen_updating
        app.screen_updating = False
        try:
            yield
        finally:
            app.screen_updating = before


def _do(sheet: door.Sheet, step: Step) -> None:
    cells, what = _area(sheet, step.area), step.what
    match step.do:
        case "clear":
            sheet.clear()
        case "unlink":
            cells.api.ClearHyperlinks()
        case "format":
            cells.number_format = what
        case "values" | "blanks":
            cells.value = what
        case "lock":
            cells.api.Locked = what
        case "colour":
            cells.color = what
        case "link":
            cells.add_hyperlink(what.address, what.text, what.tip)
        case "height":
            cells.row_height = what
        case "width":
            cells.column_width = what
        case "merge":
            cells.merge()
        case "dress":
            cells.api.WrapText = True
            cells.api.VerticalAlignment = _CENTRE
            cells.api.Font.Name, cells.api.Font.Size = "宋体", 10
        case "hide":
            cells.api.EntireColumn.Hidden = True


def _area(sheet: door.Sheet, area: Area) -> door.Range:
    top, left, bottom, right = area
    return sheet.range((top, left), (bottom, right))


def block(cells: door.Range) -> tuple[list[list[Any]], list[list[str]]]:
    """Return values and formulas of a block, each read in one call; errors come as their text (#DIV/0!)."""
    values: list[list[Any]] = cells.options(ndim=2, err_to_str=True).value
    raw: Any = cells.formula
    if not isinstance(raw, tuple):
        return values, [[str(raw)]]
    rows: Any = raw if raw and isinstance(raw[0], tuple) else ([raw] if cells.shape[0] == 1 else [(x,) for x in raw])
    return values, [["" if x is None else str(x) for x in row] for row in rows]


def _hidden_lines(sheet: door.Sheet, bottom: int, right: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the hidden rows and columns of a block that begins in A1; two calls where nothing is hidden."""
    whole = _area(sheet, (1, 1, bottom, right)).api
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    if whole.EntireRow.Hidden is not False:  # None: some are
        rows = frozenset(r for r in range(1, bottom + 1) if sheet.range((r, 1)).api.EntireRow.Hidden)
    if whole.EntireColumn.Hidden is not False:
        columns = frozenset(c for c in range(1, right + 1) if sheet.range((1, c)).api.EntireColumn.Hidden)
    return rows, columns


def _is_shown(sheet: door.Sheet) -> bool:
    """Tell whether a sheet is visible: Excel says -1, 0, or 2 for one hidden by a macro."""
    state: object = sheet.visible
    return state in (True, -1)


@contextmanager
def _unprotected(sheet: door.Sheet) -> Iterator[None]:
    """Lift a protection without password, and put the same one back afterwards; what has one is refused."""
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
