"""The engine's backend over a document open in LibreOffice Calc: formulas are live, every change recalculates."""

import datetime as dt

from xlwings import utils

from excel import calc
from excel.engine import CODES

EPOCH = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's dates have no zone
DATES = 2
"""CellFlags.DATETIME."""
ERRORS = {532: "#DIV/0!", 502: "#VALUE!", 503: "#NUM!", 519: "#VALUE!", 524: "#REF!", 525: "#NAME?", 32767: "#N/A"}
ALLOWED = ("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingHyperlinks")


class CalcBackend:
    def __init__(self, document, fullname):
        self.document, self.fullname = document, str(fullname)
        self.sheets = document.Sheets
        names = self.sheet_names()
        # Calc's API doesn't tell what a protection allows; the standard workbook allows formatting.
        self.allowed = {n: {a: a != ALLOWED[3] for a in ALLOWED} for n in names if self._sheet(n).isProtected()}
        self.passwords = set()
        self.at = (names[0], "A1")

    def close(self):
        self.document.close(True)

    def _sheet(self, name):
        return self.sheets.getByName(name)

    def _range(self, sheet, first, last):
        return self._sheet(sheet).getCellRangeByPosition(first[1] - 1, first[0] - 1, last[1] - 1, last[0] - 1)

    def sheet_names(self):
        return list(self.sheets.ElementNames)

    def visible(self, sheet):
        return bool(self._sheet(sheet).IsVisible)

    def active(self):
        return self.at[0]

    def activate(self, sheet):
        self.at = (sheet, "A1")

    def select(self, sheet, ref):
        self.at = (sheet, ref)
        self.document.CurrentController.select(self._sheet(sheet).getCellRangeByName(ref))

    def selection(self):
        address = self.document.CurrentSelection.RangeAddress
        assert self.sheets.getByIndex(address.Sheet).Name == self.at[0] or self.at[1] == "A1"
        return self.at

    def extent(self, sheet):
        cursor = self._sheet(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)
        return cursor.RangeAddress.EndRow + 1, cursor.RangeAddress.EndColumn + 1

    def names(self):
        return list(self.document.NamedRanges.ElementNames)

    def target(self, name):
        if not self.document.NamedRanges.hasByName(name):
            return None
        cells = self.document.NamedRanges.getByName(name).getReferredCells()
        if cells is None:
            return None
        at = cells.RangeAddress
        ends = dict.fromkeys(((at.StartColumn, at.StartRow), (at.EndColumn, at.EndRow)))
        refs = ":".join(f"${utils.col_name(c + 1)}${r + 1}" for c, r in ends)
        return f"'{cells.Spreadsheet.Name}'!{refs}"

    def protection(self, sheet):
        return self.allowed[sheet] if self._sheet(sheet).isProtected() else None

    def unprotect(self, sheet, password):
        self._sheet(sheet).unprotect(password)
        return not self._sheet(sheet).isProtected()

    def protect(self, sheet, allowed):
        self.allowed[sheet] = allowed
        self._sheet(sheet).protect("")

    def locked(self, sheet, first, last):
        protection = self._range(sheet, first, last).CellProtection
        if first == last:
            return bool(protection.IsLocked)
        cells = self._range(sheet, first, last).getCellFormatRanges()
        found = {bool(cells.getByIndex(i).CellProtection.IsLocked) for i in range(cells.Count)}
        return found.pop() if len(found) == 1 else None

    def _lines(self, sheet, axis):
        return self._sheet(sheet).Columns if axis else self._sheet(sheet).Rows

    def hidden(self, sheet, axis, number):
        return not self._lines(sheet, axis).getByIndex(number - 1).IsVisible

    def hide(self, sheet, axis, number, value):
        self._lines(sheet, axis).getByIndex(number - 1).IsVisible = not value

    def get(self, sheet, first, last):
        cells = self._range(sheet, first, last)
        rows = [[_plain(v) for v in row] for row in cells.getDataArray()]
        for area in cells.queryContentCells(DATES).RangeAddresses:
            for r in range(area.StartRow, area.EndRow + 1):
                for c in range(area.StartColumn, area.EndColumn + 1):
                    at = rows[r - first[0] + 1]
                    at[c - first[1] + 1] = EPOCH + dt.timedelta(days=at[c - first[1] + 1])
        for area in cells.queryFormulaCells(4).RangeAddresses:  # FormulaResult.ERROR
            for r in range(area.StartRow, area.EndRow + 1):
                for c in range(area.StartColumn, area.EndColumn + 1):
                    error = self._sheet(sheet).getCellByPosition(c, r).getError()
                    rows[r - first[0] + 1][c - first[1] + 1] = CODES[ERRORS.get(error, "#VALUE!")]
        return rows

    def formulas(self, sheet, first, last):
        return [[_excels(f) for f in row] for row in self._range(sheet, first, last).getFormulaArray()]

    def _is_text(self, cells):
        return self.document.NumberFormats.getByKey(cells.NumberFormat).FormatString == "@"

    def text_formatted(self, sheet, first, last):
        cells = self._range(sheet, first, last)
        width, height = last[1] - first[1] + 1, last[0] - first[0] + 1
        if isinstance(cells.NumberFormat, int):  # the whole block has one
            return [[self._is_text(cells)] * width for _ in range(height)]
        return [[self._is_text(cells.getCellByPosition(c, r)) for c in range(width)] for r in range(height)]

    def put(self, sheet, first, rows):
        last = (first[0] + len(rows) - 1, first[1] + len(rows[0]) - 1)
        data = [["" if t is None else _serial(t[1]) for t in row] for row in rows]
        self._range(sheet, first, last).setDataArray(tuple(map(tuple, data)))
        for i, row in enumerate(rows):
            for j, typed in enumerate(row):
                if typed and typed[0] == "f":
                    self._sheet(sheet).getCellByPosition(first[1] + j - 1, first[0] + i - 1).setFormula(typed[1])

    def look(self, sheet, at, kind):
        cell = self._range(sheet, at, at).getCellByPosition(0, 0)
        if kind == "number_format":
            return self.document.NumberFormats.getByKey(cell.NumberFormat).FormatString
        if kind == "color":
            return None if cell.CellBackColor == -1 else tuple(cell.CellBackColor.to_bytes(3, "big"))
        if kind == "hyperlink":
            return cell.TextFields.getByIndex(0).URL if cell.TextFields.Count else ""
        return cell.Rows.getByIndex(0).Height / 35.28

    def dress(self, sheet, first, last, kind, value):
        cells = self._range(sheet, first, last)
        if kind == "number_format":
            locale = calc.uno().createUnoStruct("com.sun.star.lang.Locale")
            key = self.document.NumberFormats.queryKey(value, locale, False)
            cells.NumberFormat = key if key != -1 else self.document.NumberFormats.addNew(value, locale)
        elif kind == "color":
            cells.CellBackColor = int.from_bytes(bytes(value), "big")
        elif kind == "hyperlink":
            self._link(cells, value)
        elif kind == "Locked":
            protection = cells.CellProtection
            protection.IsLocked = value
            cells.CellProtection = protection
        elif kind == "WrapText":
            cells.IsTextWrapped = value
        elif kind == "row_height":
            cells.Rows.Height = int(value * 35.28)
        elif kind == "column_width":
            cells.Columns.Width = int(value * 220)

    def _link(self, cells, address):
        if address is None:
            for i, row in enumerate(cells.getFormulaArray()):
                for j, text in enumerate(row):
                    cell = cells.getCellByPosition(j, i) if text else None
                    if cell is not None and cell.Type.value == "TEXT" and cell.TextFields.Count:
                        cell.String = cell.String
            return
        cell = cells.getCellByPosition(0, 0)
        text = cell.String
        cell.String = ""
        field = self.document.createInstance("com.sun.star.text.TextField.URL")
        field.URL, field.Representation = address, text
        cell.insertTextContent(cell.createTextCursor(), field, False)

    def merge(self, sheet, first, last):
        self._range(sheet, first, last).merge(True)

    def clear(self, sheet):
        whole = self._range(sheet, (1, 1), self.extent(sheet))
        whole.merge(False)
        whole.clearContents(1023)
        self.dress(sheet, (1, 1), self.extent(sheet), "Locked", True)


def _plain(value):
    return None if value == "" else value


def _serial(value):
    return (value - EPOCH) / dt.timedelta(days=1) if isinstance(value, dt.datetime) else value


def _excels(formula):
    """A formula as Excel writes it; a text that begins with = carries Calc's apostrophe."""
    return formula.replace(";", ",") if formula.startswith("=") else formula.removeprefix("'")
