"""When disks, drives, clocks and people interfere: what the user is told, and that nothing is lost or half-written."""

import contextlib
import datetime
import errno
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import books
import reports
from county import towns
from nianbao import files, report, watch
from nianbao.cli import main
from nianbao.county import desk_json
from nianbao.county.keeping import store
from nianbao.county.model import Status
from nianbao.county.run import runners
from rows import some

ROOT_ONLY = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="mounting a small disk needs root")
POSIX = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


@pytest.fixture
def disk(tmp_path):
    """A disk of its own size: `disk(kilobytes)` mounts it, or gives it another size."""
    place = tmp_path / "小盘"
    place.mkdir()
    mounted = []

    def sized(kilobytes, *options):
        how = ",".join((f"size={kilobytes}k", *(["remount"] if mounted else []), *options))
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", how, "tmpfs", str(place)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("this machine mounts nothing")
        mounted.append(how)
        return place

    yield sized
    if mounted:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def form(tmp_path):
    """A report's data that is made without a fault, small and quick."""
    path = tmp_path / "填报表.json"
    path.write_text(report.dumps(reports.zero()), encoding="utf-8")
    return path


def run(capsys, *arguments):
    code = main([str(a) for a in arguments])
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    return code, said.out + said.err


def left(folder):
    """The names of everything in a folder; nothing of a broken writing may be among them."""
    found = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    assert not [n for n in found if "~nianbao" in n]
    return found


def is_whole(path):
    with zipfile.ZipFile(path) as package:
        return package.testzip() is None


# ---------------------------------------------------------------- full disk


@ROOT_ONLY
def test_a_report_on_a_full_disk_is_not_begun_and_the_earlier_one_stays(disk, form, capsys):
    out = disk(400)
    assert run(capsys, "make", form, "-o", out)[0] == 0
    (earlier,) = out.iterdir()
    before = earlier.read_bytes()
    disk(sum(4 for _ in range(0, len(before), 4096)) + 4)
    other = replace(reports.zero(), texts={**reports.TEXTS, "other_matters": "没有其他需要报告的事项。"})
    form.write_text(report.dumps(other), encoding="utf-8")
    code, said = run(capsys, "make", form, "-o", out)
    assert code == 2
    assert "磁盘已满" in said
    assert "原有文件没有改动" in said
    assert left(out) == [earlier.name]
    assert earlier.read_bytes() == before


@ROOT_ONLY
@pytest.mark.parametrize("room", some([60, 160, 260, 420], 2))
def test_a_county_on_a_full_disk_is_told_and_ends_the_same_when_there_is_room(room, disk, tmp_path, capsys):
    roster, delivered = towns.many(tmp_path, 8)
    assert run(capsys, "batch", delivered, "--roster", roster, "-o", tmp_path / "ok", "--workers", 1)[0] == 1
    expected = towns.produced(tmp_path / "ok")
    out = disk(room) / "结果"
    code, said = run(capsys, "batch", delivered, "--roster", roster, "-o", out, "--workers", 1)
    assert code in (1, 2)
    assert "磁盘已满" in said
    for path, data in towns.produced(out).items():
        assert path.rpartition("/")[2].startswith("~") or path in ("desk.json", "总览.html") or expected[path] == data
    disk(8000)
    assert run(capsys, "batch", delivered, "--roster", roster, "-o", out, "--workers", 1)[0] == 1
    assert towns.produced(out) == expected
    left(out)


@ROOT_ONLY
@pytest.mark.parametrize("verb", ["check", "new", "read", "rollup", "template", "roster"])
def test_every_other_file_on_a_full_disk_is_told_too(verb, disk, tmp_path, capsys):
    out, source = disk(4), books.saved(tmp_path, books.filled())
    _, delivered = towns.write_whole(tmp_path)
    asked = {
        "check": ("check", source, "--annotate", out / "标出问题.xlsx"),
        "new": ("new", "--body", "某镇人民政府", "--year", 2025, "-o", out / "表.xlsx"),
        "read": ("read", source, "-o", out / "表.xlsx"),
        "rollup": ("rollup", delivered, "-o", out / "汇总.xlsx"),
        "template": ("template", "new", "--edition", "2021", "-o", out / "模板.docx"),
        "roster": ("roster", "-o", out / "名册.xlsx"),
    }
    code, said = run(capsys, *asked[verb])
    assert code == 2
    assert "磁盘已满" in said
    assert left(out) == []


def test_a_disk_that_fails_where_nobody_expects_it_is_one_sentence(form, tmp_path, capsys, monkeypatch):
    for number, words in ((errno.ENOSPC, "磁盘已满，没有做完"), (errno.EIO, "无法读写（磁盘出错）")):

        def fails(*_, number=number, **__):
            raise OSError(number, "磁盘出错", "某处")

        monkeypatch.setattr("nianbao.pipeline.make", fails)
        code, said = run(capsys, "make", form, "-o", tmp_path / "out")
        assert code == 2
        assert words in said
        assert "已经做成的文件没有改动" in said


def test_too_little_memory_is_one_sentence(form, tmp_path, capsys, monkeypatch):
    def fails(*_, **__):
        raise MemoryError

    monkeypatch.setattr("nianbao.pipeline.make", fails)
    code, said = run(capsys, "make", form, "-o", tmp_path / "out")
    assert (code, "内存不足，没有做完" in said) == (2, True)


# ---------------------------------------------------------------- no permission


@ROOT_ONLY
def test_a_read_only_folder_is_told_with_its_cure(disk, form, tmp_path, capsys):
    out = disk(400)
    (out / "别人的文件.docx").write_bytes(b"x")
    roster, delivered = towns.many(tmp_path, 2)
    disk(400, "ro")
    code, said = run(capsys, "make", form, "-o", out)
    assert (code, "无法写入" in said) == (2, True)
    code, said = run(capsys, "batch", delivered, "--roster", roster, "-o", out, "--workers", 1)
    assert (code, "无法写入" in said, "请换一个结果文件夹" in said) == (2, True, True)
    assert left(out) == ["别人的文件.docx"]


@pytest.mark.parametrize("after", some([3, 0, 12, 7], 2))
def test_permission_lost_in_the_middle_of_a_county_is_told_and_the_next_run_ends_the_same(
    after, tmp_path, capsys, monkeypatch
):
    roster, delivered = towns.many(tmp_path, 6)
    run(capsys, "batch", delivered, "--roster", roster, "-o", tmp_path / "ok", "--workers", 1)
    expected, out, calls = towns.produced(tmp_path / "ok"), tmp_path / "out", []
    whole = tempfile.mkstemp

    def taken_away(*a, **more):
        calls.append(more.get("dir"))
        if len(calls) > after and str(out) in str(more.get("dir")):
            raise PermissionError(errno.EACCES, "Permission denied", str(more["dir"]))
        return whole(*a, **more)

    monkeypatch.setattr(tempfile, "mkstemp", taken_away)
    code, said = run(capsys, "batch", delivered, "--roster", roster, "-o", out, "--workers", 1)
    monkeypatch.undo()
    assert code in (1, 2)
    assert "没有写入权限" in said
    for path, data in towns.produced(out).items():
        assert path in ("desk.json", "总览.html") or expected[path] == data
    assert run(capsys, "batch", delivered, "--roster", roster, "-o", out, "--workers", 1)[0] == 1
    assert towns.produced(out) == expected


def test_a_journal_that_cannot_be_read_or_written_is_told(tmp_path, capsys, monkeypatch):
    roster, delivered = towns.many(tmp_path, 2)
    out = tmp_path / "out"
    asked = ("batch", delivered, "--roster", roster, "-o", out, "--workers", 1)
    run(capsys, *asked)
    journal, read_bytes, opened = out / towns.STATE / "journal.jsonl", Path.read_bytes, Path.open

    def unreadable(self):
        if self == journal:
            raise PermissionError(errno.EACCES, "denied", str(self))
        return read_bytes(self)

    def unwritable(self, mode="r", *a, **more):
        if self == journal and "a" in mode:
            raise PermissionError(errno.EACCES, "denied", str(self))
        return opened(self, mode, *a, **more)

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    code, said = run(capsys, *asked)
    assert (code, "读不出来" in said) == (2, True)
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(Path, "open", unwritable)
    for town in delivered.iterdir():
        town.write_bytes(towns.renamed(town.read_bytes(), {"镇人民政府": "乡人民政府"}))
    code, said = run(capsys, *asked)
    assert (code, "无法写入" in said) == (2, True)


# ---------------------------------------------------------------- killed, and several at once


def started(*arguments):
    command = [sys.executable, "-m", "nianbao", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


@POSIX
def test_a_make_killed_at_any_moment_leaves_a_whole_report_or_the_earlier_one(form, tmp_path):
    rng, out = random.Random(3), tmp_path / "out"
    process = started("make", form, "-o", out)
    begun = time.monotonic()
    assert process.wait(60) == 0
    takes = time.monotonic() - begun
    process.stdout.close()
    (result,) = out.iterdir()
    versions = {result.read_bytes()}
    for n in range(8):
        now = reports.changed(reports.zero(), fee__processing_fee__notices=n)
        form.write_text(report.dumps(now), encoding="utf-8")
        process = started("make", form, "--draft", "-o", out)
        time.sleep(rng.uniform(0.2, 1.0) * takes)
        process.kill()
        process.communicate(timeout=60)
        for path in out.glob("[!~]*.docx"):
            assert is_whole(path)
        assert result.read_bytes() in versions
        versions |= {p.read_bytes() for p in out.glob("[!~]*.docx")}
    assert main(["make", str(form), "--draft", "-o", str(out)]) in (0, 1)


@POSIX
def test_two_makes_into_one_folder_at_once_leave_one_whole_report(form, tmp_path):
    both = [started("make", form, "-o", tmp_path / "out") for _ in range(2)]
    said = [p.communicate(timeout=120)[0].decode() for p in both]
    assert [p.returncode for p in both] == [0, 0], said
    made = [p for p in (tmp_path / "out").iterdir() if p.suffix == ".docx"]
    assert made
    assert len({p.read_bytes() for p in made}) == 1
    assert is_whole(made[0])
    left(tmp_path / "out")


@POSIX
def test_a_second_run_on_a_countys_folder_is_told_to_wait(tmp_path, capsys):

    roster, delivered = towns.many(tmp_path, 2)
    out = tmp_path / "out"
    with store.opened(out):
        code, said = run(capsys, "batch", delivered, "--roster", roster, "-o", out, "--workers", 1)
    assert (code, "另一次运行正在使用" in said, "请等它结束" in said) == (2, True, True)
    assert run(capsys, "batch", delivered, "--roster", roster, "-o", out, "--workers", 1)[0] == 1


# ---------------------------------------------------------------- clock


def test_a_clock_turned_back_changes_no_result_and_hides_no_change(tmp_path, capsys, monkeypatch):
    """What a file says decides, never its time: a form changed while the clock was wrong is read again.

    Without deadlines: a slip says by the day's date whether one is past.
    """
    roster, delivered = towns.many(tmp_path, 3, deadline="")
    asked = ("batch", delivered, "--roster", roster, "--workers", 1)
    for town in delivered.iterdir():
        os.utime(town, (4e9, 4e9))  # the year 2096
    run(capsys, *asked, "-o", tmp_path / "now")

    class AsBefore(type):
        def __instancecheck__(cls, one):
            return isinstance(one, cls.__mro__[1])

    class Earlier(datetime.datetime, metaclass=AsBefore):
        @classmethod
        def now(cls, tz=None):
            return cls(1999, 1, 1, tzinfo=tz)

    class Day(datetime.date, metaclass=AsBefore):
        @classmethod
        def today(cls):
            return cls(1999, 1, 1)

    monkeypatch.setattr(time, "time", lambda: 915_148_800.0)
    monkeypatch.setattr(datetime, "datetime", Earlier)
    monkeypatch.setattr(datetime, "date", Day)
    run(capsys, *asked, "-o", tmp_path / "then")
    assert towns.produced(tmp_path / "now") == towns.produced(tmp_path / "then")
    town = min(delivered.iterdir())
    town.write_bytes(towns.renamed(town.read_bytes(), {"公开内容更新不够及时": "公开栏目设置不够合理"}))
    os.utime(town, (0, 0))
    _, said = run(capsys, *asked, "-o", tmp_path / "then")
    assert "本次新读 1 份" in said
    assert "本次新读 0 份" in run(capsys, *asked, "-o", tmp_path / "then")[1]


# ---------------------------------------------------------------- drives that stall, things that are no files


@POSIX
@pytest.mark.parametrize("name", ["表.xlsx", "年报.docx", "年报.html", "数据.json", "年报.pdf"])
def test_a_pipe_or_device_is_refused_at_once(name, tmp_path, capsys):
    pipe = tmp_path / name
    os.mkfifo(pipe)
    code, said = run(capsys, "check", pipe)
    assert (code, "不是普通的文件" in said) == (2, True)
    endless = tmp_path / f"链接{name}"
    endless.symlink_to("/dev/zero")
    code, said = run(capsys, "check", endless)
    assert (code, "不是普通的文件" in said) == (2, True)


@POSIX
def test_a_pipe_among_a_countys_files_is_named_and_stops_nothing(tmp_path, capsys):
    roster, delivered = towns.write_whole(tmp_path)
    for name in ("管道.xlsx", "管道.zip"):
        os.mkfifo(delivered / name)
    code, said = run(capsys, "batch", delivered, "--roster", roster, "-o", tmp_path / "out", "--workers", 1)
    assert code == 0, said
    strays = json.loads((tmp_path / "out" / "desk.json").read_text(encoding="utf-8"))["strays"]
    told = {s["source"]["path"]: s["note"] for s in strays}
    assert set(told) == {"管道.xlsx", "管道.zip"}
    assert all("不是普通的文件" in note for note in told.values())


@pytest.mark.parametrize("name", ["表.xlsx", "年报.docx", "年报.txt", "数据.json"])
def test_a_drive_that_does_not_answer_is_given_up_and_told(name, tmp_path, capsys, monkeypatch):
    path = tmp_path / name
    path.write_bytes(b"x")
    monkeypatch.setattr(files, "PATIENCE", 0.3)
    monkeypatch.setattr(files, "_regular", lambda *_: time.sleep(3))
    begun = time.monotonic()
    code, said = run(capsys, "check", path)
    assert time.monotonic() - begun < 2.5
    assert (code, "多半是网络盘断了" in said, path.name in said) == (2, True, True)
    assert path.read_bytes() == b"x"


def test_a_town_on_a_drive_that_does_not_answer_stops_no_other(tmp_path, capsys, monkeypatch):
    roster, delivered = towns.write_whole(tmp_path)
    stalled, whole = min(delivered.iterdir()), files._regular

    def slow(path, most):
        return time.sleep(3) if path == stalled else whole(path, most)

    monkeypatch.setattr(files, "PATIENCE", 0.5)
    monkeypatch.setattr(files, "_regular", slow)
    code, said = run(capsys, "batch", delivered, "--roster", roster, "-o", tmp_path / "out", "--workers", 1)
    assert code == 1
    assert "多半是网络盘断了" in (tmp_path / "out" / "desk.json").read_text(encoding="utf-8"), said
    monkeypatch.undo()
    assert run(capsys, "batch", delivered, "--roster", roster, "-o", tmp_path / "out", "--workers", 1)[0] == 0


def test_a_town_whose_file_takes_too_long_stops_no_other(tmp_path, capsys, monkeypatch):
    roster, delivered = towns.write_whole(tmp_path)
    slow = min(delivered.iterdir()).name

    def impatient(function, jobs):
        for job in jobs:
            late = isinstance(function, runners.Bounded) and job.candidate.name == slow
            yield job, runners.Failure(watch.slow_text(watch.PATIENCE)) if late else function(job)

    monkeypatch.setattr(runners, "here", impatient)
    code, said = run(capsys, "batch", delivered, "--roster", roster, "-o", tmp_path / "out", "--workers", 1)
    told = desk_json.loads((tmp_path / "out" / "desk.json").read_text(encoding="utf-8"))
    assert code == 1
    assert {Status.UNREADABLE: 1, Status.DONE: len(told.bodies) - 1} == Counter(b.status for b in told.bodies), said
    assert all("超过 120 秒还没有完" in b.note for b in told.bodies if b.status is Status.UNREADABLE)
    monkeypatch.undo()
    assert run(capsys, "batch", delivered, "--roster", roster, "-o", tmp_path / "out", "--workers", 1)[0] == 0


def test_a_result_is_under_its_name_only_when_it_is_on_disk(tmp_path, monkeypatch):
    """A drive that stalls or breaks while the last bytes are on their way leaves the earlier file."""
    path = tmp_path / "报告.docx"
    files.write_result(path, b"earlier")
    seen = []

    def stalls(_):
        seen.append(path.read_bytes())
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", stalls)
    with contextlib.suppress(files.OutputError):
        files.write_result(path, b"later")
    assert seen == [b"earlier"]
    assert path.read_bytes() == b"earlier"
    assert left(tmp_path) == ["报告.docx"]
