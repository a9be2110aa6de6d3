"""The county's rules G2-G4 (editions/rules-county.toml), judged once all files are in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nianbao.checks import arithmetic
from nianbao.checks.history import carried_over
from nianbao.county.model import Member, Status, Total
from nianbao.county.roster.scopes import UNPLACED, Tree
from nianbao.county.totals.scope_sums import comparable, names
from nianbao.findings import Finding, Places, Severity, tell
from nianbao.form import Edition, program_rule
from nianbao.numbers import spell
from nianbao.report import Reading, Report

_SHOWN = 4

_GIVE_LEVELS = "提供名册（--roster），在名册里写明这些单位的级别"


def finding(
    rule: str, place: str, what: str, how: str = "", *,
    severity: Severity | None = None, cells: tuple[str, ...] = (),
) -> Finding:  # fmt: skip
    """Return a finding of one of the county's rules."""
    return tell(program_rule(rule), place, what, where=place, how=how, cells=cells, severity=severity)


def totals_hold(edition: Edition, total: Total) -> list[Finding]:
    """G2: A1-A4 on a sum; nothing is said twice where a body's wrong figures are the cause (G3 names it)."""
    if not total.bodies or any(g.status is Status.WRONG for g in total.gaps):
        return []
    body = {"name": total.scope.label}
    reading = Reading(edition, Report(edition.id, None, body, total.values, {}), (), Places(edition, {}))
    broken = arithmetic.sums(reading, [r for r in edition.rules if r.scope == "report" and r.identities])
    found = []
    for one in broken:
        place = f"{total.scope.label} {edition.table[edition.values[one.cells[0]].table].word}"
        found.append(finding("G2", place, f"{one.rule} 不成立：{one.problem}", cells=one.cells))
    return found


def totals_are_whole(edition: Edition, total: Total) -> list[Finding]:
    """G3: who or what keeps the whole county's figures from being final."""
    found = []
    if total.gaps:
        by_reason: dict[str, list[str]] = {}
        for gap in total.gaps:
            by_reason.setdefault(gap.reason, []).append(gap.name)
        listed = "；".join(f"{names(who)}{why}" for why, who in by_reason.items())
        named = [g for g in total.gaps if g.name]
        counted = "单位" if all(g.body for g in named) else "单位和文件"
        what = f"还不能确定：{listed}" + (f"（共 {len(named)} 个{counted}）" if named else "")
        how = _GIVE_LEVELS if {g.reason for g in named} == {UNPLACED} else ""
        found.append(finding("G3", total.scope.label, what, how))
    words: dict[str, list[str]] = {}
    for key, why in total.undetermined.items():
        words.setdefault(why, []).append(key)
    for why, keys in words.items():
        where = "、".join(_cell(edition, k) for k in keys[:_SHOWN])
        what = f"{len(keys)} 格不能确定（{where}{'等' if len(keys) > _SHOWN else ''}）：{why}"
        found.append(finding("G3", total.scope.label, what, cells=tuple(keys)))
    return found


def parts_are_listed(members: Iterable[Member], tree: Tree) -> list[Finding]:
    """G3, hints: a part of a larger whole in which the roster lists nobody, and bodies that count through their county.

    Of a county nothing is said: a roster of its towns alone is one that many use.
    """
    if not tree.adds_results:
        return []
    listed = list(members)
    label = tree.whole.label
    found = []
    there = {tree.of(m) for m in listed}
    empty = [p.scope.word for p in tree.parts if not p.optional and p.scope not in there]
    if empty:
        what = f"名册里没有{'、'.join(empty)}，{label}数没有包括"
        found.append(finding("G3", label, what, "漏列的，补入名册", severity=Severity.HINT))
    below = tree.summed_below(listed)
    if below:
        what = f"{names(m.shown for m in below)}所在的县也在名册上，只通过县的汇总结果计入，不另外相加"
        found.append(finding("G3", label, what, "由县里汇总的单位可以不列入名册", severity=Severity.HINT))
    return found


def optional_cells_are_named(edition: Edition, blank: Mapping[str, tuple[str, ...]], whole: str) -> list[Finding]:
    """G2, hint: cells that may stay blank but are blank for some bodies only have no total."""
    by_bodies: dict[tuple[str, ...], list[str]] = {}
    for key, who in blank.items():
        by_bodies.setdefault(who, []).append(key)
    found = []
    for who, keys in by_bodies.items():
        where = "、".join(_cell(edition, k) for k in keys[:_SHOWN])
        what = f"{where}有的单位填了，{names(who)}没有填，{whole}没有合计"
        found.append(finding("G2", whole, what, "没有发生的请填0", severity=Severity.HINT, cells=tuple(keys)))
    return found


def _cell(edition: Edition, key: str) -> str:
    value = edition.values[key]
    return f"{edition.table[value.table].word}“{value.place}”"


def county_report_agrees(edition: Edition, totals: Sequence[Total], report: Report, place: str) -> list[Finding]:
    """G3, a report of the whole among the files: every figure is the sum of the parts."""
    first, *others, whole = totals
    label = whole.scope.label
    same = comparable(edition.id, report.edition) if not whole.gaps else frozenset()
    printed = {v.key for t in edition.tables if t.printed and t.id in same for v in t.values}
    keys = [k for k in whole.values if k in printed]
    wrong = [k for k in keys if report.values.get(k) != whole.values[k]]
    if not wrong:
        return []
    listed = "；".join(
        f"{_cell(edition, k)}{label}年报是 {_spelled(report, k)}，各单位之和是 {spell(whole.values[k])}"
        for k in wrong[:_SHOWN]
    )
    only_first = all(report.values.get(k) == first.values.get(k) for k in keys)
    left = "和".join(t.scope.word for t in others)
    hint = f"。{label}年报的数正好是{first.scope.label}，漏了{left}" if only_first else ""
    what = f"有 {len(wrong)} 格与各单位之和不同：{listed}{hint}"
    return [finding("G3", place, what, cells=tuple(wrong))]


def carried_over_agrees(edition: Edition, last: Report, last_total: Total, total: Total) -> list[Finding]:
    """G4: last year's report of the whole against what its bodies carried over."""
    whole = total.scope.label
    told = "各单位上年年报的结转下年度合计" if last_total.determined else "各单位今年填的上年结转合计"
    source = last_total if last_total.determined else total
    if source.gaps:
        what = f"{names(g.name for g in source.gaps)}的数还没有，未与上年{whole}年报核对"
        return [finding("G4", whole, what, severity=Severity.HINT)]
    wrong = []
    for value in edition.values.values():
        carried_in, carried_out = carried_over(value.column)
        if value.key != carried_out or value.key not in last.values:
            continue
        ours = source.values.get(carried_out if source is last_total else carried_in)
        if ours is not None and ours != last.values[value.key]:
            before = f"{value.words[1]}上年{whole}年报是 {_spelled(last, value.key)}"
            wrong.append((value.key, f"{before}，{told}是 {spell(ours)}"))
    if not wrong:
        return []
    what = "；".join(w for _, w in wrong[:_SHOWN])
    return [finding("G4", f"{whole} 表三", what, cells=tuple(k for k, _ in wrong))]


def _spelled(report: Report, key: str) -> str:
    number = report.values.get(key)
    return "空" if number is None else spell(number)
