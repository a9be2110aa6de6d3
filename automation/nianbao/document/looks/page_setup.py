"""The pages of a document: paper, margins, columns, headers, section by section (ECMA-376 part 1, 17.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nianbao.document.looks import look_words
from nianbao.document.opened_docx import OpenedDocument
from nianbao.document.wml import Element, R, qn, w
from nianbao.visible.word import parts_of
from nianbao.visible.word.xml import is_on, number, parsed

if TYPE_CHECKING:
    from nianbao.document.looks.paragraph_looks import Looked

SIDES = (("top", "上"), ("bottom", "下"), ("left", "左"), ("right", "右"))

NEAR = 57
"""Twips (1 mm); GB/T 9704-2012, 5.2.1, leaves as much room."""

_BETWEEN = 720
"""Twips between two columns where a section does not say (ECMA-376 part 1, 17.6.4)."""

_A4 = ("11906", "16838")
_SHOWN = 20


@dataclass(frozen=True)
class PageSection:
    """One section: paper and margins in twips, the parts that print its headers and footers by kind of page.

    `start` is its first paragraph's text; `between` is the space between two columns, in twips; `first` tells whether
    its first page has a header and footer of its own; `number` is what w:pgNumType says of its page numbers.
    """

    start: str
    width: int
    height: int
    margins: Mapping[str, int]
    columns: int
    between: int
    framed: bool
    first: bool
    number: Mapping[str, str]
    parts: Mapping[tuple[str, str], str]

    @property
    def text_width(self) -> int:
        """How wide its text is, in twips."""
        return self.width - self.margins["left"] - self.margins["right"]

    @property
    def line_width(self) -> int:
        """How wide a line of its text is, in twips: of several columns, that of one."""
        return (self.text_width - (self.columns - 1) * self.between) // self.columns


def sections(source: OpenedDocument) -> list[PageSection]:
    """Return the sections of a document in their order; what one does not say of headers holds from the one before."""
    targets = source.targets
    found: list[PageSection] = []
    parts: dict[tuple[str, str], str] = {}
    for start, element in _marked(source):
        parts = dict(parts)
        for kind in ("header", "footer"):
            for reference in element.findall(qn(f"{kind}Reference")):
                parts[kind, reference.get(qn("type"), "default")] = targets.get(reference.get(f"{{{R}}}id", ""), "")
        found.append(_section(start, element, parts))
    return found


def differences(found: PageSection, standard: PageSection) -> Iterator[tuple[str, str, str]]:
    """Yield what of a section's paper and margins is otherwise: what, how it is, how it should be."""
    turned = (found.width > found.height) != (standard.width > standard.height)
    if abs(found.width - standard.width) > NEAR or abs(found.height - standard.height) > NEAR:
        yield "纸张", look_words.paper(found.width, found.height), look_words.paper(standard.width, standard.height)
    margins = [(s, n) for s, n in SIDES if abs(found.margins[s] - standard.margins[s]) > NEAR]
    if margins and not (turned and sorted(found.margins.values()) == sorted(standard.margins.values())):
        mine, theirs = (
            "、".join(f"{n}{look_words.millimetres(x.margins[s])}" for s, n in margins) for x in (found, standard)
        )
        yield "页边距", mine, theirs
    if found.columns != standard.columns:
        yield "分栏", f"{found.columns}栏", f"{standard.columns}栏"
    if found.framed != standard.framed:
        yield "页面边框", "有" if found.framed else "没有", "有" if standard.framed else "没有"


def header(document: Looked, section: PageSection) -> str:
    """Return in words what stands in a section's headers, '' for nothing."""
    told: dict[str, None] = {}
    for (kind, _), part in section.parts.items():
        if kind == "header" and part in document.source.roots:
            told |= dict.fromkeys(_in_header(document, part))
    return "、".join(told)


def _in_header(document: Looked, part: str) -> Iterator[str]:
    root = document.source.roots[part]
    if next(root.iter(qn("drawing"), qn("pict")), None) is not None:
        yield "图片或水印"
    for paragraph in (p for p in document.source.paragraphs if p.part == part):
        text = " ".join(paragraph.text.split())
        if text:
            yield f"“{text[:_SHOWN]}”"
        if document.formats.setting(paragraph.element, 1).bordered:
            yield "一条横线"


def mirrors(source: OpenedDocument) -> bool:
    """Tell whether even pages have headers and footers of their own."""
    settings = parsed(parts_of(source.parts.get, source.main)("settings"))
    return settings is not None and is_on(settings.find(qn("evenAndOddHeaders")))


def _marked(source: OpenedDocument) -> Iterator[tuple[str, Element]]:
    """Yield each w:sectPr with the text its section begins with."""
    body = source.roots[source.main].find(qn("body"))
    start = ""
    for child in body if body is not None else ():
        start = start or "".join("".join(t.text or "" for t in child.iter(qn("t"))).split())[:_SHOWN]
        own = child if child.tag == qn("sectPr") else child.find(f"{qn('pPr')}/{qn('sectPr')}")
        if own is not None:
            yield start, own
            start = ""
    if body is None or body.find(qn("sectPr")) is None:
        yield start, w("sectPr")


def _section(start: str, element: Element, parts: Mapping[tuple[str, str], str]) -> PageSection:
    paper, margin, columns, page = (_attributes(element.find(qn(n))) for n in ("pgSz", "pgMar", "cols", "pgNumType"))
    margins = {side: abs(number(margin.get(side))) for side, _ in SIDES}
    margins["left"] += number(margin.get("gutter"))
    return PageSection(
        start=start,
        width=number(paper.get("w", _A4[0])),
        height=number(paper.get("h", _A4[1])),
        margins=margins,
        columns=max(1, number(columns.get("num"), 1)),
        between=number(columns.get("space"), _BETWEEN),
        framed=element.find(qn("pgBorders")) is not None,
        first=is_on(element.find(qn("titlePg"))),
        number={**page, "footer": margin.get("footer", "")},
        parts=parts,
    )


def _attributes(element: Element | None) -> dict[str, str]:
    return {} if element is None else {str(k).rpartition("}")[2]: str(v) for k, v in element.items()}
