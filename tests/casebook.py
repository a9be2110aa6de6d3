"""The tables of cases (cases/rules*.toml): each is a report that keeps or breaks a rule."""

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import reports
from nianbao.form import Edition, Kind, load_edition
from nianbao.pipeline import read_notice
from nianbao.report import Reading, Report

FOLDER = Path(__file__).parent / "cases"
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


def reading_of(case: dict) -> Reading:
    """The case as a reader would give it, with last year's report and the notice it speaks of."""
    last_year = report_of(case["last"], 2024) if "last" in case else None
    made = reports.reading(report_of(case, 2025), last_year=last_year)
    if "notice" in case:
        made = replace(made, notice=read_notice(FOLDER / "notices" / f"{case['notice']}.toml"))
    return made


def title(case: dict) -> str:
    return f"{case['rule']} {'守' if case['holds'] else '违'} {case['says']}"
