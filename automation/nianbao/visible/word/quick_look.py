"""The quick look: whether nothing in a document's body can keep its text from being seen as it is written."""

from __future__ import annotations

from nianbao.visible import colours
from nianbao.visible.word.style_effects import DocxStyles
from nianbao.visible.word.xml import MC, Element, M, W, number

LOW = 200
"""Twips; a line or a row set at less may cut its text off."""

_NAMES = {W + "pStyle": "paragraph", W + "rStyle": "character"}
_CHANGING = (
    *(
        W + k
        for k in (
            "rPr", "pStyle", "rStyle", "shd", "sdt", "fldSimple", "fldChar", "sym", "drawing", "pict", "object", "ruby",
            "bdo", "dir", "numPr", "ptab", "footnoteReference", "endnoteReference", "framePr", "tblStyle", "tblpPr",
            "hidden", "spacing", "trHeight", "customXml", "smartTag", "del", "moveFrom", "ind",
            "hMerge", "tcMar", "jc", "bidi",
        )
    ),
    MC + "AlternateContent",
    M + "oMath",
)  # fmt: skip
_WIDTH = W + "w"
_HARMLESS = {W + k for k in ("rStyle", "b", "bCs", "i", "iCs", "lang", "noProof", "kern", "u", "szCs")}


def is_plain(body: Element, styles: DocxStyles) -> bool:
    """Tell, quickly, whether nothing in a body can keep its text from being seen as it is written.

    False only means that it takes the longer look at each paragraph.
    """
    grounds, inks = {"FFFFFF"}, set()
    used: set[tuple[str, str | None, bool]] = {(kind, None, True) for kind in ("paragraph", "character", "table")}
    for element in body.iter(*_CHANGING):
        if element.tag in _NAMES:
            used.add((_NAMES[element.tag], element.get(W + "val"), not _is_of_body(element, body)))
        elif element.tag == W + "shd":
            grounds.add(styles.theme.ground(element))
        elif not _is_harmless(element):
            return False
    for kind, name, in_cell in used:
        ink = styles.plain_ink(kind, name, in_cell=in_cell)
        if ink is None:
            return False
        inks.add(ink)
    return not any(colours.alike(i, g) for i in inks for g in grounds)


def _is_of_body(name: Element, body: Element) -> bool:
    """Tell whether a paragraph's style is named for a paragraph of the body itself, in no cell."""
    holder: Element | None = name
    for _ in range(3):
        holder = None if holder is None else holder.getparent()
    return holder is body


def _is_harmless(element: Element) -> bool:
    """Tell whether a property that could keep text from being seen surely does not."""
    kind = element.tag.rpartition("}")[2]
    if kind == "rPr":
        return all(x.tag in _HARMLESS for x in element)
    if kind == "jc":
        return "istribute" not in element.get(W + "val", "")
    if kind == "tcMar":
        return all(number(x.get(_WIDTH)) <= LOW for x in element)
    if kind == "spacing":
        return element.get(W + "lineRule") != "exact" or number(element.get(W + "line"), 240) >= LOW
    return kind == "trHeight" and (element.get(W + "hRule") != "exact" or number(element.get(W + "val"), 240) >= LOW)
