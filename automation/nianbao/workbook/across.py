"""The rules that no 差 cell beside a table can show, as formulas: between tables, about 基本信息, against last year.

Each formula stands in a row of 逐格核对 and comes to 0 (kept), 1 (something is found), a text (why it can't be judged)
or '' (nothing to judge), as the function of checks/ that the rule names does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from nianbao.form import Edition, Rule
from nianbao.workbook import cellrows, ruleshere, rulesyears
from nianbao.workbook.address import Spot
from nianbao.workbook.cellrows import fact
from nianbao.workbook.layout import layout
from nianbao.workbook.live_checks import in_force
from nianbao.workbook.ruleterms import FigureTerms, Made, in_its_years


@dataclass(frozen=True)
class Across:
    """One such rule: its formula, and the cell of the form it is about first."""

    rule: Rule
    formula: str
    about: Spot


@lru_cache(maxsize=32)
def rules(edition: Edition) -> tuple[Across, ...]:
    """Return the edition's rules that can be judged so, in its order; the edition says which functions they name."""
    places = layout(edition)
    found = []
    for rule in edition.rules:
        made = _MADE.get(rule.check)
        if made is None or not in_force(edition, rule):
            continue
        formula, about = made(FigureTerms(places, rule))
        if formula:
            spot = places.values[about] if about in places.values else places.fields.get(about, fact("last_year"))
            found.append(Across(rule, f"={in_its_years(rule, formula)}", spot))
    return tuple(found)


@lru_cache(maxsize=32)
def spots(edition: Edition) -> Mapping[str, Spot]:
    """Map these rules to the cells of their formulas."""
    head = cellrows.of_rules(layout(edition))
    return {a.rule.id: head.by(1 + i, cellrows.TAKEN - 1) for i, a in enumerate(rules(edition))}


_MADE: Mapping[str, Callable[[FigureTerms], Made]] = {
    "body_and_year_are_given": ruleshere.body_and_year,
    "year_fits_the_edition": ruleshere.year_fits,
    "level_is_given": ruleshere.level,
    "some_contact_is_given": ruleshere.contact,
    "carried_over_requests_continue": rulesyears.carried_over,
    "carried_over_applicants_continue": rulesyears.carried_by_applicant,
    "documents_in_force_continue": rulesyears.in_force,
    "pending_cases_reappear": rulesyears.pending_cases,
    "no_unexplained_jump": rulesyears.jumps,
    "last_year_is_the_year_before": rulesyears.year_before,
    "overdue_fees_have_notices": ruleshere.overdue,
    "fee_is_within_charges": ruleshere.within_charges,
    "cases_come_from_requests": ruleshere.no_requests,
    "litigation_follows_reconsideration": ruleshere.after_reconsideration,
    "charges_are_in_ten_thousands": ruleshere.ten_thousands,
    "delegated_powers_are_confirmed": ruleshere.powers,
    "refusals_go_to_reconsideration_first": ruleshere.direct,
}
