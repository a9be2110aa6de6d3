"""Putting content with its look onto a sheet; remembers each formula's result for saved_package.py."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.numbers import Number
from nianbao.workbook.address import Spot, letters, quoted
from nianbao.workbook.cell_styles import BODY_LINE, LINK, PLAIN, CellStyle, ConditionalStyle
from nianbao.workbook.celltext import FORMULA_LIKE, cell_text
from nianbao.workbook.formulas import Result


class Pen:
    """Writes on one sheet."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.results: dict[str, Result] = {}
        self.soft_rows: set[int] = set()
        self._beneath: set[tuple[int, int]] = set()
        self._looks: dict[tuple[object, ...], tuple[StyleArray, tuple[object, ...]]] = {}

    def cell(self, spot: Spot) -> Cell:
        """Return the openpyxl cell at this place."""
        cell = self.sheet.cell(spot.row, spot.column)
        inside = (spot.row, spot.column) in self._beneath
        assert not inside, f"{spot.place} lies inside a merged cell"  # noqa: S101 - a layout bug
        assert isinstance(cell, Cell)  # noqa: S101 - there are no others in a new sheet
        return cell

    def dress(self, spot: Spot, look: CellStyle, rows: int = 1, columns: int = 1) -> None:
        """Give the cells their look and merge them when there are several."""
        for r in range(rows):
            for c in range(columns):
                self._put_on(self.sheet.cell(spot.row + r, spot.column + c), look)
        if rows > 1 or columns > 1:
            last = spot.by(rows - 1, columns - 1)
            # not merge_cells: all its cells have their look already, and working out borders anew takes half the time
            self.sheet.merged_cells.add(f"{spot.ref}:{last.ref}")
            self._beneath |= {(spot.row + r, spot.column + c) for r in range(rows) for c in range(columns) if r or c}

    def _put_on(self, cell: Any, look: CellStyle) -> None:
        """Give one cell its look; a look that was put on before is copied, which is ten times faster."""
        parts = (look.font, look.border, look.alignment, look.protection)
        key = (*map(id, parts), look.number_format, look.fill)
        known = self._looks.get(key)
        if known is not None and (look.fill != PLAIN or not (cell._style and cell._style.fillId)):
            cell._style = copy(known[0])
            return
        cell.font, cell.border, cell.alignment, cell.protection = parts
        cell.number_format = look.number_format
        if look.fill != PLAIN:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        self._looks[key] = (copy(cell._style), parts)  # the parts too, so that their ids stay theirs

    def text(self, spot: Spot, text: str, look: CellStyle = BODY_LINE, rows: int = 1, columns: int = 1) -> None:
        """Write a text that is never taken for a formula. Raises InputError when no cell can hold it."""
        if text:
            cell = self.cell(spot)
            cell.value = cell_text(text, spot.place)
            cell.data_type = "s"
        self.dress(spot, look, rows, columns)
        if text.startswith(FORMULA_LIKE):
            self.cell(spot).quotePrefix = True

    def number(self, spot: Spot, number: Number | None, look: CellStyle, rows: int = 1, columns: int = 1) -> None:
        """Write a figure; None leaves the cell blank."""
        if number is not None:
            self.cell(spot).value = number
        self.dress(spot, look, rows, columns)

    def formula(
        self, spot: Spot, formula: str, result: Result, look: CellStyle, rows: int = 1, columns: int = 1
    ) -> None:
        """Write a formula and remember its result."""
        self.cell(spot).value = formula
        self.results[spot.ref] = result
        self.dress(spot, look, rows, columns)

    def link(self, spot: Spot, text: str, to: Spot, look: CellStyle = LINK) -> None:
        """Write a text that leads to another cell of the workbook."""
        self.text(spot, text, look)
        place = f"{quoted(to.sheet)}!{to.ref}"
        self.cell(spot).hyperlink = Hyperlink(ref=spot.ref, location=place, display=text)

    def link_to_name(self, spot: Spot, text: str, name: str) -> None:
        """Write a text that leads to what a defined name refers to."""
        self.text(spot, text, LINK)
        self.cell(spot).hyperlink = Hyperlink(ref=spot.ref, location=name, display=text)

    def widths(self, widths: dict[int, float]) -> None:
        """Set column widths, in characters."""
        for column, width in widths.items():
            self.sheet.column_dimensions[letters(column)].width = width

    def height(self, row: int, points: float) -> None:
        """Set a row's height, never lowering one set before."""
        dimension = self.sheet.row_dimensions[row]
        dimension.height = max(points, dimension.height or 0)

    def soft_height(self, row: int, points: float) -> None:
        """Set the height a row begins with; Excel goes on fitting it to its text."""
        self.height(row, points)
        self.soft_rows.add(row)

    def mark(self, areas: Iterable[str], formula: str, mark: ConditionalStyle) -> None:
        """Let cells take a look while a formula, written for their first cell, holds."""
        looks = DifferentialStyle(fill=mark.fill, font=mark.font, border=mark.border)
        rule = Rule("expression", dxf=looks, formula=[formula], stopIfTrue=mark.alone or None)
        self.sheet.conditional_formatting.add(" ".join(areas), rule)

    def begin_at(self, ref: str) -> None:
        """Let the sheet open with the cursor in this cell."""
        chosen = self.sheet.sheet_view.selection[-1]  # of several panes the last is the one that scrolls
        chosen.activeCell = chosen.sqref = ref

    def finish(
        self, bottom: int, right: int, *, landscape: bool = False, one_page: bool = True, whole: bool = False
    ) -> None:
        """Protect the sheet (formatting stays allowed) and set it up for A4 paper.

        `whole`: all that is written is printed, however far down it goes.
        """
        sheet = self.sheet
        protection = sheet.protection
        protection.sheet = True
        protection.formatCells = protection.formatColumns = protection.formatRows = False
        protection.selectLockedCells = protection.selectUnlockedCells = False
        sheet.page_setup.paperSize = 9
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1 if one_page else 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        if not whole:
            sheet.print_area = f"A1:{letters(right)}{bottom}"
        margins = sheet.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom, margins.header, margins.footer = 0.7, 0.7, 0.3, 0.3
        sheet.HeaderFooter.oddHeader = HeaderFooterItem(right=_HeaderFooterPart("&A"))
        sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页，共 &N 页"))
        sheet.sheet_view.showGridLines = False
