"""Sums by declared scope, against a computation of its own; what keeps a sum from being a total."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import reports
from county import scopes, towns
from nianbao.checks import arithmetic
from nianbao.county.model import BodyState, Member, Source, Status, Stray
from nianbao.county.totals.scope_sums import Adder
from nianbao.form import Kind, load_edition
from nianbao.workbook import layout

EDITION = load_edition("2021")
LEVELS = ("town", "street", "department", "county_office")


def state(i, report, level="town", status=Status.DONE, **more):
    return BodyState(f"b{i}", Member(f"单位{i}", level=level), status, report=report, **more)


def added(*states, edition=EDITION):
    adder = Adder(edition)
    for one in states:
        adder.add(one)
    return {t.scope: t for t in adder.totals()}


def summed(book_paths):
    """Add up the workbooks' cells by level with openpyxl alone: no code of the county's, no code of the reader's."""
    sums = defaultdict(lambda: defaultdict(Decimal))
    places = layout(EDITION).values
    help_tables = {t.id for t in EDITION.tables if t.help}
    for path in book_paths:
        book = load_workbook(path, data_only=True)
        level = next(r[1].value for r in book["基本信息"].iter_rows() if r[0].value == "级别")
        for key, spot in places.items():
            if key.partition(".")[0] not in help_tables:
                sums[level][key] += Decimal(str(book[spot.sheet][spot.ref].value))
        book.close()
    return sums


def test_every_cell_of_every_total_equals_an_independent_sum_of_the_workbooks(tmp_path):
    roster, delivered = towns.write_whole(tmp_path)
    out = tmp_path / "全县.xlsx"
    assert towns.run("rollup", delivered, "--roster", roster, "-o", out, "--workers", 1) == 0
    sums = summed(sorted(delivered.glob("*.xlsx")))
    towns_, departments, office = (
        {k: sum((sums[x][k] for x in levels), Decimal()) for k in sums["乡镇"]}
        for levels in (("乡镇", "街道"), ("县直部门",), ("县政府办",))
    )
    county = {k: towns_[k] + departments[k] + office[k] for k in towns_}
    assert len(county) == 203
    assert any(office.values())
    detail = load_workbook(tmp_path / "全县明细.xlsx")["由谁构成"]
    rows = [[c.value for c in r] for r in detail.iter_rows(min_row=4)]
    keys = [v.key for t in EDITION.tables if not t.help for v in t.values]
    for key, row in zip(keys, rows, strict=True):
        assert [Decimal(str(n)) for n in row[3:7]] == [county[key], towns_[key], departments[key], office[key]], key
    whole = load_workbook(out, data_only=True)
    for key, spot in layout(EDITION).values.items():
        if key in county:
            assert Decimal(str(whole[spot.sheet][spot.ref].value)) == county[key], key


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(reports.consistent(), st.sampled_from(LEVELS)), min_size=1, max_size=6))
def test_the_county_differs_from_its_towns_by_exactly_departments_and_office_and_the_identities_hold(drawn):
    totals = added(*(state(i, r, level) for i, (r, level) in enumerate(drawn)))
    parts = [totals[s].values for s in (scopes.TOWNS, scopes.DEPARTMENTS, scopes.OFFICE)]
    for key, value in totals[scopes.COUNTY].values.items():
        assert value == sum(p.get(key, 0) for p in parts)
        assert isinstance(value, Decimal if EDITION.values[key].kind is Kind.AMOUNT else int)
    for total in totals.values():
        reading = reports.reading(replace(reports.zero(), values=dict(total.values)))
        assert total.determined
        if total.bodies:
            assert arithmetic.sums(reading, [r for r in EDITION.rules if r.identities and r.scope == "report"]) == []


@pytest.mark.parametrize("status", [Status.MISSING, Status.DOUBLED, Status.WRONG_YEAR, Status.UNREADABLE])
def test_a_body_without_figures_leaves_its_scope_and_the_county_undetermined(status):
    totals = added(state(1, reports.zero()), state(2, None, status=status), state(3, reports.zero(), "department"))
    assert [(g.body, g.name, g.status) for g in totals[scopes.TOWNS].gaps] == [("b2", "单位2", status)]
    assert not totals[scopes.COUNTY].determined
    assert totals[scopes.DEPARTMENTS].determined


def test_a_blank_cell_is_no_zero():
    key = "proactive.penalties.decisions"
    blank = replace(reports.zero(), values={k: v for k, v in reports.zero().values.items() if k != key})
    total = added(state(1, reports.zero()), state(2, blank))[scopes.COUNTY]
    assert total.undetermined == {key: "单位2没有填"}


def test_a_cell_that_may_stay_blank_has_no_total_when_only_some_filled_it_in():
    key = "fee.processing_fee.notices"
    full = {**reports.zero().values, key: 2}
    adder = Adder(EDITION)
    without = {k: v for k, v in full.items() if not k.startswith("fee.")}
    adder.add(state(1, replace(reports.zero(), values=full)))
    adder.add(state(2, replace(reports.zero(), values=without)))
    total = adder.totals()[-1]
    assert key not in total.values
    assert total.determined
    assert adder.partly_blank()[key] == ("单位2",)


def test_tables_of_another_edition_are_not_added():
    old = reports.zero("2021+single-other")
    total = added(state(1, reports.zero()), state(2, old))[scopes.COUNTY]
    assert {EDITION.values[k].table for k in total.undetermined} == {"requests"}
    assert "行列不同" in next(iter(total.undetermined.values()))
    assert total.values["proactive.normative_documents.issued"] == 0
    assert total.values["review.reconsideration.total"] == 0


def test_amounts_stay_decimal():
    rows = [
        replace(reports.zero(), values={**reports.zero().values, "proactive.charges.amount": Decimal(x)})
        for x in ("0.1", "0.2")
    ]
    total = added(*(state(i, r) for i, r in enumerate(rows)))[scopes.COUNTY]
    assert total.values["proactive.charges.amount"] == Decimal("0.3")


def test_a_body_of_no_known_level_is_a_gap_of_the_county():
    total = added(state(1, reports.zero()), state(2, reports.zero(), ""))[scopes.COUNTY]
    assert [g.reason for g in total.gaps] == ["级别不明，不知道计入哪个合计"]


@pytest.mark.parametrize(("status", "gaps"), [(Status.UNREADABLE, 1), (Status.UNKNOWN, 1), (Status.RECEIVED, 0)])
def test_a_file_of_nobody_knows_whom_leaves_the_county_undetermined(status, gaps):
    adder = Adder(load_edition("2021"))
    known = Stray(Source("乙镇.xlsx"), Status.UNREADABLE, "打不开", name="乙镇")
    adder.lack([Stray(Source("x.xlsx"), status, "打不开"), known])
    assert [len(t.gaps) for t in adder.totals()] == [0, 0, 0, gaps]
