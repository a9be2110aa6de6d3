"""Dividing a long title into lines: words stay whole (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

WIDTH = 20
"""Characters of the title's size on a line of the prescribed page (156 mm, 22 pt)."""

_PIECES = re.compile(r"[（(]?[^（(、）)]*[、）)]*")


def whole_words(line: str) -> Iterator[str]:
    """Yield the lines that a line takes, divided at brackets and enumeration commas only; nothing for an empty one.

    A word longer than a line is left to the program that prints.
    """
    held = ""
    for piece in _PIECES.findall(line) if len(line) > WIDTH else [line]:
        if held and len(held) + len(piece) > WIDTH:
            yield held
            held = ""
        held += piece
    if held:
        yield held
