"""What the desk answers when something is gone, broken off or asked in a wrong way; no browser."""

import asyncio
import contextlib
import io
import json
import os
import sys
import zipfile
from dataclasses import replace

import pytest

from nianbao.errors import OutputError
from nianbao.serve import instance, service, service_folders, uploads, web
from nianbao.serve.desk import DeskPages
from nianbao.serve.forms import Given, Result, Stored
from nianbao.serve.guard import Guard, Keys

GONE = "work/0000/"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="folders of one user alone, as Linux has them")


@pytest.mark.parametrize("address", ["begin/nothing", f"{GONE}go", f"{GONE}more"])
def test_what_is_sent_to_what_is_not_there_is_told(desk, address):
    answer = desk.post(address)
    assert answer.status == 404
    assert answer.told["told"]


def test_the_state_of_what_is_gone_is_told(desk):
    answer = desk.get(f"{GONE}state")
    assert (answer.status, "已经不在了" in answer.told["told"]) == (404, True)


@pytest.mark.parametrize("address", ["all", "file/0", ""])
def test_what_was_made_by_what_is_gone_is_lost(desk, address):
    answer = desk.get(f"{GONE}{address}")
    assert (answer.status, "已经不在了" in answer.text) == (404, True)


def test_nothing_made_is_no_archive(desk, books):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    assert desk.get(f"{work}all").status == 404


def test_all_that_was_made_comes_in_one_archive(desk, books):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    desk.more(work, formats="docx")
    desk.more(work, formats="html")
    made = desk.downloads(work)
    answer = desk.get(f"{work}all")
    assert answer.headers["content-disposition"].endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == made
    assert {n[n.rindex(".") :] for n in made} == {".docx", ".html"}


def test_what_was_not_typed_as_fields_counts_as_nothing_typed(desk, books):
    work = desk.begin("check", main=books.sound)
    assert "go" in desk.finished(work, desk.post(f"{work}go", {"fields": ["main"]}))


def test_an_open_page_is_heard(desk):
    assert desk.post("beat").told == {"alive": True}


@pytest.fixture
def pages(tmp_path):
    made = DeskPages(tmp_path, "/x/", lambda: None)
    yield made
    made.close()


async def _bytes(data):
    yield data


def test_more_than_all_works_together_may_keep_is_refused(pages, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_ALL", 10)
    work = json.loads(pages.begin({"form": "check"}, {}).body)["work"]
    where = {"work": work, "slot": "main"}
    with pytest.raises(uploads.TooMuchError, match="结束年报台"):
        asyncio.run(pages.receive(where, "甲.xlsx", _bytes(b"x" * 11), 11))
    assert asyncio.run(pages.receive(where, "甲.xlsx", _bytes(b"x" * 9), 9)).status == 200


def test_more_files_than_one_work_takes_are_refused(pages, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    work = json.loads(pages.begin({"form": "county"}, {}).body)["work"]
    where = {"work": work, "slot": "received"}
    assert asyncio.run(pages.receive(where, "甲.xlsx", _bytes(b"x"), 1)).status == 200
    refused = asyncio.run(pages.receive(where, "乙.xlsx", _bytes(b"x"), 1))
    assert (refused.status, "最多放 1 个" in json.loads(refused.body)["told"]) == (415, True)


def test_an_overview_that_was_taken_away_is_lost(pages, tmp_path):
    work = pages.works.new(pages._forms["county"])
    work.result = Result("", beside={"总览.html": tmp_path / "总览.html"})
    answer = pages.beside({"work": work.id, "path": "总览.html"}, {})
    assert (answer.status, "总览页已经不在了" in answer.body.decode()) == (404, True)


def test_a_task_is_given_what_was_dropped_and_typed_and_nothing_else(tmp_path):
    none = Given(tmp_path / "out", {})
    assert (none.path("main"), none.name("main"), none.folder_of("main"), none.text("year")) == (None, "", None, "")
    stored = Stored("甲.xlsx", tmp_path / "1.xlsx", 1)
    given = replace(none, files={"main": (stored,)}, fields={"year": " 2025 "})
    assert (given.path("main"), given.name("main"), given.text("year")) == (stored.path, "甲.xlsx", "2025")
    assert given.folder_of("main") == tmp_path / "many-main"


def asked(application, *sent, method="POST", kind="http"):
    """Ask an application without a server; return what it sent: status and text."""
    waiting, answers = list(sent), []

    async def receive():
        return waiting.pop(0)

    async def send(message):
        answers.append(message)

    scope = {"type": kind, "method": method, "path": "/x", "raw_path": b"/x", "query_string": b"", "headers": []}
    with contextlib.suppress(ZeroDivisionError):  # told to the server's log, after the answer
        asyncio.run(application(scope, receive, send))
    return [(m.get("status"), m.get("body", b"").decode()) for m in answers]


def test_a_mistake_of_ours_is_one_sentence():
    application = web.application({"/x": lambda _params, _query: 1 / 0}, {}, {}, {})
    (status, _), (_, text) = asked(application, {"type": "http.request"}, method="GET")
    assert (status, "程序出错了" in text, "Zero" in text) == (500, True, False)


def test_words_broken_off_on_the_way_are_not_acted_on():
    done = []
    application = web.application({}, {"/x": lambda _params, sent: done.append(sent)}, {}, {})
    begun = {"type": "http.request", "body": b'{"a":', "more_body": True}
    (status, _), (_, text) = asked(application, begun, {"type": "http.disconnect"})
    assert (status, "没有传完" in text, done) == (408, True, [])


def test_what_is_no_request_is_not_let_in():
    def inside(*_):
        raise AssertionError

    assert asked(Guard(inside, Keys(), 1, inside), kind="websocket") == []


def test_a_folder_that_cannot_hold_the_lock_is_told(tmp_path):
    (tmp_path / instance.LOCK).mkdir()
    with pytest.raises(OutputError, match="不能写入"):
        instance.take(tmp_path)


def test_a_desk_that_does_not_end_keeps_its_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(instance, "home", lambda: tmp_path)
    place = tmp_path / "serve"
    place.mkdir()
    mine = instance.take(place)
    assert not instance.end(place, patience=0)
    monkeypatch.setattr(instance, "end", lambda _place: False)
    with pytest.raises(OutputError, match="年报台还开着"):
        instance.leave()
    assert place.is_dir()
    mine.release()
    monkeypatch.undo()
    assert instance.end(place)


def test_a_desk_that_cannot_begin_lets_the_lock_go(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(service_folders, "own", lambda: tmp_path)
    monkeypatch.setattr(service, "DeskRun", full)
    monkeypatch.setattr(service.signal, "signal", lambda *_: None)
    before = os.umask(0o022)
    try:
        with pytest.raises(OutputError, match="年报台没有启动"):
            service.serve(print)
    finally:
        os.umask(before)
    instance.take(tmp_path).release()


@LINUX
def test_a_folder_of_another_user_or_no_folder_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setattr(service_folders, "home", lambda: tmp_path / "nianbao")
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(OutputError, match="不是您自己的文件夹"):
        service_folders.own()
    (tmp_path / "a").write_text("")
    monkeypatch.setattr(service_folders, "home", lambda: tmp_path / "a" / "b")
    with pytest.raises(OutputError, match="不能使用"):
        service_folders.own()


@LINUX
def test_a_folder_is_not_given_as_a_file(tmp_path):
    with pytest.raises(OSError, match="not a regular file"):
        service_folders.opened(tmp_path)
