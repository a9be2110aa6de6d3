"""How a finding is placed and what it spells; rules about the form used and the body."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks import check
from nianbao.checks.litigation import totals
from nianbao.checks.rule_findings import addition
from nianbao.errors import EditionError
from nianbao.findings import Finding, Places, Severity
from nianbao.form import load_edition

EDITION = load_edition("2021")


def of(rule, reading):
    return reports.told(reading, rule)


@pytest.mark.parametrize(
    ("terms", "written"),
    [([], "0"), ([3], "3"), ([3, 0], "3 + 0 = 3"), ([1, 0, 2], "1 + 0 + 2 = 3"), ([1, 0, 2, 0], "1 + 2 = 3"),
     ([0, 0, 0, 4], "4"), ([0, 0, 0, 0], "0"), ([5, -2], "5 + （-2） = 3")],
)  # fmt: skip
def test_a_sum_is_spelled_with_its_numbers_and_without_zeros_when_there_are_many(terms, written):
    assert addition(terms) == written


def test_a_finding_in_a_text_stands_at_its_own_paragraph():
    report = replace(reports.zero(), texts={**reports.TEXTS, "overview": "（一）主动公开\n我局全年发布信息30条。"})
    places = Places(EDITION, {"overview": "总体情况!A10", "overview:0": "总体情况!A10", "overview:1": "总体情况!A11"})
    (found,) = of("S5", replace(reports.reading(report), places=places))
    assert found.place == "总体情况!A11"
    assert found.message.startswith("总体情况!A11（总体情况 第2段）：")


def test_a_finding_without_a_cell_is_about_the_whole_report():
    (found,) = of("F3", reports.reading(reports.zero("wuping-2022")))
    assert (found.place, found.cells) == ("", ())
    assert found.message.startswith("整份报告：")


def test_a_missing_year_is_told_at_the_year_unless_the_reader_has_told_it():
    reading = reports.reading(replace(reports.zero(), year=None))
    (found,) = of("F1", reading)
    assert (found.cells, found.severity) == (("year",), Severity.ERROR)
    assert of("F1", replace(reading, unread=frozenset({"year"}))) == []
    both = of("F1", reports.reading(replace(reports.zero(), year=None, body={})))
    assert [f.cells for f in both] == [("name",), ("year",)]
    nameless = reports.reading(replace(reports.zero(), body={}), unread=frozenset({"name"}))
    assert of("F1", nameless) == []


def test_what_differs_from_the_prescribed_form_is_told_once_by_the_reader_or_by_the_rule():
    told = Finding("R5", Severity.HINT, (), "", "", "按“武平县2022年用表”解读")
    reading = reports.reading(reports.zero("wuping-2022"))
    assert len(of("F3", reading)) == 1
    assert of("F3", replace(reading, findings=(told,))) == []


def test_an_edition_in_force_from_a_year_on_says_so():
    (found,) = of("F2", reports.reading(replace(reports.zero(), year=2020)))
    assert "年度是 2020，而所用的“2021年版”自2021年度起适用。" in found.message
    assert (found.cells, found.place) == (("year",), "年度")


def test_findings_come_errors_first_and_hints_last():
    report = replace(reports.changed(reports.zero(), requests__received__natural_person=3), body={"name": "甲镇"})
    order = [f.severity for f in check(reports.reading(report))]
    assert order == sorted(order, key=list(Severity).index)
    assert {Severity.ERROR, Severity.HINT} <= set(order)


def test_a_figure_the_sums_have_mended_is_not_told_again_for_being_improper():
    report = reports.changed(reports.zero(), requests__full_grant__natural_person=-1)
    assert [f.rule for f in check(reports.reading(report)) if f.severity is Severity.ERROR] == ["A2"]
    decisions = reports.changed(reports.zero(), proactive__licences__decisions=-1)
    assert [f.rule for f in check(reports.reading(decisions)) if f.severity is Severity.ERROR] == ["A5"]


def test_last_years_report_of_a_form_that_is_not_at_hand_is_compared_where_no_form_is_needed():
    last = replace(reports.zero(year=2024), edition="没有这个")
    last = reports.changed(last, requests__pending_end__total=2, proactive__licences__decisions=99)
    rules = {f.rule for f in check(reports.reading(reports.zero(), last_year=last))}
    assert "H1" in rules
    assert not rules & {"H3", "H5", "H6", "H8"}


def test_a_rule_that_names_no_check_of_ours_makes_the_form_unusable():
    rules = tuple(replace(r, check="no_such_check") if r.id == "A7" else r for r in EDITION.rules)
    with pytest.raises(EditionError, match="规则 A7 指的核对方法 no_such_check 不存在"):
        check(reports.reading(reports.zero(), replace(EDITION, rules=rules)))


@pytest.mark.parametrize(("name", "rows"), [("2021", 3), ("wuping-2022", 1)])
def test_other_results_are_all_rows_of_their_group_or_the_one_row(name, rows):
    found = totals(load_edition(name), ("other",))
    assert len(found) == rows
    assert all(k.startswith("requests.other") and k.endswith(".total") for k in found)


def test_a_form_without_a_table_of_results_has_no_totals_of_them():
    assert totals(replace(EDITION, tables=tuple(t for t in EDITION.tables if t.id != "requests")), ("other",)) == []


def test_last_years_report_without_a_year_is_told_as_such():
    reading = reports.reading(reports.zero(), last_year=replace(reports.zero(), year=None))
    (one,) = of("H9", reading)
    assert one.what == "报告年度是 2025，上年数据却是没有写明年度的，没有同它比较"
    assert one.evidence == ("2025", "没有写明年度")
