"""What all sheets of the overview have in common: title, a line on how to use it, heads, widths, print settings."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook

from nianbao.county.desk.overview.assignment_column import BEFORE, MARK
from nianbao.county.writer import Writer
from nianbao.workbook import cell_styles, heights
from nianbao.workbook.address import letters

HEAD = 3
"""The row of the heads."""


def sheet(book: Workbook, name: str, title: str, said: str, heads: Sequence[str], widths: Sequence[float]) -> Writer:
    """Begin a sheet; columns that only the program reads are hidden."""
    writer = Writer(book, name, {letters(i): w for i, w in enumerate(widths[: len(heads)], 1)})
    writer.sheet.freeze_panes = f"B{HEAD + 1}"
    margins = writer.sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = 0.4
    writer.sheet.print_title_rows = f"{HEAD}:{HEAD}"
    for i, head in enumerate(heads, 1):
        writer.sheet.column_dimensions[letters(i)].hidden = head in (BEFORE, MARK)
    visible = sum(h not in (BEFORE, MARK) for h in heads)
    wide = sum(widths[:visible])
    for row in (1, 2):
        writer.sheet.merged_cells.add(f"A{row}:{letters(visible)}{row}")
    writer.row([writer.text(title, cell_styles.SHEET_TITLE)], 28)
    writer.row([writer.text(said, cell_styles.NOTE)], heights.height_of(said, wide, 9.5) + 4)
    writer.row([writer.text(h, cell_styles.COLUMN_HEAD) for h in heads], 22)
    return writer


def height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Return the height of a row of texts in points."""
    return max(heights.height_of(t, w) for t, w in zip(texts, widths, strict=False)) + 2
