"""Which bodies stand out: many more requests than their peers, or far more or fewer than last year. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from nianbao.county.desk.sums import RECEIVED
from nianbao.county.model import BodyState, Total

FENCE = 3
"""Far out: above the upper quartile by more than three times the distance of the quartiles (Tukey)."""

LEAST = 10
"""Fewer requests than this above the median, or as a change, are everyday."""

HALF = 0.5
"""A change by more than half of last year's, as rule H6 has it."""

_FEWEST = 4


@dataclass(frozen=True)
class Point:
    """One body's requests newly received, this year and last (None: not known)."""

    body: str
    name: str
    now: int
    before: int | None = None
    far_out: bool = False


@dataclass(frozen=True)
class Group:
    """The bodies of one scope, fewest requests first."""

    label: str
    points: tuple[Point, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(p.now for p in self.points)


def groups(bodies: Iterable[BodyState], totals: Iterable[Total]) -> tuple[Group, ...]:
    """Return the bodies by the part they are summed in, those far out marked; bodies without a figure are left out."""
    points = {p.body: p for p in map(_point, bodies) if p}
    parts = [(t.scope.word, [points[b] for b in t.bodies if b in points]) for t in totals if not t.scope.whole]
    return tuple(Group(word, _marked(found)) for word, found in parts if found)


def jumps(bodies: Iterable[BodyState]) -> tuple[Point, ...]:
    """Return the bodies whose requests changed by more than LEAST and more than half, the greatest change first."""
    points = [p for p in map(_point, bodies) if p]
    found = [(abs(p.now - p.before), p) for p in points if p.before is not None and _jumped(p.now, p.before)]
    return tuple(p for _, p in sorted(found, key=lambda f: -f[0]))


def _jumped(now: int, before: int) -> bool:
    return abs(now - before) > max(LEAST, HALF * before)


def _point(body: BodyState) -> Point | None:
    now = body.report.values.get(RECEIVED) if body.report else None
    before = body.last_year.values.get(RECEIVED) if body.last_year else None
    if now is None:
        return None
    return Point(body.id, body.member.shown, int(now), None if before is None else int(before))


def _marked(points: Sequence[Point]) -> tuple[Point, ...]:
    figures = [p.now for p in points]
    limit = float("inf")
    if len(figures) >= _FEWEST:
        low, middle, high = quantiles(figures, n=4, method="inclusive")
        limit = max(high + FENCE * (high - low), middle + LEAST)
    marked = [Point(p.body, p.name, p.now, p.before, p.now > limit) for p in points]
    return tuple(sorted(marked, key=lambda p: p.now))
