"""A copy of a Word document whose punctuation does not hang over the end of a line.

For LibreOffice alone: it loses a hanging comma when the next line begins with a digit or a Latin letter (seen in 7.4).
"""

from __future__ import annotations

from lxml import etree

from nianbao.document import package
from nianbao.ooxml import trees

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = "1"
"""LibreOffice reads this switch the wrong way round (writerfilter: hanging when the value is 0)."""

_STYLES = "word/styles.xml"
_AFTER = ("topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
          "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
          "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange")  # fmt: skip
"""What the schema puts after overflowPunct."""


def without_hanging(document: bytes) -> bytes:
    """Return the document with punctuation kept inside the lines, everything else as it is."""
    parts = package.read(document)
    if _STYLES not in parts:
        return document
    changed = {}
    for name in (_STYLES, "word/document.xml"):
        root = trees.parsed(parts[name])
        etree.strip_elements(root, f"{_W}overflowPunct")
        if name == _STYLES:
            _forbid(root)
        changed[name] = trees.written(root)
    return package.write({**parts, **changed})


def _forbid(styles: etree._Element) -> None:
    """Say so in every style of paragraphs; LibreOffice does not take it from the defaults."""
    for style in styles.findall(f"{_W}style"):
        if style.get(f"{_W}type") != "paragraph":
            continue
        properties = style.find(f"{_W}pPr")
        if properties is None:
            properties = etree.Element(f"{_W}pPr")
            letters = style.find(f"{_W}rPr")
            style.insert(len(style) if letters is None else style.index(letters), properties)
        rule = etree.Element(f"{_W}overflowPunct")
        rule.set(f"{_W}val", _OFF)
        place = next((i for i, e in enumerate(properties) if etree.QName(e).localname in _AFTER), len(properties))
        properties.insert(place, rule)
