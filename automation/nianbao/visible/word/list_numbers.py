"""Numbers and bullets that Word sets before a paragraph and that are no text of it (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.visible.word.xml import Element, W


def is_numbered(paragraph: Element, of_style: Element | None, numbering: Element | None) -> bool:
    """Tell whether a mark is shown before a paragraph; `of_style` is the w:numPr of its style."""
    own = paragraph.find(f"{W}pPr/{W}numPr")
    number = _value(own, "numId") or _value(of_style, "numId")
    level = _value(own, "ilvl") or _value(of_style, "ilvl") or "0"
    if not number or number == "0" or numbering is None:
        return False
    return any(_is_shown(x) for x in _levels(numbering, number, level))


def _levels(root: Element, number: str, level: str) -> Iterator[Element]:
    for num in root.findall(W + "num"):
        if num.get(W + "numId") != number:
            continue
        yield from (x for x in num.iter(W + "lvl") if x.get(W + "ilvl") == level)
        abstract = _value(num, "abstractNumId")
        for candidate in root.findall(W + "abstractNum"):
            if candidate.get(W + "abstractNumId") == abstract:
                yield from (x for x in candidate.iter(W + "lvl") if x.get(W + "ilvl") == level)
                if candidate.find(W + "numStyleLink") is not None:
                    yield candidate


def _value(parent: Element | None, kind: str) -> str:
    found = None if parent is None else parent.find(W + kind)
    return "" if found is None else found.get(W + "val", "")


def _is_shown(level: Element) -> bool:
    """Tell whether a numbering level prints a mark."""
    if level.tag != W + "lvl":
        return True  # a list of another style
    kind, text = _value(level, "numFmt"), _value(level, "lvlText")
    picture = level.find(W + "lvlPicBulletId") is not None
    return picture or bool(text.strip() if kind != "none" else text.replace("%", "").strip("0123456789 "))
