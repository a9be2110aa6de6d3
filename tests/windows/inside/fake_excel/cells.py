"""Blocks of cells: values as COM hands them out, formulas, addresses, what is hidden or locked."""

import datetime
from decimal import Decimal

import pywintypes
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter

from fake_excel.dispatch import Ignored, Object, refused

ERRORS = {
    "#NULL!": -2146826288, "#DIV/0!": -2146826281, "#VALUE!": -2146826273, "#REF!": -2146826265,
    "#NAME?": -2146826259, "#NUM!": -2146826252, "#N/A": -2146826246,
}  # fmt: skip
"""Excel's errors come over COM as these numbers."""

_CURRENCY = ("¥", "￥", "$")


class Cells(Object):
    """A rectangle of cells."""

    def __init__(self, sheet, top, left, bottom, right):
        self.sheet, self.top, self.left, self.bottom, self.right = sheet, top, left, bottom, right
        self.tag = f"{sheet.name}!{top},{left},{bottom},{right}"
        Object.known[self.tag] = self

    def get_Tag(self):
        return self.tag

    def item(self, row=None, column=1):
        if row is None:
            return self.get_Value()
        top, left = self.top + int(row) - 1, self.left + int(column) - 1
        return Cells(self.sheet, top, left, top, left)

    def get_Worksheet(self):
        return self.sheet

    get_Parent = get_Worksheet

    def get_Application(self):
        return self.sheet.book.application

    def get_Row(self):
        return self.top

    def get_Column(self):
        return self.left

    def get_Rows(self):
        return Lines(self, range(self.top, self.bottom + 1), self.sheet.written.row_dimensions)

    def get_Columns(self):
        letters = [get_column_letter(i) for i in range(self.left, self.right + 1)]
        return Lines(self, letters, self.sheet.written.column_dimensions)

    get_EntireRow, get_EntireColumn = get_Rows, get_Columns

    def get_Count(self):
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def _each(self, one):
        rows, columns = range(self.top, self.bottom + 1), range(self.left, self.right + 1)
        if self.get_Count() == 1:
            return one(self.top, self.left)
        return [tuple(one(r, c) for c in columns) for r in rows]  # a list: of a tuple pywin32 makes several answers

    def get_Value(self):
        return self._each(self._value)

    def _value(self, row, column):
        written, shown = self.sheet.written.cell(row, column), self.sheet.shown.cell(row, column)
        found = shown.value if written.data_type == "f" else written.value
        if found is None or isinstance(found, bool):
            return found
        if isinstance(found, int | float):
            money = any(sign in written.number_format for sign in _CURRENCY)
            return Decimal(str(found)) if money else float(found)
        if isinstance(found, datetime.datetime):
            return pywintypes.Time(found)
        return ERRORS.get(found, found)

    def put_Value(self, value):
        block = value if isinstance(value, tuple) else ((value,) * (self.right - self.left + 1),) * self._height()
        for row, values in enumerate(block, self.top):
            for column, one in enumerate(values, self.left):
                cell = self.sheet.written.cell(row, column)
                if not isinstance(cell, MergedCell):
                    cell.value = None if one == "" else one

    def _height(self):
        return self.bottom - self.top + 1

    def get_Formula(self):
        return self._each(self._formula)

    def _formula(self, row, column):
        found = self.sheet.written.cell(row, column).value
        return "" if found is None else str(found).upper() if isinstance(found, bool) else str(found)

    def _address(self, sign):
        corners = [(self.left, self.top), (self.right, self.bottom)]
        first, last = (f"{sign}{get_column_letter(c)}{sign}{r}" for c, r in corners)
        return first if self.get_Count() == 1 else f"{first}:{last}"

    def get_Address(self):
        return self._address("$")

    def do_GetAddress(self, *_how):
        return self._address("")

    def do_Select(self):
        self.get_Application().selection = self

    def do_Clear(self):
        sheet = self.sheet.written
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        for row in sheet.iter_rows():
            for cell in row:
                cell.value = None

    def do_Merge(self, _across=False):
        if self.sheet.protected:
            raise refused("工作表受保护")
        self.sheet.written.merge_cells(self._address(""))

    def do_ClearHyperlinks(self):
        pass

    def get_Hyperlinks(self):
        return Links()

    def get_Locked(self):
        found = {self.sheet.written.cell(r, c).protection.locked for r, c in self._spots()}
        return found.pop() if len(found) == 1 else None

    def _spots(self):
        return [(r, c) for r in range(self.top, self.bottom + 1) for c in range(self.left, self.right + 1)]

    def put_Locked(self, value):
        pass

    put_NumberFormat = put_RowHeight = put_ColumnWidth = put_WrapText = put_VerticalAlignment = put_Locked

    def get_Interior(self):
        return Ignored()

    get_Font = get_Interior


class Links(Object):
    """The links of a block."""

    def do_Add(self, _anchor, _address, _inside=None, _tip=None, _shown=None):
        return Ignored()

    def item(self, _key):
        return Ignored()


class Lines(Object):
    """The rows or the columns of a block."""

    def __init__(self, cells, keys, dimensions):
        self.cells, self.keys, self.dimensions = cells, keys, dimensions

    def get_Count(self):
        return len(self.keys)

    def get_Hidden(self):
        if len(self.keys) > 5000:
            return False
        found = {bool(self.dimensions[k].hidden) for k in self.keys}
        return found.pop() if len(found) == 1 else None

    def put_Hidden(self, value):
        for key in self.keys:
            self.dimensions[key].hidden = value

    def put_ColumnWidth(self, value):
        pass
