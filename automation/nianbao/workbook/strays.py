"""Rule W4: what stands in the lines of a table but in none of its cells is named, for nobody reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from nianbao.findings import Severity
from nianbao.form import CellKind
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import Content, Sheet
from nianbao.workbook.figures import shown
from nianbao.workbook.layout import Layout, SheetLayout, TableBlock
from nianbao.workbook.notes import Notes

_BESIDE = 8
"""So many columns beside a table are looked at."""
_SHOWN = 6

_Extent = tuple[range, range, frozenset[tuple[int, int]]]
"""Rows and columns looked at, and the places in them where something may stand."""


def look(layout: Layout, sheets: Mapping[str, Sheet], notes: Notes) -> None:
    """Add one hint for each sheet with contents beside its tables' cells, or under its merged ones."""
    for sheet in layout.sheets:
        found = [
            (Spot(sheet.name, row, column), content)
            for rows, columns, taken in _extents(sheet)
            for (row, column), content in sorted(sheets[sheet.name].cells.items())
            if row in rows and column in columns and (row, column) not in taken and _says(content)
        ]
        if found:
            listed = "、".join(f"{spot.ref}{shown(content.value)}" for spot, content in found[:_SHOWN])
            more = f"等{len(found)}处" if len(found) > _SHOWN else ""
            what = f"填报的格子之外还有内容（{listed}{more}），没有采用"
            how = "是填错了位置的，移到应填的格子里；是草稿、批注的，删去"
            first = found[0][0].place
            notes.say("W4", Severity.HINT, (), (first, first), what, how)


def _says(content: Content) -> bool:
    return content.value is not None and not content.formula and bool(str(content.value).strip())


@lru_cache(maxsize=64)
def _extents(sheet: SheetLayout) -> tuple[_Extent, ...]:
    return tuple(_extent(block) for block in sheet.tables)


def _extent(block: TableBlock) -> _Extent:
    first = block.origin.row + block.table.header_rows
    rows = range(first, block.origin.row + block.table.rows)
    columns = range(1, block.right + 1 + _BESIDE)
    return rows, columns, frozenset(_taken(block))


def _taken(block: TableBlock) -> Iterator[tuple[int, int]]:
    for label in block.labels:
        yield label.spot.row, label.spot.column
    for cell in block.table.cells:
        if cell.kind in (CellKind.VALUE, CellKind.TYPED):
            spot = block.origin.by(cell.row, cell.column)
            yield spot.row, spot.column
    for check in block.checks:
        yield check.spot.row, check.spot.column
        if check.label:
            yield check.label.spot.row, check.label.spot.column
