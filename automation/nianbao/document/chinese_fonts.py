"""Which fonts a Word document asks for in its Chinese text, each with some of the words set in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nianbao.document import package
from nianbao.ooxml import trees
from nianbao.ooxml.trees import Element

SAMPLES, LONGEST = 4, 8
"""Passages kept of each font, and the characters of one: a short one rarely falls on a line's end."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


def fonts_used(document: bytes) -> Mapping[str, tuple[str, ...]]:
    """Return the East Asian fonts of the body's text with passages set in each, in the order they appear.

    What a theme names is left out: such a document asks for no font by name.
    """
    parts = package.read(document)
    body = trees.parsed(parts[_BODY])
    styles = _styles(parts.get(_STYLES, b""))
    found: dict[str, list[str]] = {}
    for paragraph in body.iter(f"{_W}p"):
        for font, text in _runs(paragraph, styles):
            kept = found.setdefault(font, [])
            passage = _CHINESE.search(text)
            if passage and len(kept) < SAMPLES:
                kept.append(passage.group()[:LONGEST])
    return {font: tuple(kept) for font, kept in found.items() if kept}


def _styles(part: bytes) -> Mapping[str, str]:
    """Map each style's id to the font it comes to; '' is what holds without any style."""
    if not part:
        return {}
    root = trees.parsed(part)
    default = _font_name(root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
    raw = {s.get(f"{_W}styleId", ""): s for s in root.findall(f"{_W}style")}
    found = {"": default}
    for style_id in raw:
        found[style_id] = _inherited(style_id, raw)
    return found


def _inherited(style_id: str, raw: Mapping[str, Element]) -> str:
    seen: set[str] = set()
    while style_id in raw and style_id not in seen:
        seen.add(style_id)
        own = _font_name(raw[style_id].find(f"{_W}rPr"))
        if own:
            return own
        base = raw[style_id].find(f"{_W}basedOn")
        style_id = base.get(f"{_W}val", "") if base is not None else ""
    return ""


def _runs(paragraph: Element, styles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    of_paragraph = styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
    for run in paragraph.findall(f"{_W}r"):
        own = run.find(f"{_W}rPr")
        chosen = own.find(f"{_W}rStyle") if own is not None else None
        of_style = styles.get(chosen.get(f"{_W}val", ""), "") if chosen is not None else ""
        font = _font_name(own) or of_style or of_paragraph or styles.get("", "")
        if font:
            yield font, "".join(t.text or "" for t in run.findall(f"{_W}t"))


def _font_name(properties: Element | None) -> str:
    names = properties.find(f"{_W}rFonts") if properties is not None else None
    return names.get(f"{_W}eastAsia", "") if names is not None else ""
