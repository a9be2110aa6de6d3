"""The button inside Excel by the running service: what it is let do, and what comes of it whatever happens."""

import json
import sys
from pathlib import Path

import pytest

from nianbao import __version__
from nianbao.serve.button_requests import Click
from serve import desks
from serve.test_button_requests import ask, finished, told

TESTS = Path(__file__).resolve().parents[1]
SERVE = (
    f"import sys; sys.path.insert(0, {str(TESTS)!r}); from serve import odd_tasks; "
    "from nianbao.serve import service; from nianbao.serve.button_requests import Excel; "
    "service.serve(lambda text: print(text, flush=True), Excel(odd_tasks.press, odd_tasks.opened), show=False)"
)


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """A desk that offers the buttons of an Excel, which a stand-in presses."""
    with desks.running(tmp_path_factory.mktemp("service"), [sys.executable, "-X", "utf8", "-c", SERVE]) as found:
        yield found


def key(desk):
    return json.loads((desk.home / "nianbao" / "serve" / "serve.json").read_text())["key"]


def clicked(book="甲.xlsx", **more):
    return {"version": __version__, "button": "make", "book": book, "window": "4711", "path": "", **more}


def click(desk, sent, **headers):
    return ask(desk, "excel", sent, **{"Authorization": f"Bearer {key(desk)}", **headers})


def done(desk, answer):
    return finished(desk, key(desk), answer)


def test_the_button_its_workbook_and_window_reach_the_worker_and_the_service_itself_opens_what_was_made(service):
    answer = done(service, click(service, clicked("甲 & “乙” \\ 100%.xlsx", path="")))
    assert answer.status == 200
    expected = Click("make", "甲 & “乙” \\ 100%.xlsx", "4711", "")
    assert answer.told == {"told": f"打开 {expected} @{service.process.pid}"}
    assert done(service, click(service, clicked("nothing"))).told == {"told": ""}


@pytest.mark.parametrize(
    "wrong",
    [{"version": "2020.1.0"}, {"version": None}, {"button": "format_disk"}, {"book": ""}, {"book": 3}, {"path": None},
     {"window": "0x4711"}, {"window": "1 --wb=x"}, {"window": "१"}, {"window": ""}, {"window": 4711}],
)  # fmt: skip
def test_what_another_version_or_nobody_of_ours_sends_is_not_taken(service, wrong):
    assert click(service, clicked(**wrong)).status == 404
    for sent in ([], "x", 3, None, told()):
        assert click(service, sent if sent is not None else {}).status == 404


@pytest.mark.parametrize("header", [None, "", "Bearer ", "Bearer x", "Bearer {key}x", "Basic {key}"])
def test_a_missing_or_foreign_key_is_refused(service, header):
    sent = header.format(key=key(service)) if header else header
    assert click(service, clicked(), Authorization=sent).status == 403


def test_a_page_from_elsewhere_and_another_name_are_refused(service):
    for headers in ({"Origin": "http://evil.example"}, {"Origin": f"http://{service.host}"}, {"Host": "evil.example"}):
        assert click(service, clicked(), **headers).status == 403


def test_a_desk_that_offers_no_excel_says_so(desk):
    answer = ask(desk, "excel", clicked(), Authorization=f"Bearer {key(desk)}")
    assert answer.status == 404


def test_a_worker_that_dies_is_told_in_one_sentence_tried_once_and_the_next_click_works(service, tmp_path):
    path = tmp_path / "clicks"
    answer = done(service, click(service, clicked("crash", path=str(path))))
    assert (answer.status, answer.told["told"].count("。")) == (422, 1)
    assert "异常退出" in answer.told["told"]
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1  # who clicked may have answered questions
    assert done(service, click(service, clicked("refused"))).told == {"told": "不行。"}
    assert done(service, click(service, clicked())).status == 200


def test_while_a_button_is_at_work_no_other_is_pressed_from_excel_or_wps(service):
    first = click(service, clicked("slow"))
    assert first.status == 202
    for second in (click(service, clicked()), ask(service, sent=told(), Authorization=f"Bearer {key(service)}")):
        assert (second.status, "还在运行" in second.told["told"]) == (409, True)
    assert done(service, first).status == 200
    assert done(service, click(service, clicked())).status == 200


def test_a_service_killed_in_the_middle_answers_no_more(tmp_path):
    with desks.running(tmp_path, [sys.executable, "-X", "utf8", "-c", SERVE]) as found:
        answer = click(found, clicked("slow"))
        assert answer.status == 202
        header = {"Authorization": f"Bearer {key(found)}"}
        found.process.kill()
        found.process.wait()
        with pytest.raises(ConnectionError):  # what the add-in tells then: tests/excel/test_addin.py
            ask(found, "state", {"run": answer.told["run"]}, **header)
