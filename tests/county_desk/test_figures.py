"""Sums, outliers and drawings behind the page."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from county import scopes
from nianbao.county.desk import alike_paragraphs, charts, outliers, sum_tables
from nianbao.county.desk.cards import Card, card, score
from nianbao.county.desk.charts import YearPair
from nianbao.county.desk.ranks import ranks
from nianbao.county.desk.svg import element, share
from nianbao.county.model import BodyState, Desk, Member, Status, Total
from nianbao.findings import Finding, Severity
from nianbao.form import load_edition
from nianbao.report import Report
from nianbao.verdicts import State, Verdict

EDITION = load_edition("2021")


def body(n: int, now: int | None, before: int | None = None, level: str = "town") -> Card:
    def report(value: int | None) -> Report | None:
        return None if value is None else Report("2021", 2025, {}, {sum_tables.RECEIVED: value}, {})

    state = BodyState(
        f"b{n}", Member(f"示例{n}", level=level), Status.DONE, report=report(now), last_year=report(before)
    )
    return card(state, EDITION)


def test_results_are_the_six_groups_of_the_form_without_numbers_and_remarks():
    labels = [x.label for x in sum_tables.results(EDITION)]
    assert labels == ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]


@pytest.mark.parametrize("edition", ["2019", "2021", "2021+single-other", "wuping-2022"])
def test_the_groups_of_results_cover_what_the_total_is_the_sum_of(edition):
    form = load_edition(edition)
    covered = {k for line in sum_tables.results(form) for k in line.keys}
    assert covered == set(form.sums["requests.total.total"].right) or covered == {
        f"requests.{r}.total" for r in {v.row for v in form.table["requests"].values} - set(sum_tables.FLOW)
    }


def test_a_line_with_a_blank_cell_has_no_sum():
    line = sum_tables.SumLine("不予公开", ("a", "b"), "件")
    assert sum_tables.added({"a": 1, "b": 2}, line) == 3
    assert sum_tables.added({"a": 1}, line) is None
    assert sum_tables.added({}, line) is None


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [(5, 3, "+2"), (3, 5, "−2"), (3, 3, "0"), (None, 3, "—"), (3, None, "—"), (Decimal("1.5"), Decimal(1), "+0.5")],
)
def test_a_change_has_its_sign(now, before, told):
    assert sum_tables.difference(now, before) == told


def test_a_doubtful_cell_of_a_settled_column_is_marked():
    key = "proactive.licences.decisions"
    total = Total(scopes.COUNTY, {key: 7, "proactive.penalties.decisions": 2}, ("b1",), (), {key: "某单位没有填"})
    desk = Desk("示例县", 2025, "2021", "", True, (), totals=(total,))
    shown = {r.label: r.figures[0] for b in sum_tables.blocks(desk, EDITION) for r in b.rows}
    assert shown["行政许可 处理决定"] == sum_tables.ShownSum("7＊", settled=False)
    assert shown["行政处罚 处理决定"] == sum_tables.ShownSum("2")
    assert "规章 制发" not in shown


def test_a_body_far_above_its_peers_is_far_out():
    group = outliers.groups([body(n, n % 5) for n in range(20)] + [body(99, 40)])[0]
    assert [p.body for p in group.points if p.far_out] == ["b99"]
    assert group.middle == 2


def test_few_bodies_and_small_figures_have_no_outliers():
    assert not any(p.far_out for g in outliers.groups([body(1, 0), body(2, 90)]) for p in g.points)
    assert not any(p.far_out for g in outliers.groups([body(n, 0) for n in range(9)] + [body(10, 8)]) for p in g.points)


def test_bodies_are_compared_with_their_own_level_only():
    listed = [body(n, 1) for n in range(9)] + [body(20 + n, 60, level="department") for n in range(9)]
    assert not any(p.far_out for g in outliers.groups(listed) for p in g.points)


@pytest.mark.parametrize(
    ("now", "before", "jumped"),
    [
        (44, 12, True),
        (9, 24, True),
        (10, 0, False),
        (11, 0, True),
        (30, 20, False),
        (31, 20, True),
        (150, 100, False),
        (151, 100, True),
    ],
)
def test_a_jump_is_more_than_half_and_more_than_ten(now, before, jumped):
    assert bool(outliers.jumps([body(1, now, before)])) is jumped


def test_a_body_without_figures_is_left_out():
    assert outliers.groups([body(1, None)]) == ()
    assert outliers.jumps([body(1, 50, None), body(2, None, 50)]) == ()


def test_bars_are_as_long_as_their_numbers():
    chart = charts.bars(
        "x", "结果", "", [YearPair("甲", 50, 25), YearPair("乙", 0, 10), YearPair("丙", None)], ("2025年", "2024年")
    )
    assert re.findall(r'width="([\d.]+%)"[^>]*class="bar (\w+)"', chart.picture) == [
        ("100%", "now"), ("50%", "before"), ("20%", "before")]  # fmt: skip
    assert chart.rows == (("甲", "50", "25"), ("乙", "0", "10"), ("丙", "—", "—"))
    assert "甲，2025年 50，2024年 25；" in chart.picture


def test_without_last_year_there_is_one_bar_each():
    chart = charts.bars("x", "结果", "", [YearPair("甲", 5)], ("2025年", "2024年"))
    assert "before" not in chart.picture
    assert chart.head == ("项目", "2025年")


def test_every_body_is_a_dot_and_those_far_out_are_named():
    found = outliers.groups([body(n, n % 5) for n in range(20)] + [body(99, 40)])
    chart = charts.dots("x", "各单位", "", found)
    assert chart.picture.count("<circle") == 21
    assert "示例99 40</text>" in chart.picture


def test_all_zero_is_drawn_without_dividing_by_zero():
    assert charts.dots("x", "各单位", "", outliers.groups([body(n, 0) for n in range(5)])).picture.count("<circle") == 5
    assert "bar" not in charts.bars("x", "结果", "", [YearPair("甲", 0, 0)], ("今", "去")).picture.replace("bars", "")


def test_the_tally_bar_is_whole():
    widths = re.findall(
        r'width="([\d.]+)%" y=',
        charts.tally("t", "状态", [("done", "完成", 2), ("wrong", "有错", 1), ("missing", "缺", 0)]),
    )
    assert len(widths) == 2
    assert sum(map(float, widths)) == pytest.approx(100, abs=0.02)


def test_elements_are_escaped():
    assert element("text", "<b>&", x='"') == '<text x="&#34;">&lt;b&gt;&amp;</text>'


def test_a_share_is_written_short():
    assert [share(x) for x in (0, 0.5, 1, 1 / 3)] == ["0%", "50%", "100%", "33.33%"]


def test_common_passages_are_marked_once_and_never_overlap():
    assert alike_paragraphs.marked("甲乙丙丁戊", ["乙丙丁", "丙丁", "戊"]) == "甲<mark>乙丙丁</mark><mark>戊</mark>"


def test_a_passage_that_cannot_be_found_again_stands_alone():
    assert alike_paragraphs.marked("", ["乙<丙"]) == "<mark>乙&lt;丙</mark>"


def test_a_score_counts_the_rules_that_are_kept_explained_or_hinted_at_and_is_100_only_where_nothing_blocks():
    rules = [Verdict(f"A{n}", State.HELD) for n in range(1, 250)] + [Verdict("H1", State.UNJUDGED, "缺上年数据")]
    broken = Finding("A1", Severity.ERROR, (), "表三!D5", "", "差1")
    assert score((), rules) == 100
    assert score((broken,), rules) == 99
    assert score((replace(broken, severity=Severity.EXPLAIN, explanation="已核对"),), rules) == 100
    assert score((replace(broken, severity=Severity.HINT),), rules) == 100
    assert score((replace(broken, rule="G5"),), rules) == 99
    assert score((broken,), ()) is None


def test_bodies_are_ranked_among_their_level_and_equals_share_a_rank():
    listed = [replace(body(n, 1), score=s) for n, s in enumerate((90, 100, 90, None, 80))]
    other = replace(body(9, 1, level="department"), score=10)
    assert dict(ranks([*listed, other])) == {"b1": (1, 4), "b0": (2, 4), "b2": (2, 4), "b4": (4, 4), "b9": (1, 1)}
