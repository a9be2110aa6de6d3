"""What the page says of each body: a line of the table, its findings in parts, links to what was made of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from nianbao import verdicts
from nianbao.county.desk.sums import RECEIVED, REQUESTS
from nianbao.county.desk.svg import printable
from nianbao.county.model import BodyState, Desk, Member, Status, Versions
from nianbao.findings import Finding, Severity, classes, stopped, tally
from nianbao.form import Edition
from nianbao.numbers import spell

FILE_WORDS = {
    "docx": "Word 报告",
    "html": "网页",
    "pdf": "PDF",
    "（存档）.pdf": "PDF/A",
    "（图解）.svg": "图解",
    "（图解小图）.svg": "图解小图",
    "（图解）.png": "图解（PNG）",
    "（图解小图）.png": "图解小图（PNG）",
    "check_sheet": "校核单",
    "annotated": "标注表",
    "slip": "退回单",
    "json": "数据",
    "（正文片段）.html": "正文片段",
    "csv": "数据表",
    "overview": "情况一览（Excel）",
    "column": "专栏（可放到网站）",
    "rollup": "汇总填报表",
    "detail": "汇总明细表",
}
"""What links are called; a file of another kind is called by its extension."""

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FLOW = (("received", "本年新收"), ("pending_start", "上年结转"), ("total", "办结"), ("pending_end", "结转下年"))


@dataclass(frozen=True)
class Link:
    """A produced file: what it is and where, relative to the page."""

    word: str
    href: str


@dataclass(frozen=True)
class Told:
    """A finding in its parts: where, what, how to mend; `reason` is the written one."""

    rule: str
    severity: Severity
    where: str
    what: str
    mend: str
    reason: str
    settled: bool


@dataclass(frozen=True)
class Line:
    """One body's line of the table and what opens below it. `sought` are the names a search may hit."""

    id: str
    member: Member
    status: Status
    level: str
    deadline: str
    sought: str
    note: str
    sources: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    counts: Mapping[str, int]
    told: tuple[Told, ...]
    links: tuple[Link, ...]
    judged: tuple[str, ...]
    versions: Versions | None


def lines(desk: Desk, edition: Edition) -> tuple[Line, ...]:
    """Return a line for each body, in the desk's order."""
    return tuple(_line(body, edition) for body in desk.bodies)


def links(files: Mapping[str, str]) -> tuple[Link, ...]:
    """Return links to produced files, in the order people want them, that work beside the page on any system."""
    order = list(FILE_WORDS)
    kinds = sorted(files, key=lambda k: (order.index(k) if k in order else len(order), k))
    return tuple(Link(_word(k, files[k]), href(files[k])) for k in kinds)


def _own(body: BodyState) -> tuple[Link, ...]:
    """Return links to what a body has summed itself, where these results are at hand: its page, its detail."""
    words = (("page", "下级总览"), ("detail", "下级明细"))
    return tuple(Link(word, _away(body.results[k])) for k, word in words if k in body.results)


def _away(path: str) -> str:
    """Return a path from the page's folder to another folder as an address; a whole address stays as it is."""
    return path if path.startswith("file:") else quote(path, safe="/", errors="replace")


def _word(kind: str, path: str) -> str:
    """Return what a link is called; slips are called as the folder they lie in: 退回单, 催报单."""
    return path.partition("/")[0] if kind == "slip" else FILE_WORDS.get(kind, kind)


def href(path: str) -> str:
    """Return a path below the page's folder as a relative address, whatever characters are in it."""
    return "./" + quote(path, safe="/", errors="replace")


def told(finding: Finding) -> Told:
    """Return a finding in its parts."""
    return Told(
        finding.rule,
        finding.severity,
        finding.where or finding.place,
        stopped(finding.what),
        finding.advice,
        finding.explanation or "",
        not finding.blocks and finding.severity is not Severity.HINT,
    )


def in_words(date: str) -> str:
    """Return an ISO date as people write it; anything else as it is."""
    found = _DATE.fullmatch(date)
    return f"{int(found[1])}年{int(found[2])}月{int(found[3])}日" if found else date


def _line(body: BodyState, edition: Edition) -> Line:
    level = edition.level(body.member.level)
    member = body.member
    return Line(
        id=body.id,
        member=member,
        status=body.status,
        level=level.label if level else member.level,
        deadline=in_words(member.deadline),
        sought=printable(" ".join((member.name, member.short, *member.former)).lower()),
        note=body.note,
        sources=tuple(s.place for s in body.sources),
        figures=_figures(body),
        counts=tally(body.findings),
        told=tuple(told(f) for f in _ordered(body.findings)),
        links=(*links(body.files), *_own(body)),
        judged=_judged(body),
        versions=body.versions,
    )


def _judged(body: BodyState) -> tuple[str, ...]:
    """Return how many findings and rules stand how, and why rules could not be judged, as sentences."""
    if not body.verdicts:
        return ()
    return (
        f"{classes(tally(body.findings))}。{verdicts.summary(body.verdicts)}。",
        *verdicts.sentences(verdicts.unjudged(body.verdicts)),
    )


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Put what must be done first: errors, then what wants a reason, then hints; settled ones behind in each class."""
    order = list(Severity)
    return sorted(findings, key=lambda f: (order.index(f.severity), not f.blocks))


def _figures(body: BodyState) -> tuple[tuple[str, str, str], ...]:
    """Return the body's requests: word, this year, last year ('' when not known)."""
    if body.report is None or RECEIVED not in body.report.values:
        return ()
    now, before = body.report.values, body.last_year.values if body.last_year else {}
    keys = [(word, f"{REQUESTS}.{row}.total") for row, word in _FLOW]
    return tuple((w, spell(now[k]), spell(before[k]) if k in before else "") for w, k in keys if k in now)
