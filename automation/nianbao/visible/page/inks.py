"""Colours of pages: what a property asks for, and whether letters of that colour can be seen."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from typing import NamedTuple

from nianbao.visible import colours
from nianbao.visible.page.lengths import share
from nianbao.visible.page.selectors import Element

KEPT = ("inherit", "initial", "unset", "revert", "revert-layer", "currentcolor", "none", "auto", "")
"""Values that say nothing of a colour of their own."""

_NUMBERS = re.compile(
    r"(rgb|hsl|hwb)a?\(\s*(-?[\d.]+)(?:deg)?(%?)[\s,]+([\d.]+)(%?)[\s,]+([\d.]+)(%?)\s*(?:[,/]\s*([\d.]+%?)\s*)?(?:\)|$)"
)


class Ink(NamedTuple):
    """A colour as six digits, and how much of what lies under it it covers (0 to 1)."""

    colour: str
    alpha: float


BLACK = Ink("000000", 1.0)


def colour(value: str) -> Ink | None:
    """Return the colour in a value, None where there is none, or one that takes a browser to tell."""
    found = re.search(r"#([0-9a-f]+)(?![\w-])", value)
    if found and len(found[1]) in (3, 4, 6, 8):
        digits = "".join(d * 2 for d in found[1]) if len(found[1]) < 6 else found[1]
        return Ink(digits[:6].upper(), int(digits[6:] or "ff", 16) / 255)
    found = _NUMBERS.search(value)
    if found:
        return _of_numbers(found)
    words = re.findall(r"[a-z]+", re.sub(r"url\([^)]*\)|var\([^)]*\)|[\w-]+\(", " ", value))
    if "transparent" in words:
        return Ink("FFFFFF", 0.0)
    return next((Ink(colours.OF_PAGES[w], 1.0) for w in words if w in colours.OF_PAGES), None)


def _of_numbers(found: re.Match[str]) -> Ink | None:
    try:
        one, two, three = (float(found[i]) for i in (2, 4, 6))
        if found[1] == "rgb":
            parts = [x / 100 if found[i] else x / 255 for x, i in ((one, 3), (two, 5), (three, 7))]
        elif found[1] == "hsl":
            parts = list(colorsys.hls_to_rgb(one / 360 % 1, min(1.0, three / 100), min(1.0, two / 100)))
        else:
            pure = colorsys.hls_to_rgb(one / 360 % 1, 0.5, 1.0)
            white, black = min(1.0, two / 100), min(1.0, three / 100)
            over = max(1.0, white + black)
            parts = [x * (1 - (white + black) / over) + white / over for x in pure]
    except ValueError:
        return None
    alpha = min(1.0, share(found[8])) if found[8] else 1.0
    return Ink("".join(f"{min(255, round(255 * x)):02X}" for x in parts), alpha)


def is_ignored(value: str) -> bool:
    """Tell whether browsers pass a colour over for being none: words that name nothing."""
    return value not in KEPT and re.fullmatch(r"[a-z-]+", value) is not None and colour(value) is None


def is_dark_matter(value: str) -> bool:
    """Tell whether it takes a browser to know what colour this is."""
    return "(" in value and colour(value) is None


def _legacy(value: str | None) -> str:
    """Return an old attribute's colour as a style would say it: it needs no # (HTML, 2.3.6)."""
    plain = (value or "").strip().lower()
    return f"#{plain}" if re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", plain) else plain


def painted(element: Element, style: Mapping[str, str], ink: Ink, ground: str) -> tuple[Ink, str]:
    """Return the colours of an element's letters and of its ground, '' for a picture as ground."""
    attribute = _legacy(element.get("bgcolor"))
    value = style.get("background-color") or attribute
    new = None if value in KEPT else colour(value)
    if new is not None:
        ground = colours.mixed(new.colour, ground, new.alpha) if ground else new.colour * (new.alpha > 0.9)
    pictures = style.get("background", "") + style.get("background-image", "")
    if element.get("background") is not None or "url(" in pictures or "gradient" in pictures:
        ground = ""
    asked = style.get("-webkit-text-fill-color") or style.get("color")
    if not asked and element.tag == "font":
        asked = _legacy(element.get("color"))
    if asked and asked not in KEPT:
        ink = colour(asked) or ink
    return ink, ground
