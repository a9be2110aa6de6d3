"""Where everything stands in the sheet 上年数据. Pure: no openpyxl, no styles."""

from __future__ import annotations

from nianbao.form import Cell, Table
from nianbao.workbook.address import Spot
from nianbao.workbook.layout import LAST_YEAR

FIRST_ROW = 4
TABLE_MARK = "table:"
_LABEL_COLUMNS = 3
"""Columns B to D hold the labels of every table, the figures begin in E, so that all grids line up."""


def placed(table: Table, cell: Cell, top: int) -> tuple[Spot, int]:
    """Return where a printed cell stands when the grid begins in row `top`, and how many columns it spans."""
    first, end = _column(table, cell.column), _column(table, cell.column + cell.columns)
    return Spot(LAST_YEAR, top + cell.row, first), end - first


def _column(table: Table, index: int) -> int:
    """Return the sheet column of a grid column: the last label column takes what the labels leave."""
    if index < table.label_columns:
        return 2 + index
    return 2 + max(_LABEL_COLUMNS, table.label_columns) + index - table.label_columns
