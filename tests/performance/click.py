"""`python tests/performance/click.py [ROUNDS [BUTTON]]`: a click by the running service beside programs that start.

In turn: the button by the service, with all that the add-in inside WPS posts of a standard workbook; the same done by a
program that starts; a plain script of openpyxl and docxtpl. Processor time is not asked, since a click is waited for. A
ratio is the median of the rounds' ratios. `make` writes the report anew each time, down to the disk.
"""

import http.client
import json
import os
import statistics
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
from openpyxl import load_workbook
from openpyxl.utils.datetime import to_excel

from run import COLD_NAIVE

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
    """A service of this user, as the add-ins start it; what it is asked with."""
    environment = {**os.environ, "XDG_STATE_HOME": str(folder / "state")}
    told = folder / "state" / "nianbao" / "serve" / "serve.json"
    command = [sys.executable, "-m", "nianbao.excel.launch", "--service"]
    running = subprocess.Popen(command, env=environment)
    try:
        end = time.monotonic() + PATIENCE
        while not told.exists() and time.monotonic() < end:
            time.sleep(0.05)
        address = json.loads(told.read_text())
        yield urlsplit(address["url"]), address["key"]
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


def timed(work):
    """Seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(rounds=15, button="make"):
    """Print the medians and the ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        material.prepare(folder)
        (folder / "naive.py").write_text(COLD_NAIVE, encoding="utf-8")
        started = ["make", str(folder / "clean.xlsx"), "-o", str(folder / "cold")]
        ways = {
            "a plain script": [sys.executable, str(folder / "naive.py"), str(folder)],
            "nianbao, started": [
                sys.executable,
                "-m",
                "nianbao",
                *(started if button == "make" else ["check", started[1]]),
            ],
        }
        book = posted(folder / "clean.xlsx")
        taken = {n: [] for n in (*ways, "by the service")}
        with service(folder) as (place, key):
            for _ in range(3):
                steps = press(place, key, button, book)
            assert button != "make" or steps[-1]["do"] == "open", steps
            for command in ways.values():
                subprocess.run(command, capture_output=True, check=True)
            for _ in range(rounds):
                for way, command in ways.items():
                    taken[way].append(timed(lambda c=command: subprocess.run(c, capture_output=True, check=True)))
                taken["by the service"].append(timed(lambda: press(place, key, button, book)))
    print(f"{button}, {rounds} rounds")
    for way, times in taken.items():
        ratio = statistics.median(a / b for a, b in zip(taken["a plain script"], times, strict=True))
        print(f"{way:20}{statistics.median(times) * 1000:9.1f} ms{ratio:8.1f} ×")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]), *sys.argv[2:3])
