"""The county's rules of who has sent what (G1, G7; editions/rules-county.toml). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from nianbao.county.matching import Matched
from nianbao.county.matching.assigned import RefusedWord
from nianbao.county.model import AGAIN, OVERVIEW, Member, Status, Stray
from nianbao.county.roster.names import bare
from nianbao.county.roster.scopes import Tree
from nianbao.county.totals.county_rules import finding
from nianbao.findings import Finding, Severity
from nianbao.form import Edition
from nianbao.report import Report

_TOWNS = {"town", "street"}


def delivered_once(body: Matched, year: int | None) -> list[Finding]:
    """G1, one body: exactly one report for the year."""
    said = {
        Status.MISSING: (f"没有收到{year or '本'}年度的年报", "请尽快报送填报表"),
        Status.DOUBLED: (
            body.note,
            f"问清以哪一份为准，在{OVERVIEW}中这一份的“归属”一栏写上本单位，{AGAIN}，或把其余的移走",
        ),
        Status.WRONG_YEAR: (body.note, f"请改报{year}年度的；只是年度填错的，改正“基本信息”中的年度后重报"),
        Status.UNREADABLE: _unreadable(body),
        Status.ASKED: (
            f"来件待确认：{body.note}",
            f"问清后在{OVERVIEW}的“归属”一栏写明是谁的，不是本县单位的写“不采用”，{AGAIN}；或把它移走",
        ),
    }.get(body.status)
    return [finding("G1", body.member.name, *said)] if said else []


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
            found.append(finding("G1", place, stray.note, stray.how))
        elif stray.status is Status.UNREADABLE:
            severity = Severity.HINT if complete and (listed or stray.name) else None
            how = "请报送的单位重新报送"
            found.append(finding("G1", place, f"读不出来：{stray.note}", how, severity=severity))
        else:
            found.append(finding("G1", place, stray.note, stray.how or "不用的文件请移走", severity=Severity.HINT))
    return found


def words_are_understood(refused: Iterable[RefusedWord]) -> list[Finding]:
    """G1, the officer's words in the overview: those that could not be taken, a hint where nothing is to be done."""
    found = []
    for one in refused:
        place = f"{OVERVIEW} 第{one.row}行“{one.file}”" if one.row else OVERVIEW
        severity = None if one.how else Severity.HINT
        found.append(finding("G1", place, one.why, one.how or "需要的，按现在的情况重新写", severity=severity))
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
            finding("G7", member.name, what, "名称写错的，改正后重报；更名的，在名册“曾用名”写明", cells=("name",))
        )
    level = report.body.get("level", "")
    if member.row and member.level and level and level != member.level and not _same_part(member, level, tree):
        written, listed = (getattr(edition.level(x), "label", x) for x in (level, member.level))
        what = f"填报表的级别是“{written}”，名册写的是“{listed}”，按名册汇总"
        found.append(finding("G7", member.name, what, cells=("level",)))
    if member.edition and report.edition != member.edition:
        what = f"填报表用的格式是“{report.edition}”，名册要求“{member.edition}”"
        found.append(finding("G7", member.name, what, "请换用名册要求的格式重新填报"))
    return found


def _same_part(member: Member, level: str, tree: Tree | None) -> bool:
    if tree is None or not tree.adds_results or _TOWNS & {member.level, level}:
        return False
    part = tree.of(member)
    return part is not None and part == tree.of(replace(member, level=level))
