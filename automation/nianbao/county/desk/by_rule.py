"""The findings the other way round: for each rule, which bodies break it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.county.desk.cards import Card
from nianbao.findings import Severity
from nianbao.form import Edition, Rule


@dataclass(frozen=True)
class RuleBreakers:
    """One rule and who breaks it, with its gravest class; `rule` is None when the edition does not know it.

    `count` are the findings of all bodies, `explained` those of them that have a written reason.
    """

    id: str
    rule: Rule | None
    severity: Severity
    bodies: tuple[Card, ...]
    count: int
    explained: int


def groups(cards: Iterable[Card], edition: Edition) -> tuple[RuleBreakers, ...]:
    """Return the rules that bodies break: by class, then those most bodies break first."""
    order = list(Severity)
    found: dict[str, list[Card]] = {}
    for card in cards:
        for broken in card.broken:
            found.setdefault(broken.rule, []).append(card)
    made = []
    for rule, bodies in found.items():
        broken_here = [b for c in bodies for b in c.broken if b.rule == rule]
        gravest = min((b.severity for b in broken_here), key=order.index)
        count, explained = sum(b.count for b in broken_here), sum(b.explained for b in broken_here)
        made.append(RuleBreakers(rule, edition.rule.get(rule), gravest, tuple(bodies), count, explained))
    return tuple(sorted(made, key=lambda g: (order.index(g.severity), -len(g.bodies), g.id)))
