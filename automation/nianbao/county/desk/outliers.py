"""Which bodies stand out: far more than their peers of one level, or far more or fewer than last year. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median, quantiles

from nianbao.county.desk.cards import Card
from nianbao.county.desk.measures import MEASURES

FENCE = 3
"""Far out: above the upper quartile by more than three times the distance of the quartiles (Tukey)."""

LEAST = 10
"""Less than this above the median, or as a change, is everyday."""

HALF = 0.5
"""A change by more than half of last year's, as rule H6 has it."""

_FEWEST = 4


@dataclass(frozen=True)
class Point:
    """One body's figure, this year and last (None: not known)."""

    body: str
    name: str
    now: int
    before: int | None = None
    far_out: bool = False


@dataclass(frozen=True)
class LevelPoints:
    """The bodies of one level, the smallest figure first."""

    label: str
    points: tuple[Point, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(p.now for p in self.points)


def groups(cards: Iterable[Card], measure: str = MEASURES[0].id) -> tuple[LevelPoints, ...]:
    """Return the bodies by level, as the levels first appear, with those far out marked.

    Bodies without the figure or without a level are left out.
    """
    found: dict[str, list[Point]] = {}
    for card in cards:
        point = _point(card, measure)
        if point and card.level:
            found.setdefault(card.level, []).append(point)
    return tuple(LevelPoints(label, _marked(points)) for label, points in found.items())


def far_out(cards: Sequence[Card]) -> Mapping[str, tuple[str, ...]]:
    """Return by body (id) in which measures it is far above its peers, in words: 本年新收 96 件，同级中位数 3 件."""
    found: dict[str, list[str]] = {}
    for measure in MEASURES:
        for group in groups(cards, measure.id):
            for point in group.points:
                if point.far_out:
                    told = f"{measure.label} {point.now} 件，{group.label}中位数 {group.middle:g} 件"
                    found.setdefault(point.body, []).append(told)
    return {body: tuple(told) for body, told in found.items()}


def jumps(cards: Iterable[Card], measure: str = MEASURES[0].id) -> tuple[Point, ...]:
    """Return the bodies whose figure changed by more than LEAST and more than half, the greatest change first."""
    points = [p for p in (_point(c, measure) for c in cards) if p]
    found = [(abs(p.now - p.before), p) for p in points if p.before is not None and _jumped(p.now, p.before)]
    return tuple(p for _, p in sorted(found, key=lambda f: -f[0]))


def _jumped(now: int, before: int) -> bool:
    return abs(now - before) > max(LEAST, HALF * before)


def _point(card: Card, measure: str) -> Point | None:
    now = card.now.get(measure)
    return None if now is None else Point(card.id, card.state.member.shown, now, card.before.get(measure))


def _marked(points: Sequence[Point]) -> tuple[Point, ...]:
    figures = [p.now for p in points]
    limit = float("inf")
    if len(figures) >= _FEWEST:
        low, middle, high = quantiles(figures, n=4, method="inclusive")
        limit = max(high + FENCE * (high - low), middle + LEAST)
    return tuple(sorted((replace(p, far_out=p.now > limit) for p in points), key=lambda p: p.now))
