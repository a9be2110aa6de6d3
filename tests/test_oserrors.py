"""Whatever the system refuses is told in Chinese, on every system."""

import errno
import re
from pathlib import Path

import pytest

import nianbao
from nianbao import files, oserrors
from nianbao.cli import main

FOREIGN = re.compile(r"[A-Za-z]")


class OfWindows(OSError):  # noqa: N818 - stands in for what Windows raises
    """As Windows raises it: with its own number beside C's."""

    def __init__(self, number, winerror):
        super().__init__(number, "系统找不到指定的路径。")
        self.winerror = winerror


@pytest.mark.parametrize("number", [None, 0, 9999, *sorted(errno.errorcode)])
def test_no_word_of_the_system_is_passed_on(number):
    assert not FOREIGN.search(oserrors.why(OSError(number, "No such device or address")))


@pytest.mark.parametrize(
    ("winerror", "told"),
    [(32, "正被别的程序占用"), (5, "没有权限，或正被别的程序占用"), (53, "网络盘连不上"), (7777, "系统错误 7777")],
)
def test_windows_own_number_says_more_than_that_of_c(winerror, told):
    assert oserrors.why(OfWindows(0, winerror)) == told


def test_a_number_of_windows_that_says_nothing_more_falls_back_on_that_of_c():
    assert oserrors.why(OfWindows(errno.EROFS, 6000)) == "这个盘只能读，不能写"


def test_what_we_say_ourselves_stays():
    assert oserrors.why(OSError(errno.EINVAL, "不是普通的文件")) == "不是普通的文件"
    assert oserrors.why(ValueError("embedded null byte")) == "文件名或路径不合规定"


def test_nothing_else_of_the_program_asks_the_system_for_its_words():
    package = Path(nianbao.__file__).parent
    asking = {p.relative_to(package).as_posix() for p in package.rglob("*.py") if "strerror" in p.read_text("utf-8")}
    assert asking == {"oserrors.py", "files.py", "ribbon/log.py"}  # a docstring; the log is for developers


@pytest.mark.parametrize(
    "typed",
    [
        ["check", "夹.xlsx"],
        ["check", "夹.json"],
        ["make", "夹.xlsx", "-o", "出"],
        ["read", "夹.docx", "-o", "x.xlsx"],
        ["template", "check", "夹.docx"],
        ["register", "check", "夹.csv", "--year", "2025"],
        ["check", "夹.xlsx", "--notice", "夹.toml"],
    ],
    ids=" ".join,
)
def test_a_folder_is_told_as_one_where_the_system_only_forbids_it(typed, tmp_path, monkeypatch, capsys):
    """Windows answers with "permission denied" when a folder is opened as a file."""
    for suffix in ("xlsx", "json", "docx", "csv", "toml"):
        (tmp_path / f"夹.{suffix}").mkdir()
    if typed[-1].endswith("toml"):
        (tmp_path / "夹.xlsx").rmdir()
        (tmp_path / "夹.xlsx").write_bytes(b"")

    def forbid(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", forbid)
    monkeypatch.chdir(tmp_path)
    assert main(typed) == 2
    said = capsys.readouterr().err
    assert "是文件夹" in said, said
    assert "占用" not in said


def test_a_closed_pipe_of_windows_is_no_trouble_of_a_disk(monkeypatch, capsys):
    from nianbao import cli  # noqa: PLC0415

    def closed(_):
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setitem(cli.ACTIONS, "editions", closed)
    monkeypatch.setattr(cli.sys, "platform", "win32")
    assert cli.main(["editions"]) == cli.FAILED
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(cli.sys, "platform", "linux")
    assert cli.main(["editions"]) == cli.FAILED
    assert "文件名或路径不合规定" in capsys.readouterr().err


def test_the_longest_wait_for_a_drive_is_told_in_our_words(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 0.0)
    monkeypatch.setattr(files, "start_new_thread", lambda *_: None)
    with pytest.raises(TimeoutError) as told:
        files.read(tmp_path, 1)
    assert oserrors.why(told.value) == "等了 0 秒没有回应，多半是网络盘断了"
