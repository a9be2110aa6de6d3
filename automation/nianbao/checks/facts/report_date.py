"""F5: the report's date is a day of the year after the one reported on."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta

from nianbao.checks.rule_findings import YEARS_DIFFER, finding
from nianbao.dates import date_of, printed
from nianbao.findings import Severity
from nianbao.form import Rule
from nianbao.report import Reading
from nianbao.verdicts import Told

_YEAR = re.compile("20[0-9]{2}年")
FAR = timedelta(days=366)
"""A date further ahead of today than this is a mistake; a report is dated at most a few weeks ahead."""


def signed_after_the_year(rule: Rule, reading: Reading) -> Told:
    """F5: a date that is none can't be printed; one of another year than the next is asked about."""
    typed = reading.report.body.get("signed_on", "").strip()
    if not typed:
        return []
    day = date_of(typed)
    if day is None:
        what, how = f"“{typed[:30]}”不是日历上的日期，不能印在落款", "改填日期，例如 2026-1-12"
        return [finding(rule, reading, ["signed_on"], what, how=how)]
    year, said = reading.report.year, f"成文日期是{printed(day)}"
    if year is not None and day.year != year + 1 and plausible(year):
        return _of_another_year(rule, reading, said, day.year - 1, year)
    if reading.today is not None and day - reading.today > FAR:
        return [
            finding(
                rule, reading, ["signed_on"], f"{said}，比今天晚一年以上", severity=Severity.EXPLAIN, evidence=[typed]
            )
        ]
    return []


def _of_another_year(rule: Rule, reading: Reading, said: str, meant: int, year: int) -> Told:
    """Ask about the date, and where the texts agree with it about the year instead."""
    edition, cells = reading.edition, ["signed_on", "year"]
    side = "统计期限还没有结束" if meant < year else f"晚了 {meant - year} 年"
    what, how = f"{said}，而年度是 {year}，{side}", ""
    if year_meant(reading) is not None:
        if not edition.from_year <= year <= (edition.to_year or year):
            return [YEARS_DIFFER]  # rule F2 tells of the year
        what, cells = f"年度是 {year}，而{said}，正文写的也是{meant}年", ["year", "signed_on"]
        how = f"年度填错的，改为 {meant}；没有错的，改正成文日期和正文"
    evidence = [reading.report.body["signed_on"].strip(), str(year)]
    return [finding(rule, reading, cells, what, how=how, severity=Severity.EXPLAIN, evidence=evidence)]


def year_meant(reading: Reading) -> int | None:
    """Return the year that the date and the texts agree on against the report's own; None where they do not."""
    day, year = date_of(reading.report.body.get("signed_on", "").strip()), reading.report.year
    if day is None or year in (None, day.year - 1):
        return None
    named = Counter(m[0] for text in reading.report.texts.values() for m in _YEAR.finditer(text))
    return day.year - 1 if named[f"{day.year - 1}年"] > named[f"{year}年"] else None


def plausible(year: int) -> bool:
    """Tell whether there can be a report for the year: 政府信息公开条例 has been in force since 2008."""
    return 2008 <= year <= 2099
