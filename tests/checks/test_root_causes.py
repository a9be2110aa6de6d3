"""One cause, one finding: which cells the sums have located, and what follows from them."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks import root_causes
from nianbao.findings import Change, Finding, Severity

RECEIVED = "requests.received."


def typed(cells, severity=Severity.HINT, rule="W2"):
    return Finding(rule, severity, cells, "表三!J7", "", "合计格的公式被数字盖掉")


def summed(*cells):
    return Finding("A2", Severity.ERROR, cells, "表三", "", "不平")


@pytest.mark.parametrize(
    ("found", "told"),
    [(typed(("a",)), True), (typed(("a", "b")), True), (typed(("a", "c")), False), (typed(("x",)), False),
     (typed(()), False), (typed(("a",), Severity.EXPLAIN), False), (typed(("a",), rule="W3"), False)],
)  # fmt: skip
def test_totals_typed_over_are_told_once_where_the_sums_name_all_of_them_first(found, told):
    assert root_causes.is_told(found, [summed("a", "x"), summed("b"), summed()]) is told


def test_only_a_finding_with_one_repair_locates_its_cells():
    one = replace(summed("a"), proposals=((Change("a", 1, 2), Change("b", None, 2)),))
    two = replace(summed("c"), proposals=((Change("c", 1, 2),), (Change("d", 1, 2),)))
    assert root_causes.located([one, two, summed("e")]) == {"a", "b"}


def test_what_is_made_of_a_cell_that_is_not_read_is_not_read_either():
    reading = reports.reading(reports.zero())
    reading = replace(reading, computed=frozenset(reading.edition.sums), unread=frozenset({"x"}))
    cell = f"{RECEIVED}business"
    known = root_causes.without(reading, {cell})
    assert known.unread == {"x", cell, f"{RECEIVED}total"}
    assert set(reading.report.values) - set(known.report.values) == {cell, f"{RECEIVED}total"}
    typed_in = root_causes.without(replace(reading, computed=frozenset()), {cell})
    assert typed_in.unread == {"x", cell}
