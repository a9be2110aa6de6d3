"""The table of cases: every rule of every family checked inside a report has a case kept and a case broken."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import reports
from nianbao.checks import CHECKED, CHECKS, check
from nianbao.form import Edition, Kind, edition_names, load_edition
from nianbao.pipeline import read_notice
from nianbao.report import Report

FOLDER = Path(__file__).parents[1] / "cases"
CASES = [c for f in sorted(FOLDER.glob("rules*.toml")) for c in tomllib.loads(f.read_text(encoding="utf-8"))["case"]]


def key(edition: Edition, words: str) -> str:
    for value in edition.values.values():
        if words == ".".join((edition.table[value.table].word, *value.words)):
            return value.key
    raise AssertionError(f"the case names {words}, which edition {edition.id} has not")


def figure(edition: Edition, cell: str, raw: int | str) -> int | Decimal:
    value = Decimal(raw)
    amount = edition.values[cell].kind is Kind.AMOUNT
    return value if amount or value != value.to_integral_value() else int(value)


def figures(edition: Edition, told: dict[str, int | str]) -> dict[str, int | Decimal]:
    return {(k := key(edition, words)): figure(edition, k, raw) for words, raw in told.items()}


def report_of(case: dict, year: int) -> Report:
    edition = load_edition(case.get("edition", "2021"))
    base = reports.zero(edition.id, case.get("year", year))
    inputs = {k: v for k, v in base.values.items() if k not in edition.sums}
    values = reports.with_totals(edition, {**inputs, **figures(edition, case.get("set", {}))})
    values.update(figures(edition, case.get("overwrite", {})))
    for words in case.get("blank", []):
        del values[key(edition, words)]
    body = {k: v for k, v in {**base.body, **case.get("body", {})}.items() if v}
    return replace(base, values=values, body=body, texts={**base.texts, **case.get("texts", {})})


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['rule']} {'守' if c['holds'] else '违'} {c['says']}")
def test_the_case_is_judged_as_the_table_says(case):
    last_year = report_of(case["last"], 2024) if "last" in case else None
    reading = reports.reading(report_of(case, 2025), last_year=last_year)
    if "notice" in case:
        reading = replace(reading, notice=read_notice(FOLDER / "notices" / f"{case['notice']}.toml"))
    found = [f for f in check(reading) if f.rule == case["rule"]]
    assert case["holds"] == (not found)
    if not case["holds"]:
        assert len(found) == case.get("times", len(found))
        assert {f.severity.value for f in found} == {case.get("class", found[0].severity.value)}
        problem = found[0].message.partition(f"。规则 {case['rule']}：")[0]
        assert problem.endswith(f"：{case['told']}" if "told" in case else "")
        assert problem.startswith(f"{case['at']}：" if "at" in case else "")
        assert found[0].message.endswith(f"）。{case['mends']}" if "mends" in case else "")
        cells = [key(reading.edition, words) for words in case["cells"]] if "cells" in case else list(found[0].cells)
        assert list(found[0].cells) == cells


def test_every_rule_has_a_case_kept_and_a_case_broken():
    rules = {r.id for name in edition_names() for r in load_edition(name).rules if r.scope in CHECKED}
    for holds in (True, False):
        assert rules == {c["rule"] for c in CASES if c["holds"] is holds}


PROSE = ("nianbao.checks.text.", "nianbao.checks.wording.", "nianbao.checks.asked")


def test_every_rule_that_reads_prose_says_what_it_does_not_look_at():
    rules = [r for name in edition_names() for r in load_edition(name).rules if r.check]
    prose = [r for r in rules if CHECKS[r.check].__module__.startswith(PROSE)]
    assert {"N1", "S1", "P1", "H7"} <= {r.id for r in prose}
    assert [r.id for r in prose if len(r.beyond) < 10 or not r.beyond.endswith("。")] == []
