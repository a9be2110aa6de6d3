"""What 基本信息 says (F5-F9): honest facts of all kinds stay silent, mistakes are told at their cell."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import reports
from nianbao.checks import check, judge
from nianbao.checks.facts.report_date import year_meant

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


@pytest.mark.parametrize(
    ("year", "texts", "rules", "cell"),
    [
        (2024, "2025年全年召开部署会两次。", ["F5"], "year"),
        (2026, "2025年全年召开部署会两次，2025年底前完成清理。", ["F5"], "year"),
        (2024, "2024年全年召开部署会两次。", ["F5"], "signed_on"),
        (2024, "召开部署会两次。", ["F5"], "signed_on"),
        (2024, "2025年全年召开部署会两次。2024年全年完成清理一次。", ["F5", "N7"], "signed_on"),
        (2025, "2024年全年召开部署会两次。", ["N7"], "overview"),
    ],
)
def test_a_year_against_the_date_and_the_texts_is_told_once_at_the_year(year, texts, rules, cell):
    report = reports.zero(year=2025)
    report = replace(report, year=year, body={**report.body, "signed_on": "2026年1月12日"}, texts={"overview": texts})
    found = judge(reports.reading(report))
    listed = [f for f in found.findings if f.rule in ("F5", "N7")]
    assert [f.rule for f in listed] == rules
    assert (listed[0].cells or ("overview",))[0] == cell
    aside = {v.rule: v.why for v in found.verdicts if v.why == "年度与成文日期、正文不一致"}
    assert set(aside) == ({"N7"} if cell == "year" else set())


def test_a_year_outside_the_form_s_is_told_by_f2_alone():
    report = reports.zero("2019", year=2020)
    body = {**report.body, "signed_on": "2021年1月12日"}
    report = replace(report, year=2021, body=body, texts={"overview": "2020年全年召开部署会两次。"})
    assert [f.rule for f in check(reports.reading(report)) if f.rule in ("F2", "F5", "N7")] == ["F2"]


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


def test_a_fact_that_says_there_is_none_is_hinted_at_and_a_wrong_one_asked_about():
    for fact in ("website", "phone", "postcode", "email"):
        (none,) = told(**{fact: "无"})
        assert (none.rule, none.severity.value, none.cells) == ("F8", "hint", (fact,))
        assert "写的是“无”，会照样印在报告里" in none.message
        (wrong,) = told(**{fact: "gov.cn@，"})
        assert (wrong.rule, wrong.severity.value, wrong.cells) == ("F8", "explain", (fact,))
        assert told(**{fact: "  "}) == []


@pytest.mark.parametrize(
    ("typed", "year", "words", "meant"),
    [("2026年1月12日", 2024, "2025年召开会议。", 2025), ("2026年1月12日", 2025, "2025年召开会议。", None),
     ("2026年1月12日", 2024, "2025年召开会议，2024年完成。", None),
     ("2026年1月12日", 2024, "2025年召开会议，2024年完成，2025年归档。", 2025),
     ("2026年1月12日", None, "2025年召开会议。", None), ("明年", 2024, "2025年召开会议。", None),
     ("", 2024, "2025年召开会议。", None)],
)  # fmt: skip
def test_date_and_texts_mean_another_year_only_where_both_say_so_more_often(typed, year, words, meant):
    report = replace(reports.zero(), year=year, body={"signed_on": typed} if typed else {}, texts={"overview": words})
    assert year_meant(reports.reading(report)) == meant
