"""What opens below a body: data in the page, one JSON object a body, that the page's own script shows as text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nianbao import verdicts
from nianbao.county.desk.desk_words import links, own_links
from nianbao.county.desk.measures import MEASURES
from nianbao.county.desk.reminders import Reminder
from nianbao.county.desk.sum_tables import FLOW, RECEIVED, REQUESTS
from nianbao.county.desk.svg import printable
from nianbao.county.desk.year_series import Course
from nianbao.county.model import BodyState
from nianbao.findings import Finding, Severity, classes, stopped, tally
from nianbao.numbers import spell

MOST = 12_000
"""Findings the page holds of all bodies; the slips and annotated workbooks have all."""

FEWEST = 3
"""Findings of one body the page holds, however many bodies there are."""

_FLOW = tuple(zip(FLOW, ("本年新收", "上年结转", "办结", "结转下年"), strict=True))

Raw = dict[str, Any]


@dataclass(frozen=True)
class FindingDetail:
    """A finding in its parts: where, what, how to mend; `reason` is the written one."""

    rule: str
    severity: Severity
    where: str
    what: str
    mend: str
    reason: str
    settled: bool


@dataclass(frozen=True)
class AmongPeers:
    """What is known of a body only beside the others: its rank, where it stands out, its years, what to remind of."""

    rank: str = ""
    far: tuple[str, ...] = ()
    course: Course = ()
    reminder: Reminder | None = None


def told(finding: Finding) -> FindingDetail:
    """Return a finding in its parts."""
    return FindingDetail(
        finding.rule,
        finding.severity,
        finding.where or finding.place,
        stopped(finding.what),
        finding.advice,
        finding.explanation or "",
        not finding.blocks and finding.severity is not Severity.HINT,
    )


def most_of_each(bodies: int) -> int:
    """Return how many findings of each body the page holds, if so many bodies have some."""
    return max(FEWEST, MOST // max(1, bodies))


def detail(body: BodyState, beside: AmongPeers, most: int) -> Raw:
    """Return what opens below a body, without what is empty; at most so many findings, what must be done first."""
    member = body.member
    found = _ordered(body.findings)
    raw: Raw = {
        "note": body.note,
        "name": member.name if member.name != member.shown else "",
        "contact": " ".join(x for x in (member.contact, member.phone) if x),
        "sources": [s.place for s in body.sources],
        "files": [[x.word, x.href] for x in (*links(body.files), *own_links(body.results))],
        "figures": _figures(body),
        "found": [_finding(told(f)) for f in found[:most]],
        "more": max(0, len(found) - most),
        "judged": _judged(body),
        "versions": _versions(body),
        "rank": beside.rank,
        "far": list(beside.far),
        "years": _years(beside.course),
        "remind": [beside.reminder.subject, beside.reminder.text] if beside.reminder else [],
    }
    return {k: v for k, v in raw.items() if v}


def pieces(bodies: Iterable[tuple[str, Raw]]) -> Iterator[str]:
    """Yield the details of all bodies by id as JSON that can stand in a page: nothing in it ends the element."""
    yield "{"
    for n, (body, raw) in enumerate(bodies):
        yield (",\n" if n else "\n") + _text(body) + ":" + _text(raw)
    yield "\n}"


def _text(raw: object) -> str:
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    return printable(text).replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _finding(one: FindingDetail) -> list[object]:
    return [one.severity.value, one.rule, one.where, one.what, one.mend, one.reason, int(one.settled)]


def _ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Put what must be done first: errors, then what wants a reason, then hints; settled ones behind in each class."""
    order = list(Severity)
    return sorted(findings, key=lambda f: (order.index(f.severity), not f.blocks))


def _judged(body: BodyState) -> list[str]:
    """Return how many findings and rules stand how, and why rules could not be judged, as sentences."""
    if not body.verdicts:
        return []
    return [
        f"{classes(tally(body.findings))}。{verdicts.summary(body.verdicts)}。",
        *verdicts.sentences(verdicts.unjudged(body.verdicts)),
    ]


def _figures(body: BodyState) -> list[list[str]]:
    """Return the body's requests: word, this year, last year ('' when not known)."""
    if body.report is None or RECEIVED not in body.report.values:
        return []
    now, before = body.report.values, body.last_year.values if body.last_year else {}
    keys = [(word, f"{REQUESTS}.{row}.total") for row, word in _FLOW]
    return [[w, spell(now[k]), spell(before[k]) if k in before else ""] for w, k in keys if k in now]


def _years(course: Course) -> list[object]:
    """Return each measure's label and figure a year (None: not known), behind the years.

    Nothing of a single year, nor of a measure that was always 0.
    """
    if len(course) < 2:
        return []
    series = [[m.label, [figures.get(m.id) for _, figures in course]] for m in MEASURES]
    return [[year for year, _ in course], [s for s in series if any(s[1])]]


def _versions(body: BodyState) -> Mapping[str, object] | None:
    several = body.versions
    if several is None:
        return None
    return {
        "newer": several.newer,
        "files": [s.place for s in several.sources],
        "rows": [[d.where, *d.said] for d in several.differences],
        "more": several.more,
    }
