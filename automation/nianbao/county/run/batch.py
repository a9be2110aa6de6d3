"""A whole county in one run: read, judge, make, sum, tell. Killed at any moment and started again, it ends the same."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import chain
from pathlib import Path

from nianbao import __version__
from nianbao import report as reports
from nianbao.county import desk as page
from nianbao.county import desk_json, slips
from nianbao.county.desk import column
from nianbao.county.desk.overview import overview
from nianbao.county.intake.examine import Job
from nianbao.county.keeping import changes, results
from nianbao.county.keeping.journal import Written
from nianbao.county.keeping.names import Names
from nianbao.county.keeping.placing import deliver, deliver_pieces
from nianbao.county.keeping.store import Store
from nianbao.county.model import DESK, FORM, OVERVIEW, PAGE, TOTALS, BodyState, Desk, Status
from nianbao.county.roster import Roster
from nianbao.county.run import judge, late, rollup
from nianbao.county.run.collect import Collected, Progress, Wish, collect, silent
from nianbao.county.run.judge import Judged
from nianbao.county.run.produce import Book, Made, Making, Order, Placed, Placer, kind_of, place, produce
from nianbao.county.run.runners import Failure, Runner
from nianbao.findings import tally
from nianbao.findings import to_json as findings_json
from nianbao.pipeline import OUTPUTS
from nianbao.report import Report
from nianbao.verdicts import to_json as verdicts_json
from nianbao.verdicts import unjudged

MOST_ON_PAGE = 400
"""Bodies shown on one page, which holds them all in memory; a county has a hundred."""

SHOWN = 60
REPORTS, ANNOTATED, SLIPS, REMINDERS = "报告", "标注", "退回单", "催报单"
COLUMN = f"{REPORTS}/index.html"
"""Beside the bodies' pages: the folder can be put on the site as it is."""

_BOOKS = {"rollup": FORM, "detail": "明细"}

_RETURNED = (Status.WRONG, Status.UNEXPLAINED, Status.WRONG_YEAR, Status.UNREADABLE)
"""Their files go back to them; what is 重复 or 待确认 is the officer's to settle, and nothing goes out."""
_MADE = (Status.DONE, Status.UNEXPLAINED)


@dataclass(frozen=True)
class Outcome:
    """What a run did: the desk's head (no bodies), how many bodies stand where, what was done now, what was moved.

    `tally` counts the bodies' findings, `unjudged` the bodies by why a rule could not be judged. `open` are the first
    bodies that are not done: name, status, the first thing that blocks; `notes` what else to know.
    """

    desk: Desk
    counts: Mapping[Status, int]
    read_now: int
    made_now: int
    others: int
    aside: tuple[str, ...]
    faults: tuple[str, ...]
    open: tuple[tuple[str, Status, str], ...]
    tally: Mapping[str, int]
    unjudged: Mapping[str, int]
    notes: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Tell whether every body is done and nothing else asks for action."""
        open_ = [s for s, n in self.counts.items() if n and s is not Status.DONE]
        return not open_ and not self.faults and not any(f.blocks for f in self.desk.findings)


@dataclass
class _Run:
    """What one run gathers on its way: files by body, the county's books by kind, faults by body."""

    files: dict[str, Mapping[str, str]] = field(default_factory=dict)
    books: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    made: dict[str, Written] = field(default_factory=dict)
    made_now: int = 0
    notes: dict[str, None] = field(default_factory=dict)
    earlier: tuple[column.Year, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)


def run(
    store: Store,
    folders: Sequence[Path],
    roster: Roster | None,
    wish: Wish,
    runner: Runner,
    progress: Progress = silent,
    *,
    last_year: Report | None = None,
    leave_out: Iterable[Path] = (),
) -> Outcome:
    """Make everything of a county into the store's folder; one bad file never stops the rest.

    `last_year` is last year's report of the whole county (rule G4). Raises NianbaoError when nothing can be done.
    """
    done = _Run(earlier=column.earlier(wish.earlier, store.folder, COLUMN))
    collected = collect(store, folders, roster, wish, runner, progress, leave_out)
    done.form = store.carry(wish.edition)
    results.note(store.folder, folders)
    judged = judge.judge(store, collected, roster, wish, last_year, runner)
    books = _books(store, collected, judged, wish, last_year, done)
    _make(store, collected, judged, wish, runner, progress, done, books)
    desk, written = _tell(store, collected, judged, roster, wish, last_year, done)
    done.made["desk"] = written
    aside = store.finish(set(collected.keys), done.made)
    counts: Counter[Status] = Counter()
    still: list[tuple[str, Status, str]] = []
    found, skipped = Counter(tally(())), Counter[str]()
    for state in _states(store, judged, done):
        counts[state.status] += 1
        found.update(tally(state.findings))
        skipped.update(unjudged(state.verdicts).keys())
        if state.status is not Status.DONE and len(still) < SHOWN:
            still.append((state.member.shown, state.status, _first(state)))
    faults = tuple(f"{b.member.shown}：{done.faults[b.id]}" for b in collected.match.bodies if b.id in done.faults)
    return Outcome(
        desk,
        counts,
        collected.read_now,
        done.made_now,
        collected.others,
        aside,
        faults,
        tuple(still),
        found,
        skipped,
        tuple(done.notes),
    )


def _first(state: BodyState) -> str:
    """Return the first thing that keeps a body from being done, and how many there are."""
    blocking = [f for f in state.findings if f.blocks]
    if not blocking:
        return state.note
    first = blocking[0]
    told = first.what if first.where == state.member.name else first.problem.rstrip("。")
    return told + (f"（共 {len(blocking)} 处）" if len(blocking) > 1 else "")


@dataclass(frozen=True)
class _Brief:
    """A body without its figures, texts and findings, of which many may be held; the first that blocks, how many do."""

    state: BodyState
    first: str
    blocking: int


def _brief(state: BodyState) -> _Brief:
    there = replace(state.report, body={}, values={}, texts={}) if state.report else None
    light = replace(state, report=there, last_year=None, findings=(), verdicts=())
    return _Brief(light, _first(state), sum(f.blocks for f in state.findings))


def _states(store: Store, judged: Judged, done: _Run) -> Iterator[BodyState]:
    """Yield every body as it stands now, one at a time in memory."""
    for state in judged.states(store):
        files, fault = done.files.get(state.id, {}), done.faults.get(state.id, "")
        status = Status.RECEIVED if fault and state.status in _MADE else state.status
        yield replace(state, files=files, status=status, note="；".join(x for x in (state.note, fault) if x))


def _make(
    store: Store,
    collected: Collected,
    judged: Judged,
    wish: Wish,
    runner: Runner,
    progress: Progress,
    done: _Run,
    books: Iterable[Book],
) -> None:
    orders = _open_orders(store, collected, judged, wish, done)
    # workers that are sent the files do not see the folder, in which the books' figures are
    jobs: Iterable[Order | Book] = orders if wish.send_files else chain(books, orders)
    waiting: list[Order] = []
    make: Callable[[Order], Made | Placed] = produce if wish.send_files else Placer(str(store.folder))
    answers = _without_books(runner(Making(make), jobs), done)
    for order, answer in progress(answers, len(collected.match.bodies), "生成"):
        placed = place(store.folder, order, answer) if isinstance(answer, Made) else answer
        if isinstance(placed, Failure):
            done.faults[order.id] = placed.reason
            continue
        done.made_now += 1
        _keep(store, order, placed, done, complete=not late.waits(order))
        if late.waits(order):
            waiting.append(replace(order, workbook=None))
        if len(waiting) == late.GROUP:
            _finish(store, waiting, progress, done)
            waiting = []
    if waiting:
        _finish(store, waiting, progress, done)


def _without_books(
    answers: Iterator[tuple[Order | Book, Made | Placed | bytes | Failure]], done: _Run
) -> Iterator[tuple[Order, Made | Placed | Failure]]:
    """Keep the books among the answers, pass on the others; a book whose worker was lost is made later."""
    for job, answer in answers:
        if isinstance(job, Order):
            assert not isinstance(answer, bytes), "bytes are a book's"  # noqa: S101 - a bug of produce
            yield job, answer
        elif isinstance(answer, bytes):
            done.books[job.kind] = answer


def _finish(store: Store, orders: Sequence[Order], progress: Progress, done: _Run) -> None:
    """Make what is made for many bodies at once; `done` has their other files already."""
    for finished in progress(late.finish(store.folder, orders), len(orders), "转换"):
        order = finished.order
        done.notes.update(dict.fromkeys(finished.notes))
        before = done.made.pop(_partial(order), {})
        faults = "；".join(x for x in (done.faults.get(order.id, ""), finished.placed.error) if x)
        _keep(store, order, Placed({**before, **finished.placed.written}, faults), done, complete=True)


def _keep(store: Store, order: Order, placed: Placed, done: _Run, *, complete: bool) -> None:
    """Note what was made; what is not complete is kept as ours, under a key that no later run takes for made."""
    done.files[order.id] = {kind: path for kind, (path, _) in placed.written.items()}
    key = order.key if complete and not placed.error else _partial(order)
    done.made[key] = placed.written
    store.keep_made(key, placed.written)
    if placed.error:
        done.faults[order.id] = placed.error


def _partial(order: Order) -> str:
    return f"{order.key}:partial"


def _open_orders(store: Store, collected: Collected, judged: Judged, wish: Wish, done: _Run) -> Iterator[Order]:
    """Yield what is still to be made; what an earlier run made is taken as it is."""
    names = Names()
    forms = {m.id: m.counts for m in collected.match.bodies if m.counts and m.counts.examined.is_form}
    for state in judged.states(store):
        delivered = forms.get(state.id)
        job = Job(delivered.candidate, wish.edition) if delivered else None
        order = _order(state, judged, wish, names, job)
        if not order.paths:
            continue
        before = store.made(order.key)
        if before is not None:
            done.files[order.id] = {kind: path for kind, (path, _) in before.items()}
            done.made[order.key] = before
            continue
        owned = {p: store.owned(p) for p in order.paths.values()}
        data = job.content() if job and wish.send_files and "annotated" in order.paths else None
        yield replace(order, owned=owned, workbook=replace(job, data=data) if job else None)


def _order(state: BodyState, judged: Judged, wish: Wish, names: Names, job: Job | None) -> Order:
    stem = names.unique(judged.edition.titled(judged.told_apart(state.member)[:50], judged.year))
    formats = wish.formats if state.written and state.status in _MADE else ()
    paths = {kind_of(e): f"{REPORTS}/{stem}{e}" for f in formats for e in OUTPUTS[f].endings}
    if state.report and state.status in _RETURNED and job:
        paths["annotated"] = f"{ANNOTATED}/{stem}（标出问题）{Path(job.candidate.name).suffix.lower()}"
    if state.status in (*_RETURNED, Status.MISSING):
        folder = REMINDERS if state.status is Status.MISSING else SLIPS
        paths["slip"] = f"{folder}/{stem}{slips.word(state.status)}.docx"
    order = Order(
        key="",
        id=state.id,
        status=state.status,
        year=judged.year,
        edition=judged.edition_name,
        member=desk_json.member_json(state.member),
        paths=paths,
        findings=findings_json("", state.findings)["findings"],
        verdicts=verdicts_json(state.verdicts),
        report=reports.to_json(state.report) if state.report else None,
        last_year=reports.to_json(state.last_year) if formats and state.last_year else None,
        stem=stem,
        formats=formats,
        site=dict(wish.site) if formats else {},
        page=wish.page if formats else "",
        overdue="slip" in paths and _overdue(state, wish),
    )
    told = {f.name: getattr(order, f.name) for f in fields(order)}  # JSON already; asdict would copy every figure
    content = [__version__, told, [s.sha256 for s in state.sources]]
    key = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    return replace(order, key=key)


def _overdue(state: BodyState, wish: Wish) -> bool:
    deadline = state.member.deadline
    return bool(wish.today and deadline) and deadline < str(wish.today)


def _tell(
    store: Store,
    collected: Collected,
    judged: Judged,
    roster: Roster | None,
    wish: Wish,
    last_year: Report | None,
    done: _Run,
) -> tuple[Desk, Written]:
    """Write the totals and the desk; return the desk's head and what was written."""
    edition = judged.edition
    stem = Names().unique(f"{collected.county or judged.totals[-1].scope.label}{collected.year or ''}年汇总")
    written: dict[str, tuple[str, str]] = {}
    if done.faults:
        done.books.pop("detail", None)  # bodies stand otherwise than when it was begun
    for book in _books(store, collected, judged, wish, last_year, done):
        _write(
            store, written, book.kind, f"{TOTALS}/{stem}{_BOOKS[book.kind]}.xlsx", done.books.get(book.kind) or book()
        )
    now = column.this_year(collected.year, _states(store, judged, done), edition, COLUMN)
    if now:
        index = column.render(collected.county, edition.report_name, _years(now, done), wish.site)
        _write(store, written, "column", COLUMN, index.encode("utf-8"))
    written["overview"] = (OVERVIEW, "")
    briefs = [_brief(s) for s in _states(store, judged, done)]
    deadlines = [m.deadline for m in roster.members if m.deadline] if roster else []
    desk = Desk(
        county=collected.county,
        year=collected.year,
        edition=judged.edition_name,
        form=done.form,
        deadline=max(deadlines, default=""),
        has_roster=roster is not None,
        bodies=(),
        strays=collected.match.strays,
        totals=judged.totals,
        last_totals=judged.last_totals,
        pairs=judged.pairs,
        findings=judged.findings,
        files={k: p for k, (p, _) in written.items()},
        categories=judged.categories,
        changes=changes.since(store.folder, [(b.state, b.blocking) for b in briefs], collected.match.strays),
    )
    store.put_aside_changed(OVERVIEW)
    told = ((b.state, judged.told_apart(b.state.member), b.first) for b in briefs)
    _write(
        store, written, "overview", OVERVIEW, overview(edition, desk, told, collected.said.shown, collected.said.typed)
    )
    pieces = (p.encode("utf-8") for p in desk_json.pieces(desk, _states(store, judged, done)))
    written["desk"] = (DESK, deliver_pieces(store.folder, DESK, pieces, store.owned(DESK)))
    store.keep_made("desk:desk", {"desk": written["desk"]})
    if len(judged.bodies) <= MOST_ON_PAGE:
        whole_desk = replace(desk, bodies=tuple(_states(store, judged, done)))
        _write(store, written, "page", PAGE, page.render(whole_desk).encode("utf-8"))
    return desk, written


def _books(
    store: Store, collected: Collected, judged: Judged, wish: Wish, last_year: Report | None, done: _Run
) -> Iterator[Book]:
    """Yield the county's books as things stand now; the one that takes longest first."""
    whole = judged.totals[-1]
    states, beside = _states(store, judged, done), store.folder / TOTALS
    yield Book("detail", rollup.detail_book(store, judged, collected.county, states, beside))
    if (whole.determined or wish.partial) and whole.bodies:
        report = rollup.whole_report(judged, collected.county)
        yield Book("rollup", partial(rollup.workbook_of, report, last_year))


def _years(now: column.Year, done: _Run) -> list[column.Year]:
    """Return the years of the column; an earlier run of this run's year does not count."""
    if any(y.year == now.year for y in done.earlier):
        done.notes[f"以前的结果中有一个也是{now.year}年度的，没有列入专栏"] = None
    return [now, *(y for y in done.earlier if y.year != now.year)]


def _write(store: Store, written: dict[str, tuple[str, str]], kind: str, path: str, data: bytes) -> None:
    written[kind] = (path, deliver(store.folder, path, data, store.owned(path)))
    store.keep_made(f"desk:{kind}", {kind: written[kind]})
