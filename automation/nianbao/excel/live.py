"""Reading the workbook that is open in Excel, unsaved changes included, by the same code as a closed file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from nianbao import pipeline
from nianbao.dates import today
from nianbao.excel import door
from nianbao.pipeline import Checked
from nianbao.report import Reading
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW, Content, Sheet, pointed, titled
from nianbao.workbook.read import read_book

ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA")
)


class LiveBook:
    """A workbook open in Excel, as the workbook's reader wants to see it."""

    def __init__(self, book: door.Book) -> None:
        self._book = book
        self._titles = {s.name: door.is_shown(s) for s in book.sheets}
        self.file = book.name
        self.names = tuple(self._titles)
        self.hidden = tuple(name for name, shown in self._titles.items() if not shown)
        self.macros = door.has_macros(book)
        self.links = door.has_links(book)

    def target(self, name: str) -> tuple[str, int, int] | None:
        """Return the sheet, row and column a defined name points at."""
        if name not in self._book.names:
            return None
        return pointed(str(self._book.names[name].refers_to).removeprefix("="))

    def sheet(self, name: str) -> Sheet | None:
        """Read a sheet in two calls, spaces and widths of characters in its name folded; None when there is none."""
        title = titled(self._titles, name)
        return None if title is None else _read(name, self._book.sheets[title])


def _read(name: str, sheet: door.Sheet) -> Sheet:
    last = sheet.used_range.last_cell
    bottom, right = min(last.row, MAX_ROW), min(last.column, MAX_COLUMN)
    values, formulas = door.block(door.area(sheet, 1, 1, bottom, right))
    cells = {spot: content for spot, content in _contents(values, formulas) if content is not None}
    return Sheet(name, MappingProxyType(cells), *door.hidden_lines(sheet, bottom, right))


def _contents(
    values: list[list[object]], formulas: list[list[str]]
) -> Iterator[tuple[tuple[int, int], Content | None]]:
    for row, (found, written) in enumerate(zip(values, formulas, strict=True), 1):
        for column, (value, formula) in enumerate(zip(found, written, strict=True), 1):
            yield (row, column), _content(_plain(value), formula)


def _content(value: object, formula: str) -> Content | None:
    is_formula = formula.startswith("=") and formula != value  # a typed text '=1+1 has itself as its formula
    if value is None and not is_formula:
        return None
    return Content(value, formula if is_formula else "", isinstance(value, str) and value in ERRORS)


def _plain(value: object) -> object:
    """Return a value as a file holds it: Excel hands out every number as a float."""
    if isinstance(value, float | Decimal):
        return int(value) if value == int(value) else float(value)
    return value.replace("\r", "") if isinstance(value, str) else value


def read(book: door.Book) -> Reading:
    """Return what the open workbook says now. Raises InputError, EditionError, ExcelError."""
    with door.asking():
        return read_book(LiveBook(book))


def check(book: door.Book) -> Checked:
    """Return the open workbook with every finding and the reasons typed in it. Raises as `read`."""
    return pipeline.check_reading(Path(book.fullname), replace(read(book), today=today()))
