"""Fitting text into cells of fixed size: how many lines it takes at most, and how it is shortened.

Widths are in characters (em) and never too small, whatever font stands in for the official one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_WIDE, _GAP = 1.0, 0.25
_DENSEST = 3
"""More characters than this never stand in the width of one."""

_OPENING, _CLOSING = "（“‘《〈【〔「『([{", "，。、；：？！）”’》〉】〕」』…—·%％,.;:?!)]}"
_UNIT = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[0-9A-Za-z@#$&*+/<=>\\^_`|~'\"-]+|.)[{re.escape(_CLOSING)}]*", re.DOTALL
)
_UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_ELLIPSIS = "……"


def one_line(text: str) -> str:
    """Return typed text as one line without anything that no document can hold or that turns its direction."""
    known = "".join(" " if unicodedata.category(c) in _UNPRINTABLE else c for c in text)
    return re.sub(" +", " ", known).strip()


def lines(text: str, width: float) -> list[str]:
    """Break a text as Word would, closing punctuation kept with what it closes."""
    found, line, used = [], "", 0.0
    for unit in _units(text, width):
        more = _width(unit, line[-1:])
        if line and used + more > width:
            found.append(line.rstrip(" "))
            line, used = "", 0.0
            if unit == " ":
                continue
            more = _width(unit)
        line, used = line + unit, used + more
    return [*found, line] if line or not found else found


def shortened(text: str, width: float, most: int) -> list[str]:
    """Return the text in at most so many lines; what does not fit gives way to an ellipsis."""
    enough = int(_DENSEST * width * most)
    broken = lines(one_line(text[:enough]), width)
    if len(broken) <= most and len(text) <= enough:
        return broken
    last = broken[:most][-1]
    while last and _width(last + _ELLIPSIS) > width:
        last = last[:-1]
    return [*broken[: most - 1], last.rstrip("，、；：") + _ELLIPSIS]


def _units(text: str, width: float) -> list[str]:
    """Cut a text where a line may break; a unit longer than a line may break anywhere."""
    units: list[str] = []
    for unit in _UNIT.findall(text):
        units += [unit] if _width(unit) <= width else list(unit)
    return units


def _width(text: str, before: str = "") -> float:
    """Return the width of a text that follows the character `before`, with the gaps beside Latin words."""
    known = [_character(c) for c in before + text]
    gaps = sum(1 for a, b in pairwise(known) if (a == _WIDE) != (b == _WIDE))
    return sum(known[len(before) :]) + gaps * _GAP


@lru_cache(maxsize=4096)
def _character(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WFA" or char in "mwMWQO@%&":
        return _WIDE
    return 0.75 if char.isupper() else 0.6
