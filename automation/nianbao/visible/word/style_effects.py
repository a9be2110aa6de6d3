"""What a .docx's styles, theme and numbering make of a run: struck, raised, hidden, its size, colour and font.

ECMA-376 part 1, 17.7.2 (the order in which styles apply), 17.7.3 (toggle properties), 17.3.2 (what a run may have).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nianbao.visible.word import list_numbers
from nianbao.visible.word.theme import Theme
from nianbao.visible.word.xml import Element, Look, W, over, parsed, properties


@dataclass(frozen=True)
class Style:
    """What a style and those it is based on say: of its runs, its numbering, and by condition of a table."""

    runs: Look
    numbering: Element | None
    indent: Element | None
    spacing: Element | None
    align: Element | None
    cells: Look
    conditions: Mapping[str, tuple[Look, Look]]
    bidi: Element | None = None
    lines: Element | None = None
    """w:pBdr, the lines around a paragraph."""


_NO_STYLE = Style({}, None, None, None, None, {}, {})


class DocxStyles:
    """The styles of one document."""

    def __init__(self, styles: bytes | None, numbering: bytes | None, theme: bytes | None) -> None:
        self._root = parsed(styles)
        self._numbering = parsed(numbering)
        self.theme = Theme(theme)
        self._by_id: dict[tuple[str, str], Element] = {}
        self._default: dict[str, str] = {}
        self.base: Look = {}
        if self._root is not None:
            self.base = properties(self.defaults("rPr"))
            for style in self._root.iter(W + "style"):
                kind, name = style.get(W + "type", "paragraph"), style.get(W + "styleId", "")
                self._by_id.setdefault((kind, name), style)
                if style.get(W + "default") in ("1", "true", "on"):
                    self._default[kind] = name
        self._made: dict[tuple[str, str], Style] = {}

    def style(self, kind: str, name: str | None) -> Style:
        """Return a style with what it inherits; the default one of its kind where there is none of that name."""
        key = (kind, name if name is not None and (kind, name) in self._by_id else self._default.get(kind, ""))
        if key not in self._made:
            self._made[key] = self._inherited(*key)
        return self._made[key]

    def chain(self, kind: str, name: str | None) -> list[Element]:
        """Return a style and those it is based on, the last of them first; without such a name its kind's default."""
        if name is None or (kind, name) not in self._by_id:
            name = self._default.get(kind, "")
        chain: list[Element] = []
        while (kind, name) in self._by_id and len(chain) < 50:
            element = self._by_id[kind, name]
            if element in chain:
                break
            chain.append(element)
            based = element.find(W + "basedOn")
            name = "" if based is None else based.get(W + "val", "")
        return chain[::-1]

    def defaults(self, kind: str) -> Element | None:
        """Return what holds where no style says otherwise: the w:rPr or w:pPr of the document's defaults."""
        return None if self._root is None else self._root.find(f"{W}docDefaults/{W}{kind}Default/{W}{kind}")

    def _inherited(self, kind: str, name: str) -> Style:
        chain = self.chain(kind, name)
        if not chain:
            return _NO_STYLE
        runs: dict[str, Element] = {}
        cells: dict[str, Element] = {}
        conditions: dict[str, tuple[Look, Look]] = {}
        numbering = indent = spacing = align = bidi = lines = None
        for element in chain:
            runs = over(runs, properties(element.find(W + "rPr")))
            cells |= properties(element.find(W + "tcPr"))
            numbering = _or(element.find(f"{W}pPr/{W}numPr"), numbering)
            indent = _or(element.find(f"{W}pPr/{W}ind"), indent)
            spacing = _or(element.find(f"{W}pPr/{W}spacing"), spacing)
            align = _or(element.find(f"{W}pPr/{W}jc"), align)
            bidi = _or(element.find(f"{W}pPr/{W}bidi"), bidi)
            lines = _or(element.find(f"{W}pPr/{W}pBdr"), lines)
            for when in element.findall(W + "tblStylePr"):
                before = conditions.get(when.get(W + "type", ""), ({}, {}))
                conditions[when.get(W + "type", "")] = (
                    over(before[0], properties(when.find(W + "rPr"))),
                    {**before[1], **properties(when.find(W + "tcPr"))},
                )
        return Style(runs, numbering, indent, spacing, align, cells, conditions, bidi, lines)

    def is_numbered(self, paragraph: Element) -> bool:
        """Tell whether a number or bullet that is no text of its own is shown before a paragraph."""
        given = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self.style("paragraph", None if given is None else given.get(W + "val"))
        return list_numbers.is_numbered(paragraph, style.numbering, self._numbering)


@lru_cache(maxsize=8)
def styles_of(styles: bytes | None, numbering: bytes | None, theme: bytes | None) -> DocxStyles:
    """Return the styles of a document; those of one template are worked out once."""
    return DocxStyles(styles, numbering, theme)


def styles_among(part: Callable[[str], bytes | None]) -> DocxStyles:
    """Return the styles of a document; `part` gives a part by what it is to the body, None where there is none."""
    return styles_of(part("styles"), part("numbering"), part("theme"))


def _or(given: Element | None, before: Element | None) -> Element | None:
    return before if given is None else given
