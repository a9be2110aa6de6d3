"""Files belong to bodies by what they say."""

import pytest

from nianbao.county.intake.candidate import Candidate
from nianbao.county.intake.examined import Examined
from nianbao.county.matching import Answer, Delivered, Whose, mark, match, year_and_county
from nianbao.county.model import Status
from nianbao.county.roster import from_rows
from nianbao.errors import InputError
from nianbao.form import load_edition

EDITION = load_edition("2021")
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


def test_a_form_in_a_file_named_after_another_body_is_asked_about_and_nobody_is_missing():
    got, found = bodies(file("乙镇.xlsx", "甲镇人民政府"), file("甲镇.xlsx", "乙镇人民政府"))
    assert {b.status for b in got.values()} == {Status.ASKED}
    assert "“乙镇.xlsx”：表里的单位名称是“甲镇人民政府”，而文件名说的是“乙镇”" in got["甲镇"].note
    assert found.strays == ()


def test_a_file_name_that_speaks_of_nobody_or_of_the_body_among_others_makes_nothing_doubtful():
    for name in ("填报表.xlsx", "甲镇转乙镇.xlsx", "甲镇/乙镇汇总/甲镇.xlsx", "政府信息公开.xlsx"):
        assert bodies(file(name, "甲镇人民政府"))[0]["甲镇"].status is Status.RECEIVED, name
    assert bodies(file("乙镇/填报表.xlsx", "甲镇人民政府"))[0]["甲镇"].status is Status.ASKED


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


def test_an_unreadable_file_is_given_to_the_body_that_the_officer_said():
    broken = file("甲镇2025.xlsx", error="坏了")
    found = match([broken], ROSTER, 2025, settled={mark(broken): Answer(Whose.OURS, (1,), settled=True)})
    assert [b.status for b in found.bodies] == [Status.MISSING, Status.UNREADABLE]


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


def test_a_report_that_may_be_of_two_bodies_is_asked_about_at_both():
    rows = [("单位名称", "简称", "级别"), ("甲镇人民政府", "城关", "乡镇"), ("乙街道办事处", "城关", "街道")]
    _, found = bodies(file("x.xlsx", "城关", level=""), roster=from_rows("名册.xlsx", rows, load_edition("2021")))
    assert [b.status for b in found.bodies] == [Status.ASKED] * 2
    assert found.bodies[0].note == "“x.xlsx”：名册中有 2 个单位都可能是“城关”，分不清是哪一个"
    assert found.strays == ()


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


def of_county(county, deadline="2026-01-20"):
    return from_rows(
        "名册.xlsx", [("单位名称", "级别", "所属县", "报送期限"), ("a", "乡镇", county, deadline)], EDITION
    )


def test_the_year_is_given_or_the_rosters_or_what_all_files_say_and_never_voted():
    files = [file("1", "a", 2024), file("2", "b", 2025), file("3", "c", 2025)]
    assert year_and_county.year_of(2023, of_county("甲县"), files) == 2023
    assert year_and_county.year_of(None, of_county("甲县"), files[:1]) == 2025
    assert year_and_county.year_of(None, of_county("甲县", ""), files[1:]) == 2025
    assert year_and_county.year_of(None, None, []) is None
    told = "有2024年度（1）、2025年度（2等 2 份）的，不知道办的是哪一年度。请把别的年度的移走.*写 --year 2025"
    with pytest.raises(InputError, match=told):
        year_and_county.year_of(None, None, files)
    with pytest.raises(InputError, match="名册也没有写报送期限"):
        year_and_county.year_of(None, of_county("甲县", ""), files)


def test_the_county_is_given_or_the_rosters_or_what_all_files_say_and_never_voted():
    files = [file("1", "a", county="甲县"), file("2", "b", county="甲 县"), file("3", "c", county="")]
    assert year_and_county.county_of("丙县", of_county("乙县"), files) == ("丙县", "")
    assert year_and_county.county_of("", of_county("乙县"), files) == ("乙县", "")
    assert year_and_county.county_of("", of_county(""), files) == ("甲县", "")
    county, why = year_and_county.county_of("", None, [*files, file("4", "d", county="乙县")])
    assert (county, why) == ("", "填报表里写着几个县（乙县、甲县），不知道合计的是哪个县的数")
    assert year_and_county.county_of("", None, files[2:]) == (
        "",
        "名册和填报表都没有写所属县，不知道合计的是哪个县的数",
    )
    rows = [("单位名称", "级别", "所属县"), ("城关镇", "乡镇", "甲县"), ("城关镇", "乡镇", "乙县")]
    assert year_and_county.county_of("", from_rows("名册.xlsx", rows, EDITION), files)[1].startswith(
        "名册里有几个县的单位"
    )
