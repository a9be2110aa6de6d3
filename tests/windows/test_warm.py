"""The buttons by the running service: it attaches to Excel over COM, and does what a started program does."""

from dataclasses import replace

import pytest

import reports
from windows import warm
from windows.excel import FOLDER, written
from windows.test_buttons import NAME, WRONG, box

pytestmark = pytest.mark.xdist_group("windows")


@pytest.fixture(scope="module")
def service(machine):
    with warm.running(machine) as found:
        yield found


def only(pressed):
    """The one message box of a button that the service pressed, which leaves nothing for the add-in to tell."""
    status, told, boxes = pressed
    assert (status, told) == (200, "")
    (said,) = boxes
    return said


def state(excel, sheet):
    """What can be seen in Excel, but for how often it was asked."""
    return {k: v for k, v in excel.tell("state", sheet=sheet).items() if k != "calls"}


def test_check_tells_writes_and_selects_the_same_both_ways(machine, other_process, service):
    other_process.open(NAME, WRONG)
    cold = box(machine.finish(other_process.begin("check"))), state(other_process, "校验结果")
    other_process.tell("close")
    other_process.open(NAME, WRONG)
    assert (only(service.press(other_process, "check")), state(other_process, "校验结果")) == cold


def test_make_gives_the_same_bytes_both_ways_and_the_service_opens_them(machine, other_process, service):
    made = []
    for folder, press in ((f"{FOLDER}\\冷", other_process.press), (f"{FOLDER}\\热", None)):
        other_process.tell("close")
        path = other_process.open(NAME, folder=folder)
        assert "年报已生成" in (box(press("make")) if press else only(service.press(other_process, "make")))
        made += [p.read_bytes() for p in machine.path(path).parent.glob("示例镇*.docx")]
    assert len(made) == 2
    assert made[0] == made[1]


def test_a_question_is_asked_and_last_years_file_comes_in(machine, other_process, service):
    last = f"{FOLDER}\\上年 热.xlsx"
    written(machine, last, replace(reports.zero(year=2024), body={**reports.BODY, "postcode": "064306"}))
    other_process.open(NAME)
    status, _, boxes = service.press(other_process, "last_year", path=last)
    assert (status, len(boxes)) == (200, 2)
    found = state(other_process, "上年数据")
    assert {"2024", "064306"} <= set(found["cells"].values())
    assert found["protected"]


def test_a_busy_excel_and_a_closed_workbook_are_told_and_the_next_click_works(other_process, service):
    other_process.open(NAME)
    assert "关了.xlsx" in only(service.press(other_process, "check", book="关了.xlsx"))
    other_process.tell("busy", calls=3)
    assert "本程序不联网" in only(service.press(other_process, "about"))
    assert other_process.tell("state")["rejected"] == 3


def test_a_button_that_excel_started_holds_the_lock_against_the_service(machine, other_process, service):
    other_process.open(NAME)
    first = other_process.begin("about", answer="nothing")
    machine.ask("processes.until_box", number=first)
    assert "上一次点的按钮还在运行" in only(service.press(other_process, "check"))
    machine.ask("processes.answer", number=first)
    assert "本程序不联网" in box(machine.finish(first))


def test_a_foreign_key_is_refused(other_process, service):
    other_process.open(NAME)
    calls = other_process.tell("state")["calls"]
    assert service.ask("excel", {}, key="x" * 43)[0] == 403
    assert other_process.tell("state")["calls"] == calls
