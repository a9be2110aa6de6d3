"""Structure, wording and privacy of the texts (rules S1-S8, P1), and the text against last year's (H7)."""

from __future__ import annotations

from collections.abc import Callable

from nianbao.checks.wording import aspects, leftovers, numbering, privacy, problems, punctuation, repetition, structure
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.report import Reading

CHECKS: tuple[Callable[[Rule, Reading], list[Finding]], ...] = (
    structure.sections_hold_one_text_each,
    aspects.overview_covers_the_five_aspects,
    problems.problems_have_measures,
    aspects.last_section_reports_the_fee,
    leftovers.nothing_is_left_over,
    numbering.numbering_is_continuous,
    punctuation.punctuation_is_full_width,
    structure.overview_is_not_too_long,
    privacy.no_personal_data,
    repetition.text_is_not_last_years,
)
"""The functions that rules may name."""
