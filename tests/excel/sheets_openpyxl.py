"""The engine's backend over a workbook file held by openpyxl: typed values, cached results, our totals recalculated."""

import datetime as dt
import re
from pathlib import Path

from openpyxl.styles import Alignment, PatternFill, Protection
from openpyxl.utils import get_column_letter

from books import opened
from excel.engine import CODES

TOTAL = re.compile(r'=IF\(COUNT\((.+?)\)=0,"",SUM\(\1\)\)')
FLAGS = {
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
}


class OpenpyxlBackend:
    def __init__(self, path):
        self.fullname = str(Path(path).resolve())
        self.book, self.cached = opened(Path(path)), opened(Path(path), results=True)
        self.at = (self.book.active.title, "A1")

    def close(self):
        pass

    def sheet_names(self):
        return self.book.sheetnames

    def visible(self, sheet):
        return self.book[sheet].sheet_state == "visible"

    def active(self):
        return self.book.active.title

    def activate(self, sheet):
        self.book.active = self.book.sheetnames.index(sheet)
        self.at = (sheet, "A1")

    def select(self, sheet, ref):
        self.at = (sheet, ref)

    def selection(self):
        return self.at

    def extent(self, sheet):
        return self.book[sheet].max_row, self.book[sheet].max_column

    def names(self):
        return list(self.book.defined_names)

    def target(self, name):
        found = self.book.defined_names.get(name)
        return found.attr_text if found is not None else None

    def protection(self, sheet):
        """None, or what is allowed (openpyxl's flags say what is forbidden)."""
        found = self.book[sheet].protection
        return {name: not getattr(found, flag) for name, flag in FLAGS.items()} if found.sheet else None

    def unprotect(self, sheet, password):
        if self.book[sheet].protection.password and not password:
            return False
        self.book[sheet].protection.sheet = False
        return True

    def protect(self, sheet, allowed):
        found = self.book[sheet].protection
        found.sheet = True
        for name, flag in FLAGS.items():
            setattr(found, flag, not allowed.get(name, False))

    def _cells(self, sheet, first, last):
        rows = self.book[sheet].iter_rows(first[0], last[0], first[1], last[1])
        return [list(row) for row in rows]

    def locked(self, sheet, first, last):
        found = {c.protection.locked for row in self._cells(sheet, first, last) for c in row}
        return found.pop() if len(found) == 1 else None

    def hidden(self, sheet, axis, number):
        dimensions = self.book[sheet].column_dimensions if axis else self.book[sheet].row_dimensions
        return bool(dimensions[get_column_letter(number) if axis else number].hidden)

    def hide(self, sheet, axis, number, value):
        dimensions = self.book[sheet].column_dimensions if axis else self.book[sheet].row_dimensions
        dimensions[get_column_letter(number) if axis else number].hidden = value

    def _value(self, cell):
        value = cell.value
        if cell.data_type == "f":
            total = TOTAL.fullmatch(str(value))
            value = self._sum(cell.parent, total[1]) if total else self.cached[cell.parent.title][cell.coordinate].value
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, str):
            return CODES.get(value, value)
        return value if isinstance(value, dt.datetime) else float(value)

    def _sum(self, sheet, areas):
        cells = []
        for ref in areas.split(","):
            found = sheet[ref]
            cells += [c for row in found for c in row] if isinstance(found, tuple) else [found]
        numbers = [v for c in cells if isinstance(v := self._value(c), float)]
        return sum(numbers) if numbers else ""

    def get(self, sheet, first, last):
        return [[self._value(c) for c in row] for row in self._cells(sheet, first, last)]

    def formulas(self, sheet, first, last):
        return [["" if c.value is None else str(c.value) for c in row] for row in self._cells(sheet, first, last)]

    def text_formatted(self, sheet, first, last):
        return [[c.number_format == "@" for c in row] for row in self._cells(sheet, first, last)]

    def put(self, sheet, first, rows):
        for i, row in enumerate(rows):
            for j, typed in enumerate(row):
                cell = self.book[sheet].cell(first[0] + i, first[1] + j)
                if type(cell).__name__ == "MergedCell":
                    continue
                cell.value = typed[1] if typed else None
                if typed and typed[0] == "s":
                    cell.data_type = "s"

    def look(self, sheet, at, kind):
        cell = self.book[sheet].cell(*at)
        if kind == "number_format":
            return cell.number_format
        if kind == "color":
            return None if cell.fill.fill_type is None else tuple(bytes.fromhex(cell.fill.fgColor.rgb[-6:]))
        if kind == "hyperlink":
            return (cell.hyperlink.target or f"#{cell.hyperlink.location}") if cell.hyperlink else ""
        if kind == "row_height":
            return self.book[sheet].row_dimensions[at[0]].height
        return self.book[sheet].column_dimensions[get_column_letter(at[1])].width

    def dress(self, sheet, first, last, kind, value):
        page = self.book[sheet]
        for row in self._cells(sheet, first, last):
            for cell in row:
                if kind == "number_format":
                    cell.number_format = value
                elif kind == "color":
                    cell.fill = PatternFill("solid", fgColor=bytes(value).hex().upper())
                elif kind == "hyperlink" and type(cell).__name__ != "MergedCell":
                    cell.hyperlink = value
                elif kind == "Locked":
                    cell.protection = Protection(locked=value)
                elif kind == "WrapText":
                    cell.alignment = Alignment(wrap_text=value)
                elif kind == "row_height":
                    page.row_dimensions[cell.row].height = value
                elif kind == "column_width":
                    page.column_dimensions[get_column_letter(cell.column)].width = value

    def merge(self, sheet, first, last):
        page = self.book[sheet]
        page.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])

    def clear(self, sheet):
        page = self.book[sheet]
        for merged in list(page.merged_cells.ranges):
            page.unmerge_cells(str(merged))
        for row in page.iter_rows():
            for cell in row:
                cell.value, cell.hyperlink, cell.number_format = None, None, "General"
                cell.protection = Protection(locked=True)
