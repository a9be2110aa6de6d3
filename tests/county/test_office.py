"""G6 by plausibility: an office whose figures look like the whole's is asked, by size or by growth; nobody else is."""

from dataclasses import replace

import pytest

import reports
from nianbao.county.model import BodyState, Gap, Member, Status
from nianbao.county.totals import office_report
from nianbao.county.totals.office_report import Before
from nianbao.county.totals.scope_sums import Adder
from nianbao.findings import Severity
from nianbao.form import load_edition

EDITION = load_edition("2021")
OFFICE = Member("示例县人民政府办公室", "县政府办", "county_office", row=5)
NUMBERS = {"licences": 40, "requests": 30}
"""What each of two towns and two departments has: decisions in 表二, requests in 表三."""


def report(decisions, requests, year=2025):
    values = {"proactive__licences__decisions": decisions}
    values |= {f"requests__{row}__{c}": requests for row in ("received", "full_grant", "total")
               for c in ("natural_person", "total")}  # fmt: skip
    return reports.changed(reports.zero(year=year), **values)


def totals(own, last=False):
    """The sums of two towns, two departments and the office, which has `own`."""
    adder = Adder(EDITION, last_year=last)
    given = report(*NUMBERS.values(), year=2024 if last else 2025)
    for i, level in enumerate(("town", "town", "department", "department", "county_office")):
        one = own if level == "county_office" else given
        body = BodyState(f"b{i}", Member(f"单位{i}", level=level), Status.DONE, report=one, last_year=one)
        adder.add(body)
    return adder.totals()


def asked(own, before=None, sums=None):
    body = {"name": OFFICE.name, "level": "county_office"}
    own = replace(own, body=body)
    found = office_report.office_is_not_the_whole(EDITION, OFFICE, own, sums or totals(own), None, before)
    return [f for f in found if f.severity is Severity.EXPLAIN] if found else []


def test_an_office_with_the_wholes_figures_is_asked_and_not_refused():
    (found,) = asked(report(4 * 40 + 3, 4 * 30 + 2))
    assert (found.rule, found.forbids) == ("G6", False)
    assert "表二各数共 163、表三各数共 732，不小于其余 4 个单位之和（表二各数共 160、表三各数共 720）" in found.what
    assert "像是全县的数" in found.what


@pytest.mark.parametrize(("decisions", "requests"), [(0, 500), (3, 40), (159, 119), (500, 119)])
def test_an_office_that_is_large_in_one_table_only_or_less_than_the_others_is_not_asked(decisions, requests):
    assert asked(report(decisions, requests)) == []


def test_an_office_that_grew_by_the_size_of_the_whole_is_asked():
    last = Before(report(2, 3, 2024))
    (found,) = asked(report(170, 130), last)
    assert "不小于其余" in found.what  # by size it is asked first
    small = totals(report(0, 0))
    none_in_requests = [replace(t, values={k: v for k, v in t.values.items() if "requests" not in k}) for t in small]
    (found,) = asked(report(170, 3), last, none_in_requests)
    assert "上年表二各数共 2，多出的不少于其他单位的总数" in found.what
    assert asked(report(170, 3), Before(report(160, 3, 2024)), none_in_requests) == []
    assert asked(report(170, 3), None, none_in_requests) == []


def test_while_somebody_is_missing_the_office_is_held_against_last_years_whole_only():
    own = report(163, 122)
    gap = Gap("b9", "丙镇", Status.MISSING, "没有报送")
    open_ = [replace(t, gaps=(gap,)) if t.scope.id == "towns" else t for t in totals(own)]
    assert asked(own, None, open_) == []
    (found,) = asked(own, Before(None, (), report(160, 120, 2024)), open_)
    assert "不小于上年全县的数" in found.what
    (found,) = asked(own, Before(None, totals(report(1, 1, 2024), last=True)), open_)
    assert found.evidence
    assert asked(own, Before(None, (), report(600, 400, 2024)), open_) == []


def test_small_figures_of_all_others_say_nothing():
    sums = [replace(t, values={k: min(v, 1) for k, v in t.values.items()}) for t in totals(report(0, 0))]
    assert asked(report(50, 1), None, sums) == []
