"""What a browser shows beside a page's text: pictures, boxes to fill in, numbers of lists, what styles add."""

from __future__ import annotations

import re

from nianbao.visible import signs
from nianbao.visible.page.css import StyleRule
from nianbao.visible.page.lengths import length
from nianbao.visible.page.selectors import Element
from nianbao.visible.page.text_effects import CELLS, Style, aside

ASIDE, WIDTH = 0.6, 0.56
"""Of letters' size: figures further apart may not be one number (both sides count); what a figure takes of a line."""

SHOWS = {"img": signs.PICTURED, "svg": signs.PICTURED, "canvas": signs.PICTURED, "object": signs.PICTURED,
          "embed": signs.PICTURED, "iframe": signs.PICTURED, "video": signs.PICTURED, "picture": signs.PICTURED,
          "input": signs.INPUT, "select": signs.INPUT, "textarea": signs.INPUT, "meter": signs.PICTURED,
          "progress": signs.PICTURED, "math": signs.FORMULA, "rt": signs.NOTED, "template": signs.GENERATED,
          "script": signs.GENERATED, "slot": signs.GENERATED, "button": signs.INPUT}  # fmt: skip


def is_figure_of_its_own(element: Element, style: Style) -> bool:
    """Tell whether an element shows something that is no text of the page."""
    if element.tag not in SHOWS:
        return False
    if element.tag == "input" and (element.get("type") or "text").lower() == "hidden":
        return False
    if element.tag == "script":
        return "write" in (element.text or "") or "innerHTML" in (element.text or "")
    small = [element.get(k) or style.get(k) for k in ("width", "height")]
    return not (element.tag == "img" and any(s is not None and length(s, 16.0) <= 2 for s in small))


def is_parted(element: Element, style: Style, em: float) -> bool:
    """Tell whether an element's figures stand apart from those before or behind it in its cell, or from its edge."""
    text = "".join(str(x) for x in element.itertext()).strip()
    if not any(c.isdecimal() for c in text):
        return False
    box = style.get("display", "").startswith("inline-")
    empty = length(style.get("width", style.get("min-width", "")), em) - WIDTH * em * len(text) if box else 0.0
    left, right = (aside(style, side, em) > ASIDE * em for side in ("left", "right"))
    if not (left or right or empty > em):
        return False
    before, behind = _beside(element)
    return (before and (left or empty > em)) or (behind and (right or empty > em))


def is_among_figures(element: Element) -> bool:
    """Tell whether an element with figures has others before or behind it in its cell."""
    return any(map(_has_digit, map(str, element.itertext()))) and any(_beside(element))


def _beside(element: Element) -> tuple[bool, bool]:
    """Tell whether figures stand before an element in its cell, and behind it."""
    before = behind = False
    inner, outer = element, element.getparent()
    while outer is not None and inner.tag not in CELLS:
        before = before or _has_digit(outer.text) or any(_holds(x) for x in inner.itersiblings(preceding=True))
        behind = behind or _has_digit(inner.tail) or any(_holds(x) for x in inner.itersiblings())
        inner, outer = outer, outer.getparent()
    return before, behind


def _holds(element: Element) -> bool:
    """Tell whether a figure stands in an element or straight behind it."""
    return any(_has_digit(str(x)) for x in element.itertext()) or _has_digit(element.tail)


def _has_digit(text: str | None) -> bool:
    return any(c.isdecimal() for c in text or "")


_BULLETS = ("none", "disc", "circle", "square", "disclosure-open", "disclosure-closed")
_OLD = {"1": "decimal", "a": "lower-alpha", "i": "lower-roman"}


def marker(element: Element, style: Style, above: str) -> str:
    """Return the list-style-type that holds for an element (css-lists-3, 3); `above` is its parent's."""
    said = style.get("list-style-type", "unset")
    if said not in ("unset", "inherit", "revert", "revert-layer"):
        return "disc" if said == "initial" else said
    if element.tag in ("ol", "ul", "menu", "dir", "li") and said != "inherit":
        old = (element.get("type") or "").lower()
        usual = above if element.tag == "li" else "decimal" if element.tag == "ol" else "disc"
        return _OLD.get(old, old) or usual
    return above


def is_numbered(element: Element, style: Style, kind: str) -> bool:
    """Tell whether an element has a marker that is more than a bullet; `kind` is its list-style-type."""
    items = style.get("display", "list-item" if element.tag == "li" else "").split()
    pictured = "url(" in style.get("list-style-image", style.get("list-style", ""))
    return "list-item" in items and (pictured or kind not in _BULLETS)


def is_shown(rule: StyleRule) -> bool:
    """Tell whether what a rule adds before or after an element may be seen."""
    value = {k: v for k, (v, _) in rule.declared.items()}
    content = value.get("content", "none").strip()
    text = re.sub(r"\\(?:[0-9a-f]{1,6}\s?)", "", content).strip("\"' .")
    if content in ("none", "normal", '""', "''") or (not text and "\\" not in content):
        return False
    off = value.get("display") == "none" or value.get("visibility") == "hidden" or value.get("height") in ("0", "0px")
    return not off and content not in ('"\\0020"', "'\\20'", '"\\20"', "'\\0020'", '"\\200b"', '"."', "'.'")
