"""Files belong to bodies by what they say."""

import pytest

from nianbao.county.examine import Examined
from nianbao.county.gather import Candidate
from nianbao.county.match import Delivered, county_of, match, year_of
from nianbao.county.model import Status
from nianbao.county.roster import from_rows
from nianbao.form import load_edition

ROSTER = from_rows(
    "名册.xlsx",
    [
        ("单位名称", "简称", "级别", "曾用名"),
        ("甲镇人民政府", "甲镇", "乡镇", "老甲乡人民政府"),
        ("乙镇人民政府", "乙镇", "乡镇", ""),
    ],
    load_edition("2021"),
)


def file(path, name="", year=2025, error="", digest="", county="示例县", level="town"):
    told = Examined(path, path, name, level, county, year, "2021", digest or path, error)
    if error:
        told = Examined(path, path, error=error)
    return Delivered(Candidate(path, path), told)


def bodies(*files, roster=ROSTER):
    found = match(files, roster, 2025)
    return {b.member.name[:2]: b for b in found.bodies}, found


def test_a_misleading_file_name_misleads_nobody():
    got, _ = bodies(file("乙镇.xlsx", "甲镇人民政府"), file("甲镇.xlsx", "乙镇人民政府"))
    assert got["甲镇"].counts.source.path == "乙镇.xlsx"
    assert got["乙镇"].counts.source.path == "甲镇.xlsx"


def test_a_renamed_body_is_found_by_its_former_name():
    got, _ = bodies(file("x.xlsx", "老甲乡人民政府"))
    assert got["甲镇"].status is Status.RECEIVED


def test_the_same_report_twice_counts_once():
    got, found = bodies(file("1.xlsx", "甲镇人民政府", digest="d"), file("2.xlsx", "甲镇人民政府", digest="d"))
    assert got["甲镇"].status is Status.RECEIVED
    assert [(s.source.path, s.status) for s in found.strays] == [("2.xlsx", Status.RECEIVED)]


def test_two_different_reports_count_not_at_all():
    got, _ = bodies(file("1.xlsx", "甲镇人民政府"), file("2.xlsx", "甲镇人民政府"))
    assert (got["甲镇"].status, got["甲镇"].counts) == (Status.DOUBLED, None)
    assert got["乙镇"].status is Status.MISSING


def test_last_years_report_beside_this_years_is_only_mentioned():
    got, found = bodies(file("1.xlsx", "甲镇人民政府"), file("0.xlsx", "甲镇人民政府", 2024))
    assert got["甲镇"].status is Status.RECEIVED
    assert [s.status for s in found.strays] == [Status.WRONG_YEAR]
    assert bodies(file("0.xlsx", "甲镇人民政府", 2024))[0]["甲镇"].status is Status.WRONG_YEAR


def test_an_unreadable_file_is_given_to_the_one_body_its_name_speaks_of():
    got, found = bodies(*(file(name, error="坏了") for name in ("甲镇2025.xlsx", "a.xlsx", "甲镇乙镇.xlsx")))
    assert got["甲镇"].status is Status.UNREADABLE
    assert [s.source.path for s in found.strays] == ["a.xlsx", "甲镇乙镇.xlsx"]


def test_an_unreadable_file_beside_a_good_one_does_no_harm():
    got, found = bodies(file("甲镇.xlsx", "甲镇人民政府"), file("甲镇坏.xlsx", error="坏了"))
    assert got["甲镇"].status is Status.RECEIVED
    assert [s.status for s in found.strays] == [Status.UNREADABLE]


def test_a_report_without_a_name_belongs_to_nobody():
    _, found = bodies(file("a.xlsx", ""))
    assert "没有填写单位名称" in found.strays[0].note
    assert "填写单位名称后重报" in found.strays[0].how


def test_a_report_of_a_body_that_is_not_listed_says_to_list_it_or_take_the_file_away():
    _, found = bodies(file("a.xlsx", "外县某镇人民政府"))
    assert [(s.status, s.note) for s in found.strays] == [(Status.UNKNOWN, "“外县某镇人民政府”不在名册上")]
    assert "补入名册" in found.strays[0].how
    assert "把文件移走" in found.strays[0].how


def test_a_report_that_may_be_of_two_bodies_is_nobodys_and_says_what_tells_them_apart():
    rows = [("单位名称", "简称", "级别"), ("甲镇人民政府", "城关", "乡镇"), ("乙街道办事处", "城关", "街道")]
    _, found = bodies(file("x.xlsx", "城关", level=""), roster=from_rows("名册.xlsx", rows, load_edition("2021")))
    (stray,) = found.strays
    assert stray.status is Status.UNKNOWN
    assert stray.note == "名册中有 2 个单位都可能是“城关”，分不清是哪一个"
    assert "写明单位全称、级别和所属县" in stray.how


def test_without_a_roster_namesakes_of_two_counties_are_two_bodies():
    found = match([file("1", "城关镇", county="甲县"), file("2", "城关镇", county="乙县")], None, 2025)
    assert [(b.member.name, b.member.county, b.status) for b in found.bodies] == [
        ("城关镇", "乙县", Status.RECEIVED), ("城关镇", "甲县", Status.RECEIVED),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["城关 镇", "城关镇 ", "城关\xa0镇", "城\u200b关镇", "城关镇\u3000", "城关镇\ufeff", "城关\u00ad镇"]
)
def test_without_a_roster_spaces_and_signs_nobody_sees_make_no_second_body(name):
    found = match([file("1", "城关镇"), file("2", name)], None, 2025)
    assert [(b.member.name, b.status) for b in found.bodies] == [("城关镇", Status.DOUBLED)]


@pytest.mark.parametrize("county", ["甲 县", "甲县\u200b", "甲\xa0县", ""])
def test_without_a_roster_a_county_spaced_otherwise_or_left_out_makes_no_second_body(county):
    found = match([file("1", "城关镇", county="甲县"), file("2", "城关镇", county=county)], None, 2025)
    assert [(b.member.county, b.status) for b in found.bodies] == [("甲县", Status.DOUBLED)]


def test_without_a_roster_another_level_makes_no_second_body():
    found = match([file("1", "城关镇", level="town"), file("2", "城关镇", level="street")], None, 2025)
    assert [(b.member.level, b.status) for b in found.bodies] == [("town", Status.DOUBLED)]


def test_without_a_roster_a_county_left_out_is_asked_about_where_two_have_the_name():
    found = match([file(c or "?", "城关镇", county=c) for c in ("甲县", "乙县", "")], None, 2025)
    assert sorted(b.member.county for b in found.bodies) == ["", "乙县", "甲县"]


def test_a_report_of_the_whole_county_is_no_body():
    found = match([file("县.xlsx", "示例县人民政府", level="county")], ROSTER, 2025)
    assert [d.source.path for d in found.county_reports] == ["县.xlsx"]
    assert found.strays == ()


def test_year_and_county_are_those_of_most_files():
    files = [file("1", "a", 2024), file("2", "b", 2025), file("3", "c", 2025, county="")]
    assert (year_of(files), county_of(files)) == (2025, "示例县")
    assert (year_of([]), county_of([])) == (None, "")
    assert year_of([file("1", "a", 2024), file("2", "b", 2025)]) == 2025


def test_of_two_counties_named_the_one_most_files_name_counts():
    files = [file("1", "a", county="甲县"), file("2", "b", county="甲县"), file("3", "c", county="乙县")]
    assert county_of(files) == "甲县"
    assert year_of([file("1", "a", 2024), file("2", "b", 2024), file("3", "c", 2025)]) == 2024
    assert county_of([file("1", "a", county="甲县"), *(file(n, n, county="乙县") for n in "bc")]) == "乙县"
