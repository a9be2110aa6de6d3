"""Reading the workbook that is open, unsaved changes included, by the same code as a closed file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from nianbao import pipeline
from nianbao.dates import today
from nianbao.pipeline import Checked
from nianbao.report import Reading
from nianbao.ribbon.book import Block, Book
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW, PLAIN, CellLook, Content, Sheet, pointed, titled
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
    return Sheet(name, MappingProxyType(dict(_contents(block))), block.hidden_rows, block.hidden_columns)


def _contents(block: Block) -> Iterator[tuple[tuple[int, int], Content]]:
    """Yield every cell that is not empty."""
    rows = zip(block.values, block.formulas, strict=True)
    for row, (values, formulas) in enumerate(islice(rows, MAX_ROW), 1):
        cells = zip(values, formulas, strict=True)
        for column, (value, formula) in enumerate(islice(cells, MAX_COLUMN), 1):
            is_formula = formula.startswith("=") and formula != value  # a typed text '=1+1 has itself as its formula
            if value is None and not is_formula:
                continue
            code = block.formats.get((row, column))
            held = _plain(value)
            is_error = isinstance(held, str) and held in ERRORS
            look = PLAIN if code is None else CellLook(code)
            yield (row, column), Content(held, formula if is_formula else "", is_error, look)


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
