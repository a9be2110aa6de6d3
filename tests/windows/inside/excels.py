"""Fake Excels, and pressing a button of the ribbon in one of them."""

import itertools
import json
import subprocess
import sys
import threading
from pathlib import Path

import boxes
import processes
import win32gui

HERE = Path(__file__).parent
_numbers = itertools.count(1)
_running = {}


class Apart:
    """An Excel in a process of its own, as it is: each question costs Wine some milliseconds of three processes."""

    def __init__(self):
        command = [sys.executable, "-X", "utf8", "-m", "fake_excel"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        self._process = subprocess.Popen(command, cwd=HERE, encoding="utf-8", **pipes)
        self.window = json.loads(self._process.stdout.readline())["window"]
        threading.Thread(target=self._drain, daemon=True).start()

    def _drain(self):
        for line in self._process.stderr:
            print(line, end="", file=sys.stderr, flush=True)

    def ask(self, what, more):
        """Tell it something, and return its answer."""
        self._process.stdin.write(json.dumps({"do": what, "with": more}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self):
        """Close it."""
        self._process.kill()
        self._process.wait(20)


class Within:
    """An Excel in this very process: the same objects, asked through COM without leaving the thread."""

    def __init__(self):
        from fake_excel.__main__ import begun  # noqa: PLC0415 - registers windows, so only where it is wanted

        self._commands = begun()
        self.window = self._commands.application.window

    def ask(self, what, more):
        """Tell it something, and return its answer."""
        return getattr(self._commands, what)(**more)

    def end(self):
        """Close it."""
        win32gui.DestroyWindow(self.window)


def start(apart):
    """Start an Excel in a process of its own, or in this one (once); return its number."""
    number = next(_numbers)
    _running[number] = Apart() if apart else Within()
    return number


def window(number):
    """Return the number of its window, as its add-in knows it."""
    return _running[number].window


def tell(number, what, more):
    """Tell the Excel something (open, close, busy, state: see fake_excel); return its answer."""
    return _running[number].ask(what, more)


def pressed(number, button, book, path="", answer="yes"):
    """Press a button in this very process and return what came of it: no Python starts, which takes seconds."""
    from nianbao.excel import door  # noqa: PLC0415 - takes seconds; not every test needs it
    from nianbao.excel.__main__ import main  # noqa: PLC0415

    before = sys.argv, sys.excepthook
    door.Attempts.waited = 0.0  # a process of its own begins with nothing waited
    words = [button, f"--wb={book}", "--from_xl=1", f"--hwnd={_running[number].window}"]
    try:
        code, said = boxes.shown_by(main, [*words, f"--path={path}"] if path else words, answer)
    finally:
        sys.argv, sys.excepthook = before
    return {"code": code, "out": "", "err": "", "boxes": said}


def press(number, button, book, path="", answer="yes", folder=None):
    """Press a button as the add-in does (NianbaoExcel.bas) and don't wait; return the number of the process.

    path: what was chosen in Excel's dialog; answer: to message boxes; folder: where Excel happens to be.
    """
    python = Path(sys.executable).with_name("pythonw.exe")
    window = _running[number].window
    line = f'"{python}" -E -P -X utf8 -m nianbao.excel {button} "--wb={book}" --from_xl=1 --hwnd={window}'
    return processes.start(line + (f' "--path={path}"' if path else ""), folder=folder, answer=answer)


def end(number):
    """Close it."""
    _running.pop(number).end()
