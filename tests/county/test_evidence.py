"""Names and words that speak of bodies: how they are taken apart, found and told apart."""

from dataclasses import replace

import pytest

from county.test_match import file
from nianbao.county.intake.candidate import Candidate
from nianbao.county.matching import Whose, match
from nianbao.county.matching.evidence import Evidence
from nianbao.county.matching.witnesses import names_around, whose
from nianbao.county.model import Member, Status
from nianbao.county.roster import Roster
from nianbao.county.roster.names import parts, same_place

MEMBERS = (
    Member("永平镇人民政府", "永平镇", "town", phone="0597-4800001", row=2, county="云岭县", code="YL01"),
    Member(
        "新永平镇人民政府", "新永平镇", "town", phone="13800138000、0597-4800002", row=3, county="云岭县", code="YL02"
    ),
    Member(
        "十方镇人民政府", "十方镇", "town", phone="0597-4800003", row=4, county="云岭县", former=("平川乡人民政府",)
    ),
    Member("云岭县科学技术局", "科技局", "department", row=5, county="云岭县"),
    Member("云岭县教育局", "教育局", "department", row=6, county="云岭县"),
    Member("云岭县人民政府办公室", "县政府办", "county_office", row=7, county="云岭县"),
)
ROSTER = Roster("名册.xlsx", MEMBERS, (), 2025, "云岭县")
EVIDENCE = Evidence(ROSTER)


def answer(path, name, level="town", county="云岭县", **more):
    one = file(path, name, level=level, county=county)
    return whose(replace(one, examined=replace(one.examined, **more)), EVIDENCE, "云岭县")


@pytest.mark.parametrize(
    ("name", "county", "bare"),
    [
        ("福建省龙岩市永定区教育局", "永定区", "教育局"), ("云岭县城市管理局", "云岭县", "城市管理局"),
        ("云岭县市场监督管理局", "云岭县", "市场监督管理局"), ("新县镇人民政府", "", "新县镇"),
        ("老城区街道办事处", "", "老城区街道"), ("社区矫正局", "", "社区矫正局"), ("福清市教育局", "福清市", "教育局"),
        ("沙县区教育局", "沙县区", "教育局"), ("云岭县人民政府", "云岭县", "云岭县"), ("县政府办", "", "政府办"),
        ("云岭县人民政府办公室", "云岭县", "政府办"), ("东街街道办", "", "东街街道"),
        ("云岭县教育局（本级）", "云岭县", "教育局"),
    ],
)  # fmt: skip
def test_a_name_is_taken_apart_into_places_and_what_is_its_own(name, county, bare):
    told = parts(name)
    assert (told.county, told.bare) == (county, bare)


def test_counties_are_the_same_however_much_of_them_is_written():
    assert same_place("云岭县", "福建省云岭县")
    assert same_place("云岭", "云岭县")
    assert same_place("", "云岭县")
    assert not same_place("武平县", "云岭县")
    assert not same_place("长沙县", "长沙市")


def test_of_names_within_one_another_the_longest_is_meant():
    assert EVIDENCE.mentioned("新永平镇2025年报.xlsx") == {1}
    assert EVIDENCE.mentioned("永平镇2025年报.xlsx") == {0}
    assert EVIDENCE.mentioned("永平镇和新永平镇.xlsx") == {0, 1}
    assert EVIDENCE.mentioned("永平2025.xlsx") == frozenset()
    assert EVIDENCE.hinted("永平2025.xlsx") == {0}


def test_a_code_in_the_file_name_is_evidence_and_contradicts():
    assert answer("YL01.xlsx", "永平镇人民政府").whose is Whose.OURS
    assert answer("YL01-填报表.xlsx", "永坪镇人民政府") == answer("YL01 报.xlsx", "永坪镇人民政府")
    assert answer("YL01.xlsx", "永坪镇人民政府").whose is Whose.OURS
    told = answer("YL02.xlsx", "永平镇人民政府")
    assert (told.whose, told.places[0]) == (Whose.ASKED, 1)
    assert answer("YL011.xlsx", "永平镇人民政府").whose is Whose.OURS  # no code


def test_a_name_left_over_from_the_neighbour_is_asked_about_whatever_tells_it():
    for more in ({"office": "永平镇党政办"}, {"address": "云岭县永平镇1号"}, {"phone": "0597 4800001"},
                 {"last_name": "永平镇人民政府"}):  # fmt: skip
        told = answer("填报表.xlsx", "十方镇人民政府", **more)
        assert (told.whose, set(told.places)) == (Whose.ASKED, {0, 2}), more
    several = answer("填报表.xlsx", "十方镇人民政府", office="永平镇党政办", address="永平镇1号", phone="0597-4800001")
    assert several.places[0] == 0


def test_witnesses_that_say_nothing_against_a_body_make_nothing_doubtful():
    assert answer("填报表.xlsx", "云岭县教育局", "department", address="云岭县永平镇1号").whose is Whose.OURS
    assert answer("县政府办通知附件.xlsx", "十方镇人民政府").whose is Whose.OURS
    assert answer("填报表.xlsx", "十方镇人民政府", last_name="平川乡人民政府").whose is Whose.OURS
    assert answer("填报表.xlsx", "十方镇人民政府", phone="0597-9999999", address="云岭县人民路1号").whose is Whose.OURS


@pytest.mark.parametrize(
    ("name", "place"), [("永坪镇人民政府", 0), ("十方方镇政府", 2), ("科学技木局", 3), ("县科技术局", 3)]
)
def test_a_name_with_a_slip_leads_to_the_body_that_is_called_nearly_so(name, place):
    told = answer("填报表.xlsx", name, "")
    assert (told.whose, told.places[0]) == (Whose.GUESSED, place)
    assert "名称相近" in told.why


def test_other_names_lead_nowhere():
    for name in ("古田镇人民政府", "财政局", "某镇", "武平县永平乡小学"):
        assert answer("填报表.xlsx", name, "").whose is Whose.UNKNOWN, name


def test_a_slip_of_the_pen_in_another_countys_form_is_no_suggestion():
    told = answer("填报表.xlsx", "永坪镇人民政府", county="武平县")
    assert told.whose is Whose.UNKNOWN
    assert "写的是“武平县”的，不是本县的" in told.why


def test_the_county_tells_by_the_name_and_by_the_address_too():
    assert answer("a.xlsx", "武平县永平镇人民政府", county="").whose is Whose.FOREIGN
    assert answer("a.xlsx", "永平镇人民政府", county="", address="武平县永平镇1号").whose is Whose.FOREIGN
    assert answer("a.xlsx", "永平镇人民政府", county="", address="云岭县永平镇1号").whose is Whose.OURS
    assert answer("a.xlsx", "永平镇人民政府", county="福建省云岭县").whose is Whose.OURS


def test_a_doubtful_file_is_laid_before_all_it_may_be_of_and_names_the_likelier():
    found = match([file("永平镇.xlsx", "十方镇人民政府", county="云岭县")], ROSTER, 2025, county="云岭县")
    asked = {b.member.short: b.note for b in found.bodies if b.status is Status.ASKED}
    assert set(asked) == {"永平镇", "十方镇"}
    assert "更可能是“十方镇”的" in asked["永平镇"]
    assert "更可能是" not in asked["十方镇"]
    own = file("十方镇.xlsx", "十方镇人民政府", county="云岭县")
    found = match([own, file("永平镇.xlsx", "十方镇人民政府", county="云岭县")], ROSTER, 2025, county="云岭县")
    assert {b.member.short: b.status for b in found.bodies if b.files} == {
        "永平镇": Status.ASKED, "十方镇": Status.RECEIVED,
    }  # fmt: skip


def test_a_doubtful_file_of_bodies_that_have_another_each_is_asked_about_by_itself():
    files = (file("十方镇.xlsx", "十方镇人民政府", county="云岭县"), file("永.xlsx", "永平镇人民政府", county="云岭县"))
    doubtful = file("永平镇.xlsx", "十方镇人民政府", county="云岭县")
    found = match([*files, doubtful], ROSTER, 2025, county="云岭县")
    assert {b.member.short for b in found.bodies if b.status is Status.RECEIVED} == {"永平镇", "十方镇"}
    (stray,) = found.strays
    assert (stray.source.path, stray.status) == ("永平镇.xlsx", Status.ASKED)
    assert "可能是“十方镇”的，它已有一份" in stray.note
    assert "问清是哪个单位报的" in stray.how


NOT_LISTED = "“{}”不在名册上"


@pytest.mark.parametrize(
    ("path", "name", "facts", "places", "why"),
    [("x.xlsx", "永萍镇人民政府", {}, (0,), "，与“永平镇人民政府”名称相近"),
     ("永平镇.xlsx", "永萍镇人民政府", {}, (0,), "，与“永平镇人民政府”名称相近，文件名说的是“永平镇人民政府”"),
     ("十方镇.xlsx", "永萍镇人民政府", {}, (0, 2), "，与“永平镇人民政府”名称相近"),
     ("YL02.xlsx", "永萍镇人民政府", {}, (1, 0), "，文件名里的单位代码说的是“新永平镇人民政府”"),
     ("十方镇.xlsx", "某某镇人民政府", {}, (2,), "，文件名说的是“十方镇人民政府”"),
     ("十方镇/YL01.xlsx", "某某镇人民政府", {}, (0, 2), "，文件名里的单位代码说的是“永平镇人民政府”"),
     ("x.xlsx", "某某镇人民政府", {"phone": "0597-4800003"}, (2,), "，联系电话说的是“十方镇人民政府”")],
)  # fmt: skip
def test_whom_a_name_on_no_roster_may_mean_is_the_one_spelt_nearly_so_or_the_one_all_else_speaks_of(
    path, name, facts, places, why
):
    told = answer(path, name, **facts)
    assert (told.whose, told.places, told.why) == (Whose.GUESSED, places, NOT_LISTED.format(name) + why)


@pytest.mark.parametrize(
    ("path", "facts"),
    [("x.xlsx", {}), ("永平镇和十方镇.xlsx", {}), ("x.xlsx", {"address": "十方镇路1号"}), ("县政府办.xlsx", {})],
)
def test_several_bodies_a_seat_and_the_office_that_asked_lead_to_nobody_where_the_form_has_a_name(path, facts):
    told = answer(path, "某某镇人民政府", **facts)
    assert (told.whose, told.places, told.why) == (Whose.UNKNOWN, (), NOT_LISTED.format("某某镇人民政府"))


@pytest.mark.parametrize(
    ("path", "facts", "whose_", "places", "said"),
    [("x.xlsx", {}, Whose.UNKNOWN, (), ""),
     ("x.xlsx", {"address": "十方镇路1号"}, Whose.GUESSED, (2,), "，地址说的是“十方镇人民政府”"),
     ("县政府办.xlsx", {}, Whose.GUESSED, (5,), "，文件名说的是“云岭县人民政府办公室”")],
)  # fmt: skip
def test_a_form_without_a_name_is_guessed_by_whatever_speaks(path, facts, whose_, places, said):
    told = answer(path, "", **facts)
    assert (told.whose, told.places) == (whose_, places)
    assert told.why == f"没有填写单位名称，不知道是哪个单位报的{said}"


@pytest.mark.parametrize(
    ("path", "name", "facts", "places"),
    [("x.xlsx", "永平镇人民政府", {"county": "武平县"}, (0,)),
     ("十方镇.xlsx", "永平镇人民政府", {"county": "武平县"}, (0, 2)),
     ("x.xlsx", "武平县永平镇人民政府", {}, (0,)),
     ("x.xlsx", "永平镇人民政府", {"county": "", "address": "武平县东路1号"}, (0,))],
)  # fmt: skip
def test_a_body_of_the_same_name_in_another_county_is_told_by_what_the_form_says(path, name, facts, places):
    told = answer(path, name, **facts)
    assert (told.whose, told.places) == (Whose.FOREIGN, places)
    assert told.why == "表里写的是“武平县”的，不是“云岭县”的，可能是别县的同名单位"


@pytest.mark.parametrize(
    ("path", "facts", "places", "said"),
    [("x.xlsx", {"last_name": "十方镇人民政府"}, (2,), "上年数据里的单位名称说的是“十方镇人民政府”"),
     ("x.xlsx", {"office": "十方镇党政办公室"}, (2,), "负责信息公开的机构说的是“十方镇人民政府”"),
     ("收到/十方镇/来件/x.xlsx", {}, (2,), "文件所在的“十方镇”说的是“十方镇人民政府”"),
     ("永平2025.xlsx", {}, (0,), "文件名说的是“永平镇人民政府”"),
     ("永平2025.xlsx", {"phone": "0597-4800003"}, (2, 0), "联系电话说的是“十方镇人民政府”"),
     ("新永平镇.xlsx", {"phone": "0597-4800001"}, (1, 0), "文件名说的是“新永平镇人民政府”"),
     ("新永平镇/x.xlsx", {"phone": "0597-4800001"}, (0, 1), "联系电话说的是“永平镇人民政府”"),
     ("YL02.xlsx", {"phone": "0597-4800001", "address": "永平镇"}, (1, 0),
      "文件名里的单位代码说的是“新永平镇人民政府”"),
     ("YL02.xlsx", {"phone": "0597-4800001", "address": "永平镇", "office": "永平镇"}, (0, 1),
      "负责信息公开的机构说的是“永平镇人民政府”")],
)  # fmt: skip
def test_of_what_speaks_for_a_form_without_a_name_the_heavier_goes_first(path, facts, places, said):
    told = answer(path, "", **facts)
    assert (told.whose, told.places) == (Whose.GUESSED, places)
    assert told.why == f"没有填写单位名称，不知道是哪个单位报的，{said}"


def test_the_names_around_a_file_are_its_own_and_those_it_lies_in_the_nearest_first():
    assert names_around(file("a.xlsx")) == ["a.xlsx"]
    assert names_around(file("收到/甲镇/a.xlsx")) == ["a.xlsx", "甲镇", "收到"]
    packed = replace(file("x"), candidate=Candidate("p", "收到/甲镇/包.zip", "里/层/乙.xlsx"))
    assert names_around(packed) == ["乙.xlsx", "层", "里", "包.zip", "甲镇", "收到"]
