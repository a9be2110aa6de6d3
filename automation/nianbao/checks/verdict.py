"""One verdict for every rule that applies to a reading, from its findings and from what its checks could not judge."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from nianbao.checks.rule_findings import blank
from nianbao.findings import Finding
from nianbao.form import Identity, Rule
from nianbao.report import Reading
from nianbao.verdicts import NOTHING_TO_JUDGE, State, Unjudged, Verdict

JUDGED_HERE = ("report", "history", "notice")
"""The scopes whose rules `checks` judges; a file's reader, the register and the county have their own."""

_NO_REPORT = ("county", "template")
"""Scopes of rules that judge no single report."""


def verdicts(
    reading: Reading, findings: Iterable[Finding], aside: Mapping[str, Unjudged], broken: Collection[str] = ()
) -> tuple[Verdict, ...]:
    """Return the verdicts in the edition's order.

    `aside` says of rules why they could not be judged, wholly or in part; `broken` are rules whose findings are left
    out because another finding names their cause.
    """
    told = {f.rule for f in findings} | set(broken)
    rules = [r for r in reading.edition.rules if r.scope not in _NO_REPORT and r.applies_to(reading.report.year)]
    return (
        *_of_rules(reading, rules, told, aside),
        *(Verdict(rule, State.BROKEN) for rule in sorted(told - {r.id for r in reading.edition.rules})),
    )


def _of_rules(
    reading: Reading, rules: Iterable[Rule], told: Collection[str], aside: Mapping[str, Unjudged]
) -> Iterator[Verdict]:
    families = {_family(rule) for rule in told}
    for rule in rules:
        used = _used(rule, reading)
        if rule.id in told or not _hold(used, reading):
            yield Verdict(rule.id, State.BROKEN)
            continue
        why = _blank_in(rule, used, reading) if rule.identities else _why_not(rule, reading, aside, families)
        if why is None:
            yield Verdict(rule.id, State.HELD)
        elif why.why:
            yield Verdict(rule.id, State.UNJUDGED, why.why)


def _why_not(rule: Rule, reading: Reading, aside: Mapping[str, Unjudged], families: Collection[str]) -> Unjudged | None:
    """Return why a rule without sums could not be judged, None when it was."""
    if rule.scope in JUDGED_HERE and rule.check:
        return aside.get(rule.id)
    return None if _is_readers(rule, reading) or _family(rule.id) in families else NOTHING_TO_JUDGE


def _family(rule: str) -> str:
    return rule.rstrip("0123456789")


def _is_readers(rule: Rule, reading: Reading) -> bool:
    """Tell whether the reader of this kind of file judged the rule; a workbook's places look like 表三!D5."""
    if rule.scope == "register":
        return reading.with_register
    places = reading.places.cells.values()
    if _family(rule.id) == "R":
        return bool(places) and not any("!" in p for p in places)
    return rule.scope == "workbook" and any("!" in p for p in places)


def _used(rule: Rule, reading: Reading) -> list[Identity]:
    """Return the identities that no blank of an optional table sets aside."""
    values, known = reading.report.values, reading.edition.values
    return [i for i in rule.identities if all(k in values or known[k].required for k in (*i.left, *i.right))]


def _blank_in(rule: Rule, used: list[Identity], reading: Reading) -> Unjudged | None:
    """Return why not all sums could be judged; those of optional tables left blank are nobody's fault.

    A comparison that somebody may have to explain is told when there was nothing to compare with.
    """
    if not used and rule.explainable:
        table = reading.edition.values[rule.identities[0].left[0]].table
        return Unjudged(f"{reading.edition.table[table].word}没有填")
    if not used:
        return NOTHING_TO_JUDGE
    return next(iter(blank(reading, (k for i in used for k in (*i.left, *i.right)))), None)


def _hold(used: list[Identity], reading: Reading) -> bool:
    """Tell whether every sum that can be added up holds; of connected sums only one has the finding."""
    values = reading.report.values
    return all(
        sum(values[k] for k in i.left) == sum(values[k] for k in i.right)
        for i in used
        if all(k in values for k in (*i.left, *i.right))
    )
