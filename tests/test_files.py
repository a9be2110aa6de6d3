"""Writing results: atomic, never over a user's file, under names that every system takes."""

import contextlib
import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nianbao import files
from nianbao.errors import OutputError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("永平镇人民政府2022年政府信息公开工作年度报告", "永平镇人民政府2022年政府信息公开工作年度报告"),
        ("../../etc/passwd", "etcpasswd"),
        ('a<b>c:"d/e\\f|g?h*i', "abcdefghi"),
        ("CON", "_CON"),
        ("com1.2025", "_com1.2025"),
        ("名称 . ", "名称"),
        ("\u202e反写\u200b", "反写"),
        ("…\n", "…"),
        ("???", "未命名"),
        ("C:\\镇", "C镇"),
    ],
)
def test_a_name_from_a_file_is_made_safe(text, name):
    assert files.safe_name(text) == name


def test_a_long_name_is_cut():
    assert len(files.safe_name("镇" * 500)) == files.MAX_NAME


def test_a_new_file_is_never_written_over_an_old_one(tmp_path):
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(b"clerk's work")
    with pytest.raises(OutputError, match="已经存在"):
        files.write_new(path, b"ours")
    assert path.read_bytes() == b"clerk's work"


def test_a_new_file_is_not_written_over_one_that_has_come_meanwhile(tmp_path, monkeypatch):
    path = tmp_path / "填报表.xlsx"

    @contextlib.contextmanager
    def turn(_):
        path.write_bytes(b"clerk's work")
        yield

    monkeypatch.setattr(files.locks, "turn", turn)
    with pytest.raises(OutputError, match="已经存在"):
        files.write_new(path, b"ours")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"clerk's work"]


def test_where_no_lock_can_be_had_the_work_is_done_all_the_same(tmp_path):
    done = []
    with files.locks.turn(tmp_path / "没有"):
        done.append(1)
    assert done == [1]


def test_a_different_earlier_result_is_put_aside_and_kept(tmp_path):
    path = tmp_path / "报告.docx"
    assert files.write_result(path, b"first") is None
    assert files.write_result(path, b"first") is None
    assert files.write_result(path, b"second") == tmp_path / "报告（原文件1）.docx"
    assert files.write_result(path, b"third") == tmp_path / "报告（原文件2）.docx"
    assert [p.read_bytes() for p in sorted(tmp_path.iterdir())] == [b"third", b"first", b"second"]


def test_on_windows_the_earlier_result_is_renamed(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    path = tmp_path / "报告.docx"
    path.write_bytes(b"earlier")
    renamed = []
    usual = Path.rename
    monkeypatch.setattr(Path, "rename", lambda self, target: (renamed.append(target.name), usual(self, target)))
    assert files.write_result(path, b"later") == tmp_path / "报告（原文件1）.docx"
    assert renamed == ["报告（原文件1）.docx"]
    assert [p.read_bytes() for p in sorted(tmp_path.iterdir())] == [b"later", b"earlier"]


def test_a_full_disk_leaves_the_earlier_file_and_says_what_to_do(tmp_path, monkeypatch):
    path = tmp_path / "报告.docx"
    path.write_bytes(b"earlier")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="磁盘已满"):
        files.write_result(path, b"later, longer")
    assert path.read_bytes() == b"earlier"
    assert not list(tmp_path.glob("~nianbao-*"))


def test_a_locked_file_is_told_with_its_cure(tmp_path, monkeypatch):
    path = tmp_path / "报告.docx"
    path.write_bytes(b"earlier")
    replace = Path.replace

    def locked(self, target):
        if self.suffix == ".tmp":
            raise PermissionError(errno.EACCES, "denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(OutputError, match="正在 Word 或 Excel 中打开"):
        files.write_result(path, b"x")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("报告.docx", b"earlier")]


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(OutputError):
        files.write_result(tmp_path / "out" / "报告.docx", b"x")


def test_where_the_disk_knows_no_second_links_the_earlier_result_is_renamed(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    path = tmp_path / "报告.docx"
    path.write_bytes(b"earlier")
    aside = files.write_result(path, b"later")
    assert aside == tmp_path / "报告（原文件1）.docx"
    assert (path.read_bytes(), aside.read_bytes()) == (b"later", b"earlier")


def test_where_the_disk_knows_no_second_links_a_failure_gives_the_earlier_result_its_name_back(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    path = tmp_path / "报告.docx"
    path.write_bytes(b"earlier")
    replace = Path.replace

    def failing(self, target):
        if self.suffix == ".tmp":
            raise OSError(errno.EIO, "磁盘出错")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputError, match="磁盘出错"):
        files.write_result(path, b"later")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("报告.docx", b"earlier")]


def test_a_folder_full_of_earlier_results_is_told_and_nothing_is_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "报告.docx"
    path.write_bytes(b"earlier")
    monkeypatch.setattr(Path, "exists", lambda self: True)
    with pytest.raises(OutputError, match="旧文件太多，请先清理"):
        files.write_result(path, b"later")
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("报告.docx", b"earlier")]


def test_a_file_that_does_not_fit_into_memory_is_told_to_the_caller_and_to_nobody_else(tmp_path, monkeypatch, capfd):
    (tmp_path / "a").write_bytes(b"x")

    def too_much(self):
        raise MemoryError

    monkeypatch.setattr(Path, "read_bytes", too_much)
    with pytest.raises(MemoryError):
        files.read(tmp_path / "a", 9)
    assert capfd.readouterr() == ("", "")


def test_a_name_that_another_program_has_just_taken_is_left_to_it(tmp_path, monkeypatch):
    path = tmp_path / "报告.docx"
    path.write_bytes(b"earlier")
    takes = (Path, "rename") if os.name == "nt" else (os, "link")
    usual = getattr(*takes)

    def taken_first(source, target):
        if "原文件1" in target.name:
            target.write_bytes(b"theirs")
        return usual(source, target)

    monkeypatch.setattr(*takes, taken_first)
    assert files.write_result(path, b"later") == tmp_path / "报告（原文件2）.docx"
    assert [p.read_bytes() for p in sorted(tmp_path.iterdir())] == [b"later", b"theirs", b"earlier"]


WRITER = """
import sys
from pathlib import Path
from nianbao import files
if sys.argv[3] == "without":
    import os
    def refuse(*_): raise OSError(1, "no links here")
    os.link = refuse
go = Path(sys.argv[2])
while not go.exists(): pass
for n in range(int(sys.argv[5])):
    files.write_result(Path(sys.argv[1]), f"{sys.argv[4]}/{n}".encode())
"""


@pytest.mark.parametrize("links", ["with", "without"])
def test_programs_that_write_at_once_lose_nothing(tmp_path, links):
    folder, go = tmp_path / "结果", tmp_path / "go"
    folder.mkdir()
    command = [sys.executable, "-c", WRITER, str(folder / "报告.docx"), str(go), links]
    writers = [subprocess.Popen([*command, str(n), "25"]) for n in range(4)]
    time.sleep(0.5)
    go.touch()
    assert [w.wait(60) for w in writers] == [0] * 4
    kept = {p.read_bytes().decode() for p in folder.iterdir()}
    assert kept == {f"{w}/{n}" for w in range(4) for n in range(25)}


def refusing(number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    return refuse
