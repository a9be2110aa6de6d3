"""Fake Excels, each a process of its own, and pressing a button of the ribbon in one of them."""

import itertools
import json
import subprocess
import sys
import threading
from pathlib import Path

import boxes
import processes

HERE = Path(__file__).parent
_numbers = itertools.count(1)
_running = {}


def start(book=None):
    """Start an Excel; return its number."""
    command = [sys.executable, "-X", "utf8", "-m", "fake_excel"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=HERE, encoding="utf-8", **pipes)
    number = next(_numbers)
    _running[number] = {"process": process, "window": json.loads(process.stdout.readline())["window"]}
    threading.Thread(target=_drain, args=(process,), daemon=True).start()
    if book:
        ask(number, "open", path=book)
    return number


def _drain(process):
    for line in process.stderr:
        print(line, end="", file=sys.stderr, flush=True)


def ask(number, what, **more):
    """Tell the Excel something (open, close, busy, state: see fake_excel); return its answer."""
    process = _running[number]["process"]
    process.stdin.write(json.dumps({"do": what, "with": more}) + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())


def tell(number, what, more):
    """The same for the tests, which pass what they say as one thing."""
    return ask(number, what, **more)


def pressed(number, button, book, path="", answer="yes"):
    """Press a button in this very process and return what came of it: no Python starts, which takes seconds."""
    from nianbao.excel import door  # noqa: PLC0415 - takes seconds; not every test needs it
    from nianbao.excel.__main__ import main  # noqa: PLC0415

    before = sys.argv, sys.excepthook
    door.Attempts.waited = 0.0  # a process of its own begins with nothing waited
    words = [button, f"--wb={book}", "--from_xl=1", f"--hwnd={_running[number]['window']}"]
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
    window = _running[number]["window"]
    line = f'"{python}" -E -P -X utf8 -m nianbao.excel {button} "--wb={book}" --from_xl=1 --hwnd={window}'
    return processes.start(line + (f' "--path={path}"' if path else ""), folder=folder, answer=answer)


def end(number):
    """Close it."""
    process = _running.pop(number)["process"]
    process.kill()
    process.wait(20)
