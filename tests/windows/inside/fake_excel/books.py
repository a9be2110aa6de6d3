"""Application, workbooks, sheets."""

import ntpath

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from fake_excel.cells import Cells
from fake_excel.dispatch import Collection, Object

_VISIBLE = {"visible": -1, "hidden": 0, "veryHidden": 2}


class Application(Object):
    """One Excel with its open workbooks."""

    def __init__(self):
        self.books = []
        self.window = 0
        self.status, self.statuses = False, []
        self.redraws = self.alerts = True
        self.selection = None
        self.activated = []

    def get_Application(self):
        return self

    def get_Hwnd(self):
        return self.window

    def get_Version(self):
        return "16.0"

    def get_Workbooks(self):
        return Collection(self, self.books, lambda book: book.name)

    def get_ActiveWorkbook(self):
        return self.books[0] if self.books else None

    def get_StatusBar(self):
        return self.status

    def put_StatusBar(self, text):
        self.status = text
        self.statuses.append(text)

    def get_ScreenUpdating(self):
        return self.redraws

    def put_ScreenUpdating(self, on):
        self.redraws = on

    def get_DisplayAlerts(self):
        return self.alerts

    def put_DisplayAlerts(self, on):
        self.alerts = on

    def get_Selection(self):
        return self.selection or Cells(self.books[0].sheets[0], 1, 1, 1, 1)


class Book(Object):
    """A workbook: its formulas, and the results they had when it was saved."""

    def __init__(self, application, path):
        self.application, self.path, self.name = application, path, ntpath.basename(path)
        written, shown = load_workbook(path), load_workbook(path, data_only=True)
        self.sheets = [Sheet(self, written[n], shown[n]) for n in written.sheetnames]
        self.names = [Name(n, d.attr_text) for n, d in written.defined_names.items()]

    def get_Name(self):
        return self.name

    def get_FullName(self):
        return self.path

    def get_Path(self):
        return ntpath.dirname(self.path)

    def get_Application(self):
        return self.application

    def get_Worksheets(self):
        return Collection(self, self.sheets, lambda sheet: sheet.name)

    get_Sheets = get_Worksheets

    def get_Names(self):
        return Collection(self, self.names, lambda name: name.name)

    def get_HasVBProject(self):
        return False

    def do_LinkSources(self, _kind=1):
        return None

    def do_Activate(self):
        pass


class Name(Object):
    """A defined name."""

    def __init__(self, name, target):
        self.name, self.target = name, f"={target}"

    def get_Name(self):
        return self.name

    def get_RefersTo(self):
        return self.target


class Allowed(Object):
    """What a protected sheet lets people do."""

    def get_AllowFormattingCells(self):
        return True

    get_AllowFormattingColumns = get_AllowFormattingRows = get_AllowFormattingCells

    def get_AllowInsertingHyperlinks(self):
        return False


class Sheet(Object):
    """A sheet."""

    def __init__(self, book, written, shown):
        self.book, self.written, self.shown = book, written, shown
        self.name = written.title
        self.protected = bool(written.protection.sheet)

    def get_Name(self):
        return self.name

    def get_Index(self):
        return self.book.sheets.index(self) + 1

    def get_Parent(self):
        return self.book

    def get_Application(self):
        return self.book.application

    def get_Visible(self):
        return _VISIBLE[self.written.sheet_state]

    def get_UsedRange(self):
        return Cells(self, 1, 1, self.written.max_row, self.written.max_column)

    def get_Cells(self):
        return Cells(self, 1, 1, 1048576, 16384)

    def do_Cells(self, row, column):
        return Cells(self, int(row), int(column), int(row), int(column))

    def do_Range(self, first, last=None):
        if isinstance(first, str):
            left, top, right, bottom = range_boundaries(first.replace("$", ""))
            return Cells(self, top, left, bottom, right)
        return Cells(self, first.top, first.left, last.bottom, last.right) if last else first

    def get_ProtectContents(self):
        return self.protected

    def get_ProtectDrawingObjects(self):
        return False

    def get_ProtectScenarios(self):
        return True

    def get_Protection(self):
        return Allowed()

    def do_Unprotect(self, _password=None):
        self.protected = False

    def do_Protect(self, *_how):
        self.protected = True

    def do_Activate(self):
        self.book.application.activated.append(self.name)
