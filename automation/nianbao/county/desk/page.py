"""The page itself, piece by piece: everything the template shows, put together."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from markupsafe import Markup

from nianbao import dates
from nianbao.county.desk import alike_paragraphs, by_rule, charts, county_charts, details, outliers, sum_tables, todo
from nianbao.county.desk.cards import Card
from nianbao.county.desk.desk_templates import template
from nianbao.county.desk.desk_words import in_words, links, own_links
from nianbao.county.desk.details import AmongPeers
from nianbao.county.desk.ranks import ranks
from nianbao.county.desk.reminders import Remind
from nianbao.county.desk.svg import printable
from nianbao.county.desk.year_series import History
from nianbao.county.model import BodyState, Course, Desk, Status
from nianbao.findings import Severity
from nianbao.form import current_edition

_HERE = Path(__file__).parent

_SHOWN = (Status.DONE, Status.UNEXPLAINED, Status.WRONG, Status.MISSING, Status.DOUBLED, Status.WRONG_YEAR,
          Status.UNREADABLE, Status.RECEIVED, Status.UNKNOWN, Status.ASKED)  # fmt: skip
_ALWAYS = (Status.DONE, Status.UNEXPLAINED, Status.WRONG, Status.MISSING)


@dataclass(frozen=True)
class ListedBody:
    """One body's line of the list: its card, where its files lie, the names a search may hit."""

    card: Card
    files: tuple[tuple[str, str], ...]
    due: str
    sought: str


def pieces(
    desk: Desk, listed: Sequence[Card], bodies: Callable[[], Iterable[BodyState]], history: History, day: date | None
) -> Iterator[str]:
    """Yield the desk as one HTML page that needs nothing beside it; links lead to files beside the page.

    `listed` are the cards of the desk's bodies, `bodies` the bodies themselves, of which one is in memory at a time;
    `day` is the day of the run. The same desk on the same day always gives the same page. Raises EditionError when an
    edition the desk names is not at hand.
    """
    edition = current_edition(desk.edition)
    remind = Remind(desk.county, desk.year, edition.report_name, day)
    by_id = {c.id: c for c in listed}
    placed = ranks(listed)
    counts = Counter(c.state.status for c in listed)
    known = [(s, counts[s]) for s in _SHOWN if counts[s] or s in _ALWAYS]
    style, script = _source("desk.css"), _source("desk.js")
    told: dict[str, Any] = {
        "kind": edition.report_name,
        "desk": desk,
        "edition": edition,
        "day": dates.printed(day) if day else "",
        "deadline": in_words(desk.deadline),
        "in_words": in_words,
        "count": len(listed),
        "statuses": known,
        "tally": charts.tally("tally", "各单位的状态", [(s.value, s.label, n) for s, n in known]),
        "changes": _changes(desk, by_id),
        "to_do": todo.of_bodies(listed),
        "open_files": todo.of_files(desk.strays),
        "open_county": [details.told(f) for f in todo.of_county(desk)],
        "all_done": todo.all_done(desk, listed),
        "group": remind.group(listed),
        "slip_of": _slip_of,
        "lines": map(_line, listed),
        "ranks": placed,
        "shown": {c.id: c.state.member.shown for c in listed},
        "levels": list(dict.fromkeys(c.level for c in listed if c.level)),
        "severities": list(Severity),
        "rules": by_rule.groups(listed, edition),
        "county_findings": [details.told(f) for f in desk.findings],
        "standing": sum_tables.standing(desk.totals),
        "blocks": sum_tables.blocks(desk, edition) if desk.totals else (),
        "whole": desk.whole,
        "last": sum_tables.last_county(desk),
        "charts": county_charts.drawn(desk, edition, listed, history.of_county(desk)),
        "far": [(by_id[b], said) for b, said in outliers.far_out(listed).items()],
        "links": links(desk.files),
        "neighbours": alike_paragraphs.neighbours(desk.pairs, by_id),
        "details": map(Markup, _details(desk, listed, bodies, history, remind, placed)),
        "style": style,
        "script": script,
        "policy": _policy(style, script),
    }
    yield from template(_HERE / "desk.html").generate(told)


def _line(card: Card) -> ListedBody:
    member = card.state.member
    sought = printable(" ".join((member.name, member.short, *member.former)).lower())
    found = (*links(card.state.files), *own_links(card.state.results))
    return ListedBody(card, tuple((x.word, x.href) for x in found), in_words(member.deadline), sought)


def _slip_of(card: Card) -> tuple[str, str] | None:
    """Return the word and the address of a body's slip, if it has one."""
    found = links({k: p for k, p in card.state.files.items() if k == "slip"})
    return (found[0].word, found[0].href) if found else None


def _details(
    desk: Desk,
    listed: Sequence[Card],
    bodies: Callable[[], Iterable[BodyState]],
    history: History,
    remind: Remind,
    placed: Mapping[str, tuple[int, int]],
) -> Iterator[str]:
    """Yield the data of what opens below each body."""
    far = outliers.far_out(listed)
    most = details.most_of_each(sum(bool(c.broken) for c in listed))

    def told() -> Iterator[tuple[str, details.Raw]]:
        for body, card in zip(bodies(), listed, strict=True):
            rank, of = placed.get(body.id, (0, 0))
            beside = AmongPeers(
                f"核对得分 {card.score}，{card.level or '同级'} {of} 个单位中第 {rank}" if rank else "",
                far.get(body.id, ()),
                history.of(card, desk.year),
                remind.body(card),
            )
            yield body.id, details.detail(body, beside, most)

    return details.pieces(told())


def _changes(desk: Desk, by_id: Mapping[str, Card]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return what changed since the run before, by its course: each body's id and name ('' for a file), what."""
    shown = {i: c.state.member.shown for i, c in by_id.items()}
    grouped = ((c.label, [(x.body, shown.get(x.body, ""), x.what) for x in desk.changes if x.course is c])
               for c in (Course.WORSE, Course.NEW, Course.MENDED, Course.REPLACED))  # fmt: skip
    return [(label, listed) for label, listed in grouped if listed]


def _source(name: str) -> Markup:
    """Return our own style sheet or script, to stand in the page as it is."""
    return Markup((_HERE / name).read_text(encoding="utf-8").strip())  # noqa: S704 (our own file)


def _policy(style: str, script: str) -> str:
    """Return the policy that lets nothing be loaded and only our own style and script run."""
    digests = [base64.b64encode(hashlib.sha256(x.encode("utf-8")).digest()).decode() for x in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
