"""The text against the tables and against itself (rules N1-N8). Each module holds one group of rules."""

from __future__ import annotations

from collections.abc import Callable

from nianbao.checks.text.against_tables import Comparison, comparisons, figures_in_text_match_the_tables
from nianbao.checks.text.citations import basis_is_the_editions, promised_parts_are_there
from nianbao.checks.text.claims import statements_hold
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.dates import period_is_the_report_year, years_are_of_this_report
from nianbao.checks.text.partitions import Partition, partitions, parts_fit_their_wholes
from nianbao.checks.text.percentages import percentages_are_right
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.report import Reading, Report

CHECKS: tuple[Callable[[Rule, Reading], list[Finding]], ...] = (
    figures_in_text_match_the_tables,
    parts_fit_their_wholes,
    percentages_are_right,
    statements_hold,
    promised_parts_are_there,
    period_is_the_report_year,
    years_are_of_this_report,
    basis_is_the_editions,
)
"""The functions that rules may name."""


def recognised_partitions(report: Report) -> list[Partition]:
    """Return every whole with its parts that the texts state, whether it holds or not."""
    return [p for s in sentences(report) for p in partitions(s)]


__all__ = ["CHECKS", "Comparison", "Partition", "comparisons", "recognised_partitions"]
