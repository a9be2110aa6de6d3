"""A figure of the text that differs from a table just as the table's own sums do is not told beside them."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks import arithmetic, judge, sum_errors
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


RULES = [r for r in EDITION.rules if r.identities]
RECEIVED, ENDED = "requests.received.", "requests.pending_end."


def slips(computed=(), **figures):
    """By how much each cell may be too large."""
    report = reports.changed(reports.zero(), **figures)
    reading = reports.reading(report, computed=frozenset(computed))
    with_them = sum_errors.with_slips(reading, RULES, arithmetic.sums(reading, RULES))
    return {key: sorted(map(int, amounts)) for key, amounts in with_them.slips.items()}


def test_a_cell_that_is_located_is_the_only_one_that_may_be_off():
    assert slips(requests__received__natural_person=3) == {f"{RECEIVED}natural_person": [3]}


def test_every_cell_of_a_line_that_is_not_located_may_be_off():
    parts = {f"review.reconsideration.{c}": [2] for c in ("upheld", "corrected", "other", "pending")}
    assert slips(review__reconsideration__upheld=2) == {"review.reconsideration.total": [-2], **parts}


def test_totals_added_up_are_off_with_their_parts_and_parts_with_their_totals():
    found = slips(COMPUTED, requests__received__natural_person=3, requests__received__total=3)
    assert found[f"{RECEIVED}natural_person"] == found[f"{RECEIVED}total"] == [3]
    assert found[f"{ENDED}natural_person"] == found[f"{ENDED}total"] == [-3]
    assert found["requests.other.other.total"] == [-3]
    assert "control.received.total" not in found
    of_control = slips(control__received__total=2)
    assert of_control["control.received.total"] == [2]
    assert {of_control[f"{RECEIVED}{c}"][0] for c in ("business", "total", "other")} == {-2}


def test_several_slips_come_together_unless_there_are_too_many():
    two = slips(requests__pending_end__total=2, requests__pending_start__natural_person=2)
    assert two["requests.pending_start.natural_person"] == [-2, 0, 2, 4]
    figures = {f"requests__received__{c}": n for n, c in enumerate(("natural_person", "business", "research"), 1)}
    three = slips(COMPUTED, **figures, requests__received__total=6)
    assert three[f"{RECEIVED}total"] == [1, 2, 3, 4, 5, 6]
    figures |= {"requests__received__public_welfare": 4, "requests__received__legal_service": 5}
    five = slips(COMPUTED, **figures, requests__received__total=15)
    assert five[f"{RECEIVED}total"] == [1, 2, 3, 4, 5]
