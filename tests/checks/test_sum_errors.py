"""A figure of the text that differs from a table just as the table's own sums do is not told beside them."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks import judge
from nianbao.form import load_edition
from nianbao.verdicts import State

EDITION = load_edition("2021")
COMPUTED = frozenset(EDITION.sums)


def judged(received, said):
    """The rules told of 5 applications of persons, all decided, when `received` are typed and the text says `said`."""
    inputs = {k: v for k, v in reports.zero().values.items() if k not in EDITION.sums}
    inputs |= {"requests.received.natural_person": 5, "requests.full_grant.natural_person": 5}
    inputs |= {f"requests.received.{column}": value for column, value in received.items()}
    report = replace(reports.zero(), values=reports.with_totals(EDITION, inputs), texts={"overview": said})
    found = judge(reports.reading(report, computed=COMPUTED))
    verdict = next(v for v in found.verdicts if v.rule == "N1")
    return sorted({f.rule for f in found.findings if f.rule in ("A1", "N1")}), verdict


@pytest.mark.parametrize(
    ("received", "said"),
    [
        ({"natural_person": 7}, 5),
        ({"natural_person": 4}, 5),
        ({"natural_person": 7, "other": 1}, 5),
        ({"natural_person": 7, "other": 1}, 6),
    ],
)
def test_what_follows_from_a_sum_that_does_not_hold_is_not_judged(received, said):
    rules, verdict = judged(received, f"2025年新收政府信息公开申请{said}件。")
    assert rules == ["A1"]
    assert (verdict.state, verdict.why) == (State.UNJUDGED, "表内勾稽还不平")


@pytest.mark.parametrize("said", [1, 7, 9])
def test_what_does_not_follow_is_told_beside_it(said):
    rules, verdict = judged({"natural_person": 7}, f"2025年新收政府信息公开申请{said}件。")
    assert rules == (["A1"] if said == 7 else ["A1", "N1"])
    assert verdict.state is (State.HELD if said == 7 else State.BROKEN)


def test_where_every_sum_holds_nothing_is_left_out():
    assert judged({}, "2025年新收政府信息公开申请6件。")[0] == ["N1"]
