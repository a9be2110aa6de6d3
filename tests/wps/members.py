"""A fake of WPS's object model over the Excel engine's workbook: the members the add-in uses, and no other.

A number of a day, an error or a mixture is what WPS, as far as is known, gives: Value2 a serial, Excel's code, null.
"""

import datetime as dt
from pathlib import Path

from excel.engine import ERRORS, Range, Sheet, SheetApi

DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone
ALLOWED = (
    "AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows", "AllowInsertingColumns",
    "AllowInsertingRows", "AllowInsertingHyperlinks", "AllowDeletingColumns", "AllowDeletingRows", "AllowSorting",
    "AllowFiltering", "AllowUsingPivotTables",
)  # fmt: skip
"""In the order in which Protect takes them, from the sixth."""


class Application:
    """What window.Application is; `started` and `opened` say what ShellExecute was told."""

    def __init__(self, book):
        self.book, self.chosen, self.started, self.dialogs = book, "", [], []
        self.ScreenUpdating = True
        self.FileSystem, self.OAAssist = FileSystem(), self
        self.errors_as_text = False

    @property
    def ActiveWorkbook(self):
        return None if self.book is None else Workbook(self)

    @property
    def Selection(self):
        found = self.book.app.selection
        return None if found is None else Cells(self, found)

    @property
    def StatusBar(self):
        return self.book.app.status_bar

    @StatusBar.setter
    def StatusBar(self, value):
        if self.book is not None:
            self.book.app.status_bar = value

    def FileDialog(self, kind):
        self.dialogs.append(kind)
        return Dialog(self.chosen)

    def ShellExecute(self, file, params=""):
        self.started.append((file, params))

    def alert(self, text):
        if self.book is None:
            raise AssertionError(text)
        return self.book.app.alert(text, "", "ok", "info", None)

    def confirm(self, text):
        return int(self.book.app.alert(text, "", "yes_no", "info", None) == "yes")


class Dialog:
    AllowMultiSelect = Title = None

    def __init__(self, chosen):
        self.chosen, self.SelectedItems = chosen, self

    def Show(self):
        return -1 if self.chosen else 0

    def Item(self, number):
        assert number == 1
        return self.chosen


class FileSystem:
    def ReadFile(self, path):
        return Path(path).read_text(encoding="utf-8")


class Workbook:
    def __init__(self, application):
        self.app, self.impl = application, application.book
        self.Worksheets, self.Names = Worksheets(self), Names(self)
        self.Name, self.FullName = self.impl.name, self.impl.fullname
        self.HasVBProject, self.Date1904 = False, False

    def LinkSources(self, kind):
        return None

    def Activate(self):
        self.impl.activate()

    def Save(self):
        raise AssertionError("the add-in saves nothing")


class Worksheets:
    def __init__(self, book):
        self.book = book

    @property
    def Count(self):
        return len(self.book.impl.sheets)

    def Item(self, key):
        return Worksheet(self.book.app, self.book.impl.sheets(key))


class Names:
    def __init__(self, book):
        self.book = book

    def Item(self, name):
        target = self.book.impl.backend.target(name)
        if target is None:
            raise KeyError(name)
        return type("Name", (), {"RefersTo": f"={target}"})()


class Worksheet:
    def __init__(self, app, sheet: Sheet):
        self.app, self.sheet, self.api = app, sheet, SheetApi(sheet.book.backend, sheet.name)
        self.Name, self.Visible = sheet.name, sheet.visible
        self.Hyperlinks, self.Cells = self, self

    ProtectContents = property(lambda self: self.api.ProtectContents)
    ProtectDrawingObjects = ProtectScenarios = False
    UsedRange = property(lambda self: Cells(self.app, self.sheet.used_range))

    @property
    def facts(self):
        """What program.js answers Name, Visible and the extent of UsedRange from."""
        used = self.sheet.used_range
        rows, columns = used.shape
        extent = {"Row": used.row, "Column": used.column, "Rows": rows, "Columns": columns}
        return {"Name": self.Name, "Visible": self.Visible, **extent}

    def _last(self):
        used = self.sheet.used_range
        return used.row + used.shape[0], used.column + used.shape[1]

    @property
    def formats(self):
        """The number formats, row by row from A1."""
        look, (rows, columns) = self.sheet.book.backend.look, self._last()
        return [[look(self.Name, (r, c), "number_format") for c in range(1, columns)] for r in range(1, rows)]

    @property
    def hidden(self):
        """Whether each row and column from the first on is hidden."""
        hidden, (rows, columns) = self.sheet.book.backend.hidden, self._last()
        return {
            "rows": [bool(hidden(self.Name, 0, n)) for n in range(1, rows)],
            "columns": [bool(hidden(self.Name, 1, n)) for n in range(1, columns)],
        }

    @property
    def Protection(self):
        allowed = self.sheet.book.backend.protection(self.sheet.name) or {}
        return type("Protection", (), {name: allowed.get(name, False) for name in ALLOWED})()

    def Range(self, ref):
        return Cells(self.app, self.sheet.range(ref))

    def Activate(self):
        self.sheet.activate()

    def Unprotect(self, password):
        self.api.Unprotect(password)

    def Protect(self, password, drawings, contents, scenarios, interface, *allowed):
        assert (password, contents, interface, len(allowed)) == ("", True, False, len(ALLOWED))
        self.api.Protect(drawings, contents, scenarios, **dict(zip(ALLOWED, allowed, strict=True)))

    def Clear(self):
        self.sheet.clear()

    def Add(self, anchor, address, sub_address, tip, text):
        assert address == ""  # a link inside the workbook
        anchor.range.add_hyperlink(f"#{sub_address}", text, tip)


class Cells:
    """A Range."""

    def __init__(self, app, cells: Range):
        self.__dict__.update(app=app, range=cells, Font=type("Font", (), {})(), Interior=Interior(cells))
        self.__dict__.update(EntireRow=cells.api.EntireRow, EntireColumn=cells.api.EntireColumn)

    Row = property(lambda self: self.range.row)
    Column = property(lambda self: self.range.column)
    Rows = property(lambda self: type("Rows", (), {"Count": self.range.shape[0]})())
    Columns = property(lambda self: type("Columns", (), {"Count": self.range.shape[1]})())
    Worksheet = property(lambda self: Worksheet(self.app, self.range.sheet))

    @property
    def Value2(self):
        rows = [[self._value(v) for v in row] for row in self.range.raw_value]
        return rows[0][0] if len(self.range) == 1 else rows

    def _value(self, value):
        if isinstance(value, dt.datetime):
            return (value - DAY_ZERO) / dt.timedelta(days=1)
        is_error = isinstance(value, int) and not isinstance(value, bool)
        return ERRORS[value] if is_error and self.app.errors_as_text else value

    @property
    def Formula(self):
        found = self.range.formula
        return found if isinstance(found, str) else [list(row) for row in found]

    @property
    def Locked(self):
        return self.range.api.Locked

    def __setattr__(self, name, value):
        setters = {"Value2": "raw_value", "NumberFormat": "number_format", "RowHeight": "row_height"}
        setters["ColumnWidth"] = "column_width"
        if name in setters:
            setattr(self.range, setters[name], value)
        else:
            setattr(self.range.api, name, value)  # Locked, WrapText, VerticalAlignment; others are refused

    def ClearHyperlinks(self):
        self.range.api.ClearHyperlinks()

    def Merge(self):
        self.range.merge(across=False)

    def Select(self):
        self.range.select()


class Interior:
    def __init__(self, cells):
        self.__dict__["cells"] = cells

    def __setattr__(self, name, value):
        assert name == "Color"
        self.cells.color = (value % 256, value // 256 % 256, value // 65536)
