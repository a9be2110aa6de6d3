"""上年数据: filling the sheet of that name of the open workbook from last year's file."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.errors import InputError
from nianbao.excel import door
from nianbao.form import load_edition
from nianbao.report import Report
from nianbao.workbook.contents import fold
from nianbao.workbook.lastyear import Drawing, drawing
from nianbao.workbook.layout import LAST_YEAR


def write(book: door.Book, report: Report) -> None:
    """Replace the contents of 上年数据 and protect it again. Raises InputError without that sheet, ExcelError."""
    drawn = drawing(report, load_edition(report.edition))
    with door.asking():
        sheet = next((s for s in book.sheets if fold(s.name) == LAST_YEAR), None)
        if sheet is None:
            raise InputError(f"“{book.name}”里没有工作表“{LAST_YEAR}”，没有地方放上年数据")
        with door.still(book), door.unprotected(sheet):
            _replace(sheet, drawn)


def _replace(sheet: door.Sheet, drawn: Drawing) -> None:
    sheet.clear()
    bottom, right = len(drawn.cells), len(drawn.cells[0])
    for top, end in _runs(drawn.texts):
        door.area(sheet, top, 1, end, right).number_format = "@"  # 064306 and 2025 are texts there
    door.area(sheet, 1, 1, bottom, right).value = [list(r) for r in drawn.cells]
    for ref in drawn.merged:
        sheet.range(ref).merge()
    door.dress(door.area(sheet, 4, 2, bottom, right))
    for column, width in drawn.widths.items():
        sheet.range((1, column)).column_width = width
    door.hide_column(sheet, 1)


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
