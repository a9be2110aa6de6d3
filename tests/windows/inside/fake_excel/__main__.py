"""python -m fake_excel: show the windows, tell the top one's number, then take commands from stdin, one JSON a line.

open and close (a workbook by its path), busy (so many calls, -1 for all), set (cells), state (what there is now).
"""

import ctypes
import datetime
import json
import os
import re
import sys
import threading

import pythoncom
import win32api
import win32con
import win32gui

from fake_excel.books import Application, Book
from fake_excel.dispatch import Asked, Busy, passed

_GETOBJECT, _NATIVE = 0x3D, 0xFFFFFFF0


def window(name, parent, handlers):
    """Create a window of Excel's class of this name."""
    kind = win32gui.WNDCLASS()
    kind.lpszClassName, kind.hInstance, kind.lpfnWndProc = name, win32api.GetModuleHandle(None), handlers
    win32gui.RegisterClass(kind)
    style = win32con.WS_CHILD if parent else win32con.WS_OVERLAPPEDWINDOW
    return win32gui.CreateWindow(name, name, style, 0, 0, 300, 200, parent, 0, kind.hInstance, None)


def windows(application):
    """Create Excel's three windows; the inner one hands out the application. Return the outer one."""
    address = int(re.search(r"obj at (0x[0-9A-Fa-f]+)", repr(application))[1], 16)
    accessibility = ctypes.WinDLL("oleacc")
    accessibility.LresultFromObject.restype = ctypes.c_ssize_t
    accessibility.LresultFromObject.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
    kind = (ctypes.c_char * 16).from_buffer_copy(bytes(memoryview(pythoncom.IID_IDispatch)))

    def hand_out(_window, _message, wanted, what):
        if what & 0xFFFFFFFF != _NATIVE:
            return 0
        return accessibility.LresultFromObject(ctypes.byref(kind), wanted, address)

    top = window("XLMAIN", 0, {})
    window("EXCEL7", window("XLDESK", top, {}), {_GETOBJECT: hand_out})
    return top


class Commands:
    """What the tests may tell this Excel."""

    def __init__(self, application):
        self.application = application

    def open(self, path):
        """Open a workbook, in front of those that are open."""
        self.application.books.insert(0, Book(self.application, path))

    def close(self):
        """Close all workbooks, and forget what was said."""
        application = self.application
        application.books.clear()
        application.statuses.clear()
        application.activated.clear()
        application.selection = None
        Busy.left = Busy.rejected = Asked.calls = 0

    def busy(self, calls):
        """Reject so many calls from now on."""
        Busy.left, Busy.rejected = calls, 0

    def set(self, sheet, cells):
        """Type into cells; a text that begins with "=" and has a second one is a formula with its result."""
        found = next(s for s in self.application.books[0].sheets if s.name == sheet)
        for ref, value in cells.items():
            written, shown = value if isinstance(value, list) else (value, value)
            found.written[ref].value, found.shown[ref].value = written, shown

    def date(self, sheet, cell, day):
        """Type a date, which Excel keeps as one."""
        self.set(sheet, {cell: datetime.datetime.fromisoformat(day)})

    def state(self, sheet=""):
        """Tell status texts, shown sheets, selected cell, calls; of one sheet also its cells."""
        application, selected = self.application, self.application.selection
        told = {
            "statuses": application.statuses,
            "activated": application.activated,
            "selected": [selected.sheet.name, selected.do_GetAddress()] if selected else None,
            "calls": Asked.calls,
            "rejected": Busy.rejected,
        }
        if sheet:
            found = next(s for s in application.books[0].sheets if s.name == sheet)
            rows = found.written.iter_rows()
            told["cells"] = {c.coordinate: str(c.value) for row in rows for c in row if c.value is not None}
            told["protected"] = found.protected
        return told


def take(commands, answers):
    """Do what stdin says, until it ends with the test."""
    for line in sys.stdin:
        command = json.loads(line)
        answer = getattr(commands, command["do"])(**command["with"])
        answers.write(json.dumps(answer) + "\n")
        answers.flush()
    os._exit(0)


def begun():
    """Make an Excel with its windows in this thread; return what the tests may tell it."""
    application = Application()
    application.held = passed(application)
    application.window = windows(application.held)
    return Commands(application)


def main():
    pythoncom.CoInitialize()
    commands = begun()
    print(json.dumps({"window": commands.application.window}), flush=True)
    threading.Thread(target=take, args=(commands, sys.stdout), daemon=True).start()
    win32gui.PumpMessages()


if __name__ == "__main__":
    main()
