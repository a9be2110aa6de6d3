"""The county's rules G1-G7 (editions/rules-county.toml), judged once all files are in. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nianbao.checks import arithmetic
from nianbao.county.matching import Matched
from nianbao.county.matching.assigned import Refused
from nianbao.county.model import OVERVIEW, Member, Scope, Status, Stray, Total
from nianbao.county.roster.names import bare
from nianbao.county.totals.sums import UNPLACED, comparable, names
from nianbao.findings import Finding, Places, Severity, tell
from nianbao.form import Edition, program_rule
from nianbao.numbers import spell
from nianbao.report import Reading, Report

OFFICE_BY, COUNTY_BY = "01-31", "03-31"
"""条例 art. 49: month and day by which bodies deliver to, and the county publishes."""

_SHOWN = 4
_FEW = 3
"""So few equal non-zero figures are no sign that one report was filled in for another."""

_GIVE_LEVELS = "提供名册（--roster），在名册里写明这些单位的级别"
_TOTAL_LEVEL = {Scope.OFFICE: "county_office", Scope.COUNTY: "county"}


def _finding(
    rule: str, place: str, what: str, how: str = "", *,
    severity: Severity | None = None, cells: tuple[str, ...] = (),
) -> Finding:  # fmt: skip
    where = place or "全县"
    return tell(program_rule(rule), place, what, where=where, how=how, cells=cells, severity=severity)


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


def agrees_with_roster(edition: Edition, member: Member, report: Report) -> list[Finding]:
    """G7, one body: name, level and edition as the roster says; a name may be spelt in any way that means the body."""
    found = []
    known = {bare(n) for n in (member.name, member.short, *member.former) if n}
    if member.row and report.name.strip() and bare(report.name) not in known:
        what = f"填报表的单位名称是“{report.name.strip()}”，名册写的是“{member.name}”"
        found.append(
            _finding("G7", member.name, what, "名称写错的，改正后重报；更名的，在名册“曾用名”写明", cells=("name",))
        )
    level = report.body.get("level", "")
    if member.row and member.level and level and level != member.level:
        written, listed = (getattr(edition.level(x), "label", x) for x in (level, member.level))
        what = f"填报表的级别是“{written}”，名册写的是“{listed}”，按名册汇总"
        found.append(_finding("G7", member.name, what, cells=("level",)))
    if member.edition and report.edition != member.edition:
        what = f"填报表用的格式是“{report.edition}”，名册要求“{member.edition}”"
        found.append(_finding("G7", member.name, what, "请换用名册要求的格式重新填报"))
    return found


def deadlines_are_lawful(members: Iterable[Member]) -> list[Finding]:
    """G6, roster: departments and the office by 1-31, the whole county by 3-31."""
    found = []
    for member in members:
        last = {"department": OFFICE_BY, "county_office": OFFICE_BY, "county": COUNTY_BY}.get(member.level)
        if last and member.deadline[5:] > last:
            month, day = (int(x) for x in last.split("-"))
            what = f"名册写的报送期限是 {member.deadline}，晚于{month}月{day}日"
            found.append(_finding("G6", member.name, what, f"期限改为{month}月{day}日或更早"))
    return found


def office_is_not_the_county(
    edition: Edition, member: Member, report: Report, totals: Sequence[Total], county: Report | None
) -> list[Finding]:
    """G6, the office: its workbook says it is the office's, and holds not the whole county's figures."""
    level = report.body.get("level", "")
    if level == "county":
        what = "填报表的级别是“县政府”，那是全县的年报"
        return [_finding("G6", member.name, what, cells=("level",))]
    others = _added(totals, (Scope.TOWNS, Scope.DEPARTMENTS))
    whole = [("全县年报", county.values if county else {}), ("乡镇与县直部门之和", others)]
    mine = _figures(edition, report.values)
    for word, values in whole:
        if len(mine) >= _FEW and mine == _figures(edition, values):
            return [_finding("G6", member.name, f"所填的 {len(mine)} 个非零数字与{word}完全相同")]
    return []


def _figures(edition: Edition, values: Mapping[str, object]) -> dict[str, object]:
    printed = {v.key for t in edition.tables if t.printed for v in t.values}
    return {k: v for k, v in values.items() if v and k in printed}


def _added(totals: Iterable[Total], scopes: tuple[Scope, ...]) -> dict[str, object]:
    chosen = [t for t in totals if t.scope in scopes]
    keys = [k for t in chosen for k in t.values]
    return {k: sum(t.values.get(k, 0) for t in chosen) for k in dict.fromkeys(keys)}


def totals_hold(edition: Edition, total: Total) -> list[Finding]:
    """G2: A1-A4 on a sum; nothing is said twice where a body's wrong figures are the cause (G3 names it)."""
    if not total.bodies or any(g.status is Status.WRONG for g in total.gaps):
        return []
    label = edition.level(_TOTAL_LEVEL.get(total.scope, "town"))
    body = {"name": total.scope.label, "level": label.id if label else ""}
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


def optional_cells_are_named(edition: Edition, blank: Mapping[str, tuple[str, ...]]) -> list[Finding]:
    """G2, hint: cells that may stay blank but are blank for some bodies only have no total."""
    by_bodies: dict[tuple[str, ...], list[str]] = {}
    for key, who in blank.items():
        by_bodies.setdefault(who, []).append(key)
    found = []
    for who, keys in by_bodies.items():
        where = "、".join(_cell(edition, k) for k in keys[:_SHOWN])
        what = f"{where}有的单位填了，{names(who)}没有填，全县没有合计"
        found.append(_finding("G2", "全县", what, "没有发生的请填0", severity=Severity.HINT, cells=tuple(keys)))
    return found


def _cell(edition: Edition, key: str) -> str:
    value = edition.values[key]
    return f"{edition.table[value.table].word}“{value.place}”"


def county_report_agrees(edition: Edition, totals: Sequence[Total], report: Report, place: str) -> list[Finding]:
    """G3, a report of the whole county among the files: every figure is the sum of the three parts."""
    whole = next(t for t in totals if t.scope is Scope.COUNTY)
    towns = next(t for t in totals if t.scope is Scope.TOWNS)
    same = comparable(edition.id, report.edition) if not whole.gaps else frozenset()
    printed = {v.key for t in edition.tables if t.printed and t.id in same for v in t.values}
    keys = [k for k in whole.values if k in printed]
    wrong = [k for k in keys if report.values.get(k) != whole.values[k]]
    if not wrong:
        return []
    first = "；".join(
        f"{_cell(edition, k)}全县年报是 {_spelled(report, k)}，各单位之和是 {spell(whole.values[k])}"
        for k in wrong[:_SHOWN]
    )
    only_towns = all(report.values.get(k) == towns.values.get(k) for k in keys)
    hint = "。全县年报的数正好是乡镇合计，漏了县直部门和县政府办" if only_towns else ""
    what = f"有 {len(wrong)} 格与各单位之和不同：{first}{hint}"
    return [_finding("G3", place, what, cells=tuple(wrong))]


def carried_over_agrees(edition: Edition, last: Report, last_total: Total, total: Total) -> list[Finding]:
    """G4: last year's county report against what its bodies carried over."""
    told = "各单位上年年报的结转下年度合计" if last_total.determined else "各单位今年填的上年结转合计"
    source, row = (last_total, "pending_end") if last_total.determined else (total, "pending_start")
    if source.gaps:
        what = f"{names(g.name for g in source.gaps)}的数还没有，未与上年全县年报核对"
        return [_finding("G4", "全县", what, severity=Severity.HINT)]
    wrong = []
    for value in edition.values.values():
        if (value.table, value.row) != ("requests", "pending_end") or value.key not in last.values:
            continue
        ours = source.values.get(f"requests.{row}.{value.column}")
        if ours is not None and ours != last.values[value.key]:
            before = f"{value.words[1]}上年全县年报是 {_spelled(last, value.key)}"
            wrong.append((value.key, f"{before}，{told}是 {spell(ours)}"))
    if not wrong:
        return []
    what = "；".join(w for _, w in wrong[:_SHOWN])
    return [_finding("G4", "全县 表三", what, cells=tuple(k for k, _ in wrong))]


def _spelled(report: Report, key: str) -> str:
    number = report.values.get(key)
    return "空" if number is None else spell(number)
