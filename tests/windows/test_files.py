"""Files as other programs hold them, and paths as Windows has them: one Chinese sentence, and nothing is lost."""

import re
import shutil
from dataclasses import replace

import pytest

import reports
from windows.excel import FOLDER, written

pytestmark = pytest.mark.xdist_group("windows")
PLACE = f"{FOLDER}\\文件"
ENGLISH = re.compile(r"Permission denied|No such file|Invalid argument|Is a directory|Errno|WinError|Traceback|\bnot\b")


@pytest.fixture
def book(machine):
    """A workbook in an empty folder: its path in Windows."""
    shutil.rmtree(machine.path(PLACE), ignore_errors=True)
    written(machine, f"{PLACE}\\表 & 甲.xlsx")
    return f"{PLACE}\\表 & 甲.xlsx"


@pytest.fixture
def held(machine):
    """Hold files for the length of the test."""
    numbers = []

    def hold(path, *, others_may_read):
        numbers.append(machine.ask("handles.hold", path=path, others_may_read=others_may_read))

    yield hold
    for number in numbers:
        machine.ask("handles.release", number=number)


def names(machine):
    return sorted(p.name for p in machine.path(PLACE).iterdir())


def refused(done):
    """What it said, being one sentence in Chinese."""
    assert done.code == 2, done.said
    said = done.err.strip()
    assert len(said.splitlines()) == 1, said
    assert not ENGLISH.search(said), said
    return said


def test_a_workbook_that_is_open_in_excel_is_read(machine, book, held):
    held(book, others_may_read=True)
    done = machine.verb("check", book)
    assert done.code == 0, done.said


def test_a_workbook_that_nobody_may_read_is_told(machine, book, held):
    held(book, others_may_read=False)
    assert "正被别的程序占用" in refused(machine.verb("check", book))


def test_a_report_that_is_open_in_word_is_not_touched_and_leaves_nothing_beside_it(machine, book, held):
    assert machine.verb("make", book, "-o", PLACE).code == 0
    report = next(n for n in names(machine) if n.endswith(".docx"))
    before, listed = (machine.path(PLACE) / report).read_bytes(), names(machine)
    held(f"{PLACE}\\{report}", others_may_read=True)
    changed = replace(reports.zero(), texts={**reports.TEXTS, "overview": "（一）主动公开\n改了一句。"})
    written(machine, book, changed)
    for _ in range(2):
        said = refused(machine.verb("make", book, "-o", PLACE))
        assert report in said
        assert names(machine) == listed
    assert (machine.path(PLACE) / report).read_bytes() == before


def test_the_same_report_again_is_no_trouble_while_word_has_it(machine, book, held):
    assert machine.verb("make", book, "-o", PLACE).code == 0
    (report,) = (n for n in names(machine) if n.endswith(".docx"))
    held(f"{PLACE}\\{report}", others_may_read=True)
    done = machine.verb("make", book, "-o", PLACE)
    assert done.code == 0, done.said


def test_an_earlier_report_is_kept_under_another_name(machine, book):
    assert machine.verb("make", book, "-o", PLACE).code == 0
    report = next(n for n in names(machine) if n.endswith(".docx"))
    earlier = (machine.path(PLACE) / report).read_bytes()
    (machine.path(PLACE) / report).write_bytes(b"typed in by hand")
    done = machine.verb("make", book, "-o", PLACE)
    assert done.code == 0, done.said
    kept = [p.read_bytes() for p in machine.path(PLACE).glob("*.docx")]
    assert sorted(kept) == sorted([earlier, b"typed in by hand"])


def test_a_read_only_workbook_is_read_and_a_read_only_report_is_not_lost(machine, book):
    machine.ask("handles.read_only", path=book, on=True)
    assert machine.verb("make", book, "-o", PLACE).code == 0
    machine.ask("handles.read_only", path=book, on=False)
    report = next(p for p in machine.path(PLACE).glob("*.docx"))
    before = report.read_bytes()
    machine.ask("handles.read_only", path=f"{PLACE}\\{report.name}", on=True)
    written(machine, book, replace(reports.zero(), texts={**reports.TEXTS, "overview": "（一）主动公开\n又改了。"}))
    done = machine.verb("make", book, "-o", PLACE)
    assert not ENGLISH.search(done.said), done.said
    assert before in [p.read_bytes() for p in machine.path(PLACE).glob("*.docx")]
    for path in machine.path(PLACE).glob("*.docx"):
        machine.ask("handles.read_only", path=f"{PLACE}\\{path.name}", on=False)


def test_a_result_whose_path_has_more_than_260_characters_is_made(machine):
    folder = PLACE + "\\很长的文件夹名称一二三四五六七八九十" * 12
    written(machine, f"{folder}\\表.xlsx")
    done = machine.verb("make", f"{folder}\\表.xlsx", "-o", folder)
    assert done.code == 0, done.said
    (made,) = machine.path(folder).glob("*.docx")
    assert len(folder) + 1 + len(made.name) > 260


@pytest.mark.parametrize("more", [("check",), ("make", "-o", PLACE), ("read",)], ids=lambda m: m[0])
def test_a_folder_is_told_as_a_folder(more, machine, book):
    said = refused(machine.verb(*more, PLACE))
    assert "文件夹" in said
    assert "关闭" not in said, "no program has it open"


@pytest.mark.parametrize(
    "path",
    [
        "C:\\没有的文件夹\\表.xlsx",
        "Q:\\表.xlsx",
        "\\\\localhost\\没有的共享\\表.xlsx",
        "C:\\年报*?.xlsx",
        "C:\\年报<1>|2.xlsx",
        "C:\\NUL.xlsx",
        "C:\\" + "长" * 300 + ".xlsx",
    ],
)
def test_a_path_that_leads_nowhere_is_one_chinese_sentence(path, machine):
    refused(machine.verb("check", path))


@pytest.mark.parametrize("way", ["\\\\?\\{}", "{/}"])
def test_other_ways_to_write_a_path_are_read(way, machine, book):
    path = book.replace("\\", "/") if way == "{/}" else way.format(book)
    done = machine.verb("check", path)
    assert done.code == 0, done.said


def test_a_relative_path_is_taken_from_the_folder_one_is_in(machine, book):
    done = machine.verb("check", "表 & 甲.xlsx", folder=PLACE)
    assert done.code == 0, done.said


def test_a_result_on_a_drive_that_is_not_there_is_told(machine, book):
    refused(machine.verb("make", book, "-o", "Q:\\结果"))


def test_a_result_where_a_file_stands_in_the_way_is_told(machine, book):
    refused(machine.verb("make", book, "-o", f"{book}\\结果"))


def test_a_pipe_that_is_closed_ends_quietly(machine, python, book):
    """What `nianbao check … | more` does when somebody presses q."""
    done = Closed(**machine.ask("processes.run_into_closed_pipe", program=[python, "-m", "nianbao", "rules"]))
    assert done.code == 2
    assert not ENGLISH.search(done.err), done.err
    assert "OSError" not in done.err


class Closed:
    """What became of a program whose output nobody took."""

    def __init__(self, code, err):
        self.code, self.err = code, err
