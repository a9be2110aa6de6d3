"""上年同期 beside a table: last year's figure in the row or below the column of this year's, small and grey.

Right of a table's rows, or below it where all figures stand in one row; outside what is printed. A cell to choose in
turns the figures into the change since last year, or takes them away. They are formulas over 逐格核对, where figures of
the year before stand however they came into the workbook (beside_drawn.py); reading a workbook passes them over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nianbao.form import Cell
from nianbao.workbook.address import Spot
from nianbao.workbook.layout import SheetLayout, TableBlock
from nianbao.workbook.live_checks import PrintedCell

CHOICES = BEFORE, CHANGE, NOTHING = "上年同期", "比上年增减", "不显示上年"
_SWITCH_COLUMNS = 2
"""So many columns at least the cell to choose in is wide."""


@dataclass(frozen=True)
class Beside:
    """Where last year's figures stand on one sheet: the cell to choose in, the figures by key, their headings."""

    switch: Spot
    columns: int
    figures: Mapping[str, tuple[Spot, Cell]]
    heads: tuple[tuple[Spot, int, PrintedCell], ...]

    @property
    def first(self) -> int:
        """The first column."""
        return self.switch.column


@lru_cache(maxsize=64)
def beside(sheet: SheetLayout) -> Beside | None:
    """Return the places of last year's figures; None on sheets without tables of the report."""
    blocks = [b for b in sheet.tables if b.table.required]
    if not blocks or sheet.texts:
        return None
    only = blocks[0]
    if len(sheet.blocks) == 1 and len({c.row for c in only.table.value_cells.values()}) == 1:
        return _below(only)
    first = Spot(sheet.name, 2, sheet.right + 2)
    figures: dict[str, tuple[Spot, Cell]] = {}
    heads: list[tuple[Spot, int, PrintedCell]] = []
    for block in blocks:
        start = min(c.column for c in block.table.value_cells.values())
        for key, cell in block.table.value_cells.items():
            figures[key] = Spot(sheet.name, block.origin.row + cell.row, first.column + cell.column - start), cell
        heads += _heads(block, first.column, start)
    wide = max(s.column + c.columns for s, c in figures.values()) - first.column
    return Beside(first, wide, figures, tuple(heads))


def _below(block: TableBlock) -> Beside:
    first = min(c.column for c in block.table.value_cells.values())
    switch = Spot(block.origin.sheet, block.bottom + 2, block.origin.column + first)
    figures = {
        k: (Spot(switch.sheet, switch.row + 1, block.origin.column + c.column), c)
        for k, c in block.table.value_cells.items()
    }
    return Beside(switch, _SWITCH_COLUMNS, figures, ())


def _heads(block: TableBlock, first: int, start: int) -> Iterator[tuple[Spot, int, PrintedCell]]:
    """Yield over each column of figures the lowest printed heading of the table's own column, and the rows it takes."""
    rows = block.table.header_rows
    for column in range(start, len(block.table.widths)):
        at = block.origin.column + column
        above = [
            p for p in block.labels
            if p.text and p.spot.row < block.origin.row + rows and p.spot.column <= at < p.spot.column + p.columns
        ]  # fmt: skip
        if above:
            spot = Spot(block.origin.sheet, block.origin.row, first + column - start)
            yield spot, rows, max(above, key=lambda p: p.spot.row)


def owned(sheet: SheetLayout) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Yield the place of the cell to choose in, with how its choices begin; all else beside a table is a formula."""
    place = beside(sheet)
    if place is not None:
        yield (place.switch.row, place.switch.column), CHOICES
