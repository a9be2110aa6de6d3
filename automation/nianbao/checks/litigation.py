"""Lawsuits without reconsideration first (C7): since 2024 a refusal has to go to reconsideration before the court.

Knows the national form: lawsuits without reconsideration in 表四, the groups of results in 表三. Of an edition without
them nothing is judged.
"""

from __future__ import annotations

from nianbao.checks.rule_findings import blank, finding
from nianbao.form import Edition, Rule
from nianbao.numbers import Number, spell
from nianbao.report import Reading, Report
from nianbao.verdicts import NOTHING_TO_JUDGE, Told

DIRECT = "review.direct_litigation.total"
FREE = ("unavailable", "not_processed", "other")
"""Groups of results that may be sued over directly: 无法提供, 不予处理, 其他处理."""


def refusals_go_to_reconsideration_first(rule: Rule, reading: Reading) -> Told:
    """C7: direct lawsuits need a result that may be sued over directly. A blank leaves the rule aside."""
    direct = reading.report.values.get(DIRECT)
    if not direct:
        return blank(reading, (DIRECT,))
    refused, free = (_of(reading, reading.report, groups) for groups in (("denied",), FREE))
    if refused is None or free is None:
        return blank(reading, totals(reading.edition, ("denied", *FREE))) or [NOTHING_TO_JUDGE]
    if not refused or free:
        return []
    if reading.last_year is not None and _of(reading, reading.last_year, FREE) != 0:
        return []
    keys = [k for k in totals(reading.edition, ("denied",)) if reading.report.values.get(k)]
    what = (
        f"未经复议直接起诉 {spell(direct)} 件，而表三能被起诉的结果只有不予公开 {spell(refused)} 件，"
        "没有无法提供、不予处理和其他处理"
    )
    return [finding(rule, reading, [DIRECT, *keys], what)]


def totals(edition: Edition, groups: tuple[str, ...]) -> list[str]:
    """List the total cells of all rows of these groups that the edition has."""
    table = edition.table.get("requests")
    values = table.values if table else ()
    return [v.key for v in values if v.column == "total" and v.row.partition(".")[0] in groups]


def _of(reading: Reading, report: Report, groups: tuple[str, ...]) -> Number | None:
    """Add up the totals of some groups of results; None when a cell is blank or the edition has none of them."""
    figures = [report.values.get(k) for k in totals(reading.edition, groups)]
    known = [f for f in figures if f is not None]
    return sum(known) if figures and len(known) == len(figures) else None
