"""The tables of a document: how wide they are, where they stand, which of their lines are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nianbao.document import seen_columns
from nianbao.document.looks import look_words
from nianbao.document.looks.page_setup import sections
from nianbao.document.looks.paragraph_looks import Looked
from nianbao.document.opened_docx import OpenedTable
from nianbao.document.wml import Element, qn
from nianbao.visible.word.xml import number

_WIDTH, _COLUMN, _ASIDE = 113, 284, 170
"""Twips: 2 mm of a table's width, 5 mm of a column's, 3 mm of its place."""

_SIDES = ("top", "left", "bottom", "right")
_INSIDE = {"top": "insideH", "bottom": "insideH", "left": "insideV", "right": "insideV"}
_EDGES = {"left": ("left", "start"), "right": ("right", "end")}
_NONE = ("", "nil", "none")
_SHOWN = 3

Edge = tuple[str, int, int]
"""One piece of line: h or v, the row and the column it is before."""


def differences(
    document: Looked, found: OpenedTable, standard: Looked, meant: OpenedTable
) -> Iterator[tuple[str, str, str]]:
    """Yield what of a table's shape is otherwise: what, how it is, how it should be."""
    mine, theirs = width(found.element), width(meant.element)
    if abs(mine - theirs) > _WIDTH:
        room = sections(document.source)[-1].text_width
        over = "，超出版心" if mine > room + _WIDTH else ""
        yield "宽度", f"{look_words.millimetres(mine)}{over}", look_words.millimetres(theirs)
    else:
        aside, right = _aside(found.element), _aside(meant.element)
        if abs(aside - right) > _ASIDE:
            yield "位置", f"向{'右' if aside > right else '左'}偏{look_words.millimetres(abs(aside - right))}", "居中"
        yield from _columns(_borders(found.element), _borders(meant.element))
    mine_, theirs_ = _drawn_edges(document, found), _drawn_edges(standard, meant)
    lost = sorted({row + 1 for _, row, _ in theirs_ - mine_})
    if lost and _shape(found) == _shape(meant):
        named = "、".join(f"第{r}行" for r in lost[:_SHOWN]) + ("等" if len(lost) > _SHOWN else "")
        yield "框线", f"有缺（{'各行' if len(lost) >= len(meant.rows) else named}）", "齐全"


def width(table: Element) -> int:
    """Return how wide a table is, in twips: as its widest row says, else as its grid."""
    rows = (sum(number(w.get(qn("w"))) for w in _widths(row)) for row in seen_columns.inside(table, qn("tr")))
    own = max(rows, default=0)
    return own or sum(_grid(table))


def _widths(row: Element) -> list[Element]:
    """Return the widths of a row's cells, [] where one is not in twips."""
    found = [w for c in seen_columns.inside(row, qn("tc")) for w in c.findall(f"{qn('tcPr')}/{qn('tcW')}")]
    return found if all(w.get(qn("type")) == "dxa" for w in found) else []


def _grid(table: Element) -> list[int]:
    return [number(c.get(qn("w"))) for c in table.findall(f"{qn('tblGrid')}/{qn('gridCol')}")]


def _borders(table: Element) -> list[int]:
    """Return where the seen columns end, in twips from the left."""
    ends: list[int] = []
    at = 0
    for one in _grid(table):
        at += one
        if ends and at - ends[-1] <= seen_columns.HAIRLINE:
            ends[-1] = at
        else:
            ends.append(at)
    return ends


def _columns(mine: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[str, str, str]]:
    if len(mine) != len(theirs):
        return
    moved = [i for i, (a, b) in enumerate(zip(mine[:-1], theirs[:-1], strict=True)) if abs(a - b) > _COLUMN]
    if moved:
        i = moved[0]
        found, should = (x[i] - (x[i - 1] if i else 0) for x in (mine, theirs))
        yield f"第{i + 1}栏的宽度", look_words.millimetres(found), look_words.millimetres(should)


def _aside(table: Element) -> int:
    """Return how far a table stands from where its text begins; 0 for one in the middle or afloat."""
    held = table.find(qn("tblPr"))
    align, indent = (None if held is None else held.find(qn(n)) for n in ("jc", "tblInd"))
    if align is not None and align.get(qn("val")) == "center":
        return 0
    return 0 if indent is None or indent.get(qn("type"), "dxa") != "dxa" else number(indent.get(qn("w")))


def _shape(table: OpenedTable) -> list[tuple[int, int, int]]:
    return [(c.row, c.column, c.columns) for row in table.rows for c in row]


def _drawn_edges(document: Looked, table: OpenedTable) -> set[Edge]:
    """Return the pieces of line that are drawn around the cells; a cell that goes on below has none in between."""
    whole = _lines(table.element.find(f"{qn('tblPr')}/{qn('tblBorders')}"))
    styled: dict[str, str] = {}
    for style in document.formats.of_table(table.element):
        styled |= _lines(style.find(f"{qn('tblPr')}/{qn('tblBorders')}"))
    borders = styled | whole
    placed = list(seen_columns.cells(table.element))
    rows = max((c.row for c in placed), default=0) + 1
    columns = max((c.column + c.columns for c in placed), default=0)
    found: set[Edge] = set()
    merged: set[Edge] = set()
    for cell in placed:
        own = _lines(cell.element.find(f"{qn('tcPr')}/{qn('tcBorders')}"))
        at_edge = {"top": cell.row == 0, "bottom": cell.row == rows - 1, "left": cell.column == 0,
                   "right": cell.column + cell.columns == columns}  # fmt: skip
        for side in _SIDES:
            line = own.get(side, borders.get(side if at_edge[side] else _INSIDE[side], ""))
            if line not in _NONE:
                found |= set(_edges(cell, side))
        merged |= set(_edges(cell, "top")) if cell.continued else set()
    return found - merged


def _edges(cell: seen_columns.PlacedCell, side: str) -> Iterator[Edge]:
    if side in ("top", "bottom"):
        row = cell.row + (side == "bottom")
        yield from (("h", row, c) for c in range(cell.column, cell.column + cell.columns))
    else:
        yield "v", cell.row, cell.column + (cell.columns if side == "right" else 0)


def _lines(borders: Element | None) -> dict[str, str]:
    """Return the kind of line of each side that is named."""
    found: dict[str, str] = {}
    for border in borders if borders is not None else ():
        name = border.tag.rpartition("}")[2]
        side = next((k for k, names in _EDGES.items() if name in names), name)
        found[side] = border.get(qn("val"), "")
    return found
