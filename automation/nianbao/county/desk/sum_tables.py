"""The county's figures as the page shows them: lines of the form, one column a scope, last year beside this year.

Knows the national form: which rows of 表三 came in and went out, so that its results are shown in groups, and the
columns of 表四 that are shown. A table with other ids is shown whole, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nianbao.county.model import Desk, Total
from nianbao.form import Edition, Kind, Value
from nianbao.form.model import plain
from nianbao.numbers import Number, spell

REQUESTS, REVIEW, RECEIVED = "requests", "review", "requests.received.total"
FLOW = ("received", "pending_start", "total", "pending_end")
"""Rows of 表三 that say what came in and went out; all the others are results."""

_NUMBERED = re.compile(r"^(?:（[^）]*）|[一二三四五六七八九十]+、|\d+\.)")
_REMARK = re.compile(r"（.*")


@dataclass(frozen=True)
class SumLine:
    """One line of figures: the sum of these cells."""

    label: str
    keys: tuple[str, ...]
    unit: str
    part: bool = False


@dataclass(frozen=True)
class ShownSum:
    """A figure as shown; one that is not `settled` is the sum of what was delivered so far (＊: this cell only)."""

    text: str
    settled: bool = True


@dataclass(frozen=True)
class SumRow:
    """One line of the table: a figure for each scope, last year's county, the change."""

    label: str
    unit: str
    part: bool
    figures: tuple[ShownSum, ...]


@dataclass(frozen=True)
class SumTable:
    """The lines of one table of the form."""

    title: str
    rows: tuple[SumRow, ...]


@dataclass(frozen=True)
class TotalStanding:
    """Whether a scope's total is final, and what keeps it from being so: why, and the bodies by id and name."""

    label: str
    determined: bool
    count: int
    gaps: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    cells: tuple[str, ...]


def results(edition: Edition, column: str = "total") -> tuple[SumLine, ...]:
    """Return a line for each of （一）至（六） of 表三, its items added up."""
    table = edition.table.get(REQUESTS)
    groups: dict[str, list[Value]] = {}
    for value in table.values if table else ():
        if value.column == column and value.row not in FLOW:
            groups.setdefault(value.row.partition(".")[0], []).append(value)
    return tuple(SumLine(_group_name(g), tuple(v.key for v in g), g[0].unit) for g in groups.values())


def applicants(edition: Edition) -> tuple[SumLine, ...]:
    """Return a line for each kind of applicant: the requests newly received."""
    table = edition.table.get(REQUESTS)
    listed = [v for v in table.values if v.row == "received" and v.column != "total"] if table else []
    return tuple(SumLine(v.words[1], (v.key,), v.unit) for v in listed)


def added(values: Mapping[str, Number], line: SumLine) -> Number | None:
    """Return the sum of a line's cells, None when one of them is blank."""
    found = [values[k] for k in line.keys if k in values]
    return sum(found) if len(found) == len(line.keys) and found else None


def blocks(desk: Desk, edition: Edition) -> tuple[SumTable, ...]:
    """Return the page's table of totals by table of the form, a column for each of its totals."""
    made = [SumTable(t, tuple(_row(desk, line) for line in lines)) for t, lines in _lines(edition)]
    return tuple(SumTable(b.title, tuple(r for r in b.rows if any(f.text != "—" for f in r.figures))) for b in made)


def standing(totals: Iterable[Total]) -> tuple[TotalStanding, ...]:
    """Return for each scope whether its total is final, and if not, why and who is missing."""
    return tuple(_standing(t) for t in totals)


def of_whole(totals: Iterable[Total]) -> Total | None:
    """Return the total of the whole, if there is one."""
    return next((t for t in totals if t.scope.whole), None)


def last_county(desk: Desk) -> Total | None:
    """Return last year's total of the whole county, None when no body brought its last year's report."""
    last = of_whole(desk.last_totals)
    return last if last and last.bodies else None


def difference(now: Number | None, before: Number | None) -> str:
    """Return the change with its sign, '—' when one of both is not known."""
    if now is None or before is None:
        return "—"
    change = now - before
    return f"−{spell(-change)}" if change < 0 else spell(change, Kind.SIGNED)


def _lines(edition: Edition) -> list[tuple[str, list[SumLine]]]:
    found = []
    for table in edition.tables:
        if not table.printed:
            continue
        if table.id == REQUESTS:
            flow = {v.row: SumLine(v.words[0], (v.key,), v.unit) for v in table.values if v.column == "total"}
            parts = [SumLine(x.label, x.keys, x.unit, part=True) for x in results(edition)]
            lines = [flow[r] for r in FLOW[:3] if r in flow] + parts + [flow[r] for r in FLOW[3:] if r in flow]
        elif table.id == REVIEW:
            kept = [v for v in table.values if v.column in ("total", "corrected", "pending")]
            kept.sort(key=lambda v: [x.row for x in table.values].index(v.row) * 2 + (v.column != "total"))
            lines = [
                SumLine(v.words[0] if v.column == "total" else v.words[1], (v.key,), v.unit, part=v.column != "total")
                for v in kept
            ]
        else:
            lines = [SumLine(" ".join(v.words), (v.key,), v.unit) for v in table.values]
        found.append((f"{table.word}　{table.title or _heading(edition, table.id)}".strip("　"), lines))
    return found


def _heading(edition: Edition, table: str) -> str:
    return next((s.heading for s in edition.sections if s.table == table), "")


def _row(desk: Desk, line: SumLine) -> SumRow:
    figures = [_figure(t, line) for t in desk.totals]
    now, before = of_whole(desk.totals), last_county(desk)
    if before:
        change = difference(added(now.values, line) if now else None, added(before.values, line))
        settled = all(f.settled for f in (figures[-1], _figure(before, line)))
        figures += [_figure(before, line), ShownSum(change, settled)]
    return SumRow(line.label, line.unit, line.part, tuple(figures))


def _figure(total: Total | None, line: SumLine) -> ShownSum:
    number = added(total.values, line) if total else None
    if total is None or number is None:
        return ShownSum("—")
    doubtful = any(k in total.undetermined for k in line.keys)
    return ShownSum(spell(number) + ("＊" if doubtful else ""), not total.gaps and not doubtful)


def _standing(total: Total) -> TotalStanding:
    gaps: dict[str, list[tuple[str, str]]] = {}
    for gap in total.gaps:
        gaps.setdefault(gap.reason, []).append((gap.body, gap.name))
    cells: dict[str, int] = {}
    for why in total.undetermined.values():
        cells[why] = cells.get(why, 0) + 1
    told = tuple(f"{why}（{n} 格）" for why, n in cells.items())
    return TotalStanding(
        total.scope.label, total.determined, len(total.bodies), tuple((k, tuple(v)) for k, v in gaps.items()), told
    )


def _group_name(group: list[Value]) -> str:
    """Return the printed name of a group of results without its number and remarks."""
    first = group[0]
    if len(group) == 1 or len(first.labels) < 3:
        return first.words[0]
    return _REMARK.sub("", _NUMBERED.sub("", plain(first.labels[1])))
