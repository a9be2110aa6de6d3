"""Reading the workbook that is open, unsaved changes included, by the same code as a closed file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from nianbao import pipeline
from nianbao.dates import today
from nianbao.pipeline import Checked
from nianbao.report import Reading
from nianbao.ribbon.book import Block, Book
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW, PLAIN, Content, Look, Sheet, pointed, titled
from nianbao.workbook.read import read_book

ERRORS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#GETTING_DATA")
)


class LiveBook:
    """An open workbook, as the workbook's reader wants to see it."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.file = book.name
        self.names = tuple(book.titles)
        self.hidden = tuple(name for name, shown in book.titles.items() if not shown)
        self.macros = book.macros
        self.links = book.links

    def target(self, name: str) -> tuple[str, int, int] | None:
        """Return the sheet, row and column a defined name points at."""
        return pointed(self._book.refers_to(name))

    def sheet(self, name: str) -> Sheet | None:
        """Read a sheet, spaces and widths of characters in its name folded; None when there is none."""
        title = titled(self.names, name)
        return None if title is None else _sheet(name, self._book.block(title))


def _sheet(name: str, block: Block) -> Sheet:
    cells = {spot: content for spot, content in _contents(block) if content is not None}
    return Sheet(name, MappingProxyType(cells), block.hidden_rows, block.hidden_columns)


def _contents(block: Block) -> Iterator[tuple[tuple[int, int], Content | None]]:
    for row, (found, written) in enumerate(zip(block.values, block.formulas, strict=True), 1):
        for column, (value, formula) in enumerate(zip(found, written, strict=True), 1):
            if row <= MAX_ROW and column <= MAX_COLUMN:
                code = block.formats.get((row, column))
                yield (row, column), _content(_plain(value), formula, PLAIN if code is None else Look(code))


def _content(value: object, formula: str, look: Look) -> Content | None:
    is_formula = formula.startswith("=") and formula != value  # a typed text '=1+1 has itself as its formula
    if value is None and not is_formula:
        return None
    return Content(value, formula if is_formula else "", isinstance(value, str) and value in ERRORS, look)


def _plain(value: object) -> object:
    """Return a value as a file holds it: programs hand out every number as a float."""
    if isinstance(value, float | Decimal):
        return int(value) if value == int(value) else float(value)
    return value.replace("\r", "") if isinstance(value, str) else value


def read(book: Book) -> Reading:
    """Return what the open workbook says now. Raises InputError, EditionError, or what its program refuses."""
    return read_book(LiveBook(book))


def check(book: Book) -> Checked:
    """Return the open workbook with every finding and the reasons typed in it. Raises as `read`."""
    return pipeline.check_reading(Path(book.fullname), replace(read(book), today=today()))
