"""The add-in as WPS loads it: its ribbon, what it reads and writes, the desk it starts, what goes wrong."""

import json
import subprocess
import time
import xml.etree.ElementTree as ET
from dataclasses import replace
from importlib import resources

import pytest
from openpyxl import load_workbook

import reports
from excel import engine
from excel.sheets_openpyxl import OpenpyxlBackend
from excel.test_buttons import contents, said, table, type_in, written
from nianbao import pipeline
from nianbao.demo import sample
from nianbao.excel.addin.build import source
from nianbao.form import load_edition
from nianbao.ribbon import open_workbook, posted
from nianbao.ribbon.buttons import ASKS_FOR, BUTTONS
from nianbao.workbook import layout
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW
from nianbao.workbook.layout import EDITION_NAME
from serve import desks
from wps import opening
from wps.window import eventually

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDIN = resources.files("nianbao.wps") / "addin"
WRITE = "write(Application.ActiveWorkbook, {sheet: arguments[0], unprotect: arguments[1], steps: arguments[2]})"
FOUND = """
const usual = PLACE.address;
PLACE.address = arguments[0];
try { return found(); } finally { PLACE.address = usual; }
"""


def opened(path):
    return engine.open_book(OpenpyxlBackend(path))


@pytest.fixture
def path(tmp_path):
    return written(tmp_path / "永平镇 & 2022.xlsx", sample().report)


@pytest.fixture
def book(path):
    return opened(path)


# The ribbon


def buttons(text):
    """Groups and buttons with their words, in their order, whatever calls and draws them."""
    kept = ("id", "label", "size", "screentip", "supertip")
    return [(e.tag.rpartition("}")[2], *(e.get(k) for k in kept)) for e in ET.fromstring(text).iter()]


def test_the_ribbon_is_excels():
    excel = source("ribbon.xml").format(namespace="http://schemas.microsoft.com/office/2006/01/customui")
    assert buttons((ADDIN / "ribbon.xml").read_bytes()) == buttons(excel.encode())


def test_every_button_has_its_callback_and_its_picture(window):
    root = ET.fromstring((ADDIN / "ribbon.xml").read_bytes())
    ids = [e.get("id") for e in root.iter() if e.tag.endswith("button")]
    known = window.driver.execute_script("return BUTTONS")
    assert window.driver.execute_script("return Object.keys(BUTTONS)") == ids
    assert {b["name"] for b in known.values()} == set(BUTTONS)
    assert {b["name"] for b in known.values() if b.get("asks")} == ASKS_FOR
    for one in ids:
        image = window.driver.execute_script("return GetImage({Id: arguments[0]})", one)
        assert ET.fromstring((ADDIN / image).read_bytes()).tag.endswith("svg")
    callbacks = {v for e in root.iter() for k, v in e.attrib.items() if k in ("onAction", "getImage", "onLoad")}
    assert callbacks == {"OnAction", "GetImage", "OnAddinLoad"}
    for name in callbacks:
        assert window.driver.execute_script(f"return typeof {name}") == "function"
    assert window.driver.execute_script("return OnAddinLoad({})") is True


def test_the_page_loads_its_own_scripts_and_nothing_is_refused(window):
    assert [e for e in window.driver.get_log("browser") if "Content Security Policy" in e["message"]] == []
    assert window.driver.execute_script("return location.protocol") == "file:"


# What is read


def test_the_bounds_and_names_are_the_readers(window):
    told = window.driver.execute_script("return [MOST_ROWS, MOST_COLUMNS, NAMES, UNREAD]")
    assert told[:3] == [MAX_ROW, MAX_COLUMN, [EDITION_NAME]]
    assert told[3] == ["逐格核对"]


def noticed(reading):
    """What the reader noticed but that openpyxl's file has no results of formulas."""
    return [f.problem for f in reading.findings if "没有存计算结果" not in f.problem]


def test_a_day_a_percentage_and_an_error_are_read_as_the_saved_file_is(window, path):
    saved = load_workbook(path)
    for ref, value, code in (("D7", 0.5, "0%"), ("E7", 45000, "yyyy-mm-dd"), ("F7", "#DIV/0!", "General")):
        saved["表三"][ref].value, saved["表三"][ref].number_format = value, code
    saved.save(path)
    theirs = pipeline.read(path)
    for as_text in (False, True):
        book = opened(path)
        window.show(book)
        window.application.errors_as_text = as_text
        told = window.driver.execute_script("return JSON.stringify(bookOf(Application.ActiveWorkbook))")
        ours = open_workbook.read(posted.PostedBook(posted.Press("check", "", json.loads(told), {}), print))
        assert ours.report == theirs.report
        assert noticed(ours) == noticed(theirs)
        assert any("显示为“50%”" in problem for problem in noticed(ours))


@pytest.mark.parametrize(
    ("block", "rows"),
    [
        ("5", [[5]]),
        ("[[1, 2], [3, null]]", [[1, 2], [3, None]]),
        ("[[1, 2]]", [[1, 2], [None, None]]),
        ("undefined", [[None]]),
    ],
)
def test_blocks_of_any_shape_become_rows(window, block, rows):
    made = window.driver.execute_script(f"return rowsOf({block}, {len(rows)}, {len(rows[0])})")
    assert made == rows


def test_a_row_and_a_column_without_rows_of_their_own_are_told_apart(window):
    assert window.driver.execute_script("return rowsOf([1, 2], 1, 2)") == [[1, 2]]
    assert window.driver.execute_script("return rowsOf([1, 2], 2, 1)") == [[1], [2]]


def test_values_no_text_and_no_number_are_read_as_they_are_shown(window):
    told = window.driver.execute_script("return [plain(new Date(2026, 0, 15, 6), () => 'x'), plain({}, () => '#N/A')]")
    assert told == [46037.25, "#N/A"]


def test_hidden_lines_are_found_whatever_tells_of_mixed_ones(window):
    script = """
        const hidden = new Set(arguments[0]);
        return hiddenOf(50, (a, b) => {
            let n = 0;
            for (let i = a; i <= b; i++) n += hidden.has(i);
            return n === 0 ? false : n === b - a + 1 ? true : mixed;
        });"""
    for hidden in ([], [1], [50], [7, 8, 9, 30], list(range(1, 51))):
        for mixed in ("null", "undefined"):
            assert window.driver.execute_script(script.replace("mixed", mixed), hidden) == hidden


# What is written


def test_only_the_sheet_of_results_is_touched_and_the_next_stop_is_found(window, book):
    type_in(book, "requests.received.natural_person", 5)
    before = contents(book)
    assert window.press("check", book) == 0
    assert contents(book) == before
    assert table(book)["A1"][1][3] == "表三!D30"
    assert window.press("next", book) == 0
    assert contents(book) == before
    assert said(book).startswith("第 ")


def test_the_report_that_was_made_is_opened(window, book, tmp_path):
    assert window.press("make", book) == 0, said(book)
    (document,) = tmp_path.glob("*.docx")
    assert window.application.started == [(str(document), "")]


def test_a_cell_that_was_filled_meanwhile_is_not_overwritten_with_a_zero(window, tmp_path):
    report = reports.zero()
    blank = ("requests.received.business", "proactive.penalties.decisions")
    kept = replace(report, values={k: v for k, v in report.values.items() if k not in blank})
    book = opened(written(tmp_path / "甲.xlsx", kept))
    window.show(book)
    usual = window.application.confirm

    def confirm(text):
        type_in(book, "requests.received.business", 7)
        return usual(text)

    window.application.confirm = confirm
    book.app.impl.answers[:] = ["yes", "yes"]
    window.click("zeros")
    spot = layout(load_edition("2021")).values["requests.received.business"]
    assert book.sheets[spot.sheet].range(spot.ref).value == 7
    assert len([a for a in book.app.impl.alerts if "全部填 0 吗" in a]) == 2  # another number of blanks: asked anew


def test_a_fill_leaves_what_is_typed_alone(window, book):
    window.show(book)
    sheet = book.sheets["表三"]
    sheet.range("D7").value = None
    sheet.range("E7").value = 3
    window.driver.execute_script(WRITE, "表三", False, [{"do": "blanks", "area": [7, 4, 7, 5], "what": 0}])
    assert sheet.range("D7:E7").value == [0.0, 3.0]


def test_screen_and_protection_are_put_back_when_something_is_refused(window, book):
    window.show(book)
    before = book.impl.backend.protection("校验结果")
    step = {"do": "nothing", "area": [1, 1, 1, 1], "what": None}
    assert window.driver.execute_script(f"try {{ {WRITE} }} catch (e) {{ return e.message }}", "校验结果", True, [step])
    assert book.impl.backend.protection("校验结果") == before
    assert window.application.ScreenUpdating is True


def test_what_wps_refuses_is_told_in_one_sentence(window, book):
    book.impl.backend.book["校验结果"].protection.set_password("秘密")
    assert window.press("check", book) == 10
    assert said(book).startswith("WPS 没有接受这个操作（")
    assert "密码" in said(book)
    assert window.application.StatusBar is False


# Many bodies


def folder_of(tmp_path, count):
    folder = tmp_path / "各单位"
    folder.mkdir()
    for i in range(count):
        body = {**reports.BODY, "name": f"第{i}镇人民政府"}
        written(folder / f"{i}.xlsx", replace(reports.zero(), body=body))
    return folder


def test_a_folder_is_made_with_progress_in_the_status_bar(window, book, tmp_path):
    folder = folder_of(tmp_path, 24)
    (folder / "坏.xlsx").write_bytes(b"PK no workbook")
    assert window.press("batch", book, f"--path={folder}") == 0
    assert "共 25 份填报表，生成年报 24 份，1 份没有生成" in said(book)
    assert len(list((folder / "年报").glob("*.docx"))) == 24
    assert any(str(s).startswith("批量生成 ") for s in book.app.impl.status_log)
    assert book.app.impl.status_log[-1] is False
    assert set(window.application.dialogs) == {4}


def test_a_folder_is_added_up(window, book, tmp_path):
    assert window.press("rollup", book, f"--path={folder_of(tmp_path, 2)}") == 0, said(book)
    assert "2 个单位" in said(book)


@pytest.mark.parametrize(("button", "kind"), [("last_year", 3), ("batch", 4), ("rollup", 4)])
def test_a_choice_that_is_given_up_does_nothing(window, book, button, kind):
    before = contents(book, ())
    assert window.press(button, book) == 0
    assert contents(book, ()) == before
    assert (book.app.impl.alerts, set(window.application.dialogs)) == ([], {kind})


def test_a_second_click_while_one_is_at_work_is_told(window, book, tmp_path):
    window.show(book)
    window.application.chosen = str(folder_of(tmp_path, 3))
    window.driver.execute_script("OnAction({Id: 'nbBatch'}); OnAction({Id: 'nbCheck'})")
    eventually(lambda: window.driver.execute_script("return running") is False)
    assert [a[:12] for a in book.app.impl.alerts] == ["上一次点的按钮还在运行，", book.app.impl.alerts[-1][:12]]
    assert "生成年报 3 份" in said(book)


def test_without_a_workbook_the_user_is_asked_to_open_one(window, monkeypatch):
    window.show(None)
    told = []
    window.application.alert = told.append
    window.click("check")
    assert told == ["请先打开填报表，再点这个按钮。"]


# The desk


def test_a_desk_that_is_not_open_is_started_and_one_that_died_is_started_again(tmp_path, path):
    book = opened(path)
    with opening.window(tmp_path / "家", start=False) as window:
        running = []

        def start(file, params=""):
            if "nianbao.excel.launch" not in params:
                return
            assert params.split()[-1] == "--service"
            words = [file, *(p for p in params.split() if p != "-E")]  # the tests' own PYTHONPATH
            more = {"LOCALAPPDATA": str(tmp_path / "家")}
            running.append(subprocess.Popen(words, env=desks.environment(tmp_path / "家", **more)))

        try:
            for _ in range(2):
                window.show(book)
                window.application.ShellExecute = start
                window.click("help")
                assert "校验" in said(book)
                book.app.impl.alerts.clear()
                running[-1].kill()  # its file stays behind
                running[-1].wait()
            assert len(running) == 2
            assert any(s and "正在启动" in s for s in book.app.impl.status_log)
        finally:
            for process in running:
                process.kill()
                process.wait()


def test_a_desk_that_cannot_be_started_is_told_with_what_to_do(tmp_path, path):
    book = opened(path)
    with opening.window(tmp_path / "家", start=False) as window:
        window.show(book)
        script = "const now = Date.now; let more = 0; Date.now = () => now() + (more += 20000)"
        window.driver.execute_script(script)  # the patience passes quickly
        begun = time.monotonic()
        window.click("check")
        assert time.monotonic() - begun < 20
        assert "从“年报台”图标打开" in said(book)
        assert "nianbao addin doctor --wps" in said(book)


def test_an_address_of_another_machine_is_no_desk(window, tmp_path):
    elsewhere = ("http://evil.example/x/", "https://127.0.0.1:1/x/", "http://127.0.0.1:1@evil.example/x/", "file:///x/")
    place = tmp_path / "serve.json"
    for url in (*elsewhere, 3):
        place.write_text(json.dumps({"url": url, "key": "k"}))
        assert window.driver.execute_script(FOUND, str(place)) is None
    place.write_text(json.dumps({"url": "http://127.0.0.1:1/x-_/", "key": "k"}))
    assert window.driver.execute_script(FOUND, str(place))["key"] == "k"
