"""How wide a text is in a cell, and how high its row must be. Pure: no openpyxl."""

from __future__ import annotations

import unicodedata
from math import ceil


class _Widths(dict[str, int]):
    """The width of every character asked for so far."""

    def __missing__(self, character: str) -> int:
        self[character] = 2 if unicodedata.east_asian_width(character) in "WFA" else 1
        return self[character]


_WIDTHS = _Widths()


def units(text: str) -> int:
    """Return the width of a text in column-width units: a Chinese character takes two."""
    return sum(map(_WIDTHS.__getitem__, text))


def height_of(text: str, width: float, size: float = 10) -> float:
    """Estimate the height in points a wrapped text needs in a column this wide."""
    return lines_of(text, width, size) * size * 1.35 + 5


def lines_of(text: str, width: float, size: float = 10) -> int:
    """Estimate on how many lines a wrapped text stands in a column this wide."""
    usable = max(2.0, (width - 1.2) * 10 / size)
    return sum(max(1, ceil(units(line) / usable)) for line in text.split("\n"))
