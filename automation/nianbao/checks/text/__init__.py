"""The text against the tables and against itself (rules N1-N8). Each module holds one group of rules."""

from __future__ import annotations

from collections.abc import Callable

from nianbao.checks.text.against_tables import FigureComparison, comparisons, figures_in_text_match_the_tables
from nianbao.checks.text.citations import basis_is_the_editions
from nianbao.checks.text.claims import statements_hold
from nianbao.checks.text.partition import Partition
from nianbao.checks.text.partitions import parts_fit_their_wholes, recognised_partitions
from nianbao.checks.text.percentages import percentages_are_right
from nianbao.checks.text.promised_sections import promised_parts_are_there
from nianbao.checks.text.text_dates import period_is_the_report_year, years_are_of_this_report
from nianbao.form import Rule
from nianbao.report import Reading
from nianbao.verdicts import Told

CHECKS: tuple[Callable[[Rule, Reading], Told], ...] = (
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

__all__ = ["CHECKS", "FigureComparison", "Partition", "comparisons", "recognised_partitions"]
