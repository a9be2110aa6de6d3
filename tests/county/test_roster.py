"""The roster as a workbook people type in, and finding bodies by it."""

import datetime
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from county import towns
from nianbao.county import roster, sheets
from nianbao.county.model import Member
from nianbao.county.roster import book as roster_book
from nianbao.errors import InputError
from nianbao.form import load_edition

EDITION = load_edition("2021")


def typed(*rows):
    return roster.from_rows("名册.xlsx", rows, EDITION)


def test_a_written_roster_reads_back(tmp_path):
    listed, _ = towns.whole()
    path = tmp_path / "名册.xlsx"
    path.write_bytes(roster_book.write_roster(EDITION, listed))
    read = roster_book.read_roster(path, EDITION)
    assert read.findings == ()
    assert [replace(m, row=0) for m in read.members] == [replace(m, row=0, county="示例县") for m in listed]
    assert (read.year, read.county) == (2025, "示例县")
    assert roster_book.write_roster(EDITION, listed) == path.read_bytes()


def test_columns_may_stand_in_any_order_under_a_title_with_other_columns(tmp_path):
    book = Workbook()
    sheet = book.active
    head = ["序号", "级别", "备注", "报送期限（年月日）", "单位 名称*"]
    for row in (["某县名册"], [], head, [1, "乡镇", "x", "2026年1月20日", " 甲镇 "]):
        sheet.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    (member,) = roster_book.read_roster(path, EDITION).members
    assert member == Member("甲镇", level="town", deadline="2026-01-20", row=4)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("", "乡镇", "", ""), "没有写单位名称"),
        (("乙镇", "村", "", ""), "级别“村”不认识"),
        (("乙镇", "", "", ""), "没有写级别"),
        (("乙镇", "乡镇", "2031", ""), "格式版本“2031”不认识"),
        (("乙镇", "乡镇", "../x.toml", ""), "格式版本“../x.toml”不认识"),
        (("乙镇", "乡镇", "", "二月三十"), "读不出日期"),
        (("乙镇", "乡镇", "", "2026-2-30"), "读不出日期"),
        (("甲镇", "乡镇", "", ""), "不止一行"),
    ],
)
def test_bad_rows_are_findings_that_name_the_row(row, said):
    head = ("单位名称", "级别", "格式版本", "报送期限")
    row = row if row[0] else (*row[:3], "2026-01-01")
    read = typed(head, ("甲镇", "乡镇", "", ""), row)
    assert {f.rule for f in read.findings} == {"G7"}
    assert any(said in f.message for f in read.findings)
    assert read.findings[-1].place == "名册 第3行"


def test_cells_that_excel_took_for_a_number_or_a_date_are_read_as_they_look():
    head = ("单位名称", "级别", "联系电话", "格式版本", "报送期限")
    read = typed(head, ("甲镇", "乡镇", 5974632003.0, 2019.0, datetime.date(2026, 1, 20)))
    assert read.findings == ()
    assert read.members == (
        Member("甲镇", level="town", phone="5974632003", edition="2019", deadline="2026-01-20", row=2),
    )


def test_a_list_of_more_lines_than_a_roster_can_have_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)
    book = Workbook()
    for row in (["单位名称", "级别"], ["甲镇", "乡镇"], ["乙镇", "乡镇"]):
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert len(roster_book.read_roster(path, EDITION).members) == 2
    book.active.append(["丙镇", "乡镇"])
    book.save(path)
    with pytest.raises(InputError, match=r"“a.xlsx”超过 3 行，不像一份名册"):
        roster_book.read_roster(path, EDITION)


def test_what_is_no_roster_is_refused():
    with pytest.raises(InputError, match="找不到“单位名称”"):
        typed(("a", "b"))
    with pytest.raises(InputError, match="一个单位也没有"):
        typed(("单位名称",))


def test_bodies_are_found_by_full_former_and_short_names_with_or_without_the_county():
    read = typed(
        ("单位名称", "简称", "级别", "曾用名"),
        ("永平镇人民政府", "永平", "乡镇", "永安乡人民政府、平川乡人民政府"),
        ("教育局", "", "县直部门", ""),
    )
    names = ("永平镇人民政府", "武平县永平镇人民政府", "永平镇", "永平", "平川乡人民政府", "永安乡", " 永平镇 ")
    for name in names:
        assert [m.name for m in read.of_name(name, "town", "武平县")] == ["永平镇人民政府"], name
    assert read.of_name("永定镇人民政府") == ()


def test_the_level_decides_between_namesakes():
    read = typed(("单位名称", "级别"), ("城关", "乡镇"), ("城关", "街道"))
    assert [m.level for m in read.of_name("城关", "street")] == ["street"]
    assert len(read.of_name("城关", "department")) == 2


def test_text_of_a_roster_is_never_a_formula(tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(roster_book.write_roster(EDITION, [Member("=1+1", "@x", "town", contact="-2")]))
    sheet = load_workbook(path)["名册"]
    assert [sheet.cell(4, c).data_type for c in (1, 2, 4)] == ["s", "s", "s"]


def test_the_verb_writes_a_sample_that_can_be_used(tmp_path):
    path = tmp_path / "名册.xlsx"
    assert towns.run("roster", "-o", path) == 0
    assert towns.run("roster", "-o", path) == 2
    assert roster_book.read_roster(path, EDITION).findings == ()
    assert towns.run("new", "--roster", path, "--year", 2025, "-o", tmp_path / "发放") == 0
    assert len(list((tmp_path / "发放").glob("*.xlsx"))) == 4
