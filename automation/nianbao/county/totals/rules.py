"""The county's rules G1-G4 and G7 (editions/rules-county.toml), judged once all files are in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from nianbao.checks import arithmetic
from nianbao.county.matching import Matched
from nianbao.county.matching.assigned import Refused
from nianbao.county.model import OVERVIEW, Member, Status, Stray, Total
from nianbao.county.roster.names import bare
from nianbao.county.roster.scopes import UNPLACED, Tree
from nianbao.county.totals.sums import comparable, names
from nianbao.findings import Finding, Places, Severity, tell
from nianbao.form import Edition, program_rule
from nianbao.numbers import spell
from nianbao.report import Reading, Report

_TOWNS = {"town", "street"}
_SHOWN = 4
_GIVE_LEVELS = "提供名册（--roster），在名册里写明这些单位的级别"


def _finding(
    rule: str, place: str, what: str, how: str = "", *,
    severity: Severity | None = None, cells: tuple[str, ...] = (),
) -> Finding:  # fmt: skip
    return tell(program_rule(rule), place, what, where=place, how=how, cells=cells, severity=severity)


def delivered_once(body: Matched, year: int | None) -> list[Finding]:
    """G1, one body: exactly one report for the year."""
    said = {
        Status.MISSING: (f"没有收到{year or '本'}年度的年报", "请尽快报送填报表"),
        Status.DOUBLED: (
            body.note,
            f"问清以哪一份为准，在{OVERVIEW}中这一份的“归属”一栏写上本单位，或用 --assign 指明，或把其余的移走",
        ),
        Status.WRONG_YEAR: (body.note, f"请改报{year}年度的；只是年度填错的，改正“基本信息”中的年度后重报"),
        Status.UNREADABLE: _unreadable(body),
        Status.ASKED: (
            f"来件待确认：{body.note}",
            f"问清后在{OVERVIEW}的“归属”一栏写明是谁的，或用 --assign 指明；不是本县单位的写“不采用”，或移走",
        ),
    }.get(body.status)
    return [_finding("G1", body.member.name, *said)] if said else []


def _unreadable(body: Matched) -> tuple[str, str]:
    if body.files and body.files[0].examined.doubt:
        return body.note, "请报送填报表（.xlsx）；没有填报表的，改好成稿中没有读准的地方再报"
    if body.files and all(d.kind for d in body.files):
        return f"收到的不是填报表：{body.note}", "请报送填报表（.xlsx）"
    return f"文件名像是本单位的一份读不出来：{body.note}", "请重新报送"


def strays_are_named(strays: Iterable[Stray], *, complete: bool, listed: bool) -> list[Finding]:
    """G1, files: those of bodies not on the roster, and those nobody can read; files of other kinds are no finding.

    What nobody can read is a hint when all bodies of a roster (`listed`) have delivered.
    """
    found = []
    for stray in strays:
        place = stray.source.place
        if stray.status is Status.OTHER:
            continue  # of another kind: told on the page, asked of nobody
        if stray.status in (Status.UNKNOWN, Status.ASKED):
            found.append(_finding("G1", place, stray.note, stray.how))
        elif stray.status is Status.UNREADABLE:
            severity = Severity.HINT if complete and (listed or stray.name) else None
            how = "请报送的单位重新报送"
            found.append(_finding("G1", place, f"读不出来：{stray.note}", how, severity=severity))
        else:
            found.append(_finding("G1", place, stray.note, stray.how or "不用的文件请移走", severity=Severity.HINT))
    return found


def words_are_understood(refused: Iterable[Refused]) -> list[Finding]:
    """G1, the officer's words in the overview: those that could not be taken, a hint where nothing is to be done."""
    found = []
    for one in refused:
        place = f"{OVERVIEW} 第{one.row}行“{one.file}”" if one.row else OVERVIEW
        severity = None if one.how else Severity.HINT
        found.append(_finding("G1", place, one.why, one.how or "需要的，按现在的情况重新写", severity=severity))
    return found


def agrees_with_roster(edition: Edition, member: Member, report: Report, tree: Tree | None = None) -> list[Finding]:
    """G7, one body: name, level and edition as the roster says; a name may be spelt in any way that means the body.

    Of levels that are summed in the same part of a city or a province (市级以上机关, 县直部门) either will do.
    """
    found = []
    known = {bare(n) for n in (member.name, member.short, *member.former) if n}
    if member.row and report.name.strip() and bare(report.name) not in known:
        what = f"填报表的单位名称是“{report.name.strip()}”，名册写的是“{member.name}”"
        found.append(
            _finding("G7", member.name, what, "名称写错的，改正后重报；更名的，在名册“曾用名”写明", cells=("name",))
        )
    level = report.body.get("level", "")
    if member.row and member.level and level and level != member.level and not _same_part(member, level, tree):
        written, listed = (getattr(edition.level(x), "label", x) for x in (level, member.level))
        what = f"填报表的级别是“{written}”，名册写的是“{listed}”，按名册汇总"
        found.append(_finding("G7", member.name, what, cells=("level",)))
    if member.edition and report.edition != member.edition:
        what = f"填报表用的格式是“{report.edition}”，名册要求“{member.edition}”"
        found.append(_finding("G7", member.name, what, "请换用名册要求的格式重新填报"))
    return found


def _same_part(member: Member, level: str, tree: Tree | None) -> bool:
    if tree is None or not tree.adds_results or _TOWNS & {member.level, level}:
        return False
    part = tree.of(member)
    return part is not None and part == tree.of(replace(member, level=level))


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
        found.append(_finding("G2", place, f"{one.rule} 不成立：{one.problem}", cells=one.cells))
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
        found.append(_finding("G3", total.scope.label, what, how))
    words: dict[str, list[str]] = {}
    for key, why in total.undetermined.items():
        words.setdefault(why, []).append(key)
    for why, keys in words.items():
        where = "、".join(_cell(edition, k) for k in keys[:_SHOWN])
        what = f"{len(keys)} 格不能确定（{where}{'等' if len(keys) > _SHOWN else ''}）：{why}"
        found.append(_finding("G3", total.scope.label, what, cells=tuple(keys)))
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
        found.append(_finding("G3", label, what, "漏列的，补入名册", severity=Severity.HINT))
    below = tree.summed_below(listed)
    if below:
        what = f"{names(m.shown for m in below)}所在的县也在名册上，只通过县的汇总结果计入，不另外相加"
        found.append(_finding("G3", label, what, "由县里汇总的单位可以不列入名册", severity=Severity.HINT))
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
        found.append(_finding("G2", whole, what, "没有发生的请填0", severity=Severity.HINT, cells=tuple(keys)))
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
    return [_finding("G3", place, what, cells=tuple(wrong))]


def carried_over_agrees(edition: Edition, last: Report, last_total: Total, total: Total) -> list[Finding]:
    """G4: last year's report of the whole against what its bodies carried over."""
    whole = total.scope.label
    told = "各单位上年年报的结转下年度合计" if last_total.determined else "各单位今年填的上年结转合计"
    source, row = (last_total, "pending_end") if last_total.determined else (total, "pending_start")
    if source.gaps:
        what = f"{names(g.name for g in source.gaps)}的数还没有，未与上年{whole}年报核对"
        return [_finding("G4", whole, what, severity=Severity.HINT)]
    wrong = []
    for value in edition.values.values():
        if (value.table, value.row) != ("requests", "pending_end") or value.key not in last.values:
            continue
        ours = source.values.get(f"requests.{row}.{value.column}")
        if ours is not None and ours != last.values[value.key]:
            before = f"{value.words[1]}上年{whole}年报是 {_spelled(last, value.key)}"
            wrong.append((value.key, f"{before}，{told}是 {spell(ours)}"))
    if not wrong:
        return []
    what = "；".join(w for _, w in wrong[:_SHOWN])
    return [_finding("G4", f"{whole} 表三", what, cells=tuple(k for k, _ in wrong))]


def _spelled(report: Report, key: str) -> str:
    number = report.values.get(key)
    return "空" if number is None else spell(number)
