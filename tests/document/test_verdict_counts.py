"""Counting rules and findings by family: nothing passes that was not judged."""

from dataclasses import replace

import pytest

from nianbao.checks import judge
from nianbao.document.verdict_counts import tallies
from nianbao.findings import Finding, Places, Severity
from nianbao.form import load_edition
from reports import changed, reading, zero

EDITIONS = ("2021", "2019", "wuping-2022")


def counted(read, extra=()):
    judged = judge(replace(read, findings=(*read.findings, *extra)))
    return {t.letter or t.name: t for t in tallies(judged.verdicts, judged.findings)}


def numbers(tally):
    return tally.checked, tally.passed, tally.unchecked


def one(severity, rule="N1", explanation=None):
    return Finding(rule, severity, (), "", "", "", explanation=explanation)


@pytest.mark.parametrize("name", EDITIONS)
def test_a_consistent_report_with_last_year_passes_every_family_it_was_checked_for(name):
    report = zero(name)
    read = reading(report, last_year=replace(report, year=2024))
    found = counted(read)
    assert list(found) == ["A", "C", "H", "N", "S", "P", "F", "合计"]
    assert {k: t.unchecked for k, t in found.items() if k != "合计"} == dict.fromkeys("ACHNSPF", 0)
    assert (found["A"].verdict, found["C"].verdict, found["P"].verdict) == ("通过", "通过", "通过")


def test_nothing_is_compared_without_last_years_report():
    found = counted(reading(zero()))
    assert numbers(found["H"]) == (0, 0, 9)
    assert found["H"].verdict == "未核对"
    assert (found["C"].unchecked, found["C"].verdict) == (2, "部分未核对")
    wrong_year = counted(reading(zero(), last_year=replace(zero(), year=2020)))
    assert (wrong_year["H"].checked, wrong_year["H"].passed) == (2, 1)  # H9 is broken, H7 compares texts of any year


def test_a_blank_figure_leaves_its_sums_unchecked():
    report = zero()
    missing = replace(report, values={k: v for k, v in report.values.items() if k != "requests.received.business"})
    found = counted(reading(missing))["A"]
    assert found.unchecked == 2
    assert (found.errors, found.verdict) == (1, "不通过")


def test_every_broken_sum_is_not_passed_though_one_finding_speaks_for_all():
    found = counted(reading(changed(zero(), requests__received__natural_person=3)))["A"]
    assert found.errors == 1
    assert found.checked - found.passed == 2


def test_optional_tables_are_counted_only_when_filled():
    assert counted(reading(zero()))["A"].checked == 9
    filled = changed(zero(), **{f"control__received__{c}": 0 for c in ("natural_person", "total")})
    assert counted(reading(filled))["A"].checked == 10


def test_without_texts_the_texts_rules_are_not_checked():
    found = counted(reading(replace(zero(), texts={})))
    assert numbers(found["N"]) == (0, 0, 8)
    assert found["P"].verdict == "未核对"
    assert (found["S"].checked, found["S"].errors, found["S"].verdict) == (1, 1, "不通过")


def test_without_a_level_what_hangs_on_it_is_not_checked():
    report = zero()
    found = counted(reading(replace(report, body={**report.body, "level": ""})))
    assert found["C"].unchecked == 4


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([], "通过"),
        ([one(Severity.HINT)], "有提示"),
        ([one(Severity.EXPLAIN), one(Severity.HINT)], "待说明"),
        ([one(Severity.EXPLAIN, explanation="上年漏报")], "通过"),
        ([one(Severity.ERROR, explanation="机构合并")], "通过"),
        ([one(Severity.ERROR), one(Severity.EXPLAIN)], "不通过"),
    ],
)
def test_the_verdict_is_the_gravest_thing_left_open(findings, verdict):
    assert verdict == counted(reading(zero()), findings)["N"].verdict


def test_explained_findings_are_counted_as_such_and_their_rule_as_not_passed():
    found = counted(reading(zero()), [one(Severity.ERROR, explanation="机构合并"), one(Severity.EXPLAIN, "N2")])["N"]
    assert (found.errors, found.waiting, found.explained) == (0, 1, 1)
    assert found.checked - found.passed == 2


def test_readers_families_stand_only_where_there_was_such_a_reader():
    edition = load_edition("2021")
    assert "R" not in counted(reading(zero()))
    published = replace(reading(zero()), places=Places(edition, {"requests.received.total": "第2张表 第4行"}))
    found = counted(published)
    assert found["R"].checked == 6
    assert "W" not in found
    compared = counted(reading(zero()), [one(Severity.ERROR, "V1")])["V"]
    assert (numbers(compared), compared.verdict) == ((9, 8, 0), "不通过")


def test_a_rule_the_edition_does_not_know_is_counted_among_others():
    found = counted(reading(zero()), [one(Severity.HINT, "X9")])["其他规则"]
    assert (numbers(found), found.verdict) == ((1, 0, 0), "有提示")


def test_the_last_line_adds_all_families_up():
    judged = judge(reading(zero()))
    *families, total = tallies(judged.verdicts, judged.findings)
    assert total.checked == sum(t.checked for t in families)
    assert total.unchecked == sum(t.unchecked for t in families)
