"""The sum rules: a consistent report is clean, any single wrong value is found, located and mended, once."""

import random
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reports
from nianbao.checks import check
from nianbao.findings import Places, Severity
from nianbao.form import load_edition

EDITION = load_edition("2021")
SUMMED = [k for k, v in EDITION.values.items() if v.table in ("requests", "review")]
RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def errors(report):
    return [f for f in check(reports.reading(report)) if f.severity is Severity.ERROR]


@RELAXED
@given(st.data())
def test_any_consistent_report_has_no_error_in_any_edition(data):
    name = data.draw(st.sampled_from(["2021", "2019", "wuping-2022"]))
    assert errors(data.draw(reports.consistent(name))) == []


@RELAXED
@given(reports.consistent(), st.sampled_from(SUMMED), st.sampled_from([1, -1]))
def test_changing_any_one_value_by_one_raises_one_error(report, key, by):
    wrong = reports.changed(report, **{key: report.values[key] + by})
    assert len(errors(wrong)) >= 1
    if key.startswith("requests."):
        (found,) = errors(wrong)
        assert found.cells == (key,)
        assert [[(c.cell, c.value) for c in p] for p in found.proposals] == [[(key, report.values[key])]]


@RELAXED
@given(reports.consistent(), st.data())
def test_of_two_wrong_values_the_true_pair_is_proposed_or_nothing_is(report, data):
    requests = [k for k in SUMMED if k.startswith("requests.")]
    first, second = data.draw(st.lists(st.sampled_from(requests), min_size=2, max_size=2, unique=True))
    changes = {k: report.values[k] + data.draw(st.integers(1, 50)) for k in (first, second)}
    proposals = [p for f in errors(reports.changed(report, **changes)) for p in f.proposals]
    assert [{c.cell for c in p} for p in proposals] in ([], [{first, second}])


def test_the_cells_of_table_four_are_named_but_none_is_called_the_wrong_one():
    report = reports.changed(reports.zero(), **{"review.reconsideration.upheld": 2})
    (found,) = errors(report)
    assert found.rule == "A4"
    assert found.proposals == ()
    assert "无法判断" in found.message


def test_wrong_sums_of_several_tables_are_each_told():
    wrong = {"review.reconsideration.upheld": 2, "requests.received.total": 1}
    found = errors(reports.changed(reports.zero(), **wrong))
    assert {key for f in found for key in f.cells} >= set(wrong)


def test_totals_added_up_by_the_reader_are_never_proposed_for_change():
    report = reports.changed(reports.zero(), **{"requests.received.natural_person": 3, "requests.received.total": 3})
    computed = frozenset(EDITION.sums)
    (found,) = [f for f in check(reports.reading(report, computed=computed)) if f.severity is Severity.ERROR]
    assert found.rule == "A1"
    assert found.proposals == ()
    assert not set(found.cells) <= computed


def test_many_wrong_values_are_answered_within_the_bound():
    rng = random.Random(7)
    report = reports.zero()
    keys = rng.sample([k for k in SUMMED if k.startswith("requests.")], 12)
    found = errors(reports.changed(report, **{k: rng.randint(1, 90) for k in keys}))
    assert found


def test_a_message_says_where_what_why_and_how():
    report = reports.changed(reports.zero(), **{"requests.received.natural_person": 3})
    (found,) = errors(report)
    assert found.message == (
        "表三（自然人·本年新收）：自然人一列：本年新收3＋上年结转0＝3；办理结果总计0＋结转下年度0＝0，差3；"
        "本年新收一行：总计0；各项相加3（自然人3），差3。"
        "规则 A1：表三每一列，第一项加第二项之和等于第三项加第四项之和（年报格式 表三左上角所印勾稽关系）。"
        "若“自然人·本年新收”由 3 改为 0，则表三各行各列同时平衡。请对照申请台账核实后改正。"
    )


def test_a_control_total_from_the_register_locates_the_cell_that_formulas_alone_cannot():
    figures = {
        "requests.received.natural_person": 4,
        "requests.received.total": 4,
        "requests.full_grant.natural_person": 3,
        "requests.full_grant.total": 3,
        "requests.total.natural_person": 3,
        "requests.total.total": 3,
    }
    computed = frozenset(EDITION.sums)

    def told(**control):
        report = reports.changed(reports.zero(), **figures, **control)
        (found,) = [f for f in check(reports.reading(report, computed=computed)) if f.severity is Severity.ERROR]
        return found

    assert told().proposals == ()
    found = told(control__received__total=3)
    assert found.cells == ("requests.received.natural_person",)
    assert [[(c.cell, c.found, c.value) for c in p] for p in found.proposals] == [
        [("requests.received.natural_person", 4, 3)]
    ]


def test_two_wrong_cells_that_could_be_two_others_are_not_guessed():
    end, start = "requests.pending_end.total", "requests.pending_start.natural_person"
    found = errors(reports.changed(reports.zero(), **{end: 2, start: 2}))
    assert [f.proposals for f in found] == [()] * 4
    assert {f.what.partition("：")[0] for f in found} == {"自然人一列", "总计一列", "上年结转一行", "结转下年度一行"}
    assert all("差2" in f.what for f in found)


def test_two_wrong_cells_of_one_column_are_one_finding_with_one_way_to_mend_them():
    one, two = "requests.denied.internal_affairs.legal_service", "requests.other.overdue_fee.legal_service"
    (found,) = errors(reports.changed(reports.zero(), **{one: 2, two: 3}))
    assert found.cells == (one, two)
    assert [[(c.cell, c.value) for c in p] for p in found.proposals] == [[(one, 0), (two, 0)]]
    assert "也可能是" not in found.message
    assert "处不平" not in found.message


def test_what_cannot_be_located_lists_the_cells_of_the_line_to_look_at():
    (found,) = errors(reports.changed(reports.zero(), **{"review.reconsideration.upheld": 2}))
    parts = [f"review.reconsideration.{c}" for c in ("upheld", "corrected", "other", "pending", "total")]
    assert set(found.cells) == set(parts)
    assert found.what == "行政复议一行：总计0；结果维持2＋结果纠正0＋其他结果0＋尚未审结0＝2，差2"
    assert found.message.endswith("只凭表四无法判断是哪一格有误，请对照台账核对行政复议一行的各格。")


ONE = {"requests.received.natural_person": 3, "requests.full_grant.natural_person": 3}


def judged(**figures):
    """As the workbook's reader gives it: inputs typed, totals added up."""
    inputs = {k: v for k, v in reports.zero().values.items() if k not in EDITION.sums}
    values = reports.with_totals(EDITION, {**inputs, **ONE, **figures})
    report = replace(reports.zero(), values=values)
    return [f for f in check(reports.reading(report, computed=frozenset(EDITION.sums))) if f.severity is Severity.ERROR]


@pytest.mark.parametrize("wrong", [Decimal("7.5"), -1])
@pytest.mark.parametrize("cell", ["full_grant.natural_person", "received.business", "pending_end.other"])
def test_a_figure_that_can_be_none_is_one_finding_at_its_cell(cell, wrong):
    (only,) = judged(**{f"requests.{cell}": wrong})
    assert (only.rule, only.cells) == ("A5", (f"requests.{cell}",))


def test_two_columns_wrong_are_two_differences_and_no_right_cell_is_named():
    found = judged(**{"requests.received.natural_person": 4, "requests.full_grant.business": 1})
    assert {f.what.partition("：")[0] for f in found} == {"自然人一列", "商业企业一列"}
    assert not any(f.proposals for f in found)
    assert not any("·" in f.where or "改为" in f.how for f in found)


def test_control_figures_that_are_all_zero_are_one_finding_that_says_they_may_stay_blank():
    control = {k: 0 for k, v in EDITION.values.items() if v.table == "control"}
    (only,) = judged(**control)
    assert only.rule == "A11"
    assert f"控制数的 {len(control)} 格填的都是0" in only.what
    assert judged(**{**control, "control.received.total": 2}) != []
    (two,) = judged(**dict.fromkeys(list(control)[:2], 0))
    assert "控制数的 2 格填的都是0" in two.what


def test_a_total_typed_over_its_formula_that_does_not_add_up_is_told_at_the_total():
    report = reports.changed(reports.zero(), **{"review.reconsideration.total": 2})
    total = "review.reconsideration.total"
    computed = frozenset(EDITION.sums) - {total}
    (only,) = [f for f in check(reports.reading(report, computed=computed)) if f.severity is Severity.ERROR]
    assert only.cells[0] == total
    assert "合计格的公式被数字盖掉" in only.what
    assert only.how == "各格无误的，恢复这一格的公式（从一份新的标准填报表复制）；这个数无误的，对照台账改正各格"
    assert len(only.cells) == len(set(only.cells)) == 5


def test_what_cannot_be_located_stands_at_the_line_of_the_file_or_at_the_table():
    report = reports.changed(reports.zero(), **{"review.reconsideration.upheld": 2})
    (found,) = errors(report)
    assert (found.place, found.where) == ("表四", "表四")
    places = Places(EDITION, {"A4/review.reconsideration.total": "表四!B9", "review.reconsideration.total": "表四!B8"})
    (found,) = check(replace(reports.reading(report), places=places))[:1]
    assert (found.place, found.where) == ("表四!B9", "表四!B9")


def test_a_control_figure_that_differs_stands_at_its_own_cell():
    control = "control.received.total"
    report = reports.changed(reports.zero(), **{control: 3})
    assert errors(report)[0].place == "控制数"
    places = Places(EDITION, {control: "控制数!B3"})
    assert errors_of(replace(reports.reading(report), places=places))[0].place == "控制数!B3"


def errors_of(reading):
    return [f for f in check(reading) if f.severity is Severity.ERROR]


ASKED = replace(EDITION, rules=tuple(replace(r, severity="explain") if r.id == "A11" else r for r in EDITION.rules))
"""A form of one's own whose control figures are asked about rather than refused."""


def test_a_form_may_ask_about_its_control_figures():
    def told(**control):
        report = reports.changed(reports.zero(), **ONE, **totals, **control)
        found = check(reports.reading(report, ASKED, computed=frozenset(EDITION.sums)))
        return [f for f in found if f.rule == "A11"]

    totals = {k.replace("natural_person", "total"): 3 for k in ONE}
    totals |= {f"requests.total.{c}": 3 for c in ("natural_person", "total")}
    one, two = "control.received.total", "control.received.natural_person"
    (only,) = told(**{one: 2})
    assert only.severity is Severity.EXPLAIN
    assert only.cells == ("requests.received.total", one)
    assert only.how == ASKED.rule["A11"].mend.rstrip("。")
    zero = told(**{one: 0, two: 0})
    assert {f.cells[1] for f in zero} == {one, two}
