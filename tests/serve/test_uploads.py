"""What is dropped: bounded, never a path, never seen by others."""

import asyncio
import http.client
import os
import socket
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from nianbao.serve import uploads
from nianbao.serve.pages import pages

TRICKS = [
    "../../../etc/passwd.xlsx",
    "/etc/cron.d/x.xlsx",
    "..\\..\\x.xlsx",
    "C:\\Windows\\x.xlsx",
    "a\x00b.xlsx",
    "~/.ssh/x.xlsx",
    "\u202exslx.exe.xlsx",
    "con.xlsx",
    "x" * 5000 + ".xlsx",
    "%2e%2e%2fx.xlsx",
    "<script>alert(1)</script>.xlsx",
    "a\r\nSet-Cookie: x=1.xlsx",
]
SHOWN = [("a/b.xlsx", "b.xlsx"), ("..", ""), ("../..", ""), ("a\\b.xlsx", "b.xlsx"), ("\u202ea.xlsx", "a.xlsx"),
         ("甲.xlsx", "甲.xlsx"), ("\ud800a", "a")]  # fmt: skip


def files_of(desk):
    return [p for run in desk.runs for p in run.rglob("*") if not p.is_dir()]


@pytest.mark.parametrize("name", TRICKS)
def test_a_name_with_tricks_in_it_is_only_ever_shown(desk, books, name):
    work = desk.begin("check", main=(name, books.sound.read_bytes()))
    assert "go" in desk.go(work)
    kept = [p for p in files_of(desk) if p.parent.name.startswith("in-")]
    ours = {f"{s.label}{e}" for p in pages(None) for f in p.forms for s in f.slots for e in s.endings}
    assert {p.name for p in kept} <= ours
    assert all(p.resolve().is_relative_to(desk.runs[0].resolve()) for p in kept)
    assert "<script>alert" not in desk.page(work)


@pytest.mark.parametrize(("name", "is_shown"), SHOWN)
def test_the_last_part_of_a_name_is_shown(name, is_shown):
    assert uploads.shown(name) == is_shown


def test_of_a_dropped_folder_the_folders_stay_but_lead_nowhere():
    assert uploads.shown("乡镇/../../甲.xlsx", folders=True) == "乡镇/甲.xlsx"
    assert uploads.shown("/etc/passwd", folders=True) == "etc/passwd"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permissions of this kind")
def test_everything_kept_is_the_users_alone(desk, books):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    desk.more(work, formats="docx,marked,sheet")
    place = desk.home / "nianbao" / "serve"
    for path in [place, *place.rglob("*")]:
        mode = stat.S_IMODE(path.lstat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("path", ["work/x/file/main", "work/../file/main", "work/%2e%2e/file/main"])
def test_a_file_for_no_piece_of_work_is_refused(desk, path):
    assert desk.put(path, b"x").status in (403, 404)


@pytest.mark.parametrize("slot", ["other", "../main", "%2e%2e", "main%00"])
def test_a_file_for_no_slot_is_refused(desk, slot):
    work = desk.begin("check")
    assert desk.put(f"{work}file/{slot}", b"x").status in (403, 404)


@pytest.mark.parametrize("name", ["表.exe", "表", "表.xls", "表.doc", "表.xlsx.html"])
def test_a_file_of_another_kind_is_refused_with_what_to_do(desk, name):
    work = desk.begin("check")
    answer = desk.put(f"{work}file/main", b"x", name)
    assert answer.status == 415
    assert answer.told["told"]


def test_two_gigabytes_are_refused_before_they_come(desk):
    work = desk.begin("check")
    connection = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=20)
    connection.putrequest("PUT", f"{desk.base}{work}file/main")
    for key, value in desk.ours(**{"X-Name": "a.xlsx", "Content-Length": str(2 * 2**30)}).items():
        connection.putheader(key, value)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_two_gigabytes_that_are_not_announced_are_cut_off_and_leave_nothing(desk):
    work = desk.begin("check")
    before = set(files_of(desk))
    sent = 0
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as s:
        head = "".join(f"{k}: {v}\r\n" for k, v in desk.ours(**{"X-Name": "a.xlsx"}).items())
        chunked = f"{head}Transfer-Encoding: chunked\r\n\r\n"
        s.sendall(f"PUT {desk.base}{work}file/main HTTP/1.1\r\nHost: {desk.host}\r\n{chunked}".encode())
        chunk = b"100000\r\n" + bytes(2**20) + b"\r\n"
        try:
            while sent < 2 * 2**30:
                s.sendall(chunk)
                sent += 2**20
        except OSError:
            pass
    assert sent < 2 * uploads.MOST
    assert set(files_of(desk)) == before


def test_a_broken_off_upload_leaves_nothing(desk):
    work = desk.begin("check")
    before = set(files_of(desk))
    with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as s:
        head = "".join(f"{k}: {v}\r\n" for k, v in desk.ours(**{"X-Name": "a.xlsx", "Content-Length": "1000"}).items())
        s.sendall(f"PUT {desk.base}{work}file/main HTTP/1.1\r\nHost: {desk.host}\r\n{head}\r\nabc".encode())
    desk.get()
    assert set(files_of(desk)) == before


def test_a_slow_body_is_given_up_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "SECONDS", 0.2)

    async def dribble():
        while True:
            yield b"x"
            await asyncio.sleep(0.05)

    with pytest.raises(uploads.SlowError):
        asyncio.run(uploads.receive(dribble(), tmp_path, 1000, None))
    assert list(tmp_path.iterdir()) == []


def test_what_is_typed_is_bounded_too(desk):
    answer = desk.raw("POST", f"{desk.base}begin/check", b"x" * (uploads.MOST_JSON + 1), desk.ours())
    assert answer.status == 413


@pytest.mark.parametrize("body", [b"{", b"[" * 100_000, b"\xff", b'{"fields": [1]}', b"null", b'{"fields": {"a": 1}}'])
def test_what_is_no_right_json_breaks_nothing(desk, body):
    work = desk.begin("check")
    assert desk.raw("POST", f"{desk.base}{work}go", body, desk.ours()).status == 400


def test_a_link_put_in_place_of_a_made_file_is_not_followed(desk, books, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    before = set(files_of(desk))
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    desk.more(work, formats="docx")
    (made,) = [p for p in files_of(desk) if p.suffix == ".docx" and p not in before]
    assert desk.get(f"{work}file/0").body == made.read_bytes()
    made.unlink()
    made.symlink_to(secret)
    answer = desk.get(f"{work}file/0")
    assert answer.status == 404
    assert b"geheim" not in answer.body


@pytest.mark.parametrize("number", ["1", "-1", "x", "0/../../x", "9" * 30, "%2e%2e"])
def test_only_what_was_made_can_be_fetched(desk, books, number):
    work = desk.begin("check", main=books.sound)
    desk.go(work)
    desk.more(work, formats="docx")
    assert desk.get(f"{work}file/{number}").status in (403, 404)


def test_loose_files_keep_their_names_as_far_as_they_are_any_and_lie_in_one_folder(tmp_path):
    from nianbao.serve.forms import Form, Slot  # noqa: PLC0415
    from nianbao.serve.works import Works  # noqa: PLC0415

    form = Form("f", "", "", lambda _given, _tell: None, slots=(Slot("all", "收到的文件", (), many=True),))
    work = Works(tmp_path).new(form)
    for name in ("乡镇/甲.xlsx", "乡镇/甲.xlsx", "../../etc/x", "", "con.xlsx", "a:b|c.zip", "..xlsx"):
        dropped = work.folder / "~x"
        dropped.write_bytes(b"1")
        work.lay("all", uploads.shown(name, folders=True), dropped)
    places = [s.path.relative_to(work.folder / "many-all").as_posix() for s in work.with_laid("")["all"]]
    assert places == ["乡镇/甲.xlsx", "乡镇/甲（2）.xlsx", "etc/x", "无名", "_con.xlsx", "abc.zip", "xlsx"]
    assert all(s.path.read_bytes() == b"1" for s in work.with_laid("")["all"])


def test_files_dropped_at_once_are_never_more_than_one_piece_of_work_takes(desk):
    """Announced sizes count from the start; what is refused is told as the sum it is."""
    work = desk.begin("county")
    before = set(files_of(desk))
    size = 60 * 2**20
    data = bytes(size)
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda n: desk.put(f"{work}file/received", data, f"{n}.zip"), range(12)))
    taken = [a for a in answers if a.status == 200]
    assert len(taken) == uploads.MOST_WORK // size
    assert {a.status for a in answers} == {200, 413}
    assert {a.told["told"] for a in answers if a.status == 413} == {uploads.full(uploads.MOST_WORK)}
    kept = sum(p.stat().st_size for p in files_of(desk) if p not in before)
    assert len(taken) * size <= kept <= uploads.MOST_WORK
    assert "合起来超过 512 MB" in desk.put(f"{work}file/received", data, "又.zip").told["told"]


def test_a_file_that_is_replaced_no_longer_counts(desk):
    work = desk.begin("check")
    data = bytes(60 * 2**20)
    assert [desk.put(f"{work}file/main", data).status for _ in range(12)] == [200] * 12
    assert len([p for p in files_of(desk) if p.stat().st_size == len(data) and p.parent.name.startswith("in-")]) == 1
    desk.put(f"{work}file/main", b"x")
