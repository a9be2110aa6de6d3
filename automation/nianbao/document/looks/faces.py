"""Which fonts are the same face to the eye: 仿宋 and 仿宋_GB2312 are, 宋体 and 仿宋 are not."""

from __future__ import annotations

import re

_FACES = (
    ("小标宋", re.compile(r"小标宋|xiao\s*biao\s*song|fzxbs")),
    ("仿宋", re.compile(r"仿宋|fang\s*song|fzfs|cwtexfs")),
    ("楷体", re.compile(r"楷|kai\s*ti|kai_gb|ukai|fzkt")),
    ("黑体", re.compile(r"^(?:方正|华文|汉仪|中易)?黑体|sim\s*hei|hei\s*ti|^sthei|fzht")),
    ("宋体", re.compile(r"^(?:方正|华文|汉仪|中易|新)?宋体|n?sim\s*sun|song\s*ti|^stsong|书宋|uming|fzss")),
)
"""Known faces; 中宋, 粗宋 and the like are faces of their own."""

_FOR_DIGITS = "times new roman"
"""Offices set digits in it, and the standard has nothing against it."""


def face(font: str) -> str:
    """Return one word for all fonts of the same face; for an unknown one its name."""
    name = font.strip().lstrip("@").casefold()
    return next((word for word, pattern in _FACES if pattern.search(name)), name)


def is_alike(found: str, standard: str, *, digits: bool) -> bool:
    """Tell whether a font looks like the one that is meant; a font that is not known is not told of."""
    if not found or not standard or face(found) == face(standard):
        return True
    return digits and found.strip().casefold() == _FOR_DIGITS
