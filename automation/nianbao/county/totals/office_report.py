"""G6: the office's report is its own and not the whole's; equal figures are an error, likely ones are asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nianbao.county.model import Member, Total
from nianbao.findings import Finding, Severity, tell
from nianbao.form import Edition, Kind, program_rule
from nianbao.numbers import Number
from nianbao.report import Report

OFFICE_BY, COUNTY_BY = "01-31", "03-31"
"""条例 art. 49: month and day by which bodies deliver to, and the county publishes."""

OFFICE = "office"
"""The part of a whole that is its office (roster/scopes.toml)."""

_FEW = 3
"""So few equal non-zero figures are no sign that one report was filled in for another."""

_LEAST = 10
"""A table whose figures come to less says nothing of whose they are."""

_SEVERAL = 2
"""Tables in which an office's figures are as large as those of all others together."""

_COUNTY = "county"
_OWN = "只填办公室自身的数；确是办公室自身的，写明原因"


@dataclass(frozen=True)
class Before:
    """What is known of last year: the office's report, the sums, the published report of the whole."""

    office: Report | None = None
    totals: Sequence[Total] = ()
    whole: Report | None = None


def deadlines_are_lawful(members: Iterable[Member]) -> list[Finding]:
    """G6, roster: departments and the office by 1-31, the whole county by 3-31."""
    found = []
    for member in members:
        last = {"department": OFFICE_BY, "county_office": OFFICE_BY, _COUNTY: COUNTY_BY}.get(member.level)
        if last and member.deadline[5:] > last:
            month, day = (int(x) for x in last.split("-"))
            what = f"名册写的报送期限是 {member.deadline}，晚于{month}月{day}日"
            found.append(_question(member, what, f"期限改为{month}月{day}日或更早"))
    return found


def office_is_not_the_whole(
    edition: Edition,
    member: Member,
    report: Report,
    totals: Sequence[Total],
    whole: Report | None,
    before: Before | None = None,
) -> list[Finding]:
    """G6, the office: its workbook says it is the office's, and holds not the figures of the whole.

    `whole` is a report of the whole that was delivered. Figures that are only as large as the whole's are asked about.
    """
    label = totals[-1].scope.label
    if report.body.get("level", "") == _COUNTY:
        written = next((x.label for x in edition.levels if x.id == _COUNTY), _COUNTY)
        return [_question(member, f"填报表的级别是“{written}”，那是{label}的年报", cells=("level",))]
    parts = _others(totals)
    mine = _figures(edition, report.values)
    sums = f"{'与'.join(t.scope.word for t in parts)}之和"
    for word, values in ((f"{label}年报", whole.values if whole else {}), (sums, _added(parts))):
        if len(mine) >= _FEW and mine == _figures(edition, values):
            return [_question(member, f"所填的 {len(mine)} 个非零数字与{word}完全相同")]
    return _likely(edition, member, report, totals, before or Before())


def _likely(edition: Edition, member: Member, report: Report, totals: Sequence[Total], before: Before) -> list[Finding]:
    """G6, asked: figures as large as all others' together, or grown since last year by as much."""
    label = totals[-1].scope.label
    parts, old = _others(totals), _others(before.totals)
    mine = _sizes(edition, report.values)
    others = _sizes(edition, _added(parts)) if _settled(parts) else {}
    many = len({b for t in parts for b in t.bodies})
    last = _sizes(edition, before.whole.values) if before.whole else {}
    last = last or (_sizes(edition, _added(old)) if _settled(old) else {})
    for beside, word in ((others, f"其余 {many} 个单位之和"), (last if not others else {}, f"上年{label}的数")):
        large = [t for t, size in beside.items() if size >= _LEAST and mine.get(t, 0) >= size]
        if len(large) >= _SEVERAL:
            what = f"{_sums(edition, large, mine)}，不小于{word}（{_sums(edition, large, beside)}），像是{label}的数"
            return [_question(member, what, _OWN, sizes=(mine, beside), tables=large)]
    if before.office is None:
        return []
    was = _sizes(edition, before.office.values)
    beside = {t: size for t, size in (others or last).items() if size >= _LEAST}
    if beside and all(mine.get(t, 0) - was.get(t, 0) >= size for t, size in beside.items()):
        tables = list(beside)
        grown = f"{_sums(edition, tables, mine)}，上年{_sums(edition, tables, was)}"
        what = f"{grown}，多出的不少于其他单位的总数，像是{label}的数"
        return [_question(member, what, _OWN, sizes=(mine, was), tables=tables)]
    return []


def _question(
    member: Member,
    what: str,
    how: str = "",
    *,
    cells: tuple[str, ...] = (),
    sizes: tuple[Mapping[str, Number], ...] = (),
    tables: Sequence[str] = (),
) -> Finding:
    """Return the finding; one that rests on sizes alone wants a reason and forbids nothing."""
    evidence = [str(size.get(t, 0)) for t in tables for size in sizes]
    severity = Severity.EXPLAIN if sizes else None
    return tell(program_rule("G6"), member.name, what, how=how, cells=cells, severity=severity, evidence=evidence)


def _others(totals: Sequence[Total]) -> list[Total]:
    return [t for t in totals[:-1] if t.scope.id != OFFICE]


def _settled(parts: Sequence[Total]) -> bool:
    return any(t.bodies for t in parts) and not any(t.gaps for t in parts)


def _figures(edition: Edition, values: Mapping[str, Number]) -> dict[str, Number]:
    printed = {v.key for t in edition.tables if t.printed for v in t.values}
    return {k: v for k, v in values.items() if v and k in printed}


def _added(parts: Sequence[Total]) -> dict[str, Number]:
    keys = dict.fromkeys(k for t in parts for k in t.values)
    return {k: sum(t.values.get(k, 0) for t in parts) for k in keys}


def _sizes(edition: Edition, values: Mapping[str, Number]) -> dict[str, Number]:
    """Return for each printed table what its counts come to; money has another measure."""
    return {
        t.id: sum(values.get(v.key, 0) for v in t.values if v.kind is Kind.COUNT) for t in edition.tables if t.printed
    }


def _sums(edition: Edition, tables: Sequence[str], sizes: Mapping[str, Number]) -> str:
    return "、".join(f"{edition.table[t].word}各数共 {sizes.get(t, 0)}" for t in tables)
