"""What the pages' tasks make and refuse, asked in this process."""

import csv

import pytest

from nianbao import pipeline
from nianbao.errors import OutputError
from nianbao.serve.forms import Given, Stored
from nianbao.serve.tasks import checking, county, standard_workbook

BODY = {"body": "示例梅镇人民政府", "year": "2025", "level": "town"}
ROW = ["2025-03-01", "张三丰", "自然人", "2025-03-10", "予以公开"]


def told(*_):
    """Nobody watches how far it is."""


@pytest.fixture
def given(tmp_path):
    """Make what a task is given: files as rows of a register, or paths, and what was typed."""
    (tmp_path / "out").mkdir()

    def make(fields, rows=(), **files):
        if rows:
            files["register"] = tmp_path / "台账.csv"
            with files["register"].open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([["收到日期", "申请人", "申请人类型", "答复日期", "处理结果"], *rows])
        laid = {slot: (Stored(path.name, path),) for slot, path in files.items()}
        return Given(tmp_path / "out", laid, fields)

    return make


def test_a_new_workbook_holds_what_its_register_counts_and_no_name(given):
    done = standard_workbook.new(given(BODY, [ROW, ROW]), told)
    (made,) = done.files
    report = pipeline.read(made.path).report
    assert (report.name, report.year) == ("示例梅镇人民政府", 2025)
    assert report.values["requests.received.total"] == 2
    assert report.values["requests.full_grant.natural_person"] == 2
    assert "表三已按申请台账填好" in done.html
    assert "张三丰".encode() not in made.path.read_bytes()


def test_a_register_that_cannot_be_counted_whole_makes_no_workbook(given):
    done = standard_workbook.new(given(BODY, [ROW, [*ROW[:4], "说不清"]]), told)
    assert done.files == ()
    assert "1" in done.html


@pytest.mark.parametrize(
    ("task", "fields", "words"),
    [
        (standard_workbook.new, {**BODY, "level": "planet"}, "级别"),
        (standard_workbook.new, {**BODY, "body": " "}, "单位全称"),
        (checking.make, {"formats": "nothing"}, "先选要生成什么"),
        (county.new_forms, {"year": "2025"}, "先放进名册"),
    ],
)
def test_what_is_lacking_is_asked_for(given, task, fields, words):
    with pytest.raises(OutputError, match=words):
        task(given(fields), told)


@pytest.mark.office
def test_a_pdf_is_made_of_a_checked_workbook(given, books):
    done = checking.make(given({"formats": "pdf"}, main=books.sound), told)
    (made,) = done.files
    assert made.name.endswith(".pdf")
    assert made.path.read_bytes().startswith(b"%PDF")
