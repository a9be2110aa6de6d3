"""A third-party xlwings engine for tests: xlwings' public object model over a backend (openpyxl, or a live Calc).

Faithful to Excel over COM where the buttons depend on it: numbers are floats, empty is None, errors are COM's numbers,
a text typed into a cell becomes a number or a formula unless the cell's format is text, a locked cell of a protected
sheet and a format on a protected sheet are refused with com_error. Whatever is not here raises NotImplementedError.
Only the BSD part of xlwings is used.
"""

import datetime as dt
import re
from pathlib import Path

import xlwings
from xlwings import base_classes as bc
from xlwings import utils
from xlwings.main import Engine as XlwingsEngine
from xlwings.main import engines

from excel.com import refused

ERRORS = {
    -2146826281: "#DIV/0!",
    -2146826246: "#N/A",
    -2146826259: "#NAME?",
    -2146826288: "#NULL!",
    -2146826252: "#NUM!",
    -2146826265: "#REF!",
    -2146826273: "#VALUE!",
}
CODES = {text: code for code, text in ERRORS.items()}
LOCKED = "您试图更改的单元格或图表位于受保护的工作表中。若要进行更改，请取消工作表保护。"
NO_FORMAT = "不能设置类 Range 的属性：工作表受保护。"
NUMERIC = re.compile(r"\s*[-+]?\d[\d,]*(\.\d+)?\s*")


class Engine:
    name, type = "test", "desktop"

    def __init__(self):
        self.apps = Apps()

    @staticmethod
    def clean_value_data(data, datetime_builder, empty_as, number_builder, err_to_str):
        def one(value):
            if value is None or value == "":
                return empty_as
            if isinstance(value, bool):
                return value
            if isinstance(value, int):  # COM's only integers are errors
                return ERRORS[value] if err_to_str else None
            if isinstance(value, float) and number_builder is not None:
                return number_builder(value)
            return value

        return [[one(v) for v in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(x, options):
        return x


class Apps(bc.Apps):
    def __init__(self):
        self.list = []

    def __iter__(self):
        return iter(self.list)

    def __len__(self):
        return len(self.list)

    def __getitem__(self, pid):
        return next(a for a in self.list if a.pid == pid)

    def keys(self):
        return [a.pid for a in self.list]

    def add(self, spec=None, add_book=None, xl=None, visible=None):
        self.list.insert(0, App())
        return self.list[0]

    @staticmethod
    def cleanup():
        raise AssertionError("nobody may kill Excel")


class App(bc.App):
    screen_updating = display_alerts = None
    pid, hwnd, version = -1, 0, "16.0"

    def __init__(self):
        self.screen_updating = self.display_alerts = True
        self.opened = Books(self)
        self.status_log, self.alerts, self.answers = [], [], []
        self._status = False

    engine = property(lambda self: ENGINE)
    books = property(lambda self: self.opened)

    def activate(self, steal_focus=False):
        pass

    @property
    def status_bar(self):
        return self._status

    @status_bar.setter
    def status_bar(self, value):
        self._status = value
        self.status_log.append(value)

    def alert(self, prompt, title, buttons, mode, callback):
        self.alerts.append(prompt)
        return self.answers.pop(0) if self.answers else (buttons or "ok").split("_")[0]

    @property
    def selection(self):
        book = self.opened.active
        sheet, ref = book.backend.selection()
        return Range(Sheet(book, sheet), ref)


class Books(bc.Books):
    def __init__(self, app):
        self.app, self.list, self._active = app, [], None

    active = property(lambda self: self._active)

    def attach(self, backend):
        self._active = Book(self, backend)
        self.list.append(self._active)
        return self._active

    def __len__(self):
        return len(self.list)

    def __iter__(self):
        return iter(self.list)

    def __call__(self, key):
        return self.list[key - 1] if isinstance(key, int) else next(b for b in self.list if b.name.lower() == key)


class Book(bc.Book):
    def __init__(self, books, backend):
        self.books, self.backend = books, backend

    app = property(lambda self: self.books.app)
    api = property(lambda self: BookApi(self))  # noqa: PLW0108 - defined below
    fullname = property(lambda self: self.backend.fullname)
    name = property(lambda self: Path(self.backend.fullname).name)
    sheets = property(lambda self: Sheets(self))  # noqa: PLW0108 - defined below
    names = property(lambda self: Names(self))  # noqa: PLW0108

    def activate(self):
        self.books._active = self

    def close(self):
        self.books.list.remove(self)
        self.backend.close()

    def save(self, path=None, password=None):
        raise AssertionError("the buttons save nothing")


class BookApi:
    def __init__(self, book):
        self.HasVBProject = False
        self.LinkSources = lambda kind: None
        self.Activate = book.activate


class Sheets(bc.Sheets):
    def __init__(self, book):
        self.book = book

    api = property(lambda self: self.book.backend)
    active = property(lambda self: Sheet(self.book, self.book.backend.active()))

    def __len__(self):
        return len(self.book.backend.sheet_names())

    def __iter__(self):
        return (Sheet(self.book, n) for n in self.book.backend.sheet_names())

    def __call__(self, key):
        names = self.book.backend.sheet_names()
        if isinstance(key, str) and key not in names:
            raise KeyError(key)
        return Sheet(self.book, names[key - 1] if isinstance(key, int) else key)


class Sheet(bc.Sheet):
    def __init__(self, book, name):
        self._book, self._name = book, name

    api = property(lambda self: SheetApi(self._book.backend, self._name))
    book = property(lambda self: self._book)
    name = property(lambda self: self._name)
    index = property(lambda self: self._book.backend.sheet_names().index(self._name) + 1)
    visible = property(lambda self: -1 if self._book.backend.visible(self._name) else 0)  # xlSheetVisible

    def activate(self):
        self._book.backend.activate(self._name)

    def range(self, arg1, arg2=None):
        return Range(self, arg1, arg2)

    @property
    def used_range(self):
        return Range(self, (1, 1), self._book.backend.extent(self._name))

    def clear(self):
        whole = self.used_range
        whole.guard_content()
        self._book.backend.clear(self._name)


class SheetApi:
    """The members of Excel's Worksheet that the door asks for."""

    def __init__(self, backend, name):
        self._backend, self._name = backend, name
        self.ProtectDrawingObjects = self.ProtectScenarios = False
        self.Activate = lambda: backend.activate(name)

    @property
    def ProtectContents(self):  # noqa: N802 - Excel's name
        return self._backend.protection(self._name) is not None

    @property
    def Protection(self):  # noqa: N802
        return type("Protection", (), self._backend.protection(self._name) or {})

    def Unprotect(self, password=""):  # noqa: N802
        if not self._backend.unprotect(self._name, password):
            raise refused("您所提供的密码不正确。请检查 CAPS LOCK 键的状态，并注意使用正确的大小写。")

    def Protect(self, DrawingObjects=True, Contents=True, Scenarios=True, **allowed):  # noqa: N802, N803
        self._backend.protect(self._name, allowed)


class Range(bc.Range):
    def __init__(self, sheet, arg1, arg2=None):
        self.sheet, self.options = sheet, {}
        if isinstance(arg1, Range):
            arg1, arg2 = arg1.c1, (arg2.c2 if arg2 else arg1.c2)
        if isinstance(arg1, str):
            arg1, arg2 = utils.a1_to_tuples(arg1)
        self.c1, self.c2 = tuple(arg1), tuple(arg2 or arg1)

    backend = property(lambda self: self.sheet.book.backend)
    api = property(lambda self: RangeApi(self))  # noqa: PLW0108 - defined below
    row = property(lambda self: self.c1[0])
    column = property(lambda self: self.c1[1])
    shape = property(lambda self: (self.c2[0] - self.c1[0] + 1, self.c2[1] - self.c1[1] + 1))
    coords = property(lambda self: (self.sheet.name, self.row, self.column, *self.shape))
    where = property(lambda self: (self.sheet.name, self.c1, self.c2))

    def __len__(self):
        return self.shape[0] * self.shape[1]

    def __call__(self, row, column=None):
        if column is None:
            row, column = divmod(row - 1, self.shape[1])
            row, column = row + 1, column + 1
        return Range(self.sheet, (self.row + row - 1, self.column + column - 1))

    def get_address(self, row_absolute=True, column_absolute=True, external=False):
        def one(cell):
            return f"{'$' * column_absolute}{utils.col_name(cell[1])}{'$' * row_absolute}{cell[0]}"

        return one(self.c1) if self.c1 == self.c2 else f"{one(self.c1)}:{one(self.c2)}"

    @property
    def address(self):
        return self.get_address()

    def cells(self):
        return ((r, c) for r in range(self.c1[0], self.c2[0] + 1) for c in range(self.c1[1], self.c2[1] + 1))

    def guard_content(self):
        name = self.sheet.name
        if self.backend.protection(name) is not None and self.backend.locked(*self.where) is not False:
            raise refused(LOCKED)

    def guard_format(self, needed="AllowFormattingCells"):
        allowed = self.backend.protection(self.sheet.name)
        if allowed is not None and not allowed.get(needed):
            raise refused(NO_FORMAT)

    @property
    def raw_value(self):
        return self.backend.get(*self.where)

    @raw_value.setter
    def raw_value(self, value):
        self.guard_content()
        height, width = self.shape
        rows = [list(r) for r in value] if isinstance(value, list | tuple) else [[value] * width for _ in range(height)]
        formats = self.backend.text_formatted(
            self.sheet.name, self.c1, (self.row + len(rows) - 1, self.column + len(rows[0]) - 1)
        )
        typed = [[_typed(v, f) for v, f in zip(row, fs, strict=True)] for row, fs in zip(rows, formats, strict=True)]
        self.backend.put(self.sheet.name, self.c1, typed)

    @property
    def formula(self):
        found = self.backend.formulas(*self.where)
        return found[0][0] if len(self) == 1 else tuple(map(tuple, found))

    @property
    def number_format(self):
        return self.backend.look(self.sheet.name, self.c1, "number_format")

    @number_format.setter
    def number_format(self, value):
        self.guard_format()
        self.backend.dress(*self.where, "number_format", value)

    @property
    def color(self):
        return self.backend.look(self.sheet.name, self.c1, "color")

    @color.setter
    def color(self, value):
        self.guard_format()
        self.backend.dress(*self.where, "color", value)

    @property
    def row_height(self):
        return self.backend.look(self.sheet.name, self.c1, "row_height")

    @row_height.setter
    def row_height(self, value):
        self.guard_format("AllowFormattingRows")
        self.backend.dress(*self.where, "row_height", value)

    @property
    def column_width(self):
        return self.backend.look(self.sheet.name, self.c1, "column_width")

    @column_width.setter
    def column_width(self, value):
        self.guard_format("AllowFormattingColumns")
        self.backend.dress(*self.where, "column_width", value)

    def merge(self, across):
        if self.backend.protection(self.sheet.name) is not None:
            raise refused(NO_FORMAT)
        self.backend.merge(*self.where)

    @property
    def hyperlink(self):
        return self.backend.look(self.sheet.name, self.c1, "hyperlink")

    def add_hyperlink(self, address, text_to_display, screen_tip):
        self.guard_format("AllowInsertingHyperlinks")
        self.guard_content()
        self.backend.put(self.sheet.name, self.c1, [[("s", text_to_display)]])
        self.backend.dress(*self.where, "hyperlink", address)

    def select(self):
        if self.backend.active() != self.sheet.name:
            raise refused("类 Range 的 Select 方法无效")  # Excel selects on the active sheet only
        self.backend.select(self.sheet.name, self.get_address(False, False))


def _typed(value, is_text):
    """What a cell holds after Excel took a value: ("f", formula), ("s", text), ("n", float) or None."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        number = ("d", value) if isinstance(value, dt.datetime) else ("n", float(value))
        return ("s", f"{float(value):.15g}") if is_text else number
    if is_text:
        return ("s", value)
    if value.startswith("="):
        return ("f", value)
    if NUMERIC.fullmatch(value):
        return ("n", float(value.replace(",", "")))
    return ("s", value.removeprefix("'"))


class RangeApi:
    """The members of Excel's Range that the door asks for."""

    def __init__(self, cells):
        object.__setattr__(self, "_cells", cells)

    EntireRow = property(lambda self: Lines(self._cells, 0))
    EntireColumn = property(lambda self: Lines(self._cells, 1))
    Locked = property(lambda self: self._cells.backend.locked(*self._cells.where))
    Font = property(lambda self: type("Font", (), {})())

    def ClearHyperlinks(self):  # noqa: N802
        self._cells.guard_format()
        self._cells.backend.dress(*self._cells.where, "hyperlink", None)

    def __setattr__(self, name, value):
        if name not in ("Locked", "WrapText", "VerticalAlignment"):
            raise NotImplementedError(name)
        protected = self._cells.backend.protection(self._cells.sheet.name) is not None
        if name == "Locked" and protected:
            raise refused("不能设置类 Range 的 Locked 属性")
        self._cells.guard_format()
        self._cells.backend.dress(*self._cells.where, name, value)


class Lines:
    """EntireRow or EntireColumn: Hidden is None where some are."""

    def __init__(self, cells, axis):
        object.__setattr__(self, "_cells", cells)
        object.__setattr__(self, "_axis", axis)

    @property
    def Hidden(self):  # noqa: N802
        cells, axis = self._cells, self._axis
        lines = range(cells.c1[axis], cells.c2[axis] + 1)
        hidden = {cells.backend.hidden(cells.sheet.name, axis, n) for n in lines}
        return hidden.pop() if len(hidden) == 1 else None

    def __setattr__(self, name, value):
        self._cells.guard_format("AllowFormattingColumns" if self._axis else "AllowFormattingRows")
        self._cells.backend.hide(self._cells.sheet.name, self._axis, self._cells.c1[self._axis], value)


class Names(bc.Names):
    def __init__(self, book):
        self.book = book

    def __len__(self):
        return len(self.book.backend.names())

    def __call__(self, key):
        return Name(self.book, key)

    def contains(self, key):
        return self.book.backend.target(key) is not None


class Name(bc.Name):
    def __init__(self, book, name):
        self.book, self._name = book, name

    name = property(lambda self: self._name)
    refers_to = property(lambda self: "=" + self.book.backend.target(self._name))


ENGINE = Engine()


def open_book(backend):
    """Open a backend in the test engine, as the workbook whose button is pressed."""
    if ENGINE.name not in engines.engines_by_name:
        engines.add(XlwingsEngine(impl=ENGINE))
    engines[ENGINE.name].activate()
    ENGINE.apps.list.clear()
    book = xlwings.Book(impl=ENGINE.apps.add().books.attach(backend))
    book.set_mock_caller()
    return book
