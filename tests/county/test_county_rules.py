"""G1-G8: each rule has a case kept and a case broken."""

from dataclasses import replace
from decimal import Decimal

import pytest

import reports
from county import scopes
from county.test_match import file
from nianbao.county.intake import register_warning
from nianbao.county.matching import Matched
from nianbao.county.matching.assigned import RefusedWord
from nianbao.county.model import OVERVIEW, BodyState, Gap, Member, Source, Status, Stray, Total
from nianbao.county.roster.scopes import tree_of
from nianbao.county.totals import alike, county_rules, office_report, received
from nianbao.county.totals.scope_sums import Adder
from nianbao.findings import Severity
from nianbao.form import edition_names, load_edition

EDITION = load_edition("2021")
ZERO = reports.zero()
TOWN = Member("甲镇人民政府", "甲镇", "town", row=4)
SAME = replace(ZERO, body={**ZERO.body, "name": TOWN.name})
"""A report of the town on the roster."""

OFFICE = Member("示例县人民政府办公室", "县政府办", "county_office", row=5)
LONG = (
    "本镇在每月初由办公室汇总各股室的公开清单，逐项核对后上网。为方便赶集的群众，在集市设点解答疑问并当场记下意见。"
    "对超过半年没有更新的栏目列出单子，由分管领导逐个过问，直到更新为止。村口的公开夹改成透明可换的，老人也看得清楚。"
    "请学校老师帮助把办事流程改写成问答，印成小册子放在便民点，群众取用后再补，全年补了四次。"
)


def totals(**values):
    """Totals of one town, one department and the office, each with these figures (__ for the dot of a key)."""
    adder = Adder(EDITION)
    for i, level in enumerate(("town", "department", "county_office")):
        body = BodyState(f"b{i}", Member(f"单位{i}", level=level), Status.DONE, report=reports.changed(ZERO, **values))
        adder.add(body)
    return adder.totals()


def said(found):
    return [(f.rule, f.severity) for f in found]


def test_every_county_rule_is_in_every_edition_with_all_its_words():
    for name in edition_names():
        assert {r.id for r in load_edition(name).rules if r.scope == "county"} == {f"G{n}" for n in range(1, 9)}


def test_g1_kept_a_body_delivered_once():
    assert received.delivered_once(Matched("b1", TOWN, Status.RECEIVED), 2025) == []


@pytest.mark.parametrize("status", [Status.MISSING, Status.DOUBLED, Status.WRONG_YEAR, Status.UNREADABLE])
def test_g1_broken(status):
    (found,) = received.delivered_once(Matched("b1", TOWN, status, note="原因"), 2025)
    assert said([found]) == [("G1", Severity.ERROR)]
    assert found.message.startswith("甲镇人民政府：")


def test_g1_a_file_of_a_body_not_on_the_roster_is_an_error_an_unreadable_one_only_while_somebody_is_missing():
    unknown = Stray(Source("a.xlsx"), Status.UNKNOWN, "“外镇”不在名册上", how="补入名册")
    unreadable = Stray(Source("b.xlsx"), Status.UNREADABLE, "坏了")
    both = [unknown, unreadable]
    assert said(received.strays_are_named(both, complete=False, listed=True)) == [("G1", "error"), ("G1", "error")]
    assert said(received.strays_are_named(both, complete=True, listed=True)) == [("G1", "error"), ("G1", "hint")]
    assert said(received.strays_are_named(both, complete=True, listed=False))[1] == ("G1", "error")
    assert received.strays_are_named([unknown], complete=True, listed=True)[0].message.endswith("。补入名册。")


def test_g2_kept_and_broken():
    whole = totals()[-1]
    assert county_rules.totals_hold(EDITION, whole) == []
    key = "requests.received.natural_person"
    (found,) = county_rules.totals_hold(EDITION, replace(whole, values={**whole.values, key: 3}))
    assert found.rule == "G2"
    assert found.cells == (key,)
    assert "全县 表三" in found.message


def test_g3_kept_and_broken_by_a_missing_body():
    whole = totals()[-1]
    assert county_rules.totals_are_whole(EDITION, whole) == []
    gap = Gap("b9", "丙镇", Status.MISSING, "没有报送")
    (found,) = county_rules.totals_are_whole(EDITION, replace(whole, gaps=(gap,)))
    assert found.rule == "G3"
    assert "丙镇没有报送" in found.message


def test_g3_the_county_report_is_the_sum_of_all_three_parts_and_not_of_the_towns_alone():
    three = totals(proactive__licences__decisions=5)
    right = replace(ZERO, values=dict(three[-1].values))
    assert county_rules.county_report_agrees(EDITION, three, right, "县.xlsx") == []
    towns = replace(ZERO, values=dict(three[0].values))
    (found,) = county_rules.county_report_agrees(EDITION, three, towns, "县.xlsx")
    assert found.cells == ("proactive.licences.decisions",)
    assert "是 5，各单位之和是 15" in found.message
    assert "漏了县直部门和县政府办" in found.message


def test_g4_kept_broken_and_not_evaluated():
    key = "requests.pending_end.natural_person"
    last = reports.changed(ZERO, **{key.replace(".", "__"): 2})
    carried = Total(scopes.COUNTY, {key: 2}, ("b1",))
    assert county_rules.carried_over_agrees(EDITION, last, carried, carried) == []
    (found,) = county_rules.carried_over_agrees(EDITION, last, replace(carried, values={key: 1}), carried)
    assert said([found]) == [("G4", Severity.EXPLAIN)]
    gap = Gap("b9", "丙镇", Status.MISSING, "没有上年数据")
    start = Total(scopes.COUNTY, {"requests.pending_start.natural_person": 1}, ("b1",))
    without = replace(carried, gaps=(gap,))
    assert "今年填的上年结转" in county_rules.carried_over_agrees(EDITION, last, without, start)[0].message
    (hint,) = county_rules.carried_over_agrees(EDITION, last, without, replace(start, gaps=(gap,)))
    assert hint.severity is Severity.HINT


def compared(texts):
    crowd = alike.together(c() for c in alike.comparisons(texts))
    return crowd, [pair for shown in alike.worded(crowd, texts) for pair in shown()]


def test_g5_kept_and_broken():
    theirs = LONG.replace("本镇", "乙镇")
    unlike = "本街道只用网站，每周五由一人逐栏检查，发现错漏当天补正。" * 4
    crowd, found = compared({"b1": LONG, "b2": theirs, "b3": unlike, "b4": ""})
    names, lines = {"b1": "甲镇", "b2": "乙镇"}, {"b1": 1, "b2": 1}
    told = alike.judged(EDITION, found, crowd, names, lines)
    assert {k: said(v) for k, v in told.items()} == {k: [("G5", Severity.EXPLAIN)] for k in ("b1", "b2")}
    assert "“乙镇”相同，例如“" in told["b1"][0].message
    assert told["b1"][0].place == "overview:0"
    scattered = alike.judged(EDITION, [replace(p, passages=()) for p in found], crowd, names, lines)
    assert "“乙镇”相同。" in scattered["b1"][0].message
    assert scattered["b1"][0].place == "overview:0"


@pytest.mark.parametrize(("score", "wants"), [(0.7, False), (0.7949, False), (0.795, True), (0.8, True)])
def test_what_is_shown_as_80_percent_wants_a_reason(score, wants):
    assert alike.wants_reason(score) is wants


@pytest.mark.parametrize(("county", "named"), [("示例县", "“示例县”"), ("", "“未写县名”")])
def test_g5_says_when_not_all_texts_of_a_county_were_compared(county, named):
    found = alike.too_many(county, 3001)
    assert said([found]) == [("G5", Severity.HINT)]
    assert f"{named}有 3001 个单位，只逐对比较了前 3000 个的文字" in found.message


def test_comparing_in_parts_tells_the_same_as_at_once_and_no_part_has_much_more_to_do():
    texts = {f"b{n}": f"{LONG}第{n}份" for n in range(210)}
    parts = alike.comparisons(texts)
    assert len(parts) > 3
    crowd, found = compared(texts)
    assert crowd == alike.together([alike.TextComparison(texts)()])
    assert set(crowd.count.values()) == {209}
    assert set(crowd.first) == set(texts)
    assert {(p.ours, p.theirs) for p in found} == {(p.ours, p.theirs) for p in crowd.pairs()}
    assert len(crowd.shown) == alike.MOST_SHOWN
    sizes = [sum(210 - 1 - n for n in range(p.first, p.last)) for p in parts]
    assert max(sizes) < 1.5 * min(sizes)


def test_g6_kept_and_broken():
    three = totals(**{f"proactive__{row}__decisions": 3 for row in ("licences", "penalties", "coercions")})
    own = replace(ZERO, body={"name": OFFICE.name, "level": "county_office"})
    assert office_report.office_is_not_the_whole(EDITION, OFFICE, own, three, None) == []
    as_county = replace(own, body={"name": OFFICE.name, "level": "county"})
    assert said(office_report.office_is_not_the_whole(EDITION, OFFICE, as_county, three, None)) == [
        ("G6", Severity.ERROR)
    ]
    others = {k: three[0].values[k] + three[1].values[k] for k in three[0].values}
    whole = replace(own, values=others)
    assert said(office_report.office_is_not_the_whole(EDITION, OFFICE, whole, three, None)) == [("G6", Severity.ERROR)]
    assert said(office_report.office_is_not_the_whole(EDITION, OFFICE, whole, totals(), whole)) == [
        ("G6", Severity.ERROR)
    ]


@pytest.mark.parametrize(
    ("level", "deadline", "broken"),
    [
        ("department", "2026-01-31", False), ("department", "2026-02-01", True), ("county_office", "2026-03-31", True),
        ("county", "2026-03-31", False), ("county", "2026-04-01", True), ("town", "2026-03-01", False),
        ("county", "", False),
    ],
)  # fmt: skip
def test_g6_deadlines(level, deadline, broken):
    found = office_report.deadlines_are_lawful([Member("x", level=level, deadline=deadline)])
    assert said(found) == ([("G6", Severity.ERROR)] if broken else [])


def test_g7_kept_and_broken():
    assert received.agrees_with_roster(EDITION, TOWN, SAME) == []
    assert said(received.agrees_with_roster(EDITION, replace(TOWN, level="street"), SAME)) == [("G7", Severity.ERROR)]
    assert said(received.agrees_with_roster(EDITION, replace(TOWN, edition="2019"), SAME)) == [("G7", Severity.ERROR)]
    assert said(received.agrees_with_roster(EDITION, TOWN, ZERO)) == [("G7", Severity.ERROR)]
    for name in ("甲镇政府", "示例县甲镇人民政府", "甲镇", " 甲镇人民政府（本级）"):
        assert received.agrees_with_roster(EDITION, TOWN, replace(SAME, body={**SAME.body, "name": name})) == []


def test_g2_cells_that_some_left_blank_are_told_as_a_hint():
    found = county_rules.optional_cells_are_named(EDITION, {"fee.processing_fee.notices": ("甲镇",)}, "全县")
    assert said(found) == [("G2", Severity.HINT)]


def test_amounts_are_spelled_as_the_form_prints_them():
    three = totals(proactive__charges__amount=Decimal("1.25"))
    (found,) = county_rules.county_report_agrees(EDITION, three, ZERO, "县.xlsx")
    assert "各单位之和是 3.75" in found.message


def test_g8_kept_and_broken():
    assert register_warning.with_a_form(0) == []
    assert register_warning.in_the_folder([]) == []
    assert said(register_warning.with_a_form(2)) == [("G8", Severity.HINT)]
    (found,) = register_warning.in_the_folder([f"{n}.xlsx" for n in range(12)])
    assert "有 12 份" in found.message
    assert "9.xlsx等" in found.message


def test_g1_a_word_that_was_not_taken_is_an_error_where_something_is_to_be_done_and_else_a_hint():
    mend = RefusedWord(7, "甲镇.xlsx", "归属写错了：没有“丙镇”", "写名册上的单位名称")
    (found,) = received.words_are_understood([mend])
    assert said([found]) == [("G1", Severity.ERROR)]
    assert found.place == f"{OVERVIEW} 第7行“甲镇.xlsx”"
    assert (found.what, found.how) == (mend.why, mend.how)
    (gone,) = received.words_are_understood([RefusedWord(0, "", "表读不出来，其中写的归属没有采用")])
    assert said([gone]) == [("G1", Severity.HINT)]
    assert (gone.place, gone.how) == (OVERVIEW, "需要的，按现在的情况重新写")
    assert received.words_are_understood([]) == []


@pytest.mark.parametrize(
    ("files", "note", "how"),
    [((), "文件名像是本单位的一份读不出来：坏了", "请重新报送"),
     (("邮件",), "收到的不是填报表：坏了", "请报送填报表（.xlsx）"),
     (("邮件", ""), "文件名像是本单位的一份读不出来：坏了", "请重新报送")],
)  # fmt: skip
def test_g1_what_cannot_be_read_is_told_by_its_kind(files, note, how):
    delivered = tuple(replace(file("x.doc", error="坏了"), kind=k) for k in files)
    (found,) = received.delivered_once(Matched("b1", TOWN, Status.UNREADABLE, delivered, note="坏了"), 2025)
    assert (found.what, found.how) == (note, how)


def test_g1_of_files_that_count_for_nobody_those_of_other_kinds_are_no_finding_and_the_rest_hints():
    other, left = Stray(Source("图.jpg"), Status.OTHER, "不是年报"), Stray(Source("b.xlsx"), Status.DOUBLED, "只计一次")
    (found,) = received.strays_are_named([other, left], complete=False, listed=True)
    assert said([found]) == [("G1", Severity.HINT)]
    assert (found.place, found.how) == ("b.xlsx", "不用的文件请移走")


CITY = [
    Member("甲县人民政府", level="county", row=4), Member("乙县人民政府", level="county", row=5),
    Member("示例市教育局", level="higher", row=6),
]  # fmt: skip


def test_g3_a_roster_of_a_county_may_list_its_towns_alone():
    assert county_rules.parts_are_listed([TOWN], tree_of([TOWN], "示例县")) == []


@pytest.mark.parametrize(("count", "lacking"), [(2, "市直部门、市政府办"), (3, "市政府办")])
def test_g3_a_part_of_a_city_in_which_the_roster_lists_nobody_is_hinted_at(count, lacking):
    members = CITY[:count]
    (found,) = county_rules.parts_are_listed(members, tree_of(members, "示例市"))
    assert said([found]) == [("G3", Severity.HINT)]
    assert (found.place, found.how) == ("全市", "漏列的，补入名册")
    assert found.what == f"名册里没有{lacking}，全市数没有包括"


def test_g3_bodies_of_a_county_that_is_listed_too_are_hinted_at():
    town = Member("丙镇人民政府", level="town", row=9, county="甲县")
    members = [*CITY, town]
    found = county_rules.parts_are_listed(members, tree_of(members, "示例市"))
    assert said([found[-1]]) == [("G3", Severity.HINT)]
    assert found[-1].what == "丙镇人民政府所在的县也在名册上，只通过县的汇总结果计入，不另外相加"
    assert found[-1].how == "由县里汇总的单位可以不列入名册"
