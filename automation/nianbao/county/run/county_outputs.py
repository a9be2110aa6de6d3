"""What a run tells of the whole county: its books, the column for the site, 情况一览.xlsx, desk.json, the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nianbao.county import desk as desk_page
from nianbao.county import desk_json
from nianbao.county.desk import column
from nianbao.county.desk.cards import Card, cards
from nianbao.county.desk.overview import Named, Sources, overview
from nianbao.county.desk.reminders import Remind
from nianbao.county.desk.year_series import History
from nianbao.county.keeping import run_changes, runs
from nianbao.county.keeping.journal import Written
from nianbao.county.keeping.own_files import deliver, deliver_pieces
from nianbao.county.keeping.runs import SeasonRun
from nianbao.county.keeping.store import Store
from nianbao.county.model import DESK, OVERVIEW, PAGE, Desk
from nianbao.county.run.county_books import KINDS, books, made, path_of
from nianbao.county.run.judged_county import JudgedCounty
from nianbao.county.run.orders import REPORTS
from nianbao.county.run.run_steps import RunSteps, states

COLUMN = f"{REPORTS}/index.html"
"""Beside the bodies' pages: the folder can be put on the site as it is."""


@dataclass(frozen=True)
class CountyOutputs:
    """The desk's head (no bodies), its bodies as cards, what was written, what else to know, the run's line.

    `books` are those among what was written, by the keys that the journal is to know them by.
    """

    desk: Desk
    cards: tuple[Card, ...]
    written: Written
    books: Mapping[str, Written]
    notes: tuple[str, ...]
    run: SeasonRun | None


def tell(county: JudgedCounty, works: RunSteps, earlier: tuple[column.Year, ...], history: History) -> CountyOutputs:
    """Write the county's books, the column of this year and the `earlier` ones, and the desk. Raises OutputError."""
    store, judged = county.store, county.judged
    books = _books(county, works)
    written = {kind: told for book in books.values() for kind, told in book.items()}
    index, notes = _column(county, works, earlier)
    written |= index
    listed = tuple(cards(states(county, works), judged.edition, judged.pairs))
    desk = _head(county, listed, {**{k: p for k, (p, _) in written.items()}, "overview": OVERVIEW})
    before = runs.earlier(store.folder)
    now = county.wish.now
    run = runs.this(store.folder, before, (c.state for c in listed), desk.changes, now) if now else None
    written |= _overview(county, desk, listed, history, (*before, run) if run else before)
    written |= _stream(store, "desk", DESK, desk_json.pieces(desk, states(county, works)))
    page = desk_page.pieces(desk, listed, lambda: states(county, works), history, county.wish.today)
    written |= _stream(store, "page", PAGE, page)
    return CountyOutputs(desk, listed, written, books, notes, run)


def _books(county: JudgedCounty, works: RunSteps) -> dict[str, Written]:
    """Write the books; those made beside the bodies' files hold unless a body stands otherwise than it did then."""
    early = {k: b for k, b in works.books.items() if not works.faults or k != "detail"}
    late = {book.kind: made(county, book) for book in books(county, works, early)}
    told: dict[str, Written] = {}
    for kind in KINDS:
        book = early.get(kind) or late.get(kind)
        if book:
            path = path_of(county, kind)
            told[book.key] = book.earlier or _write(county.store, kind, path, book.data, book.key)
    return told


def _column(county: JudgedCounty, works: RunSteps, earlier: tuple[column.Year, ...]) -> tuple[Written, tuple[str, ...]]:
    """Write the column, if a body has a page; an earlier run of this run's year does not count."""
    edition, year = county.judged.edition, county.collected.year
    now = column.this_year(year, states(county, works), edition, COLUMN)
    if now is None:
        return {}, ()
    others = [y for y in earlier if y.year != now.year]
    said = (f"以前的结果中有一个也是{now.year}年度的，没有列入专栏",) if len(others) < len(earlier) else ()
    index = column.render(county.collected.county, edition.report_name, [now, *others], county.wish.site)
    return _write(county.store, "column", COLUMN, index.encode("utf-8")), said


def _head(county: JudgedCounty, listed: Sequence[Card], files: Mapping[str, str]) -> Desk:
    """Return the desk without its bodies."""
    store, judged, collected = county.store, county.judged, county.collected
    deadlines = [m.deadline for m in county.roster.members if m.deadline] if county.roster else []
    return Desk(
        county=collected.county,
        year=collected.year,
        edition=judged.edition_name,
        form=county.form,
        deadline=max(deadlines, default=""),
        has_roster=county.roster is not None,
        bodies=(),
        strays=collected.match.strays,
        totals=judged.totals,
        last_totals=judged.last_totals,
        pairs=judged.pairs,
        findings=judged.findings,
        files=files,
        categories=judged.categories,
        changes=run_changes.since(store.folder, [(c.state, c.blocking) for c in listed], collected.match.strays),
    )


def _overview(
    county: JudgedCounty, desk: Desk, listed: Sequence[Card], history: History, season: Sequence[SeasonRun]
) -> dict[str, tuple[str, str]]:
    """Write 情况一览.xlsx, of which all that the officer typed is taken."""
    edition, said = county.judged.edition, county.collected.said
    county.store.put_aside_changed(OVERVIEW)
    named = [Named(c, county.judged.told_apart(c.state.member)) for c in listed]
    remind = Remind(desk.county, desk.year, edition.report_name, county.wish.today)
    data = overview(edition, desk, named, Sources(remind, history, season, said.shown, said.typed))
    return _write(county.store, "overview", OVERVIEW, data)


def _write(store: Store, kind: str, path: str, data: bytes, key: str = "") -> dict[str, tuple[str, str]]:
    written = {kind: (path, deliver(store.folder, path, data, store.owned(path)))}
    store.keep_made(key or f"desk:{kind}", written)
    return written


def _stream(store: Store, kind: str, path: str, pieces: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Write what is too large to hold in memory."""
    data = (p.encode("utf-8") for p in pieces)
    written = {kind: (path, deliver_pieces(store.folder, path, data, store.owned(path)))}
    store.keep_made(f"desk:{kind}", written)
    return written
