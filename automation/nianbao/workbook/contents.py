"""What a workbook says, sheet by sheet, as plain values: what readers of files and of Excel give alike. No openpyxl."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

from nianbao.errors import InputError
from nianbao.unicodes import plain_form
from nianbao.workbook.address import column_number
from nianbao.workbook.bounds import FORM
from nianbao.workbook.package_checks import ESCAPED_UNDERSCORE

MAX_ROW, MAX_COLUMN = FORM.rows, 60
"""No sheet of the form is larger; whatever a file claims beyond is not looked at."""

_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a calendar, as openpyxl gives it
_FIRST_SAFE_DAY, _LAST_DAY = 61, 2_900_000
"""Before 1 March 1900 Excel counts a day that never was."""

_SINCE_1904 = 1462

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TARGET = re.compile(r"'?((?:[^']|'')+?)'?!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class CellLook:
    """What decides how a cell's content is seen: its number format, and why it is not to be seen ('' when it is).

    `doubt` is a conditional format that may change it, '' when there is none.
    """

    code: str = "General"
    unseen: str = ""
    doubt: str = ""


PLAIN = CellLook()


@dataclass(frozen=True, slots=True)
class Content:
    """One cell that is not empty: its value (of a formula: the cached result), its formula, whether it is an error.

    A text's raised digits are ¹²³, lowered ones ₁₂₃; `marked` says what else in it is not seen as it is written.
    """

    value: object
    formula: str = ""
    error: bool = False
    look: CellLook = PLAIN
    marked: str = ""


EMPTY = Content(None)


@dataclass(frozen=True)
class Sheet:
    """One sheet, by (row, column) counted from 1."""

    name: str
    cells: Mapping[tuple[int, int], Content]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    covered: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The cells that lie under a merged one, with its range (D7:E7)."""
    remarks: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The comments hung on cells; none where a reader cannot tell them."""

    def at(self, row: int, column: int) -> Content:
        """Return what stands in a cell."""
        return self.cells.get((row, column), EMPTY)


class WorkbookSource(Protocol):
    """What is asked of a workbook that is read, be it a file or one open in Excel."""

    @property
    def file(self) -> str:
        """The file's name."""

    @property
    def names(self) -> Iterable[str]:
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


def titled(names: Iterable[str], name: str) -> str | None:
    """Return the title of the sheet of this name: itself, else the only one that differs by spaces and widths alone.

    Raises InputError when several do.
    """
    alike = look_alikes(names, name)
    if name in names or not alike:
        return name if name in names else None
    if len(alike) > 1:
        listed = "、".join(f"“{n}”" for n in alike)
        raise InputError(f"没有名称正好是“{name}”的工作表，而{listed}都像是它，请把要用的那一张改名为“{name}”")
    return alike[0]


def look_alikes(names: Iterable[str], name: str) -> list[str]:
    """List the other titles that differ from a name by spaces and widths of characters alone."""
    return [n for n in names if n != name and fold(n) == fold(name)]


def pointed(reference: str) -> tuple[str, int, int] | None:
    """Return the sheet, row and column that a reference such as '表三'!$D$5 names, None when it names no one cell."""
    found = area(reference)
    return (found[0], *found[1][:2]) if found and found[1][:2] == found[1][2:] else None


def area(reference: str) -> tuple[str, tuple[int, int, int, int]] | None:
    """Return the sheet and the first and last row and column that a reference names, None when it names no one area."""
    match = _TARGET.fullmatch(reference)
    if match is None:
        return None
    top, left = int(match[3]), column_number(match[2])
    bottom, right = (int(match[5]), column_number(match[4])) if match[4] else (top, left)
    return match[1].replace("''", "'"), (top, left, bottom, right)


def day(serial: int) -> datetime | None:
    """Return the day Excel counts by this number (1900's calendar), None where it is none to be sure of."""
    return _DAY_ZERO + timedelta(days=serial) if _FIRST_SAFE_DAY <= serial < _LAST_DAY else None


def moment(number: float, letters: str, *, since_1904: bool) -> datetime | None:
    """Return the day, with its time where that is shown, of a number in a format of these letters; None for a number.

    `since_1904` counts from that year's first day, as workbooks of old Macs do.
    """
    if not letters or not set(letters) <= {*"ymdhsa"} or not set(letters) & {*"yd"} or number < 0:
        return None
    whole = int(number) + (_SINCE_1904 if since_1904 else 0) if abs(number) < 1e7 else 0
    found = day(whole)
    if found is None or number == int(number):
        return found
    return found + timedelta(seconds=round((number - int(number)) * 86_400)) if "h" in letters else None


def decoded(value: object) -> object:
    """Undo the `_xHHHH_` escapes of Open XML strings; a carriage return goes."""
    if not isinstance(value, str):
        return value
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), value) if "_x" in value else value
    return plain.replace("\r", "").replace(ESCAPED_UNDERSCORE, "_")


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _SPACE.sub("", plain_form(text))


def fold(text: object) -> str:
    """Return a printed text without what makes no difference: line breaks, spaces, widths of characters."""
    return _folded(str(text))
