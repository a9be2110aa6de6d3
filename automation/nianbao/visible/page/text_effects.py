"""What a style does to text that is there: strikes it, raises it, moves it away, cuts it off, lets it fade."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from nianbao.visible import signs
from nianbao.visible.page.lengths import length, share

FAR = 300.0
"""Pixels; text moved further than this out of its place is not where its cell is."""

NEAR, SLIGHT = 100.0, 8.0
"""Pixels; the same within a cell, and by how much figures may be pulled over what stands beside them."""

HALF = 10.0
"""Pixels; a cell moved by as much as half a line is looked for among other labels."""

CLOSE = 0.2
"""Of the letters' size; figures drawn nearer together lie on each other."""

_HARMLESS = ("grayscale", "sepia", "hue-rotate", "saturate", "none")
"""Filters that leave dark letters dark: sites turn grey on days of mourning."""

_ZERO = ("0", "0deg", "0px", "0 0", "0px 0px")
_USUAL = ("initial", "unset", "inherit", "revert", "")


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
    if marked or (raised in ("super", "sub", "text-top", "text-bottom") and tag not in CELLS) or abs(shift) >= 2:
        return signs.RAISED
    if style.get("font-variant-position", "normal") != "normal" or re.search("sups|subs|sinf|frac|ordn", features):
        return signs.RAISED
    family = style.get("font-family", "").strip(" \"'")
    if signs.is_symbol_font(family):
        return signs.SYMBOL
    across = style.get("writing-mode", "horizontal-tb") not in ("horizontal-tb", *_USUAL)
    if across or ("override" in style.get("unicode-bidi", "") and style.get("direction", "rtl") == "rtl"):
        return signs.TURNED
    marks = style.get("text-emphasis", "none") + style.get("text-emphasis-style", "none")
    return "" if marks.replace("none", "").strip() in _USUAL else signs.NOTED


def placed(tag: str, style: Style, em: float, *, in_cell: bool) -> str:
    """Return why an element's text is not seen where it stands."""
    if _faded(style) or _turned(style) or _cut(style, em):
        return signs.UNSEEN
    apart = length(style.get("letter-spacing", ""), em)
    if apart < -CLOSE * em:
        return signs.UNSEEN
    if apart > em:
        return signs.APART
    moved = style.get("position", "static") not in ("static", *_USUAL)
    inside = in_cell and tag not in CELLS
    back, on = (-NEAR, NEAR) if inside else (-FAR, 3 * FAR)
    flow = ("text-indent", *(f"{k}{s}" for k in ("margin", "padding") for s in ("-left", "-top", "-right", "")))
    for side in (*flow, *(("left", "top", "right", "bottom", "inset") if moved else ())):
        far = [length(v, em) for v in style.get(side, "").split()]
        pulls = inside and side.startswith("margin-")
        if any(f <= (-SLIGHT if pulls else back) for f in far) or any(
            f >= on for f in far if side in ("text-indent", "left", "top", *(flow if inside else ()))
        ):
            return signs.UNSEEN
        least = 3 if inside else HALF if tag in CELLS else math.inf
        if moved and side not in flow and any(abs(f) >= least for f in far):
            return signs.RAISED if inside and side in ("top", "bottom") else signs.UNSEEN
    return ""


def aside(style: Style, side: str, em: float) -> float:
    """Return how many pixels an element keeps free at its left or right of what stands beside it."""
    wide = 0.0
    for kind in ("margin", "padding"):
        given = style.get(kind, "").split()
        every = given[3 if side == "left" and len(given) == 4 else min(1, len(given) - 1)] if given else ""
        wide += length(style.get(f"{kind}-{side}", every), em)
    return wide


def covers(style: Style, em: float) -> bool:
    """Tell whether an element has a ground of its own and is moved over what stands beside it."""
    painted = any(
        style.get(k, "none") not in ("none", "transparent", *_USUAL) for k in ("background", "background-color")
    )
    moved = style.get("position", "static") not in ("static", *_USUAL)
    margins = " ".join(style.get(k, "") for k in ("margin", "margin-left", "margin-top", "margin-right")).split()
    return painted and (moved or any(length(m, em) < 0 for m in margins))


def _faded(style: Style) -> bool:
    filters = re.findall(r"([\w-]+)\(", style.get("filter", ""))
    small = share(style.get("zoom", "1")) < 0.3 or any(f not in _HARMLESS for f in filters)
    secret = style.get("-webkit-text-security", "none") != "none" or style.get("mix-blend-mode", "normal") != "normal"
    stroke = style.get("-webkit-text-stroke", "") + style.get("-webkit-text-stroke-width", "")
    over = (
        "inset" in style.get("box-shadow", "")
        or "-" in style.get("outline-offset", "")
        or bool(re.search(r"[1-9]", stroke))
    )
    clip = style.get("background-clip", "") + style.get("-webkit-background-clip", "") + style.get("background", "")
    return small or secret or over or re.search(r"\btext\b", clip) is not None


def _turned(style: Style) -> bool:
    said = style.get("transform", "")
    left = re.sub(r"translate(z|3d)?\([0, px]*\)|scale\(1\)|rotate\(0(deg)?\)|none|\s", "", said)
    own = ((k, style.get(k, "none").strip()) for k in ("rotate", "scale", "translate"))
    return bool(left) or any(v not in ("none", *_USUAL, *(("1", "100%") if k == "scale" else _ZERO)) for k, v in own)


def _cut(style: Style, em: float) -> bool:
    """Tell whether nothing, or next to nothing, of an element's box is drawn."""
    clipped = style.get("position") in ("absolute", "fixed") and style.get("clip", "auto") not in ("auto", "unset")
    masks = (f"{p}{k}" for p in ("", "-webkit-") for k in ("clip-path", "mask", "mask-image", "mask-box-image"))
    if clipped or any(style.get(m, "none") not in ("none", *_USUAL) for m in masks):
        return True
    over = " ".join(style.get(k, "") for k in ("overflow", "overflow-x", "overflow-y")).split()
    if not set(over) & {"hidden", "clip", "scroll", "auto"}:
        return False
    sides = [style.get(k, "") for k in ("width", "height", "max-width", "max-height")]
    return any(v[:1].isdecimal() and length(v, em) <= 2 for v in sides) or _is_flat(style)


def _is_flat(style: Style) -> bool:
    """Tell whether a line is given next to no height."""
    found = re.fullmatch(r"(\d*\.?\d+)(px|pt|em|rem|%)?", style.get("line-height", "normal"))
    return found is not None and float(found[1]) <= {None: 0.5, "em": 0.5, "rem": 0.5, "%": 50}.get(found[2], 6)
