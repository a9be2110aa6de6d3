"""Rules about the form used and the body that reports (F1-F4)."""

from __future__ import annotations

from nianbao.checks.facts.report_date import plausible
from nianbao.checks.rule_findings import NO_LEVEL, NO_YEAR, finding
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.report import Reading
from nianbao.verdicts import NOTHING_TO_JUDGE, Told


def body_and_year_are_given(rule: Rule, reading: Reading) -> list[Finding]:
    """F1: the title can be printed."""
    year = reading.report.year
    missing = [] if reading.report.name.strip() or "name" in reading.unread else ["name"]
    if year is None and "year" not in reading.unread:
        missing.append("year")
    found = [finding(rule, reading, [key], "没有填写") for key in missing]
    if year is not None and not plausible(year):
        found.append(finding(rule, reading, ["year"], f"年度写的是 {year}", how="改填四位数的年度，例如 2025"))
    return found


def year_fits_the_edition(rule: Rule, reading: Reading) -> Told:
    """F2: the edition was in force for the report's year."""
    edition, year = reading.edition, reading.report.year
    if year is None:
        return [NO_YEAR]
    if not plausible(year) or edition.from_year <= year <= (edition.to_year or year):
        return []
    years = (
        f"适用于{edition.from_year}至{edition.to_year}年度" if edition.to_year else f"自{edition.from_year}年度起适用"
    )
    what = f"年度是 {year}，而所用的“{edition.name}”{years}"
    return [finding(rule, reading, ["year"], what, evidence=[str(year), edition.id])]


def deviations_are_named(rule: Rule, reading: Reading) -> list[Finding]:
    """F3: how a local variant differs from the prescribed form, in one finding; the reader may have said so (R5)."""
    edition = reading.edition
    already_told = any(f.rule == "R5" for f in reading.findings)
    if not edition.deviations or already_told:
        return []
    what = f"所用的“{edition.name}”与国家规定格式（{edition.basis}）不同：" + "；".join(edition.deviations)
    return [finding(rule, reading, [], what)]


def level_is_given(rule: Rule, reading: Reading) -> Told:
    """F4: the body's level is one of the edition's, where the form asks for one."""
    if not reading.edition.levels or all(f.id != "level" for f in reading.edition.fields):
        return [NOTHING_TO_JUDGE]
    given = reading.report.body.get("level", "")
    if reading.edition.level(given):
        return []
    if "level" in reading.unread:
        return [NO_LEVEL]  # what is written there is told already (W2)
    return [finding(rule, reading, ["level"], f"级别“{given}”不认识" if given else "没有选择级别")]
