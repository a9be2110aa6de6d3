"""F5: the report's date is a day of the year after the one reported on."""

from __future__ import annotations

from datetime import timedelta

from nianbao.checks.judge import finding
from nianbao.dates import date_of, printed
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.report import Reading

FAR = timedelta(days=366)
"""A date further ahead of today than this is a mistake; a report is dated at most a few weeks ahead."""


def signed_after_the_year(rule: Rule, reading: Reading) -> list[Finding]:
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
        side = "统计期限还没有结束" if day.year <= year else f"晚了 {day.year - year - 1} 年"
        what = f"{said}，而年度是 {year}，{side}"
        return [
            finding(rule, reading, ["signed_on", "year"], what, severity=Severity.EXPLAIN, evidence=[typed, str(year)])
        ]
    if reading.today is not None and day - reading.today > FAR:
        return [
            finding(
                rule, reading, ["signed_on"], f"{said}，比今天晚一年以上", severity=Severity.EXPLAIN, evidence=[typed]
            )
        ]
    return []


def plausible(year: int) -> bool:
    """Tell whether there can be a report for the year: 政府信息公开条例 has been in force since 2008."""
    return 2008 <= year <= 2099
