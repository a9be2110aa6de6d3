"""Lengths, shares and sizes of style sheets in pixels of a screen; what can't be told is taken for usual."""

from __future__ import annotations

import re

_SIZES = {"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}
_OLD = (10.0, 10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945, "": 1.0, "rem": 16.0,
          "vw": 12.8, "vh": 7.2}  # fmt: skip


def share(value: str) -> float:
    """Return a number or a percentage, 1 for what is neither."""
    found = re.fullmatch(r"(-?[\d.]+)(%?)", value.strip())
    try:
        return 1.0 if found is None else float(found[1]) / (100 if found[2] else 1)
    except ValueError:
        return 1.0


def length(value: str, em: float) -> float:
    """Return a length in pixels, 0 for what is none; `em` is the size of the letters."""
    found = re.fullmatch(r"(-?\d*\.?\d+)([a-z%]*)", value.strip().lower())
    if found is None:
        return 0.0
    number = float(found[1])
    if found[2] in ("em", "ch", "ex"):
        return number * em
    if found[2] == "%":
        return number * (10 if abs(number) >= 100 else 0.16)
    return number * _UNITS.get(found[2], 1.0)


def size(value: str | None, above: float) -> float:
    """Return a font-size in pixels, the one above where there is none."""
    if not value or value in ("inherit", "unset"):
        return above
    if value in ("smaller", "larger"):
        return above * (5 / 6 if value == "smaller" else 6 / 5)
    if value in _SIZES:
        return float(_SIZES[value])
    if not re.fullmatch(r"\d*\.?\d+([a-z]+|%)?", value):
        return above
    return above * float(value[:-1]) / 100 if value.endswith("%") else length(value, above)


def short_size(font: str) -> str | None:
    """Return the size in a `font` that says all at once."""
    found = re.search(r"(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%))", font)
    return found[1] if found else "0" if re.match(r"0(/\S+)?\s", font) else None


def old_size(raw: str) -> float | None:
    """Return the pixels of a font's old size: 1 to 7, or steps from 3; None for what is none."""
    found = re.match(r"\s*([+-]?)(\d{1,2})", raw)
    if found is None:
        return None
    step = int(found[1] + found[2])
    return _OLD[max(1, min(7, 3 + step if found[1] else step))]
