"""A large workbook written row by row: each look made into a style once, text never taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from typing import cast
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.numbers import Number
from nianbao.workbook import cell_styles
from nianbao.workbook.address import Spot, quoted
from nianbao.workbook.cell_styles import BOX, CellStyle, aligned, font
from nianbao.workbook.celltext import CELL_LIMIT

FIGURE = CellStyle(font(10), border=BOX, alignment=cell_styles.fitted())
TEXT = CellStyle(font(10), border=BOX, alignment=aligned("left"))


class Writer:
    """Appends rows to one sheet; each look is turned into a style of the workbook once."""

    def __init__(self, book: Workbook, name: str, widths: Mapping[str, float]) -> None:
        sheet = cast(Worksheet, book.create_sheet(name))  # a write-only sheet has what is used here of a Worksheet
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.sheet_view.showGridLines = False
        for column, width in widths.items():
            sheet.column_dimensions[column].width = width
        self.sheet = sheet
        self.rows = 0
        self._dressed: dict[int, Cell] = {}

    def over_pages(self, scale: int, head: str, sides: str, ends: Iterable[int]) -> None:
        """Print over several pages at a scale (percent): head rows and side columns on each, a page ends after `ends`.

        Rows and columns are as Excel writes them ("1:4", "A:C"), `ends` are columns counted from 1.
        """
        sheet = self.sheet
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
        sheet.page_setup.scale = scale
        sheet.print_title_rows, sheet.print_title_cols = head, sides
        for column in ends:
            sheet.col_breaks.append(Break(id=column))

    def row(self, cells: Iterable[Cell], height: float = 0) -> None:
        """Append a row, of a height in points where one is given."""
        self.rows += 1
        if height:
            self.sheet.row_dimensions[self.rows].height = height
        self.sheet.append(list(cells))

    def text(self, text: str, look: CellStyle = TEXT, to: Spot | None = None, *, file: str = "") -> Cell:
        """Return a cell whose text is never taken for a formula; it leads to a spot or a file beside the book."""
        cell = self._cell(look, to)
        if text:
            cell.value = text[:CELL_LIMIT].replace("_x", "_x005F_x")
            cell.data_type = "s"
        if text.startswith(("=", "+", "-", "@", "'", "\t")):
            cell.quotePrefix = True
        if file:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, target=file)
        return cell

    def number(
        self, number: Number | None, look: CellStyle = FIGURE, to: Spot | None = None, *, file: str = ""
    ) -> Cell:
        """Return a cell with a figure, blank for None; it leads to a spot, of another workbook where one is named."""
        cell = self._cell(look, to)
        cell.value = number
        if file and cell.hyperlink:
            cell.hyperlink.target = quote(file, safe="/:%")
        return cell

    def _cell(self, look: CellStyle, to: Spot | None) -> Cell:
        model = self._dressed.get(id(look))
        if model is None:
            model = self._dressed[id(look)] = _dressed(self.sheet, look)
        cell = WriteOnlyCell(self.sheet)
        # what `cell.font = …` comes to, which is a hundred times slower; the stubs do not know it
        cell._style = copy(model._style)  # type: ignore[attr-defined]
        if to is not None:
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quoted(to.sheet)}!{to.ref}")
        return cell


def _dressed(sheet: Worksheet, look: CellStyle) -> Cell:
    cell = WriteOnlyCell(sheet)
    cell.font, cell.border, cell.alignment, cell.number_format = (
        look.font,
        look.border,
        look.alignment,
        look.number_format,
    )
    if look.fill != cell_styles.PLAIN:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    return cell
