"""What the county's rules and sums say exactly: names in full up to a number, cells named, bounds on both sides."""

from dataclasses import replace
from decimal import Decimal

import pytest

import reports
from county import scopes
from county.test_county_rules import EDITION, OFFICE, SAME, TOWN, ZERO, totals
from county.test_match import ROSTER, bodies, file
from county.test_totals import added, state
from nianbao.county.matching import Matched, match
from nianbao.county.model import Gap, Member, Source, Status, Stray, Total
from nianbao.county.run import rollup
from nianbao.county.totals import county_rules, office_report, received
from nianbao.county.totals import scope_sums as adding
from nianbao.findings import Severity


def problem(found):
    """A message up to the rule it rests on."""
    return found.message.partition(f"规则 {found.rule}")[0]


@pytest.mark.parametrize(
    ("status", "year", "told"),
    [
        (Status.MISSING, 2025, "没有收到2025年度的年报。"), (Status.MISSING, None, "没有收到本年度的年报。"),
        (Status.DOUBLED, 2025, "原因。"), (Status.WRONG_YEAR, 2025, "原因。"),
        (Status.UNREADABLE, 2025, "文件名像是本单位的一份读不出来：原因。"),
    ],
)  # fmt: skip
def test_g1_says_what_came_and_what_to_do(status, year, told):
    (found,) = received.delivered_once(Matched("b1", TOWN, status, note="原因"), year)
    assert (found.place, problem(found)) == (TOWN.name, f"{TOWN.name}：{told}")
    ways = {
        Status.MISSING: "请尽快报送填报表。", Status.DOUBLED: "（用命令的，也可以加 --assign 指明），或把其余的移走。",
        Status.WRONG_YEAR: "请改报2025年度的；只是年度填错的，改正“基本信息”中的年度后重报。",
        Status.UNREADABLE: "请重新报送。",
    }  # fmt: skip
    assert found.message.endswith(ways[status])


def test_g1_a_copy_or_a_report_of_another_year_is_only_a_hint_to_move_it():
    stray = Stray(Source("c.xlsx"), Status.WRONG_YEAR, "是2024年度的")
    (found,) = received.strays_are_named([stray], complete=False, listed=True)
    assert (found.severity, found.place, problem(found)) == (Severity.HINT, "c.xlsx", "c.xlsx：是2024年度的。")
    assert found.message.endswith("不用的文件请移走。")
    (unreadable,) = received.strays_are_named([replace(stray, status=Status.UNREADABLE)], complete=False, listed=True)
    assert problem(unreadable) == "c.xlsx：读不出来：是2024年度的。"
    assert unreadable.message.endswith("请报送的单位重新报送。")


def test_g7_names_both_levels_in_words_and_believes_no_blank():
    street = replace(TOWN, level="street")
    (found,) = received.agrees_with_roster(EDITION, street, SAME)
    assert (found.cells, found.place) == (("level",), TOWN.name)
    assert "填报表的级别是“乡镇”，名册写的是“街道”，按名册汇总" in found.message
    silent = replace(SAME, body={"name": TOWN.name})
    for member, report in ((street, silent), (replace(TOWN, level=""), SAME), (replace(street, row=0), SAME)):
        assert received.agrees_with_roster(EDITION, member, report) == []
    (edition,) = received.agrees_with_roster(EDITION, replace(TOWN, edition="2019"), SAME)
    assert "填报表用的格式是“2021”，名册要求“2019”" in edition.message
    assert received.agrees_with_roster(EDITION, replace(TOWN, edition="2021"), SAME) == []


def test_g6_names_the_deadline_and_the_day_it_may_be():
    late = Member("财政局", level="department", deadline="2026-02-01")
    (found,) = office_report.deadlines_are_lawful([late])
    assert problem(found) == "财政局：名册写的报送期限是 2026-02-01，晚于1月31日。"
    assert found.message.endswith("期限改为1月31日或更早。")


@pytest.mark.parametrize(("rows", "equal"), [(2, False), (3, True)])
def test_g6_two_equal_figures_are_chance_and_three_are_a_copy(rows, equal):
    words = ("licences", "penalties", "coercions")[:rows]
    three = totals(**{f"proactive__{row}__decisions": 3 for row in words})
    values = {k: three[0].values[k] + three[1].values[k] for k in three[0].values}
    own = replace(ZERO, body={"name": OFFICE.name, "level": "county_office"}, values=values)
    found = office_report.office_is_not_the_whole(EDITION, OFFICE, own, three, None)
    assert bool(found) is equal
    if found:
        assert f"所填的 {rows} 个非零数字与乡镇与县直部门之和完全相同" in found[0].message
        county = office_report.office_is_not_the_whole(EDITION, OFFICE, own, three, own)
        assert "与全县年报完全相同" in county[0].message


def test_g2_says_nothing_twice_and_nothing_of_nobody():
    key = "requests.received.natural_person"
    broken = replace(totals()[-1], values={**totals()[-1].values, key: 3})
    assert county_rules.totals_hold(EDITION, replace(broken, bodies=())) == []
    wrong = Gap("b1", "甲镇", Status.WRONG, "数字有错，待改正")
    assert county_rules.totals_hold(EDITION, replace(broken, gaps=(wrong,))) == []
    missing = replace(wrong, status=Status.MISSING)
    (found,) = county_rules.totals_hold(EDITION, replace(broken, gaps=(missing,)))
    assert problem(found).startswith("全县 表三：")
    assert " 不成立：" in found.message


def test_g3_names_five_bodies_by_reason_and_counts_the_rest():
    gaps = tuple(Gap(f"b{i}", f"{c}镇", Status.MISSING, "没有报送") for i, c in enumerate("甲乙丙丁戊己"))
    more = (*gaps, Gap("b9", "教育局", Status.WRONG, "数字有错，待改正"))
    (found,) = county_rules.totals_are_whole(EDITION, replace(totals()[-1], gaps=more))
    listed = "甲镇、乙镇、丙镇、丁镇、戊镇等 6 个单位没有报送；教育局数字有错，待改正（共 7 个单位）"
    assert problem(found) == f"全县：还不能确定：{listed}。"


@pytest.mark.parametrize(("cells", "more"), [(4, ""), (5, "等")])
def test_g3_names_four_cells_that_cannot_be_determined_and_counts_all(cells, more):
    keys = [v.key for v in EDITION.table["requests"].values][:cells]
    whole = replace(totals()[-1], undetermined=dict.fromkeys(keys, "甲镇没有填"))
    (found,) = county_rules.totals_are_whole(EDITION, whole)
    assert found.cells == tuple(keys)
    where = "、".join(f"表三“{EDITION.values[k].place}”" for k in keys[:4])
    assert problem(found) == f"全县：{cells} 格不能确定（{where}{more}）：甲镇没有填。"


def test_g2_cells_blank_for_the_same_bodies_are_told_together():
    keys = ["fee.processing_fee.notices", "fee.processing_fee.amount"]
    known = [k for k in keys if k in EDITION.values] + [k for k in EDITION.values if k.startswith("fee.")]
    one, two = list(dict.fromkeys(known))[:2]
    (found,) = county_rules.optional_cells_are_named(EDITION, {one: ("甲镇",), two: ("甲镇",)}, "全县")
    assert found.cells == (one, two)
    assert "有的单位填了，甲镇没有填，全县没有合计。" in problem(found)
    assert found.message.endswith("没有发生的请填0。")
    assert len(county_rules.optional_cells_are_named(EDITION, {one: ("甲镇",), two: ("乙镇",)}, "全县")) == 2


def test_g3_a_county_report_with_blanks_and_many_differences_names_four():
    keys = [f"proactive.{r}.{c}" for r in ("regulations", "normative_documents") for c in ("issued", "in_force")]
    three = totals(**{k.replace(".", "__"): 1 for k in (*keys, "proactive.licences.decisions")})
    blank = replace(ZERO, values={k: v for k, v in ZERO.values.items() if k != keys[0]})
    (found,) = county_rules.county_report_agrees(EDITION, three, blank, "县.xlsx")
    assert set(found.cells) == {*keys, "proactive.licences.decisions"}
    assert "县.xlsx：有 5 格与各单位之和不同：" in found.message
    assert "全县年报是 空，各单位之和是 3；" in found.message
    assert problem(found).count("各单位之和是") == 4
    assert "漏了" not in found.message


def test_g3_nothing_is_compared_while_somebody_is_missing():
    three = totals(proactive__licences__decisions=5)
    gap = Gap("b9", "丙镇", Status.MISSING, "没有报送")
    open_ = (*three[:-1], replace(three[-1], gaps=(gap,)))
    assert county_rules.county_report_agrees(EDITION, open_, ZERO, "县.xlsx") == []


def test_g4_names_each_column_that_differs_with_both_figures():
    last = reports.changed(ZERO, requests__pending_end__natural_person=2, requests__pending_end__business=1)
    carried = Total(
        scopes.COUNTY, {"requests.pending_end.natural_person": 1, "requests.pending_end.business": 1}, ("b1",)
    )
    (found,) = county_rules.carried_over_agrees(EDITION, last, carried, carried)
    assert found.cells == ("requests.pending_end.natural_person",)
    assert problem(found) == "全县 表三：自然人上年全县年报是 2，各单位上年年报的结转下年度合计是 1。"
    gaps = (Gap("b9", "丙镇", Status.MISSING, "没有上年数据"),)
    (hint,) = county_rules.carried_over_agrees(EDITION, last, replace(carried, gaps=gaps), replace(carried, gaps=gaps))
    assert problem(hint) == "全县：丙镇的数还没有，未与上年全县年报核对。"
    blank = replace(last, values={})
    assert county_rules.carried_over_agrees(EDITION, blank, carried, carried) == []


@pytest.mark.parametrize(
    ("given", "listed"),
    [(["甲"], "甲"), (list("甲乙丙丁戊"), "甲、乙、丙、丁、戊"),
     (list("甲乙丙丁戊己"), "甲、乙、丙、丁、戊等 6 个单位"), (["甲", "甲", "乙"], "甲、乙")],
)  # fmt: skip
def test_names_are_listed_once_and_five_in_full(given, listed):
    assert adding.names(given) == listed


def test_merged_bodies_are_added_cell_by_cell_and_a_blank_in_one_is_blank():
    one = replace(ZERO, values={"a": 1, "b": 2, "c": Decimal("0.5")})
    two = replace(ZERO, values={"a": 3, "c": Decimal("0.25")})
    assert adding.sum_of([one, two]) == {"a": 4, "c": Decimal("0.75")}
    assert adding.sum_of([one]) == one.values
    assert adding.sum_of([]) == {}


def test_contributors_are_those_with_figures_and_forty_are_kept_by_name():
    adder = adding.Adder(EDITION)
    key = "proactive.licences.decisions"
    for i in range(42):
        adder.add(state(i, reports.changed(ZERO, proactive__licences__decisions=int(i != 0))))
    given = adder.contributions()[key]
    assert (given.count, len(given.named), given.named[0]) == (41, 40, ("单位1", 1))
    assert adder.contributions()["proactive.penalties.decisions"] == adding.Contribution((), 0)


def test_a_body_with_wrong_figures_counts_but_leaves_a_gap_and_one_with_wrong_words_leaves_none():
    key = "requests.received.natural_person"
    finding = county_rules.finding("G1", "x", "x", cells=(key,))
    figures = added(state(1, ZERO, status=Status.WRONG, findings=(finding,)))[scopes.COUNTY]
    assert [(g.name, g.reason) for g in figures.gaps] == [("单位1", "数字有错，待改正")]
    assert figures.bodies == ("b1",)
    words = added(state(1, ZERO, status=Status.WRONG, findings=(replace(finding, cells=("overview",)),)))
    assert words[scopes.COUNTY].gaps == ()
    settled = added(state(1, ZERO, status=Status.WRONG, findings=(replace(finding, severity=Severity.EXPLAIN),)))
    assert settled[scopes.COUNTY].gaps == ()


def test_a_wrong_bodys_blank_cell_is_told_by_its_gap_alone():
    key = "proactive.penalties.decisions"
    blank = replace(ZERO, values={k: v for k, v in ZERO.values.items() if k != key})
    finding = county_rules.finding("G1", "x", "x", cells=(key,))
    total = added(state(1, ZERO), state(2, blank, status=Status.WRONG, findings=(finding,)))[scopes.COUNTY]
    assert (total.undetermined, len(total.gaps)) == ({}, 1)


def test_last_years_sum_takes_last_years_reports_and_misses_who_has_none():
    adder = adding.Adder(EDITION, last_year=True)
    last = reports.changed(reports.zero(year=2024), proactive__licences__decisions=7)
    adder.add(state(1, ZERO, last_year=last))
    adder.add(state(2, ZERO))
    adder.add(state(3, None, status=Status.MISSING, last_year=last))
    whole = adder.totals()[-1]
    assert whole.values["proactive.licences.decisions"] == 14
    assert [(g.name, g.reason) for g in whole.gaps] == [("单位2", "没有上年数据")]


def test_the_countys_own_report_counts_in_no_sum_and_is_no_gap():
    whole = added(state(1, ZERO), state(2, ZERO, "county"), state(3, ZERO, "higher"))[scopes.COUNTY]
    assert (whole.bodies, whole.gaps) == (("b1",), ())


def test_a_report_of_the_county_lacks_what_is_not_determined_and_says_so_in_its_name():
    whole = totals(proactive__licences__decisions=5)[-1]
    report = rollup.county_report(EDITION, "2021", "示例县", 2025, whole)
    assert report.body == {"name": "示例县人民政府", "level": "county", "county": "示例县"}
    assert (report.year, report.texts, report.values["proactive.licences.decisions"]) == (2025, {}, 15)
    assert list(report.values) == [k for k in EDITION.values if k in whole.values]
    open_ = replace(whole, undetermined={"proactive.licences.decisions": "甲镇没有填"})
    partial = rollup.county_report(EDITION, "2021", "", 2025, open_)
    assert partial.body == {"name": "（不完整汇总，不得公布）", "level": "county"}
    assert "proactive.licences.decisions" not in partial.values


def test_what_is_said_of_files_that_do_not_count():
    copies, found = bodies(file("1.xlsx", "甲镇人民政府", digest="d"), file("2.xlsx", "甲镇人民政府", digest="d"))
    (copy,) = found.strays
    assert (copy.source.path, copy.note) == ("2.xlsx", "与“1.xlsx”内容相同，只计一次")
    assert (copy.name, copy.year) == ("甲镇人民政府", 2025)
    assert copies["甲镇"].counts.source.path == "1.xlsx"
    two, _ = bodies(file("1.xlsx", "甲镇人民政府"), file("2.xlsx", "甲镇人民政府"))
    assert two["甲镇"].note == "收到 2 份内容不同的年报：“1.xlsx”、“2.xlsx”"
    assert [d.source.path for d in two["甲镇"].files] == ["1.xlsx", "2.xlsx"]
    old, _ = bodies(file("0.xlsx", "甲镇人民政府", 2024))
    assert old["甲镇"].note == "应报2025年度，“0.xlsx”是2024年度的"
    assert [d.source.path for d in old["甲镇"].files] == ["0.xlsx"]
    _, beside = bodies(file("1.xlsx", "甲镇人民政府"), file("0.xlsx", "甲镇人民政府", 2024))
    assert beside.strays[0].note == "是2024年度的；“甲镇”已有 2025年度的年报，这一份没有采用"
    assert (beside.strays[0].name, beside.strays[0].year) == ("甲镇人民政府", 2024)
    broken, _ = bodies(file("甲镇.xlsx", error="坏了"))
    assert (broken["甲镇"].note, broken["甲镇"].id) == ("坏了", "b001")
    _, outside = bodies(file("a.xlsx", "丙镇人民政府"))
    assert (outside.strays[0].note, outside.strays[0].status) == ("“丙镇人民政府”不在名册上", Status.UNKNOWN)


def test_a_file_without_a_year_is_taken_for_this_years():
    got, _ = bodies(file("1.xlsx", "甲镇人民政府", None))
    assert got["甲镇"].status is Status.RECEIVED


def test_without_a_roster_a_nameless_file_is_nobodys_and_a_county_report_the_countys():
    found = match([file("1", ""), file("2", "示例县人民政府", level="county"), file("3", "甲镇")], None, 2025)
    assert [b.member.name for b in found.bodies] == ["甲镇"]
    assert [d.source.path for d in found.county_reports] == ["2"]
    assert [s.source.path for s in found.strays] == ["1"]


def test_an_unreadable_file_is_known_by_short_full_or_former_name_and_by_the_longest():
    for name in ("老甲乡人民政府.xlsx", "甲镇人民政府.xlsx", "【甲 镇】年报.xlsx"):
        got, _ = bodies(file(name, error="坏了"), roster=ROSTER)
        assert got["甲镇"].status is Status.UNREADABLE, name
    got, _ = bodies(file("乙镇报来，甲镇人民政府.xlsx", error="坏了"))
    assert (got["甲镇"].status, got["乙镇"].status) == (Status.UNREADABLE, Status.MISSING)
