"""Addresses of the standard workbook's cells, as values. No openpyxl here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLACE = re.compile(r"(.+)!([A-Z]{1,3})(\d{1,7})")


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """Return the letters of a one-based column (1 is A, 27 is AA)."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = _LETTERS[rest] + found
    return found


def column_number(letters: str) -> int:
    """Return the one-based number of a column (A is 1, AA is 27)."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column


@dataclass(frozen=True, order=True)
class Spot:
    """One cell of one sheet; row and column count from 1."""

    sheet: str
    row: int
    column: int

    @cached_property
    def ref(self) -> str:
        """The address inside its sheet: D5."""
        return f"{letters(self.column)}{self.row}"

    @property
    def fixed(self) -> str:
        """The absolute address inside its sheet: $D$5."""
        return f"${letters(self.column)}${self.row}"

    @property
    def absolute(self) -> str:
        """The address for formulas in other sheets and for names: '表三'!$D$5."""
        return f"{quoted(self.sheet)}!{self.fixed}"

    @property
    def place(self) -> str:
        """The address as messages print it: 表三!D5."""
        return f"{self.sheet}!{self.ref}"

    def by(self, rows: int, columns: int) -> Spot:
        """Return the cell this many rows down and columns to the right."""
        return Spot(self.sheet, self.row + rows, self.column + columns)


def parsed(place: str) -> Spot | None:
    """Return the cell that a message's place names (表三!D5), or None when it names none."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    return Spot(match[1], int(match[3]), column_number(match[2]))


def quoted(sheet: str) -> str:
    """Return a sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def ranges(spots: Iterable[Spot]) -> tuple[str, ...]:
    """Return the fewest simple ranges of one sheet that hold exactly these cells (D7:I8, J9)."""
    return tuple(_box(*b) for b in boxes(spots))


def boxes(spots: Iterable[Spot]) -> tuple[tuple[int, int, int, int], ...]:
    """Return the same ranges by their first row, first column, last row, last column."""
    columns: dict[int, list[int]] = {}
    for spot in spots:
        columns.setdefault(spot.column, []).append(spot.row)
    found: list[tuple[int, int, int, int]] = []
    for column in sorted(columns):
        for top, bottom in runs(sorted(set(columns[column]))):
            left = next((b for b in found if b[0] == top and b[2] == bottom and b[3] == column - 1), None)
            if left is not None:
                found[found.index(left)] = (top, left[1], bottom, column)
            else:
                found.append((top, column, bottom, column))
    return tuple(found)


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of rows that follow one another; the rows are in order."""
    found: list[tuple[int, int]] = []
    for row in rows:
        if found and found[-1][1] == row - 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def _box(top: int, left: int, bottom: int, right: int) -> str:
    first = f"{letters(left)}{top}"
    return first if (top, left) == (bottom, right) else f"{first}:{letters(right)}{bottom}"


def name_of(key: str, what: str = "") -> str:
    """Return the defined name of an input: nb_requests_received_other, nb_info_year, nb_text_overview."""
    return "_".join(x for x in ("nb", what, key.replace(".", "_")) if x)
