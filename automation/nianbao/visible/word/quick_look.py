"""The quick look: whether nothing in a document's body can keep its text from being seen as it is written.

It knows the few elements and properties that reports of ours have, and the styles they name, in each way that these may
meet in one run. Of anything else it does not know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from nianbao.visible import colours, signs
from nianbao.visible.word import run_looks
from nianbao.visible.word.style_effects import DocxStyles, Style
from nianbao.visible.word.xml import Element, Look, W, number, over, val

_ODD = ("strike", "dstrike", "vanish", "vertAlign", "position", "shd", "highlight", "w", "fitText", "eastAsianLayout",
        "textFill", "outline", "rtl", "cs")  # fmt: skip
"""What a run's look may have of its styles only where the long look is taken."""

_USUAL = range(12, 201)
"""Half points."""

_FLAT = 200
"""Twips; a row set at less may cut its text off."""

_BESIDE = ("bookmarkStart", "bookmarkEnd", "proofErr")
_CELL = "w:tbl/w:tr/w:tc/"
_KNOWN: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    ".": (("p", "tbl", "sectPr"), _BESIDE),
    "w:tbl": (("tr", "tblPr", "tblGrid"), _BESIDE),
    "w:tbl/w:tr": (("tc", "trPr"), ()),
    "w:tbl/w:tr/w:tc": (("p", "tcPr"), ()),
    **{f"{at}w:p": (("r", "pPr"), _BESIDE) for at in ("", _CELL)},
    **{
        f"{at}w:p/w:r": (("t", "rPr", "br"), ("tab", "cr", "noBreakHyphen", "lastRenderedPageBreak"))
        for at in ("", _CELL)
    },
}
"""What may stand in a body, as far down as text does: the usual, and what else keeps nothing from being seen."""

_TELLING = tuple(
    f"{{*}}{k}"
    for k in ("shd", "spacing", "jc", "trHeight", "rPr", "numPr", "ind", "bidi", "pBdr", "framePr", "hMerge", "hidden",
              "tblStyle", "tblpPr")
)  # fmt: skip
"""The properties that may keep text from being seen."""

_HARMLESS = {W + k for k in ("rStyle", "b", "bCs", "i", "iCs", "lang", "noProof", "kern", "u", "szCs")}


def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path, namespaces={"w": W[1:-1]}, smart_strings=False)


def _has_other(holder: str, usual: Iterable[str], more: Iterable[str]) -> str:
    """Return an XPath: whether something unknown stands in a holder; that all is usual is told by counting."""
    counted = " + ".join(f"count({holder}/w:{k})" for k in usual)
    known = " or ".join(f"self::w:{k}" for k in (*usual, *more))
    return f"count({holder}/*) > {counted} and boolean({holder}/*[not({known})])"


_HAS_OTHER = (
    *(_compiled(_has_other(holder, *known)) for holder, known in _KNOWN.items()),
    _compiled(f"count(.//w:p) > count(w:p) + count({_CELL}w:p)"),
    _compiled(f"count(.//w:t) > count(w:p/w:r/w:t) + count({_CELL}w:p/w:r/w:t)"),
)
_NAMES = tuple(
    _compiled(f"{at}w:p/{kind}/@w:val") for at in ("", _CELL) for kind in ("w:pPr/w:pStyle", "w:r/w:rPr/w:rStyle")
)
_MARGINS = _compiled(f"{_CELL}w:tcPr/w:tcMar/*/@w:w")


@dataclass(frozen=True)
class SightMarks:
    """What a body has that decides whether its text is seen.

    `names` are the styles of paragraphs and of letters, of the body and of cells; `grounds` the colours behind text;
    `line` the lowest height in twips that a paragraph of its own gives a line; `margin` the widest of a cell.
    """

    names: tuple[frozenset[str], ...]
    grounds: frozenset[str]
    line: int | None
    margin: int


def marks(body: Element, styles: DocxStyles) -> SightMarks | None:
    """Return what decides whether a body's text is seen; None where something in it is not known here."""
    if any(has(body) for has in _HAS_OTHER):
        return None
    grounds, lines = {"FFFFFF"}, set()
    for element in body.iter(*_TELLING):
        kind = element.tag.rpartition("}")[2]
        if kind == "shd":
            grounds.add(styles.theme.ground(element))
        elif kind == "spacing" and element.get(W + "lineRule") == "exact":
            lines.add(number(element.get(W + "line"), 240))
        elif not _is_harmless(kind, element):
            return None
    names = tuple(_values(path, body) for path in _NAMES)
    margin = max((number(x) for x in _values(_MARGINS, body)), default=0)
    return SightMarks(names, frozenset(grounds), min(lines, default=None), max(0, margin))


def is_plain(styles: DocxStyles, pieces: Collection[SightMarks | None]) -> bool:
    """Tell, quickly, whether nothing in the pieces of a body can keep its text from being seen as it is written.

    False only means that it takes the longer look at each paragraph.
    """
    known = [p for p in pieces if p is not None]
    if not known or len(known) < len(pieces):
        return False
    names = tuple(frozenset[str]().union(*of_kind) for of_kind in zip(*(p.names for p in known), strict=True))
    grounds = frozenset[str]().union(*(p.grounds for p in known))
    line = min((p.line for p in known if p.line is not None), default=None)
    return _are_plain(styles, SightMarks(names, grounds, line, max(p.margin for p in known)))


def _values(path: etree.XPath, body: Element) -> frozenset[str]:
    """Return the different values of the attributes that a path leads to."""
    found = path(body)
    return frozenset(map(str, found)) if isinstance(found, list) else frozenset()


def _is_harmless(kind: str, element: Element) -> bool:
    """Tell whether a property that could keep text from being seen surely does not."""
    if kind == "rPr":  # of one written twice, programs differ in which holds
        return len({x.tag for x in element if x.tag in _HARMLESS}) == len(element)
    if kind == "trHeight":
        return element.get(W + "hRule") != "exact" or number(element.get(W + "val"), 240) >= _FLAT
    return kind == "spacing" or (kind == "jc" and "istribute" not in element.get(W + "val", ""))


@lru_cache(maxsize=64)
def _are_plain(styles: DocxStyles, marks: SightMarks) -> bool:
    """Tell whether the styles that are named let text be seen, however they meet in a run.

    Reports of one template mostly ask the same.
    """
    table = styles.style("table", None)
    if table.conditions or table.cells:
        return False
    for at, under in ((0, {}), (2, table.runs)):
        letters = [styles.style("character", n).runs for n in (None, *marks.names[at + 1])]
        for style in {id(s): s for n in (None, *marks.names[at]) if (s := styles.style("paragraph", n))}.values():
            looks = [over(styles.base, under, style.runs, runs) for runs in letters]
            if any(x is not None for x in (style.numbering, style.bidi, style.lines)):
                return False
            sizes = [run_looks.RunLooks.size(x) for x in looks]
            if at and (not _stays(style, marks.margin) or signs.uneven(sizes, [0.0])):
                return False
            if not all(_is_seen(x, styles, marks.grounds, _lowest(style, marks.line)) for x in looks):
                return False
    return True


def _lowest(style: Style, line: int | None) -> int | None:
    own = style.spacing
    if own is None or own.get(W + "lineRule") != "exact":
        return line
    height = number(own.get(W + "line"), 240)
    return height if line is None else min(height, line)


def _stays(style: Style, margin: int) -> bool:
    """Tell whether a style's text surely stays in its cell, and together."""
    if style.align is not None and "istribute" in style.align.get(W + "val", ""):
        return False
    left, first, right = run_looks.indents(style.indent)
    return (
        min(left, first, right) >= -run_looks.BEGUN and max(left, first) + max(right, 0) + 2 * margin <= run_looks.USUAL
    )


def _is_seen(look: Look, styles: DocxStyles, grounds: Iterable[str], line: int | None) -> bool:
    """Tell whether letters of such a look are seen on each of these grounds."""
    size, apart, fonts, asked = (
        run_looks.RunLooks.size(look),
        number(val(look, "spacing")),
        look.get("rFonts"),
        look.get("color"),
    )
    if any(x in look for x in _ODD) or size not in _USUAL or (line is not None and line < run_looks.LOW * size):
        return False
    if not -run_looks.CLOSE * 5 * size <= apart <= run_looks.WIDE * 10 * size:
        return False
    if fonts is not None and any(signs.is_symbol_font(fonts.get(W + k, "")) for k in ("ascii", "hAnsi")):
        return False
    inks = (styles.theme.colour(asked), "" if asked is None else asked.get(W + "val", ""))
    return not any(colours.alike(ink, ground, size / 2) for ink in inks for ground in grounds)
