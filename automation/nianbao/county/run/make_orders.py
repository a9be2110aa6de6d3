"""Everything ordered, made by the runner's workers and kept in the journal, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from nianbao.county.keeping.store import Store
from nianbao.county.run import bulk_formats
from nianbao.county.run.collect import Progress
from nianbao.county.run.county_books import earlier
from nianbao.county.run.judged_county import JudgedCounty
from nianbao.county.run.orders import orders
from nianbao.county.run.produce import CountyBook, MadeFiles, Making, Order, PlacedFiles, Placer, place, produce
from nianbao.county.run.run_steps import BodyStep, BookMade, RunSteps, gathered
from nianbao.county.run.runners import Failure, Runner


def make(county: JudgedCounty, books: Sequence[CountyBook], runner: Runner, progress: Progress) -> RunSteps:
    """Make the files of all bodies, and the county's books beside them; one that fails never stops the others."""
    before: list[BodyStep] = []
    made = _made(county, books, runner, progress, before)
    return gathered(chain(made, before))  # all of `before` is known once everything is made


def _made(
    county: JudgedCounty, books: Sequence[CountyBook], runner: Runner, progress: Progress, before: list[BodyStep]
) -> Iterator[BodyStep | BookMade]:
    """Yield what is made now; what an earlier run made goes to `before` as the runner comes to it."""
    store, send = county.store, county.wish.send_files
    ordered = _still_open(orders(county), before)
    known = {book.kind: there for book in books if (there := earlier(county, book))}
    yield from known.values()
    jobs: Iterable[Order | CountyBook] = chain((b for b in books if b.kind not in known), ordered)
    make_one: Callable[[Order], MadeFiles | PlacedFiles] = produce if send else Placer(str(store.folder))
    most = len(county.collected.match.bodies) + len(books)
    waiting: list[tuple[Order, PlacedFiles]] = []
    for job, answer in progress(iter(runner(Making(make_one), jobs)), most, "生成"):
        if isinstance(job, CountyBook):
            if isinstance(answer, bytes):  # one whose worker was lost is made later
                yield BookMade(job.kind, job.key, answer)
            continue
        assert not isinstance(answer, bytes), "bytes are a book's"  # noqa: S101 - a bug of produce
        placed = place(store.folder, job, answer) if isinstance(answer, MadeFiles) else answer
        if isinstance(placed, Failure):
            yield BodyStep(job.id, "", {}, placed.reason)
        elif bulk_formats.waits(job):
            store.keep_made(_partial(job), placed.written)
            waiting.append((replace(job, workbook=None), placed))
        else:
            yield _kept(store, job, placed)
        if len(waiting) == bulk_formats.GROUP:
            yield from _finished(store, waiting, progress)
            waiting = []
    if waiting:
        yield from _finished(store, waiting, progress)


def _still_open(ordered: Iterable[Order | BodyStep], before: list[BodyStep]) -> Iterator[Order]:
    for one in ordered:
        if isinstance(one, Order):
            yield one
        else:
            before.append(one)


def _finished(store: Store, waiting: Sequence[tuple[Order, PlacedFiles]], progress: Progress) -> Iterator[BodyStep]:
    """Make what is made for many bodies at once, whose other files are there already."""
    placed = {order.id: early for order, early in waiting}
    done = bulk_formats.finish(store.folder, [order for order, _ in waiting])
    for finished in progress(done, len(waiting), "转换"):
        early, now = placed[finished.order.id], finished.placed
        faults = "；".join(x for x in (early.error, now.error) if x)
        yield _kept(store, finished.order, PlacedFiles({**early.written, **now.written}, faults), finished.notes)


def _kept(store: Store, order: Order, placed: PlacedFiles, notes: tuple[str, ...] = ()) -> BodyStep:
    """Keep what was made in the journal; what is not complete under a key that no later run takes for made."""
    key = _partial(order) if placed.error else order.key
    store.keep_made(key, placed.written)
    return BodyStep(order.id, key, placed.written, placed.error, notes=notes)


def _partial(order: Order) -> str:
    return f"{order.key}:partial"
