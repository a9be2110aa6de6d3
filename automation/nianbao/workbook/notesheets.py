"""The notes (批注) of one sheet: the part with their texts and the drawing with their places (ECMA-376 18.7, VML)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from nianbao.ooxml.trees import parsed, written
from nianbao.workbook.address import Spot
from nianbao.workbook.address import parsed as spot_of
from nianbao.workbook.xml_nodes import BrokenError
from nianbao.xmltext import escape

AUTHOR = "校验"
HEAD = "程序校验："
"""How our notes begin, by which they are known and taken away again: LibreOffice forgets who notes are by."""

Element = Any
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_M = f"{{{_MAIN}}}"
_SHAPE = re.compile(r"<v:shape\b(?![a-z]).*?</v:shape>", re.DOTALL)
_ROW, _COLUMN = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>"), re.compile(r"<x:Column>\s*(\d+)\s*</x:Column>")
_NO_TEXTS = f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'.encode()
_NO_SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" '
    'o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_SHAPE_OF = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
    'width:{width}pt;height:{height}pt;z-index:{number};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_FIRST_SHAPE = 30_001
"""Above the numbers of shapes that office programs give out on the first sheets."""
_ACROSS, _PER_LINE, _LINE = 4, 26, 14
"""A note is so many columns wide; so many characters go on a line of so many points."""


@dataclass(frozen=True)
class NoteParts:
    """The two parts of a sheet's notes; b'' and '' where it has none."""

    texts: bytes
    shapes: str

    def without_ours(self) -> NoteParts:
        """Take away the notes of former runs. Raises BrokenError."""
        if not self.texts:
            return self
        root = _parsed(self.texts)
        gone = set()
        for note in list(root.iter(f"{_M}comment")):
            if "".join(t.text or "" for t in note.iter(f"{_M}t")).startswith(HEAD):
                gone.add(note.get("ref", ""))
                note.getparent().remove(note)
        if not gone:
            return self
        spots = {s for s in (spot_of(f"x!{ref}") for ref in gone) if s}
        places = {(s.row - 1, s.column - 1) for s in spots}
        shapes = _SHAPE.sub(lambda m: "" if _place(m[0]) in places else m[0], self.shapes)
        return NoteParts(written(root), shapes)

    def with_ours(self, notes: Mapping[Spot, str]) -> NoteParts:
        """Add notes, but none to a cell that has somebody else's: it can have only one. Raises BrokenError."""
        root = _parsed(self.texts or _NO_TEXTS)
        held = {n.get("ref") for n in root.iter(f"{_M}comment")}
        author = _author(root)
        listed = root.find(f"{_M}commentList")
        if listed is None:
            raise BrokenError
        drawn = []
        for i, (spot, text) in enumerate(sorted(notes.items())):
            if spot.ref in held:
                continue
            note = etree.SubElement(listed, f"{_M}comment", ref=spot.ref, authorId=author)
            run = etree.SubElement(etree.SubElement(note, f"{_M}text"), f"{_M}r")
            run.append(
                etree.fromstring(f'<rPr xmlns="{_MAIN}"><sz val="9"/><color indexed="81"/><rFont val="宋体"/></rPr>')
            )
            told = etree.SubElement(run, f"{_M}t")
            told.text = f"{HEAD}\n{text}"
            told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            drawn.append(_shape(spot, text, _FIRST_SHAPE + i))
        shapes = self.shapes or _NO_SHAPES
        end = shapes.rfind("</xml>")
        if end < 0:
            raise BrokenError
        return NoteParts(written(root), shapes[:end] + "".join(drawn) + shapes[end:])


def _shape(spot: Spot, text: str, number: int) -> str:
    lines = sum(1 + len(line) // _PER_LINE for line in text.split("\n")) + 1
    row, column = spot.row - 1, spot.column - 1
    down = max(2, -(-lines * _LINE // 20))
    anchor = f"{column + 1}, 15, {max(0, row - 1)}, 10, {column + 1 + _ACROSS}, 15, {max(0, row - 1) + down}, 10"
    return _SHAPE_OF.format(
        number=number, width=60 * _ACROSS, height=lines * _LINE, anchor=escape(anchor), row=row, column=column
    )


def _place(shape: str) -> tuple[int, int] | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]), int(column[1])) if row and column else None


def _author(root: Element) -> str:
    """Return the number of our name among the authors, which it joins where it isn't there."""
    authors = root.find(f"{_M}authors")
    if authors is None:
        raise BrokenError
    names = [a.text for a in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{_M}author").text = AUTHOR
        return str(len(names))
    return str(names.index(AUTHOR))


def _parsed(part: bytes) -> Element:
    try:
        return parsed(part)
    except etree.XMLSyntaxError as e:
        raise BrokenError from e
