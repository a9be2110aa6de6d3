"""Several years of the measures: of each body and of the county, from the results of earlier years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nianbao.county.desk.cards import Card
from nianbao.county.desk.measures import measured
from nianbao.county.keeping.run_changes import key_of
from nianbao.county.model import BodyState, Desk, Member
from nianbao.county.roster import fold

Figures = Mapping[str, int]
Course = tuple[tuple[int, Figures], ...]
"""The measures by id of each year that is known, the earliest year first."""


@dataclass
class History:
    """Earlier years, gathered body by body: of bodies by what they are known by, of the county."""

    bodies: dict[str, dict[int, Figures]] = field(default_factory=dict)
    county: dict[int, Figures] = field(default_factory=dict)

    def add(self, desk: Desk, bodies: Iterable[BodyState]) -> Iterator[BodyState]:
        """Pass the bodies of an earlier desk through and keep their measures."""
        if desk.year is not None and desk.totals:
            self.county[desk.year] = measured(desk.totals[-1].values)
        for body in bodies:
            if desk.year is not None and body.report:
                for key in _keys(body.member):
                    self.bodies.setdefault(key, {})[desk.year] = measured(body.report.values)
            yield body

    def of(self, card: Card, year: int | None) -> Course:
        """Return the course of a body: earlier results, its own last-year figures where there are none, this year."""
        if year is None:
            return ()
        known = next((self.bodies[k] for k in _keys(card.state.member) if k in self.bodies), {})
        return _course({year - 1: card.before, **known, year: card.now}, year)

    def of_county(self, desk: Desk) -> Course:
        """Return the course of the county; a year of which not all bodies are known is what was delivered then."""
        if desk.year is None or not desk.totals:
            return ()
        last = measured(desk.last_totals[-1].values) if desk.last_totals and desk.last_totals[-1].bodies else {}
        return _course({desk.year - 1: last, **self.county, desk.year: measured(desk.totals[-1].values)}, desk.year)


def _course(years: Mapping[int, Figures], last: int) -> Course:
    return tuple((year, figures) for year, figures in sorted(years.items()) if figures and year <= last)


def _keys(member: Member) -> tuple[str, ...]:
    """Return what a body is looked for by: its code, its name now, the names it had."""
    names = (member.name, *member.former)
    return key_of(member), *("\n".join((fold(n), member.level, fold(member.county))) for n in names)
