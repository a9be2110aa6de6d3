"""`python tests/performance/clicks.py [ROUNDS [BUTTON …]]`: a click by the running service beside programs that start.

In turn: the button by the service, with all that the add-in inside WPS posts of a standard workbook; the same done by a
program that starts; a plain script of openpyxl and docxtpl. A click is waited for: the clock counts; processor time,
that of the service and of this process, is what it would be on a machine with nothing else to do. `make` writes the
report anew each time, down to the disk.
"""

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

import material
import starts
from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel
from timing import Spent, started, told

PATIENCE = 60
UNREAD = "逐格核对"
"""The sheet of which the add-in posts the name alone."""


def posted(path):
    """What the add-in posts of a workbook that is open: of each sheet values, formulas, number formats."""
    shown, typed = load_workbook(path, data_only=True), load_workbook(path)
    sheets = []
    for one, other in zip(shown, typed, strict=True):
        if one.title == UNREAD:
            sheets.append({"title": one.title, "shown": True})
            continue
        formats = [
            [c.row, c.column, c.row, c.column, c.number_format]
            for row in one.iter_rows() for c in row if isinstance(c.value, int | float | datetime)
        ]  # fmt: skip
        values = [[_plain(c.value) for c in row] for row in one.iter_rows()]
        formulas = [["" if c.value is None else str(c.value) for c in row] for row in other.iter_rows()]
        hidden = {"hiddenRows": [], "hiddenColumns": []}
        sheets.append(
            {"title": one.title, "shown": True, "values": values, "formulas": formulas, "formats": formats, **hidden}
        )
    names = {n: f"={d.attr_text}" for n, d in typed.defined_names.items()}
    return {"name": path.name, "fullname": str(path), "sheets": sheets, "names": names, "selected": []}


def _plain(value):
    """A value as Excel and WPS hold it: days are numbers."""
    return to_excel(value) if isinstance(value, datetime) else value


@contextmanager
def service(folder):
    """A service of this user, as the add-ins start it: what it is asked with, and its process."""
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
    told = folder / "state" / "nianbao" / "serve" / "serve.json"
    command = [sys.executable, "-m", "nianbao.excel.launch", "--service"]
    running = subprocess.Popen(command, env=environment)
    try:
        end = time.monotonic() + PATIENCE
        while not told.exists() and time.monotonic() < end:
            time.sleep(0.05)
        address = json.loads(told.read_text())
        yield urlsplit(address["url"]), address["key"], running.pid
    finally:
        running.terminate()
        running.wait()


def press(place, key, button, body):
    """Press a button and wait until it is done; return the steps that the workbook's program is told."""
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=PATIENCE)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def ask(what, sent):
        connection.request("POST", f"{place.path}addin/{what}", json.dumps(sent).encode(), headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    status, told = ask("press", {"button": button, "path": "", "book": body, "answers": {}})
    while status == 202:
        status, told = ask("state", {"run": told["run"]})
    connection.close()
    assert status == 200, told
    return told["steps"]


def spent_by(process, work):
    """What work takes that another process and those it started do for this one."""
    before, own, wall = _clocks(process), time.process_time(), time.perf_counter()
    work()
    cpu = sum(used - before.get(one, 0) for one, used in _clocks(process).items()) + time.process_time() - own
    return Spent(cpu * 1000, (time.perf_counter() - wall) * 1000)


def _clocks(process):
    """Seconds of processor that a process and its children have had, by process."""
    held = {process: time.clock_gettime((~process << 3) | 2)}  # Linux' name of its clock: clock_getcpuclockid(3)
    for thread in Path(f"/proc/{process}/task").iterdir():
        for child in (thread / "children").read_text().split():
            held |= _clocks(int(child))
    return held


def main(rounds=15, *buttons):
    """Print the medians and the ratios of each button; a single round is only a trial and not warmed up for."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        material.prepare(folder)
        book = posted(folder / "clean.xlsx")
        for button in buttons or ("make",):
            told(f"A click: {button}", _clicked(folder, book, rounds, button))


def _clicked(folder, book, rounds, button):
    """What each way took in each round, by way."""
    made = starts.make(folder, "cold")
    ways = {
        starts.SCRIPT: starts.naive(folder),
        "nianbao, started": made if button == "make" else [*made[:3], "check", made[4]],
    }
    taken = {n: [] for n in (*ways, "by the service")}
    with service(folder / button) as (place, key, process):
        for _ in range(3 if rounds > 1 else 1):
            steps = press(place, key, button, book)
        assert button != "make" or steps[-1]["do"] == "open", steps
        for command in ways.values() if rounds > 1 else ():
            started(command, None)
        for _ in range(rounds):
            for way, command in ways.items():
                taken[way].append(started(command, None))
            taken["by the service"].append(spent_by(process, lambda: press(place, key, button, book)))
    return taken


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:])
