"""The sums of a county by declared scope, and what keeps a sum from being a total. Pure; bodies come one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from nianbao.county.categories import Categories
from nianbao.county.model import BodyState, Gap, Scope, Status, Stray, Total
from nianbao.county.roster.scopes import Tree, whole
from nianbao.form import Edition, load_edition
from nianbao.numbers import Number
from nianbao.report import Report

SHOWN = 5
"""Names listed in a reason; the rest are counted."""

CONTRIBUTORS = 40
"""Contributors to one cell that are kept by name."""

_REASONS = {
    Status.MISSING: "没有报送",
    Status.DOUBLED: "报了几份，不知以哪份为准",
    Status.WRONG_YEAR: "报的不是本年度",
    Status.UNREADABLE: "文件读不出",
    Status.ASKED: "来件待确认是谁报的",
    Status.WRONG: "数字有错，待改正",
}
_OPEN = "报来的合计数还没有确定"

_OF_NOBODY = {Status.UNREADABLE: "读不出，不知道是哪个单位的", Status.UNKNOWN: "没有写单位名称，不知道是哪个单位的"}


@dataclass
class _Sum:
    values: dict[str, Number] = field(default_factory=dict)
    bodies: list[str] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    unlike: dict[str, list[str]] = field(default_factory=dict)
    blank: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Contribution:
    """Who gave a figure of the whole county: names with non-zero figures, first ones only, and how many there are."""

    named: tuple[tuple[str, Number], ...]
    count: int


class Adder:
    """Adds up bodies by the parts of a whole (`tree`: of a county where none is given) in one edition.

    `named` is how the edition was asked for (id or .toml file).
    """

    def __init__(self, edition: Edition, named: str = "", *, last_year: bool = False, tree: Tree | None = None) -> None:
        self.edition = edition
        self.tree = tree or whole("county")
        self._name = named or edition.id
        self._last_year = last_year
        self._sums = {scope: _Sum() for scope in self.tree.scopes}
        self._named: dict[str, list[tuple[str, Number]]] = {}
        self._count: Counter[str] = Counter()
        self.categories = Categories(edition)

    def add(self, body: BodyState) -> None:
        """Take in one body, whatever its status; a body of no scope counts nowhere."""
        part = self.tree.of(body.member)
        if part is None:
            lacking = self.tree.lacks(body.member)
            if lacking:
                self._whole.gaps.append(Gap(body.id, body.member.shown, body.status, lacking))
            return
        report = body.last_year if self._last_year else body.report
        gap = None if self._last_year and report else self._gap(body)
        for total in (self._sums[part], self._whole):
            if gap:
                total.gaps.append(gap)
            if report is not None:
                self._take(total, body, report, settled=gap is None)
        if report is not None:
            self._contribute(body, report)
            self.categories.take(body.member.shown, report)

    def lack(self, files: Iterable[Stray]) -> None:
        """Take note of files which may be of a body that nobody has listed; what is known to be another's is none."""
        for stray in files:
            if stray.status in _OF_NOBODY and not stray.name:
                gap = Gap("", stray.source.place, stray.status, _OF_NOBODY[stray.status])
                self._whole.gaps.append(gap)

    def doubt(self, name: str, why: str) -> None:
        """Take note of what keeps the whole county's figures from being anybody's: `why` follows `name`."""
        self._whole.gaps.append(Gap("", name, Status.UNKNOWN, why))

    @property
    def _whole(self) -> _Sum:
        return self._sums[self.tree.whole]

    def _gap(self, body: BodyState) -> Gap | None:
        name = body.member.shown
        if self._last_year:
            return Gap(body.id, name, body.status, "没有上年数据")
        if body.status is Status.WRONG:
            cells = self.edition.values
            figures = [f for f in body.findings if f.forbids and any(k in cells for k in f.cells)]
            why = _OPEN if any(f.rule == "G3" for f in figures) else _REASONS[Status.WRONG]
            return Gap(body.id, name, body.status, why) if figures else None
        reason = _REASONS.get(body.status, "")
        return Gap(body.id, name, body.status, reason) if reason else None

    def _take(self, total: _Sum, body: BodyState, report: Report, *, settled: bool) -> None:
        """Add a report; what one that is not settled leaves blank is told by its gap already."""
        total.bodies.append(body.id)
        same = comparable(self._name, report.edition)
        for table in self.edition.tables:
            if table.help:
                continue
            if table.id not in same:
                total.unlike.setdefault(table.id, []).append(f"{body.member.shown}（{report.edition}）")
                continue
            for value in table.values:
                number = report.values.get(value.key)
                if number is None and settled:
                    total.blank.setdefault(value.key, []).append(body.member.shown)
                elif number is not None:
                    total.values[value.key] = total.values.get(value.key, 0) + number

    def _contribute(self, body: BodyState, report: Report) -> None:
        for key, number in report.values.items():
            if number:
                self._count[key] += 1
                named = self._named.setdefault(key, [])
                if len(named) < CONTRIBUTORS:
                    named.append((body.member.shown, number))

    def totals(self) -> tuple[Total, ...]:
        """Return the totals so far: each part's in order, the whole's behind them.

        An optional part in which nobody is listed is left out.
        """
        optional = {p.scope for p in self.tree.parts if p.optional}
        sums = {s: t for s, t in self._sums.items() if s not in optional or t.bodies or t.gaps}
        return tuple(self._total(scope, total) for scope, total in sums.items())

    def _total(self, scope: Scope, total: _Sum) -> Total:
        undetermined: dict[str, str] = {}
        values = dict(total.values)
        for table in self.edition.tables:
            if table.help:
                continue
            unlike = total.unlike.get(table.id)
            for value in table.values:
                blank = total.blank.get(value.key, [])
                if unlike:
                    why = f"{names(unlike)}用的格式{table.word}的行列不同，不能相加"
                    undetermined[value.key] = why
                elif blank and value.required:
                    undetermined[value.key] = f"{names(blank)}没有填"
                elif blank:
                    values.pop(value.key, None)
        return Total(scope, values, tuple(total.bodies), tuple(total.gaps), undetermined)

    def partly_blank(self) -> Mapping[str, tuple[str, ...]]:
        """Return the cells that need not be filled in and are blank for some bodies only, with those bodies."""
        total = self._whole
        return {
            k: tuple(b) for k, b in total.blank.items() if k in total.values and not self.edition.values[k].required
        }

    def contributions(self) -> Mapping[str, Contribution]:
        """Return who gave each figure of the whole county, by cell key of the edition."""
        return {k: Contribution(tuple(self._named.get(k, ())), self._count[k]) for k in self.edition.values}


@lru_cache(maxsize=64)
def comparable(ours: str, theirs: str) -> frozenset[str]:
    """Return the ids of the tables that are the same in both editions, value by value."""
    one, two = load_edition(ours), load_edition(theirs)
    found = set()
    for table in one.tables:
        other = two.table.get(table.id)
        if other and _signature(one, table.id) == _signature(two, table.id):
            found.add(table.id)
    return frozenset(found)


def _signature(edition: Edition, table: str) -> set[tuple[str, str, str]]:
    return {(v.key, v.kind.value, v.unit) for v in edition.table[table].values}


def names(listed: Iterable[str]) -> str:
    """List names, the first few in full."""
    given = list(dict.fromkeys(listed))
    more = f"等 {len(given)} 个单位" if len(given) > SHOWN else ""
    return "、".join(given[:SHOWN]) + more


def sum_of(reports: Iterable[Report]) -> dict[str, Number]:
    """Return the sum of several reports cell by cell, of merged bodies; a cell blank in any of them is blank."""
    listed = list(reports)
    keys = set.intersection(*(set(r.values) for r in listed)) if listed else set()
    return {k: sum(r.values[k] for r in listed) for k in listed[0].values if k in keys} if listed else {}
