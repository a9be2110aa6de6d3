"""The table of cases: every rule of every family checked inside a report has a case kept and a case broken."""

from dataclasses import replace

import pytest

import reports
from casebook import CASES, key, reading_of, title
from nianbao.checks import CHECKS, check
from nianbao.checks.verdict import JUDGED_HERE
from nianbao.findings import because, stopped
from nianbao.form import edition_names, load_edition
from nianbao.verdicts import Unjudged


@pytest.mark.parametrize("case", CASES, ids=title)
def test_the_case_is_judged_as_the_table_says(case):
    reading = reading_of(case)
    _are_told([f for f in check(reading) if f.rule == case["rule"]], case, reading)


@pytest.mark.parametrize("case", CASES, ids=title)
def test_the_rule_asked_alone_says_the_same(case):
    reading = reading_of(case)
    _are_told(reports.told(reading, case["rule"]), case, reading)
    rule = reading.edition.rule[case["rule"]]
    said = CHECKS[rule.check](rule, reading) if rule.check else []
    assert sorted({u.why or "没有可核对的" for u in said if isinstance(u, Unjudged)}) == case.get("aside", [])


def _are_told(found, case, reading):
    assert case["holds"] == (not found)
    if not case["holds"]:
        assert len(found) == case.get("times", len(found))
        assert {f.severity.value for f in found} == {case.get("class", found[0].severity.value)}
        problem = found[0].problem.removesuffix("。")
        assert problem == f"{case['at']}：{case['told']}"
        rule = reading.edition.rule[case["rule"]]
        told_by = replace(rule, basis=reading.notice.basis) if reading.notice else rule
        assert found[0].message == f"{problem}。{because(told_by)}。{case.get('mends', stopped(rule.mend))}"
        assert found[0].evidence == tuple(case.get("rests", ()))
        cells = [key(reading.edition, words) for words in case["cells"]] if "cells" in case else list(found[0].cells)
        assert list(found[0].cells) == cells


def test_every_rule_has_a_case_kept_and_a_case_broken():
    rules = {r.id for name in edition_names() for r in load_edition(name).rules if r.scope in JUDGED_HERE}
    for holds in (True, False):
        assert rules == {c["rule"] for c in CASES if c["holds"] is holds}


PROSE = ("nianbao.checks.text.", "nianbao.checks.wording.", "nianbao.checks.notice_rules")


def test_every_rule_that_reads_prose_says_what_it_does_not_look_at():
    rules = [r for name in edition_names() for r in load_edition(name).rules if r.check]
    prose = [r for r in rules if CHECKS[r.check].__module__.startswith(PROSE)]
    assert {"N1", "S1", "P1", "H7"} <= {r.id for r in prose}
    assert [r.id for r in prose if len(r.beyond) < 10 or not r.beyond.endswith("。")] == []
