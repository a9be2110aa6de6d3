"""What 基本信息 says (F5-F9): honest facts of all kinds stay silent, mistakes are told at their cell."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import reports
from nianbao.checks import check

OURS = ("F1", "F5", "F6", "F7", "F8", "F9")


def told(year=2025, today=None, introduction="", **body):
    report = reports.zero(year=2025)
    texts = {**report.texts, **({"introduction": introduction} if introduction else {})}
    report = replace(report, year=year, body={k: v for k, v in {**report.body, **body}.items() if v}, texts=texts)
    return [f for f in check(reports.reading(report, today=today)) if f.rule in OURS]


CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "facts.toml").read_text(encoding="utf-8"))
HONEST, WRONG = CASES["honest"], CASES["wrong"]


@pytest.mark.parametrize(("fact", "value"), [(k, v) for k, vs in HONEST.items() for v in vs])
def test_an_honest_fact_stays_silent(fact, value):
    assert told(**{fact: value}) == []


@pytest.mark.parametrize(("fact", "value"), [(k, v) for k, vs in WRONG.items() for v in vs])
def test_a_mistake_is_told_once_at_its_cell(fact, value):
    (only,) = told(**{fact: value})
    assert only.cells[0] == fact


def test_only_a_date_that_is_none_forbids_the_report():
    severities = {(k, v): told(**{k: v})[0].severity.value for k, vs in WRONG.items() for v in vs}
    assert {v for (_, v), s in severities.items() if s == "error"} == {"2026-13-40", "2026年2月30日", "明年", "26年1月"}
    assert {s for (k, _), s in severities.items() if k == "name"} == {"explain"}
    assert {s for (k, _), s in severities.items() if k == "county"} == {"hint"}


def test_a_date_far_ahead_of_today_is_asked_about_where_the_day_is_known():
    ahead = {"year": 2035, "signed_on": "2036年1月12日"}
    assert told(**ahead) == []
    (only,) = told(today=date(2026, 11, 29), **ahead)
    assert (only.rule, only.severity.value) == ("F5", "explain")
    assert told(today=date(2025, 12, 20), signed_on="2026年1月12日") == []


@pytest.mark.parametrize("year", [25, 2205, 202, 1925])
def test_a_year_that_can_be_none_forbids_the_report(year):
    (only,) = told(year=year)
    assert (only.rule, only.severity.value, only.cells) == ("F1", "error", ("year",))


def test_no_contact_at_all_is_hinted_at_unless_the_introduction_was_written_by_hand():
    (only,) = told(office="")
    assert (only.rule, only.severity.value) == ("F9", "hint")
    assert told(office="", introduction="如有疑问，请与本机关联系，电话0597-4632003。") == []


def test_what_a_body_of_a_higher_level_calls_its_county_is_its_own():
    assert told(level="higher", county="福建省") == []
