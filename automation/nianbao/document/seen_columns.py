"""The columns of a Word table as they are seen: hairlines that LibreOffice and dragged borders leave are no columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice

from nianbao.document.wml import Element, qn

HAIRLINE = 57
"""Twips (1 mm). Two borders nearer than this are one border to the eye; no column of the form is so narrow."""

_GRID, _ROW, _CELL = f"{qn('tblGrid')}/{qn('gridCol')}", qn("tr"), qn("tc")
_LOOK, _SPAN, _MERGE = qn("tcPr"), qn("gridSpan"), qn("vMerge")
_BEFORE = f"{qn('trPr')}/{qn('gridBefore')}"
_VALUE, _WIDTH = qn("val"), qn("w")
_WRAPPERS = tuple(map(qn, ("sdt", "sdtContent", "ins", "moveTo", "customXml")))


@dataclass(frozen=True)
class PlacedCell:
    """One cell of a row: zero-based place, width in seen columns, whether it continues the cell above."""

    row: int
    column: int
    columns: int
    continued: bool
    element: Element


def cells(table: Element) -> Iterator[PlacedCell]:
    """Yield every cell of a table, row by row."""
    seen = _first_columns(table)
    for r, row in enumerate(inside(table, _ROW)):
        at = _number(row.find(_BEFORE), 0)
        for cell in inside(row, _CELL):
            span = merge = None
            for look in islice(cell.iterchildren(_LOOK), 1):
                for said in look.iterchildren(_SPAN, _MERGE):
                    if said.tag == _SPAN:
                        span = said if span is None else span
                    else:
                        merge = said if merge is None else merge
            end = at + max(1, _number(span, 1))
            first, last = (seen[x] if x < len(seen) else x for x in (at, end))
            yield PlacedCell(
                r,
                first,
                max(1, last - first),
                merge is not None and merge.get(_VALUE, "continue") == "continue",
                cell,
            )
            at = end


def inside(parent: Element, tag: str) -> Iterator[Element]:
    """Yield a table's rows or a row's cells, also those within content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from inside(child, tag)


def _first_columns(table: Element) -> list[int]:
    """Return for each border of the grid which seen column begins at it."""
    widths = [_measure(c) for c in table.iterfind(_GRID)]
    borders, column = [0], 0
    start = 0
    for end in accumulate(widths):
        if end - start > HAIRLINE:
            column, start = column + 1, end
        borders.append(column)
    return borders


def _measure(column: Element) -> int:
    raw = column.get(_WIDTH, "")
    return int(raw) if raw.isdecimal() else 2 * HAIRLINE


def _number(element: Element | None, default: int) -> int:
    raw = "" if element is None else element.get(_VALUE, "")
    return min(int(raw), 100) if raw.isdecimal() else default
