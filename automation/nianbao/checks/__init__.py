"""Everything a careful reviewer checks. Pure: a Reading in, findings out. Which rules exist is the edition's data."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nianbao.checks import asked, facts, figures, history, identity, litigation, roots, tables, text, wording
from nianbao.errors import EditionError
from nianbao.findings import Finding, Severity
from nianbao.form import Edition, Rule
from nianbao.report import Reading

Check = Callable[[Rule, Reading], list[Finding]]

CHECKS: Mapping[str, Check] = {
    f.__name__: f
    for f in (
        figures.numbers_are_proper,
        figures.no_value_is_blank,
        figures.prior_stock_is_not_negative,
        figures.lower_bodies_have_no_regulations,
        figures.processing_fee_is_lawful,
        figures.published_categories_add_up,
        identity.body_and_year_are_given,
        identity.year_fits_the_edition,
        identity.deviations_are_named,
        identity.level_is_given,
        *facts.CHECKS,
        *history.CHECKS,
        *tables.CHECKS,
        litigation.refusals_go_to_reconsideration_first,
        *text.CHECKS,
        *wording.CHECKS,
        *asked.CHECKS,
    )
}
"""The functions that rules may name."""


CHECKED = ("report", "history", "notice")
"""The scopes judged here; the workbook's reader and the county have their own."""


def refuse_unknown_checks(edition: Edition) -> None:
    """Raise EditionError when a rule names a function that does not exist: such a rule would silently pass."""
    unknown = [f"规则 {r.id} 指的核对方法 {r.check} 不存在" for r in edition.rules if r.check and r.check not in CHECKS]
    if unknown:
        raise EditionError(edition.name, unknown)


def check(reading: Reading) -> list[Finding]:
    """Return all findings of a reading, the reader's own first, errors before the rest."""
    edition = reading.edition
    refuse_unknown_checks(edition)
    if reading.notice and not any(r.scope == "notice" for r in edition.rules):
        raise EditionError(edition.name, ["没有核对当地通知的规则，请在 include 里加上 rules-notice.toml"])
    rules = [r for r in edition.rules if r.scope in CHECKED and r.applies_to(reading.report.year)]
    summed, known = roots.judged(reading, [r for r in rules if r.identities])
    found = [f for f in reading.findings if not roots.is_told(f, summed)]
    located = {c.cell for f in summed if len(f.proposals) == 1 for c in f.proposals[0]}
    for rule in rules:
        if rule.check in figures.OF_CELLS:
            found += [f for f in CHECKS[rule.check](rule, reading) if not _is_same_cause(f, located)]
        elif rule.check:
            found += [f for f in CHECKS[rule.check](rule, known) if not set(f.cells) & known.unread]
    order = {s: i for i, s in enumerate(Severity)}
    return sorted(summed + found, key=lambda f: order[f.severity])


def _is_same_cause(found: Finding, located: set[str]) -> bool:
    """A figure that the sums have located and mended is not reported again for being improper (A5)."""
    return found.rule == "A5" and set(found.cells) <= located
