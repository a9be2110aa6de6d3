"""The sum rules: a consistent report is clean, any single wrong value is found, located and mended, once."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reports
from nianbao.checks import check
from nianbao.findings import Severity
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
def test_of_two_wrong_values_the_true_pair_is_among_the_proposals(report, data):
    requests = [k for k in SUMMED if k.startswith("requests.")]
    first, second = data.draw(st.lists(st.sampled_from(requests), min_size=2, max_size=2, unique=True))
    changes = {k: report.values[k] + data.draw(st.integers(1, 50)) for k in (first, second)}
    (found,) = errors(reports.changed(report, **changes))
    assert {first, second} in [{c.cell for c in p} for p in found.proposals]


def test_the_cells_of_table_four_are_named_but_none_is_called_the_wrong_one():
    report = reports.changed(reports.zero(), **{"review.reconsideration.upheld": 2})
    (found,) = errors(report)
    assert found.rule == "A4"
    assert found.proposals == ()
    assert "无法判断" in found.message


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
        "表三（自然人·本年新收）：“自然人” 3 + 0 = 3，而 0 + 0 = 0；“本年新收” 0，而 3，两侧应相等。"
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


def test_two_wrong_cells_are_both_named_and_every_way_to_mend_them_is_told():
    end, start = "requests.pending_end.total", "requests.pending_start.natural_person"
    (found,) = errors(reports.changed(reports.zero(), **{end: 2, start: 2}))
    others = ("requests.pending_start.total", "requests.pending_end.natural_person")
    assert found.cells == (start, end, *others)
    assert [[(c.cell, c.found, c.value) for c in p] for p in found.proposals] == [
        [(start, 2, 0), (end, 2, 0)], [(others[0], 0, 2), (others[1], 0, 2)],
    ]  # fmt: skip
    assert found.message.startswith(
        "表三（自然人·上年结转）、表三（总计·结转下年度）：“总计” 0 + 0 = 0，而 0 + 2 = 2；"
    )
    assert "“上年结转” 0，而 2，两侧应相等（共4处不平）。规则 A1：" in found.message
    assert found.message.endswith(
        "若“自然人·上年结转”由 2 改为 0、“总计·结转下年度”由 2 改为 0，则表三各行各列同时平衡；"
        "也可能是“总计·上年结转”由 0 改为 2、“自然人·结转下年度”由 0 改为 2。请对照申请台账核实后改正。"
    )


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
    assert "“行政复议” 2，而 0，两侧应相等。" in found.message or "“行政复议” 0，而 2，两侧应相等。" in found.message
    assert found.message.endswith("只凭表四无法判断是哪一格有误，请对照台账逐格核对：表四。")
