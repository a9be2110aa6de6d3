"""The findings the other way round: for each rule, which bodies break it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.county.desk.bodies import Line, Told
from nianbao.findings import Severity
from nianbao.form import Edition, Rule


@dataclass(frozen=True)
class Broken:
    """What one body breaks of a rule."""

    body: str
    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Group:
    """One rule and who breaks it, with its gravest class; `rule` is None when the edition does not know it."""

    id: str
    rule: Rule | None
    severity: Severity
    bodies: tuple[Broken, ...]

    @property
    def count(self) -> int:
        """The findings of all bodies."""
        return sum(len(b.told) for b in self.bodies)

    @property
    def explained(self) -> int:
        """Those of them that have a written reason."""
        return sum(bool(t.reason) for b in self.bodies for t in b.told)


def groups(lines: Iterable[Line], edition: Edition) -> tuple[Group, ...]:
    """Return the rules that bodies break: by class, then those most bodies break first."""
    found: dict[str, dict[str, list[Told]]] = {}
    names: dict[str, str] = {}
    for line in lines:
        names[line.id] = line.member.shown
        for told in line.told:
            found.setdefault(told.rule, {}).setdefault(line.id, []).append(told)
    order = list(Severity)
    made = []
    for rule, bodies in found.items():
        gravest = min((t.severity for listed in bodies.values() for t in listed), key=order.index)
        broken = tuple(Broken(b, names[b], tuple(t)) for b, t in bodies.items())
        made.append(Group(rule, edition.rule.get(rule), gravest, broken))
    return tuple(sorted(made, key=lambda g: (order.index(g.severity), -len(g.bodies), g.id)))
