"""What the county's notice asks stands in the workbook where it is typed, readable and in the way of nothing."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import reports
from nianbao import workbook
from nianbao.form import load_edition
from nianbao.notice import Ask, Notice
from nianbao.pipeline import read_notice
from nianbao.workbook import heights
from nianbao.workbook.layout import GUIDE, layout
from nianbao.workbook.texts import PARAGRAPH_WIDTH

EDITION = load_edition("2021")
NOTICE = read_notice(Path(__file__).parents[1] / "cases" / "notices" / "示例县.toml")


def built(notice):
    return workbook.build(EDITION, reports.zero("2021", 2025), notice=notice)


def opened(notice):
    return load_workbook(io.BytesIO(built(notice)))


def note(book, text):
    block = next(b for s in layout(EDITION).sheets for b in s.texts if b.text.id == text)
    return book[block.note.sheet][block.note.ref].value, book[block.note.sheet].row_dimensions[block.note.row].height


def test_it_stands_above_the_text_below_the_prompt_of_the_form():
    said, height = note(opened(NOTICE), "overview")
    prompt, asked = said.split("\n")
    assert prompt == next(t.prompt for t in EDITION.texts if t.id == "overview")
    assert asked == (
        "当地通知（示政办函〔2025〕36号）要求：写明数字：政府网站发布数、政策解读数、制发的规范性文件数；不超过1000字。"
    )
    assert height + 0.01 >= heights.height_of(said, PARAGRAPH_WIDTH, 9.5)


def test_a_text_of_which_nothing_is_asked_has_the_prompt_alone():
    assert note(opened(NOTICE), "other_matters")[0] == next(t.prompt for t in EDITION.texts if t.id == "other_matters")


def test_the_guide_has_all_of_it_with_the_words_and_the_deadline():
    lines = [c.value for c in opened(NOTICE)[GUIDE]["B"] if c.value]
    assert lines[-7].startswith(NOTICE.basis)
    assert lines[-6] == "期限：成文日期不晚于2026年1月20日。"
    assert lines[-5] == "总体情况：写明数字“政府网站发布数”（字样：政府网站、门户网站、县网站）。"
    assert lines[-1].startswith("存在的主要问题及改进情况：写到“上年问题的整改”")


def test_without_a_notice_nothing_changes():
    assert built(None) == workbook.build(EDITION, reports.zero("2021", 2025))


def test_the_workbook_is_read_as_one_without_it(tmp_path):
    plain, asked = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    plain.write_bytes(built(None))
    asked.write_bytes(built(NOTICE))
    ours, theirs = workbook.read(asked), workbook.read(plain)
    assert (ours.report, ours.findings) == (theirs.report, theirs.findings)


@pytest.mark.parametrize("count", [1, 20, 100])
def test_no_row_is_higher_than_excel_shows(count):
    words = tuple(f"很长的说法{n}" * 10 for n in range(50))
    asks = tuple(Ask("overview", f"名称很长很长很长的一个数字之第{n}个" * 2, words, "hint") for n in range(count))
    book = opened(Notice("通知", "示〔2025〕1号", "政府办", date(2025, 12, 20), 2025, numbers=asks))
    said, height = note(book, "overview")
    assert heights.height_of(said, PARAGRAPH_WIDTH, 9.5) <= height + 0.01 <= 409
    assert ("其余见“填报说明”" in said) == (count == 100)
    assert all((d.height or 0) <= 409 for d in book[GUIDE].row_dimensions.values())
    assert sum(str(c.value).startswith("总体情况：写明数字") for c in book[GUIDE]["B"]) == count
