"""The roster as a workbook people type in, and finding bodies by it."""

import datetime
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from county import towns
from nianbao.county import roster, sheets
from nianbao.county.model import Member
from nianbao.county.roster import deadlines, roster_book
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


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("镇", "town"), ("乡", "town"), ("乡镇", "town"), ("民族乡", "town"), ("街道办", "street"),
        ("街道办事处", "street"),
        ("部门", "department"), ("县直", "department"), ("区直单位", "department"), ("市直部门", "department"),
        ("县直机关", "department"), ("政府办", "county_office"), ("区政府办公室", "county_office"), ("区", "county"),
        ("县级市", "county"), ("市政府", None), ("村", None), ("其他", None),
    ],
)  # fmt: skip
def test_levels_are_known_by_the_words_counties_districts_and_cities_use(word, level):
    known = roster.level_of(EDITION, word)
    assert (known.id if known else None) == level


def test_rows_of_sums_are_no_bodies_and_no_mistakes():
    sums = [("合计", ""), ("乡镇小计", ""), ("合 计", ""), ("总计：", ""), ("县直部门合计12个", ""), ("共3个单位", "")]
    read = typed(("单位名称", "级别"), ("甲镇", "镇"), *sums, ("共和镇", "镇"), ("合计镇人民政府", "镇"))
    assert [m.name for m in read.members] == ["甲镇", "共和镇", "合计镇人民政府"]
    assert read.findings == ()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1月20日", "2026-01-20"), ("1.20", "2026-01-20"), ("1月20日前", "2026-01-20"),
        ("2026年1月20日前", "2026-01-20"),
        ("2026.1.20", "2026-01-20"), ("12月25日", "2025-12-25"), ("2026-1-20 17:00", "2026-01-20"),
        ("20260120", "2026-01-20"),
    ],
)  # fmt: skip
def test_a_deadline_without_a_year_is_one_for_the_runs_report(written, day):
    read = roster.from_rows("a.xlsx", [("单位名称", "级别", "期限"), ("甲镇", "镇", written)], EDITION, 2025)
    assert [m.deadline for m in read.members] == [day]
    assert read.findings == ()


def test_the_year_of_a_roster_is_its_headings_or_its_deadlines_and_doubtful_where_they_differ():
    def read(title, *days):
        rows = [(title,), ("单位名称", "级别", "期限"), *(("甲镇" + d, "镇", d) for d in days)]
        return typed(*rows)

    assert read("云岭县2025年度年报报送单位名册", "1月20日").members[0].deadline == "2026-01-20"
    assert read("年报报送单位名册", "2026-1-20", "2026年1月31日").year == 2025
    assert read("年报报送单位名册", "2026-1-20", "1月31日").members[1].deadline == "2026-01-31"
    assert read("年报报送单位名册", "1月20日").year is None
    for doubtful in (read("2024年度名册", "2026-1-20"), read("名册", "2026-1-20", "2025-1-20")):
        assert doubtful.year is None
        assert any("说的年度不一致（2024、2025）" in f.message for f in doubtful.findings)


def test_the_county_of_a_roster_has_a_source_or_there_is_none():
    def county(*names, title="名册", column=()):
        rows = [(title,), ("单位名称", "级别", "所属县")]
        rows += [(n, "镇" if "镇" in n else "部门", c) for n, c in zip(names, column or [""] * len(names), strict=True)]
        return typed(*rows).county

    assert county("城关镇", "云岭县教育局", "云岭县民政局") == "云岭县"
    assert county("城关镇", "云岭县教育局") == ""  # one name alone may begin so by chance
    assert county("城关镇", "永平镇", title="云岭县2025年度年报报送单位名册") == "云岭县"
    assert county("城关镇", "永平镇", title="所属县：云岭县") == "云岭县"
    assert county("城关镇", "永平镇", column=("云岭县", "")) == "云岭县"
    assert county("城关镇", "城关镇", column=("云岭县", "青溪县")) == ""
    assert county("城市管理局", "社区矫正局", "市场监督管理局") == ""


def test_what_many_rows_have_in_common_is_told_once():
    read = typed(("单位名称", "级别"), *((f"第{n}镇", "直属") for n in "一二三四五"), ("甲镇", ""))
    assert [f.place for f in read.findings] == ["名册 第2、3、4、5、6行", "名册 第7行"]
    assert "“第一镇”、“第二镇”、“第三镇”等 5 个单位的级别“直属”不认识" in read.findings[0].message


def test_namesakes_of_different_counties_are_no_mistake_and_the_same_code_twice_is_one():
    head = ("单位名称", "级别", "所属县", "统一社会信用代码")
    read = typed(head, ("城关镇", "镇", "云岭县", "A1"), ("城关镇", "镇", "青溪县", "a1"))
    assert [m.county for m in read.members] == ["云岭县", "青溪县"]
    assert [m.name for m in read.of_name("城关镇", "town", "青溪县")] == ["城关镇"]
    (found,) = read.findings
    assert "单位代码“A1”在名册中不止一行（第2、3行）" in found.message


def test_a_day_that_no_month_has_is_no_deadline():
    assert deadlines.deadline_of("2月30日", 2025) is None
    assert deadlines.deadline_of("2月28日前", 2025) == datetime.date(2026, 2, 28)


@pytest.mark.parametrize(
    ("deadline", "year"), [("", None), ("2025-11-30", 2025), ("2026-06-30", 2025), ("2026-07-01", None)]
)
def test_a_deadline_is_for_the_year_that_ends_or_has_just_ended(deadline, year):
    assert deadlines.year_of(deadline) == year
