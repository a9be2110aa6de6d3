"""Colours of pages: what a property asks for, and whether letters of that colour can be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from nianbao.visible import colours
from nianbao.visible.page.lengths import share
from nianbao.visible.page.selectors import Element


def colour(value: str) -> str | None:
    """Return a CSS colour as six digits, '' for one nobody sees through to, None for what is no plain colour."""
    found = re.search(r"#([0-9a-f]{3,8})\b", value)
    if found:
        digits = found[1]
        if len(digits) in (3, 4):
            digits = "".join(d * 2 for d in digits)
        return "" if len(digits) == 8 and int(digits[6:], 16) < 40 else digits[:6].upper()
    found = re.search(r"rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)\s*(?:[,/]\s*([\d.]+%?))?\s*\)", value)
    if found:
        if found[4] and share(found[4]) < 0.15:
            return ""
        return "".join(f"{min(255, round(float(found[i]))):02X}" for i in (1, 2, 3))
    found = re.search(r"hsla?\(\s*[\d.]+\w*[\s,]+[\d.]+%?[\s,]+([\d.]+)%?\s*(?:[,/]\s*([\d.]+%?))?\s*\)", value)
    if found and (float(found[1]) >= 96 or (found[2] and share(found[2]) < 0.15)):
        return "" if found[2] and share(found[2]) < 0.15 else "FFFFFF"
    words = re.findall(r"[a-z]+", value)
    if "transparent" in words:
        return ""
    return next((colours.OF_PAGES[w] for w in words if w in colours.OF_PAGES), None)


def painted(element: Element, style: Mapping[str, str], ink: str, ground: str) -> tuple[str, str]:
    """Return the colours of an element's letters and of its ground; '' for none, or for a picture as ground."""
    attribute = element.get("bgcolor")
    for value in (attribute or "", style.get("background", ""), style.get("background-color", "")):
        if value and value not in ("inherit", "initial", "unset"):
            new = colour(value)
            ground = (
                "" if new is None and ("url(" in value or "gradient" in value) else ground if new in (None, "") else new
            )
    if element.get("background") is not None or "url(" in style.get("background-image", ""):
        ground = ""
    asked = style.get("-webkit-text-fill-color") or style.get("color")
    if not asked and element.tag == "font":
        asked = (element.get("color") or "").lower()
    if asked and asked not in ("inherit", "currentcolor", "unset", "revert"):
        new = colour(asked)
        ink = ink if new is None else new
    return ink, ground
