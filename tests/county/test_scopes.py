"""Which bodies are summed where: the tree of a county, a city, a province, as the roster shows which of them it is."""

from dataclasses import replace

import pytest

import reports
from nianbao.county.matching import year_and_county
from nianbao.county.model import Member
from nianbao.county.roster.roster_rows import from_rows
from nianbao.county.roster.scopes import place_summed, tree_of, whole
from nianbao.county.totals import county_rules, received
from nianbao.findings import Severity
from nianbao.form import load_edition

EDITION = load_edition("2021")


def roster(*rows, title=""):
    """A roster of these rows: name, level, 所属县."""
    lines = [(title,)] if title else []
    return from_rows("名册.xlsx", [*lines, ("单位名称", "级别", "所属县"), *rows], EDITION)


def parts(listed, name=""):
    tree = tree_of(listed.members, name or listed.county)
    return [tree.whole.label, *((s.id if s else "") for s in map(tree.of, listed.members))]


CITY = (
    ("云岭县人民政府", "县级政府", ""), ("青溪区人民政府", "区政府", ""), ("龙岩市教育局", "市直部门", ""),
    ("龙岩市人民政府办公室", "市政府办公室", ""), ("市民政局", "市级以上机关", ""),
)  # fmt: skip


def test_a_roster_of_counties_departments_and_an_office_is_a_citys():
    listed = roster(*CITY, title="龙岩市政府信息公开年报报送单位名册")
    assert listed.county == "龙岩市"
    assert parts(listed) == ["全市", "counties", "counties", "departments", "office", "departments"]
    assert [m.county for m in listed.members] == ["云岭县", "青溪区", "龙岩市", "龙岩市", "龙岩市"]
    assert {m.city for m in listed.members[:2]} == {"龙岩市"}
    assert year_and_county.county_of("", listed, ()) == ("龙岩市", "")
    tree = tree_of(listed.members, "龙岩市")
    assert [s.label for s in tree.scopes] == ["县区合计", "直管乡镇合计", "市直部门合计", "市政府办", "全市"]


def test_the_column_of_the_county_may_say_the_city_for_every_row():
    listed = roster(*((name, level, "龙岩市") for name, level, _ in CITY))
    assert parts(listed) == ["全市", "counties", "counties", "departments", "office", "departments"]
    assert listed.members[0].county == "云岭县"


def test_the_citys_own_government_is_no_part_of_it():
    listed = roster(*CITY, ("龙岩市人民政府", "市级以上机关", ""))
    assert parts(listed)[-1] == ""
    tree = tree_of(listed.members, listed.county)
    assert tree.lacks(listed.members[-1]) == ""


def test_a_roster_of_cities_is_a_provinces_and_counties_of_its_own_are_a_part():
    listed = roster(
        ("龙岩市人民政府", "设区的市政府", ""), ("三明市人民政府", "地级市", ""), ("云岭县人民政府", "县级政府", ""),
        ("福建省教育厅", "省直部门", ""), ("福建省人民政府办公厅", "省政府办公厅", ""),
    )  # fmt: skip
    assert listed.county == "福建省"
    assert parts(listed) == ["全省", "cities", "cities", "counties", "departments", "office"]
    assert [s.label for s in tree_of(listed.members, "福建省").scopes] == [
        "地市合计", "直管县合计", "省直部门合计", "省政府办", "全省"]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "label", "departments", "office"),
    [
        ("云岭县", "全县", "县直部门合计", "县政府办"), ("青溪区", "全区", "区直部门合计", "区政府办"),
        ("武夷山市", "全市", "市直部门合计", "市政府办"), ("鄂伦春自治旗", "全旗", "旗直部门合计", "旗政府办"),
        ("福建省云岭县", "全县", "县直部门合计", "县政府办"), ("", "全县", "县直部门合计", "县政府办"),
    ],
)  # fmt: skip
def test_labels_follow_what_the_place_is_called(name, label, departments, office):
    scopes = whole("county", name).scopes
    assert [s.label for s in scopes] == ["乡镇合计", departments, office, label]


def test_a_county_whose_own_government_is_listed_stays_a_county():
    listed = roster(("云岭县人民政府", "县政府", ""), ("永平镇人民政府", "镇", "云岭县"), ("云岭县教育局", "部门", ""))
    assert parts(listed) == ["全县", "", "towns", "departments"]
    assert parts(roster(("云岭县人民政府", "县政府", ""), ("永平镇人民政府", "镇", ""))) == ["全县", "", "towns"]


def test_towns_of_a_listed_county_count_only_through_it_and_one_of_no_known_county_leaves_the_sum_open():
    listed = roster(*CITY, ("永平镇人民政府", "镇", "云岭县"), ("开发镇人民政府", "镇", "龙岩市"), title="龙岩市名册")
    assert parts(listed)[-2:] == ["", "towns"]
    tree = tree_of(listed.members, "龙岩市")
    (hint,) = county_rules.parts_are_listed(listed.members, tree)
    assert (hint.severity, "永平镇人民政府所在的县也在名册上" in hint.what) == (Severity.HINT, True)
    nobody_says = Member("某镇人民政府", level="town")
    assert tree.of(nobody_says) is None
    assert "没有写所属县" in tree.lacks(nobody_says)


def test_a_city_whose_roster_lists_no_department_or_office_is_told_so():
    listed = roster(*CITY[:2], title="龙岩市名册")
    (hint,) = county_rules.parts_are_listed(listed.members, tree_of(listed.members, "龙岩市"))
    assert "名册里没有市直部门、市政府办，全市数没有包括" in hint.what
    assert county_rules.parts_are_listed(listed.members[:1], tree_of(listed.members[:1], "云岭县")) == []


def test_counties_of_a_city_that_nobody_names_have_no_whole():
    listed = roster(*CITY[:2])
    assert listed.county == ""
    assert parts(listed)[0] == "全市"
    assert "几个县的县政府" in year_and_county.county_of("", listed, ())[1]
    assert place_summed(listed.members) == ""


def test_a_citys_department_may_call_itself_of_a_level_above_the_county():
    listed = roster(*CITY, title="龙岩市名册")
    tree = tree_of(listed.members, "龙岩市")
    said = {"name": "龙岩市教育局", "level": "higher"}
    report = replace(reports.zero(), body=said)
    assert received.agrees_with_roster(EDITION, listed.members[2], report, tree) == []
    assert received.agrees_with_roster(EDITION, listed.members[2], report)[0].rule == "G7"
