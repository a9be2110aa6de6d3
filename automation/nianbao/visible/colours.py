"""Colours as six hexadecimal digits: mixing them, and telling whether one can be seen on another."""

from __future__ import annotations

import re

NEAR = 40
"""Text whose red, green and blue all differ from the ground's by no more than this, of 255, is not seen."""


def parts(colour: str) -> tuple[int, int, int] | None:
    """Return red, green and blue, None for what is no colour."""
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", colour):
        return None
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)


def alike(ink: str, ground: str) -> bool:
    """Tell whether text in one colour can't be seen on the other; colours that are none are not alike."""
    one, other = parts(ink), parts(ground)
    return one is not None and other is not None and max(abs(a - b) for a, b in zip(one, other, strict=True)) <= NEAR


def mixed(colour: str, other: str, share: float) -> str:
    """Return `share` (0 to 1) of one colour over the other."""
    one, two = parts(colour), parts(other)
    if one is None or two is None:
        return colour
    return "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in zip(one, two, strict=True))


def part(hexadecimal: str) -> float:
    """Return a tint or shade (two hexadecimal digits) as 0 to 1."""
    return int(hexadecimal, 16) / 255 if re.fullmatch(r"[0-9A-Fa-f]{1,2}", hexadecimal) else 1.0


NAMED = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
"""What Word calls its highlighters."""

OF_PAGES = {
    "white": "FFFFFF", "black": "000000", "red": "FF0000", "blue": "0000FF", "green": "008000", "yellow": "FFFF00",
    "gray": "808080", "grey": "808080", "silver": "C0C0C0", "navy": "000080", "maroon": "800000", "lime": "00FF00",
    "aqua": "00FFFF", "cyan": "00FFFF", "fuchsia": "FF00FF", "magenta": "FF00FF", "purple": "800080", "teal": "008080",
    "olive": "808000", "orange": "FFA500", "snow": "FFFAFA", "ivory": "FFFFF0", "whitesmoke": "F5F5F5",
    "ghostwhite": "F8F8FF", "floralwhite": "FFFAF0", "azure": "F0FFFF", "mintcream": "F5FFFA", "seashell": "FFF5EE",
    "honeydew": "F0FFF0", "aliceblue": "F0F8FF", "lavenderblush": "FFF0F5", "linen": "FAF0E6", "beige": "F5F5DC",
    "gainsboro": "DCDCDC", "lightgray": "D3D3D3", "lightgrey": "D3D3D3", "darkblue": "00008B", "darkred": "8B0000",
    "darkgray": "A9A9A9", "crimson": "DC143C", "gold": "FFD700", "pink": "FFC0CB", "brown": "A52A2A",
}  # fmt: skip
"""The names of colours on pages that are used; of others nothing is known."""
