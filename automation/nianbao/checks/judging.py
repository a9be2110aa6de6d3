"""Judging a reading by every rule of its edition, in one order: sums first, whose causes the others don't repeat."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from nianbao.checks import (
    between_tables,
    facts,
    history,
    identity,
    litigation,
    notice_rules,
    root_causes,
    single_figures,
    text,
    verdict,
    wording,
)
from nianbao.checks.rule_findings import BLANK, NO_TEXT
from nianbao.errors import EditionError
from nianbao.findings import Finding, Severity
from nianbao.form import Edition, Rule
from nianbao.report import Reading
from nianbao.verdicts import NOTHING_TO_JUDGE, Told, Unjudged, Verdict

Check = Callable[[Rule, Reading], Told]

CHECKS: Mapping[str, Check] = {
    f.__name__: f
    for f in (
        single_figures.numbers_are_proper,
        single_figures.no_value_is_blank,
        single_figures.prior_stock_is_not_negative,
        single_figures.lower_bodies_have_no_regulations,
        single_figures.processing_fee_is_lawful,
        single_figures.published_categories_add_up,
        identity.body_and_year_are_given,
        identity.year_fits_the_edition,
        identity.deviations_are_named,
        identity.level_is_given,
        *facts.CHECKS,
        *history.CHECKS,
        *between_tables.CHECKS,
        litigation.refusals_go_to_reconsideration_first,
        *text.CHECKS,
        *wording.CHECKS,
        *notice_rules.CHECKS,
    )
}
"""The functions that rules may name."""


_OF_TEXTS = {f.__name__ for f in (*text.CHECKS, *wording.CHECKS)} - {"sections_hold_one_text_each"}
"""The functions that read what is written, without which they judge nothing; that a text is missing is S1."""


def refuse_unknown_checks(edition: Edition) -> None:
    """Raise EditionError when a rule names a function that does not exist: such a rule would silently pass."""
    unknown = [f"规则 {r.id} 指的核对方法 {r.check} 不存在" for r in edition.rules if r.check and r.check not in CHECKS]
    if unknown:
        raise EditionError(edition.name, unknown)


@dataclass(frozen=True)
class Judged:
    """All findings of a reading, errors before the rest, and the verdict on every rule that applies."""

    findings: list[Finding]
    verdicts: tuple[Verdict, ...]


def check(reading: Reading) -> list[Finding]:
    """Return all findings of a reading, the reader's own first, errors before the rest."""
    return judge(reading).findings


def judge(reading: Reading) -> Judged:
    """Judge a reading by every rule of its edition. Raises EditionError when a rule names no known function."""
    edition = reading.edition
    refuse_unknown_checks(edition)
    rules = [r for r in edition.rules if r.scope in verdict.JUDGED_HERE and r.applies_to(reading.report.year)]
    summed, known = root_causes.judged(reading, [r for r in rules if r.identities])
    found = [f for f in reading.findings if not root_causes.is_told(f, summed)]
    located = root_causes.located(summed)
    written = any(reading.report.texts.get(t.id, "").strip() for t in edition.texts)
    aside: dict[str, Unjudged] = {}
    broken = set()
    for rule in rules:
        of_cells = rule.check in single_figures.OF_CELLS
        for one in _told(rule, reading if of_cells else known, written=written):
            if isinstance(one, Unjudged):
                aside[rule.id] = one if one.why else aside.get(rule.id, one)
            elif of_cells and _is_same_cause(rule, one, located):
                broken.add(rule.id)
            elif not of_cells and set(one.cells) & known.unread:
                aside[rule.id] = BLANK
            else:
                found.append(one)
    order = {s: i for i, s in enumerate(Severity)}
    ordered = sorted(summed + found, key=lambda f: order[f.severity])
    return Judged(ordered, verdict.verdicts(known, ordered, aside, broken))


def _told(rule: Rule, reading: Reading, *, written: bool) -> Told:
    """Return what a rule's function says; a rule that reads the texts has nothing to judge before they are written."""
    if not rule.check:
        return []
    if rule.scope == "notice" and reading.notice is None:
        return [NOTHING_TO_JUDGE]
    if rule.check in _OF_TEXTS and not written:
        return [NO_TEXT]
    return CHECKS[rule.check](rule, reading)


def _is_same_cause(rule: Rule, found: Finding, located: set[str]) -> bool:
    """A figure that the sums have located and mended is not reported again for being improper (A5)."""
    return rule.check == single_figures.numbers_are_proper.__name__ and set(found.cells) <= located
