"""Structure, wording and privacy of the texts (rules S1-S14, P1), and the text against last year's (H7)."""

from __future__ import annotations

from collections.abc import Callable

from nianbao.checks.wording import (
    announced,
    aspects,
    broken,
    doubled,
    gaps,
    generic,
    leftovers,
    numbering,
    pairs,
    privacy,
    problems,
    punctuation,
    repetition,
    structure,
)
from nianbao.form import Rule
from nianbao.report import Reading
from nianbao.verdicts import Told

CHECKS: tuple[Callable[[Rule, Reading], Told], ...] = (
    structure.sections_hold_one_text_each,
    aspects.overview_covers_the_five_aspects,
    problems.problems_have_measures,
    aspects.last_section_reports_the_fee,
    leftovers.nothing_is_left_over,
    numbering.numbering_is_continuous,
    punctuation.punctuation_is_full_width,
    structure.overview_is_not_too_long,
    gaps.nothing_is_missing,
    doubled.words_are_written_once,
    pairs.marks_are_paired,
    broken.sentences_are_whole,
    announced.points_are_as_many_as_announced,
    generic.overview_is_about_this_body,
    privacy.no_personal_data,
    repetition.text_is_not_last_years,
)
"""The functions that rules may name."""
