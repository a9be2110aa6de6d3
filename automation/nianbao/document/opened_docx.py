"""A Word file opened for examining: paragraphs and tables in reading order, each with its place in a clerk's words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from nianbao.document import package, seen_columns
from nianbao.document.wml import Element, R, qn
from nianbao.errors import TemplateError
from nianbao.ooxml import trees

WHOLE = "整个文件"

_TYPE = re.compile(r"wordprocessingml\.(document\.main|header|footer|footnotes)\+xml")
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TBL, _TEXT, _BOX = qn("p"), qn("tbl"), qn("t"), qn("txbxContent")
_BREAKS = {qn("tab"): "\t", qn("br"): "\n", qn("cr"): "\n", qn("noBreakHyphen"): "-"}
_WRAPPERS = tuple(map(qn, ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")))
_KINDS = {"default": "", "even": "偶数页", "first": "首页"}
_SHOWN = 20


@dataclass(frozen=True)
class TextPiece:
    """One stretch of a paragraph's text: where it begins in the text, and the run it stands in."""

    start: int
    text: str
    run: Element


@dataclass(frozen=True)
class OpenedParagraph:
    """One paragraph; `cell` is (table, row, column) counted from 0 for one in a table of the body, else None."""

    element: Element
    part: str
    spot: str
    pieces: tuple[TextPiece, ...]
    cell: tuple[int, int, int] | None = None
    flowing: bool = False

    @cached_property
    def text(self) -> str:
        """The text with tabs and line feeds."""
        return "".join(p.text for p in self.pieces)

    @property
    def place(self) -> str:
        """Name the place as a clerk does: 第3段“一、总体情况”, 表格2 第5行第3列, 页眉."""
        words = " ".join(self.text.split())
        if self.cell or not words:
            return self.spot
        return f"{self.spot}“{words[:_SHOWN]}{'…' if len(words) > _SHOWN else ''}”"

    def runs(self, start: int, end: int) -> list[Element]:
        """Return the runs that hold the text from `start` up to `end`, in order."""
        held = [p.run for p in self.pieces if p.start < end and start < p.start + len(p.text)]
        return list(dict.fromkeys(held))


@dataclass(frozen=True)
class OpenedCell:
    """One cell of a table of the body that continues no other: zero-based place and width in seen columns."""

    row: int
    column: int
    columns: int
    paragraphs: tuple[OpenedParagraph, ...]
    element: Element

    @property
    def text(self) -> str:
        """The text of its paragraphs, without white space."""
        return "".join("".join(p.text.split()) for p in self.paragraphs)


@dataclass(frozen=True)
class OpenedTable:
    """One table of the body; `index` is counted from 0."""

    index: int
    element: Element
    rows: tuple[tuple[OpenedCell, ...], ...]

    def place(self, row: int, column: int) -> str:
        """Name one of its cells by zero-based row and column."""
        return f"表格{self.index + 1} 第{row + 1}行第{column + 1}列"


@dataclass
class OpenedDocument:
    """An opened template. `flow` is the body in reading order; `paragraphs` are all, headers and the like included."""

    parts: Mapping[str, bytes]
    roots: dict[str, Element]
    main: str
    flow: list[OpenedParagraph | OpenedTable] = field(default_factory=list)
    paragraphs: list[OpenedParagraph] = field(default_factory=list)

    @property
    def tables(self) -> list[OpenedTable]:
        """The tables of the body."""
        return [b for b in self.flow if isinstance(b, OpenedTable)]

    @cached_property
    def by_element(self) -> Mapping[Element, OpenedParagraph]:
        """Map each paragraph's element to it."""
        return {p.element: p for p in self.paragraphs}

    def around(self, element: Element) -> OpenedParagraph | None:
        """Return the paragraph an element stands in, if any."""
        here: Element | None = element
        while here is not None and here not in self.by_element:
            here = here.getparent()
        return None if here is None else self.by_element[here]

    @cached_property
    def targets(self) -> Mapping[str, str]:
        """Map the relations of the body to the parts they name."""
        folder = posixpath.dirname(self.main)
        named = {r.get("Id", ""): r.get("Target", "") for r in self.relations(self.main)}
        return {k: posixpath.normpath(posixpath.join(f"/{folder}", t)).lstrip("/") for k, t in named.items()}

    def relations(self, part: str) -> list[Element]:
        """Return the relations of a part ('' for the package's own)."""
        folder, name = posixpath.split(part)
        data = self.parts.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [] if data is None else [r for r in parse(data) if isinstance(r.tag, str)]


def open_template(data: bytes) -> OpenedDocument:
    """Return the opened template. Raises TemplateError when it is no sound .docx."""
    parts = package.read(data)
    if package.TYPES not in parts:
        raise TemplateError("模板不是完好的 Word 文件（.docx），请用 Word 重新另存为 .docx")
    kinds: dict[str, str] = {}
    for override in parse(parts[package.TYPES]):
        found = _TYPE.search(override.get("ContentType", ""))
        name = override.get("PartName", "").lstrip("/")
        if found and name in parts:
            kinds[name] = found[1]
    main = next((n for n, kind in kinds.items() if kind == "document.main"), "")
    if not main:
        raise TemplateError("模板里没有 Word 正文，请用 Word 重新另存为 .docx")
    ordered = [main, *(n for n in sorted(kinds) if n != main)]
    source = OpenedDocument(parts, {n: parse(parts[n]) for n in ordered}, main)
    body = source.roots[main].find(qn("body"))
    if body is None:
        raise TemplateError("模板里没有 Word 正文，请用 Word 重新另存为 .docx")
    _Walk(source).body(body)
    named = _furniture(source)
    for name in ordered[1:]:
        spot = named.get(name, "脚注" if kinds[name] == "footnotes" else "没有用到的页眉页脚")
        for element in source.roots[name].iter(_P):
            source.paragraphs.append(OpenedParagraph(element, name, spot, tuple(pieces(element))))
    return source


def parse(data: bytes) -> Element:
    """Return the root of a part; nothing is resolved or fetched. Raises TemplateError."""
    try:
        if b"<!DOCTYPE" in data:
            raise TemplateError("模板里有不安全的内容，请用 Word 打开，另存为一份新的 .docx")
        return trees.parsed(data, comments=False)
    except trees.BrokenError as e:
        raise TemplateError("模板的正文已损坏，请用 Word 打开后重新另存为 .docx") from e


def pieces(paragraph: Element) -> Iterator[TextPiece]:
    """Yield a paragraph's text run by run; text boxes anchored in it and deleted text are not its text."""
    at = 0
    for element in _own(paragraph):
        text = (element.text or "") if element.tag == _TEXT else _BREAKS[element.tag]
        run = element.getparent()
        if run is not None and text:
            yield TextPiece(at, text, run)
            at += len(text)


def _own(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == _TEXT or (child.tag in _BREAKS and parent.tag == qn("r")):
            yield child
        elif child.tag not in (_BOX, _P, qn("pPr"), qn("rPr"), qn("del"), qn("moveFrom"), _MC_FALLBACK):
            yield from _own(child)


def _furniture(source: OpenedDocument) -> dict[str, str]:
    """Name each header and footer by the pages it is printed on."""
    named: dict[str, str] = {}
    for kind, word in ((qn("headerReference"), "页眉"), (qn("footerReference"), "页脚")):
        for reference in source.roots[source.main].iter(kind):
            name = source.targets.get(reference.get(f"{{{R}}}id", ""), "")
            named.setdefault(name, _KINDS.get(reference.get(qn("type"), "default"), "") + word)
    return named


class _Walk:
    """Walks the body, counting paragraphs outside tables and tables."""

    def __init__(self, source: OpenedDocument) -> None:
        self.source = source
        self.count = 0
        self.tables = 0

    def body(self, parent: Element) -> None:
        for child in parent:
            if child.tag == _P:
                self.count += 1
                paragraph = self._paragraph(child, f"第{self.count}段", None, flowing=True)
                self.source.flow.append(paragraph)
            elif child.tag == _TBL:
                self.source.flow.append(self._table(child))
            elif child.tag in _WRAPPERS:
                self.body(child)

    def _paragraph(
        self, element: Element, spot: str, cell: tuple[int, int, int] | None, flowing: bool = False
    ) -> OpenedParagraph:
        paragraph = OpenedParagraph(element, self.source.main, spot, tuple(pieces(element)), cell, flowing)
        self.source.paragraphs.append(paragraph)
        for inner in element.iter(_P):
            if inner is not element:
                self.source.paragraphs.append(
                    OpenedParagraph(inner, self.source.main, f"{spot}的文本框", tuple(pieces(inner)))
                )
        return paragraph

    def _table(self, element: Element) -> OpenedTable:
        index, self.tables = self.tables, self.tables + 1
        rows: dict[int, list[OpenedCell]] = {}
        for placed in seen_columns.cells(element):
            rows.setdefault(placed.row, [])
            spot = f"表格{index + 1} 第{placed.row + 1}行第{placed.column + 1}列"
            where = (index, placed.row, placed.column)
            own = [self._paragraph(p, spot, where) for p in _in_cell(placed.element)]
            if not placed.continued:
                rows[placed.row].append(
                    OpenedCell(placed.row, placed.column, placed.columns, tuple(own), placed.element)
                )
        return OpenedTable(index, element, tuple(tuple(cells) for cells in rows.values()))


def _in_cell(cell: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell, those of tables in it too, but not those in text boxes."""
    for child in cell:
        if child.tag == _P:
            yield child
        else:
            yield from _in_cell(child)
