"""What a workbook says, sheet by sheet, as plain values: what readers of files and of Excel give alike. No openpyxl."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

from nianbao.workbook.address import column_number
from nianbao.workbook.source import ESCAPED_UNDERSCORE, FORM

MAX_ROW, MAX_COLUMN = FORM.rows, 60
"""No sheet of the form is larger; whatever a file claims beyond is not looked at."""

EASTERN_DATES = frozenset((*range(27, 32), 36, *range(50, 55), 57, 58))
"""Built-in number formats of Chinese Excel that show a day (2025年1月12日 is 31); openpyxl does not know them."""

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a calendar, as openpyxl gives it
_FIRST_SAFE_DAY, _LAST_DAY = 61, 2_900_000
"""Before 1 March 1900 Excel counts a day that never was."""

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TARGET = re.compile(r"'?((?:[^']|'')+?)'?!\$?([A-Z]{1,3})\$?(\d{1,7})")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Content:
    """One cell that is not empty: its value (of a formula: the cached result), its formula, whether it is an error."""

    value: object
    formula: str = ""
    error: bool = False


EMPTY = Content(None)


@dataclass(frozen=True)
class Sheet:
    """One sheet, by (row, column) counted from 1: contents, `merged` ranges (B10:D10), `remarks` hung on cells.

    A reader that can't tell the last two leaves them empty.
    """

    name: str
    cells: Mapping[tuple[int, int], Content]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: frozenset[str] = frozenset()
    remarks: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Content:
        """Return what stands in a cell."""
        return self.cells.get((row, column), EMPTY)


class Source(Protocol):
    """What is asked of a workbook that is read, be it a file or one open in Excel."""

    @property
    def file(self) -> str:
        """The file's name."""

    @property
    def names(self) -> tuple[str, ...]:
        """The titles of all sheets."""

    @property
    def hidden(self) -> tuple[str, ...]:
        """The names of hidden sheets."""

    @property
    def macros(self) -> bool:
        """Whether it holds macros."""

    @property
    def links(self) -> bool:
        """Whether it takes figures from other files."""

    def target(self, name: str) -> tuple[str, int, int] | None:
        """Return the sheet, row and column a defined name points at."""

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of this name; None when there is none."""


def titled(names: tuple[str, ...], name: str) -> str | None:
    """Return the sheet's own title for this name, spaces and widths of characters folded."""
    return next((n for n in names if n == name or fold(n) == fold(name)), None)


def pointed(reference: str) -> tuple[str, int, int] | None:
    """Return the sheet, row and column that a reference such as '表三'!$D$5 names, None when it names no one cell."""
    match = _TARGET.fullmatch(reference)
    if match is None:
        return None
    return match[1].replace("''", "'"), int(match[3]), column_number(match[2])


def day(serial: int) -> datetime | None:
    """Return the day Excel counts by this number (1900's calendar), None where it is none to be sure of."""
    return _DAY_ZERO + timedelta(days=serial) if _FIRST_SAFE_DAY <= serial < _LAST_DAY else None


def decoded(value: object) -> object:
    """Undo the `_xHHHH_` escapes of Open XML strings; a carriage return goes."""
    if not isinstance(value, str):
        return value
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), value) if "_x" in value else value
    return plain.replace("\r", "").replace(ESCAPED_UNDERSCORE, "_")


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def fold(text: object) -> str:
    """Return a printed text without what makes no difference: line breaks, spaces, widths of characters."""
    return _folded(str(text))
