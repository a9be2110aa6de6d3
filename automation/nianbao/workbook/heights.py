"""How wide a text is in a cell, and how high its row must be. Pure: no openpyxl."""

from __future__ import annotations

import unicodedata
from math import ceil


def units(text: str) -> int:
    """Return the width of a text in column-width units: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def height_of(text: str, width: float, size: float = 10) -> float:
    """Estimate the height in points a wrapped text needs in a column this wide."""
    return lines_of(text, width, size) * size * 1.35 + 5


def lines_of(text: str, width: float, size: float = 10) -> int:
    """Estimate on how many lines a wrapped text stands in a column this wide."""
    usable = max(2.0, (width - 1.2) * 10 / size)
    return sum(max(1, ceil(units(line) / usable)) for line in text.split("\n"))
