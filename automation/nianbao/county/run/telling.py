"""What a run tells of the whole county: its books, the column for the site, 情况一览.xlsx, desk.json, the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from nianbao.county import desk as page
from nianbao.county import desk_json
from nianbao.county.desk import column
from nianbao.county.desk.overview import overview
from nianbao.county.keeping import changes
from nianbao.county.keeping.journal import Written
from nianbao.county.keeping.placing import deliver, deliver_pieces
from nianbao.county.keeping.store import Store
from nianbao.county.model import OVERVIEW, BodyState, Desk
from nianbao.county.run.books import books, path_of
from nianbao.county.run.county import County
from nianbao.county.run.orders import REPORTS
from nianbao.county.run.works import Works, states

DESK, PAGE = "desk.json", "总览.html"
MOST_ON_PAGE = 400
"""Bodies shown on one page, which holds them all in memory; a county has a hundred."""

COLUMN = f"{REPORTS}/index.html"
"""Beside the bodies' pages: the folder can be put on the site as it is."""


@dataclass(frozen=True)
class Told:
    """The desk's head (no bodies), what was written, and what else the user should know."""

    desk: Desk
    written: Written
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Brief:
    """A body without its figures, texts and findings, of which many may be held; the first that blocks, how many do."""

    state: BodyState
    first: str
    blocking: int


def tell(county: County, works: Works, earlier: tuple[column.Year, ...]) -> Told:
    """Write the county's books, the column of this year and the `earlier` ones, and the desk. Raises OutputError."""
    store = county.store
    written = {**_books(county, works)}
    listed, notes = _column(county, works, earlier)
    written |= listed
    desk, overview_now = _overview(county, works, {k: p for k, (p, _) in written.items()})
    written |= overview_now
    pieces = (p.encode("utf-8") for p in desk_json.pieces(desk, states(county, works)))
    written["desk"] = (DESK, deliver_pieces(store.folder, DESK, pieces, store.owned(DESK)))
    store.keep_made("desk:desk", {"desk": written["desk"]})
    if len(county.judged.bodies) <= MOST_ON_PAGE:
        whole_desk = replace(desk, bodies=tuple(states(county, works)))
        written |= _write(store, "page", PAGE, page.render(whole_desk).encode("utf-8"))
    return Told(desk, written, notes)


def first(state: BodyState) -> str:
    """Return the first thing that keeps a body from being done, and how many there are."""
    blocking = [f for f in state.findings if f.blocks]
    if not blocking:
        return state.note
    told = blocking[0].what if blocking[0].where == state.member.name else blocking[0].problem.rstrip("。")
    return told + (f"（共 {len(blocking)} 处）" if len(blocking) > 1 else "")


def _books(county: County, works: Works) -> Written:
    """Write the books; those made beside the bodies' files hold unless a body stands otherwise than it did then."""
    early = {k: b for k, b in works.books.items() if not works.faults or k != "detail"}
    written: dict[str, tuple[str, str]] = {}
    for book in books(county, works):
        data = early.get(book.kind) or book()
        written |= _write(county.store, book.kind, path_of(county, book.kind), data)
    return written


def _column(county: County, works: Works, earlier: tuple[column.Year, ...]) -> tuple[Written, tuple[str, ...]]:
    """Write the column, if a body has a page; an earlier run of this run's year does not count."""
    edition, year = county.judged.edition, county.collected.year
    now = column.this_year(year, states(county, works), edition, COLUMN)
    if now is None:
        return {}, ()
    others = [y for y in earlier if y.year != now.year]
    said = (f"以前的结果中有一个也是{now.year}年度的，没有列入专栏",) if len(others) < len(earlier) else ()
    index = column.render(county.collected.county, edition.report_name, [now, *others], county.wish.site)
    return _write(county.store, "column", COLUMN, index.encode("utf-8")), said


def _overview(county: County, works: Works, files: Mapping[str, str]) -> tuple[Desk, Written]:
    """Write 情况一览.xlsx; return the desk's head with all these files and the overview."""
    store, judged, collected = county.store, county.judged, county.collected
    briefs = [_brief(s) for s in states(county, works)]
    deadlines = [m.deadline for m in county.roster.members if m.deadline] if county.roster else []
    desk = Desk(
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
        files={**files, "overview": OVERVIEW},
        changes=changes.since(store.folder, [(b.state, b.blocking) for b in briefs], collected.match.strays),
    )
    store.put_aside_changed(OVERVIEW)
    told = ((b.state, judged.told_apart(b.state.member), b.first) for b in briefs)
    data = overview(judged.edition, desk, told, collected.said.shown, collected.said.typed)
    return desk, _write(store, "overview", OVERVIEW, data)


def _brief(state: BodyState) -> _Brief:
    there = replace(state.report, body={}, values={}, texts={}) if state.report else None
    light = replace(state, report=there, last_year=None, findings=(), verdicts=())
    return _Brief(light, first(state), sum(f.blocks for f in state.findings))


def _write(store: Store, kind: str, path: str, data: bytes) -> dict[str, tuple[str, str]]:
    written = {kind: (path, deliver(store.folder, path, data, store.owned(path)))}
    store.keep_made(f"desk:{kind}", written)
    return written
