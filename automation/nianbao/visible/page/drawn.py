"""What a style does to text that is there: strikes it, raises it, moves it away, cuts it off, lets it fade."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nianbao.visible import signs
from nianbao.visible.page.lengths import length, share

FAR = 300.0
"""Pixels; text moved further than this out of its place is not where its cell is."""


Style = Mapping[str, str]
CELLS = ("td", "th")


def drawn(tag: str, style: Style) -> str:
    """Return why an element's text is drawn as another thing than plain text."""
    lines = style.get("text-decoration", "") + " " + style.get("text-decoration-line", "")
    if "line-through" in lines or (tag in ("s", "strike", "del") and "none" not in lines.split()):
        return signs.STRUCK
    raised = style.get("vertical-align")
    shift = 0.0 if raised is None or tag in CELLS else length(raised, 16.0)
    marked = tag in ("sup", "sub") and raised not in ("baseline", "middle", "top", "bottom")
    features = style.get("font-feature-settings", "") + style.get("font-variant-numeric", "")
    if marked or (raised in ("super", "sub") and tag not in CELLS) or abs(shift) >= 2:
        return signs.RAISED
    if style.get("font-variant-position", "normal") != "normal" or re.search("sups|subs|sinf|frac|ordn", features):
        return signs.RAISED
    family = style.get("font-family", "").strip(" \"'")
    if signs.is_symbol_font(family):
        return signs.SYMBOL
    if "override" in style.get("unicode-bidi", "") and style.get("direction", "rtl") == "rtl":
        return signs.TURNED
    return ""


def placed(tag: str, style: Style, em: float, *, in_cell: bool) -> str:
    """Return why an element's text is not seen where it stands."""
    if _faded(style) or _turned(style) or _cut(style, em) or length(style.get("letter-spacing", ""), 1.0) <= -8:
        return signs.UNSEEN
    moved = style.get("position", "static") != "static"
    sides = ["text-indent", "margin-left", "margin-top", "margin-right", "margin"]
    sides += ["left", "top", "right", "bottom"] if moved else []
    for side in sides:
        far = [length(v, em) for v in style.get(side, "").split()]
        if any(f <= -FAR or (f >= 3 * FAR and side in ("text-indent", "left", "top")) for f in far):
            return signs.UNSEEN
        if moved and in_cell and tag not in CELLS and side in ("top", "bottom") and any(abs(f) >= 3 for f in far):
            return signs.RAISED
    return ""


def _faded(style: Style) -> bool:
    filtered = re.search(r"opacity\(\s*(0|0?\.0\d*|\d%)\s*\)|blur\(", style.get("filter", ""))
    small = share(style.get("opacity", "1")) < 0.15 or share(style.get("zoom", "1")) < 0.3
    return small or filtered is not None or style.get("-webkit-text-security", "none") != "none"


def _turned(style: Style) -> bool:
    said = style.get("transform", "")
    left = re.sub(r"translate(z|3d)?\([0, px]*\)|scale\(1\)|rotate\(0(deg)?\)|none|\s", "", said)
    rotated = style.get("rotate", "none") not in ("none", "0", "0deg")
    return bool(left) or rotated or style.get("scale", "1").split()[:1] == ["0"]


def _cut(style: Style, em: float) -> bool:
    """Tell whether nothing, or next to nothing, of an element's box is drawn."""
    clipped = style.get("position") in ("absolute", "fixed") and style.get("clip", "auto") not in ("auto", "unset")
    if clipped or style.get("clip-path", "none") != "none" or style.get("mask", "none") != "none":
        return True
    if style.get("overflow", "visible").split()[:1] not in (["hidden"], ["clip"]):
        return False
    sides = [style.get(k, "") for k in ("width", "height", "max-width", "max-height")]
    return any(v[:1].isdecimal() and length(v, em) <= 2 for v in sides) or style.get("line-height") == "0"
