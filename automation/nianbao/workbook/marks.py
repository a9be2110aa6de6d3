"""Marking wrong cells in a copy of a workbook: a red frame and a note (批注) saying what is wrong, gone the next time.

Frames are conditional formats known by their formula, notes by how they begin: what others drew stays. What is
only a hint gets a note and no frame.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from nianbao.errors import InputError
from nianbao.findings import Finding, Severity
from nianbao.ooxml.trees import parsed, written
from nianbao.workbook.address import Spot
from nianbao.workbook.address import parsed as spot_of
from nianbao.workbook.notesheets import HEAD, NoteParts
from nianbao.workbook.parts import parts_of, targets
from nianbao.workbook.xml_nodes import BrokenError, tree

Element = Any
FRAME = 'N("校验标记")=0'
"""Always true; the formula by which our frames are known."""
RED = "FFC00000"
LONGEST = 800
"""Characters of a note: more is read in the table of findings."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TEXTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SHAPES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AFTER_FRAMES = ("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
                 "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
                 "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
                 "tableParts", "extLst")  # fmt: skip
_AFTER_NOTES = _AFTER_FRAMES[_AFTER_FRAMES.index("legacyDrawingHF") :]


@dataclass(frozen=True)
class CellMark:
    """What is to be said at a cell, and whether it is framed."""

    said: str
    framed: bool


def marks_of(findings: Iterable[Finding]) -> dict[Spot, CellMark]:
    """Return the marks of the cells that findings name as their place; what is explained is not marked."""
    found: dict[Spot, list[Finding]] = {}
    for one in findings:
        spot = spot_of(one.place)
        if spot is not None and one.explanation is None:
            found.setdefault(spot, []).append(one)
    return {
        spot: CellMark(_cut("\n\n".join(map(_finding_text, here))), any(f.severity is not Severity.HINT for f in here))
        for spot, here in found.items()
    }


def _finding_text(found: Finding) -> str:
    how = f"\n改法：{found.advice}" if found.advice else "。"
    return f"【{found.severity.label}】{found.what}{how}（规则 {found.rule}）"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def marked(parts: Mapping[str, bytes], marks: Mapping[Spot, CellMark]) -> Mapping[str, bytes]:
    """Return the parts of a workbook with these cells marked, and no others by us.

    A workbook that is not as office programs write it is returned as it is: what is wrong stands in 校验结果.
    """
    try:
        return _Marking(dict(parts)).run(marks)
    except (BrokenError, InputError, etree.XMLSyntaxError, UnicodeDecodeError):
        return parts


class _Marking:
    """The parts of one package, being changed."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self.parts = parts
        self.frame = -1

    def run(self, marks: Mapping[Spot, CellMark]) -> dict[str, bytes]:
        """Mark every sheet that has something to be marked, or marks of ours."""
        for title, part in parts_of(self.parts).sheets.items():
            here = {s: m for s, m in marks.items() if s.sheet == title}
            if here or self._has_marks(part):
                self._mark(part, here)
        return self.parts

    def _has_marks(self, part: str) -> bool:
        """Tell whether a sheet has marks of a former run: one that has only other people's notes stays as it is."""
        return "校验标记".encode() in self.parts[part] or any(
            HEAD.encode() in self.parts[texts] for texts in self._related(part, "comments")
        )

    def _mark(self, part: str, marks: Mapping[Spot, CellMark]) -> None:
        root = parsed(self.parts[part])
        _take_frames(root)
        framed = sorted(s for s, m in marks.items() if m.framed)
        if framed:
            self._add_frames(root, framed)
        self._note(part, root, {s: m.said for s, m in marks.items()})
        self.parts[part] = written(root)

    def _add_frames(self, root: Element, spots: list[Spot]) -> None:
        for rule in root.iter(f"{_MAIN}cfRule"):
            rule.set("priority", str(int(rule.get("priority", "1")) + 1))
        frame = etree.Element(f"{_MAIN}conditionalFormatting", sqref=" ".join(s.ref for s in spots))
        rule = etree.SubElement(frame, f"{_MAIN}cfRule", type="expression", dxfId=str(self._red()), priority="1")
        etree.SubElement(rule, f"{_MAIN}formula").text = FRAME
        _insert(root, frame, _AFTER_FRAMES)

    def _red(self) -> int:
        """Return the number of the look of a frame, which joins the workbook's looks."""
        if self.frame < 0:
            name = parts_of(self.parts).styles
            root = parsed(self.parts[name])
            looks = root.find(f"{_MAIN}dxfs")
            if looks is None:
                raise BrokenError
            side = "".join(f'<{s} style="thin"><color rgb="{RED}"/></{s}>' for s in ("left", "right", "top", "bottom"))
            made = etree.fromstring(f'<dxf xmlns="{_MAIN[1:-1]}"><border>{side}</border></dxf>')
            plain = etree.tostring(made, method="c14n")
            known = [i for i, x in enumerate(looks) if etree.tostring(x, method="c14n", with_tail=False) == plain]
            if not known:
                looks.append(made)
                looks.set("count", str(len(looks)))
                self.parts[name] = written(root)
            self.frame = known[0] if known else len(looks) - 1
        return self.frame

    def _note(self, part: str, root: Element, notes: Mapping[Spot, str]) -> None:
        texts, shapes = (next(iter(self._related(part, k)), "") for k in ("comments", "vmlDrawing"))
        before = NoteParts(self.parts[texts] if texts else b"", self.parts[shapes].decode() if shapes else "")
        after = before.without_ours()
        if notes:
            after = after.with_ours(notes)
        if after == before:
            return
        texts = texts or self._add(part, "comments", "xl/comments{}.xml", _TEXTS_TYPE)
        if not shapes:
            shapes = self._add(part, "vmlDrawing", "xl/drawings/vmlDrawing{}.vml", _SHAPES_TYPE)
            drawing = etree.Element(f"{_MAIN}legacyDrawing")
            drawing.set(f"{{{_RELATIONS}}}id", self._id(part, shapes))
            _insert(root, drawing, _AFTER_NOTES)
        self.parts[texts], self.parts[shapes] = after.texts, after.shapes.encode()

    def _relations(self, part: str) -> str:
        folder, _, name = part.rpartition("/")
        wanted = f"{folder}/_rels/{name}.rels"
        return next((p for p in self.parts if p.lower() == wanted.lower()), wanted)

    def _related(self, part: str, kind: str) -> list[str]:
        """Return the parts that a sheet has of this kind. Raises BrokenError where one isn't there."""
        relations = self.parts.get(self._relations(part))
        if relations is None:
            return []
        found = targets(tree(relations), posixpath.dirname(part), kind).values()
        known = {p.lower(): p for p in self.parts}
        if any(p.lower() not in known for p in found):
            raise BrokenError
        return [known[p.lower()] for p in found]

    def _id(self, part: str, target: str) -> str:
        found = targets(tree(self.parts[self._relations(part)]), posixpath.dirname(part), "vmlDrawing")
        return next(i for i, t in found.items() if t == target)

    def _add(self, part: str, kind: str, name: str, content_type: str) -> str:
        """Add a part of a sheet, empty as yet: its relation and its content type."""
        taken = {p.lower() for p in self.parts}
        made = next(n for i in range(1, 10_000) if (n := name.format(i)).lower() not in taken)
        self.parts[made] = b""
        where = self._relations(part)
        relations = parsed(self.parts.get(where) or f'<Relationships xmlns="{_PACKAGE[1:-1]}"/>'.encode())
        ids = {r.get("Id") for r in relations}
        etree.SubElement(
            relations,
            f"{_PACKAGE}Relationship",
            Id=next(i for n in range(1, 10_000) if (i := f"rId{n}") not in ids),
            Type=f"{_RELATIONS}/{kind}",
            Target=posixpath.relpath(made, posixpath.dirname(part)),
        )
        self.parts[where] = written(relations)
        types = next(p for p in self.parts if p.lower() == "[content_types].xml")
        root = parsed(self.parts[types])
        etree.SubElement(root, f"{_TYPES}Override", PartName=f"/{made}", ContentType=content_type)
        self.parts[types] = written(root)
        return made


def _take_frames(root: Element) -> None:
    for formula in list(root.iter(f"{_MAIN}formula")):
        rule = formula.getparent()
        if (formula.text or "").replace(" ", "") == FRAME and rule.tag == f"{_MAIN}cfRule":
            holder = rule.getparent()
            holder.getparent().remove(holder)


def _insert(root: Element, element: Element, before: tuple[str, ...]) -> None:
    """Put an element of a sheet where the schema wants it: before the first of these."""
    names = {f"{_MAIN}{n}" for n in before}
    following = next((x for x in root if x.tag in names), None)
    if following is None:
        root.append(element)
    else:
        following.addprevious(element)
