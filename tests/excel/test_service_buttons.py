"""A button pressed by the running service does what one does that Excel starts."""

import json
import subprocess
import sys

import pytest

import reports
from excel import engine
from excel.sheets_openpyxl import OpenpyxlBackend
from excel.test_addin import BOOK, CHOSEN, DONE, clicked, stubbed  # noqa: F401 - a fixture
from excel.test_buttons import contents, written
from nianbao.excel import door, service_buttons
from nianbao.excel.__main__ import main as started
from nianbao.ribbon import buttons, log
from nianbao.serve.button_requests import Click
from serve import desks
from serve.test_excel import SERVE, click, done

FAULTY = reports.changed(reports.zero(), requests__received__business=3)
BLANK = reports.Report("2021", 2025, reports.BODY, {"requests.received.business": 2}, reports.TEXTS)


def tell(*_):
    raise AssertionError("Excel's status bar says how far it is")


def opened(folder, report):
    return engine.open_book(OpenpyxlBackend(written(folder / "甲.xlsx", report)))


def cold(book, button, path):
    words = [button, f"--wb={book.name}", "--from_xl=1", "--hwnd=0"]
    assert started([*words, f"--path={path}"] if path else words) in (0, 10)


def service(book, button, path):
    service_buttons.work(Click(button, book.name, "0", path), tell)


def outcome(folder, press, report, button):
    """Press a button on a fresh workbook; what was told, written, selected, said in passing, and made."""
    folder.mkdir()
    last = written(folder / "上年.json", reports.zero(year=2024)) if button == "last_year" else ""
    book = opened(folder, report)
    press(book, button, str(last))
    made = {p.name: p.read_bytes() for p in folder.iterdir() if p.suffix == ".docx"}
    told = [t.replace(str(folder), "") for t in book.app.impl.alerts]
    return told, contents(book, ()), book.impl.backend.selection(), book.app.impl.status_log, made


@pytest.mark.parametrize("button", ["check", "next", "make", "sheet", "zeros", "last_year", "help", "about"])
@pytest.mark.parametrize("report", [reports.zero(), FAULTY, BLANK], ids=("sound", "faulty", "blank"))
def test_the_same_is_told_written_selected_and_made_both_ways(button, report, tmp_path):
    one, other = (outcome(tmp_path / how.__name__, how, report, button) for how in (cold, service))
    assert one == other
    assert one[0], "something was told"


def test_what_was_made_is_left_to_the_service_to_open_and_nothing_else_is(tmp_path):
    book = opened(tmp_path, reports.zero())
    made = service_buttons.work(Click("make", book.name, "0", ""), tell)
    assert made == [str(p) for p in tmp_path.glob("*.docx")]
    assert service_buttons.work(Click("check", book.name, "0", ""), tell) == []


HOLD = (
    "import sys, pathlib; from nianbao.excel.button_lock import alone\n"
    "with alone(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


def test_a_button_that_excel_started_and_one_by_the_service_are_never_at_work_together(tmp_path, home, capfd):
    book = opened(tmp_path, FAULTY)
    words = [sys.executable, "-c", HOLD, str(home)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        before = contents(book, ())
        assert service_buttons.work(Click("check", book.name, "0", ""), tell) == []
        assert "上一次点的按钮还在运行" in capfd.readouterr().err
        assert contents(book, ()) == before
        other.communicate("")
    service_buttons.work(Click("check", book.name, "0", ""), tell)
    assert contents(book, ()) != before


def test_each_click_may_wait_for_a_busy_excel_as_long_as_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(door.Attempts, "waited", door.BUSY)
    book = opened(tmp_path, reports.zero())
    service_buttons.work(Click("help", book.name, "0", ""), tell)
    assert door.Attempts.waited == 0


def test_what_nobody_foresaw_is_logged_and_ends_the_worker(tmp_path, home, monkeypatch):
    monkeypatch.setitem(buttons.BUTTONS, "help", lambda *_: 1 / 0)
    book = opened(tmp_path, reports.zero())
    with pytest.raises(ZeroDivisionError):
        service_buttons.work(Click("help", book.name, "0", ""), tell)
    assert "ZeroDivisionError" in log.place().read_text(encoding="utf-8")


@pytest.mark.parametrize("callback", ["OnMake", "OnBatch"])
def test_what_the_vba_sends_is_understood_to_the_letter(stubbed, callback, tmp_path):  # noqa: F811
    """Replayed: the VBA's own text, with the header fields of NianbaoExcel.AskService, over HTTP."""
    (asked,), _ = clicked(stubbed, callback, DONE)
    words = [sys.executable, "-X", "utf8", "-c", SERVE]
    with desks.running(tmp_path, words, LOCALAPPDATA=str(tmp_path)) as desk:
        body = json.loads(asked.partition(" ")[2])
        pressed = done(desk, click(desk, {**body, "path": ""}, Content_Type="application/json"))
        button, path = ("make", "") if callback == "OnMake" else ("batch", CHOSEN[callback])
        assert str(Click(button, BOOK, "4711", "")) in pressed.told["told"]
        assert body["path"] == path


def test_only_windows_has_an_excel_to_offer():
    assert (service_buttons.offered() is not None) == (sys.platform == "win32")
