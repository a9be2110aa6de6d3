"""From folders to bodies: every file found, read (by the runner's workers) and matched; nothing is read twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from nianbao.county import matching
from nianbao.county.intake.candidate import Candidate, load
from nianbao.county.intake.examine import ExamineJob, examine
from nianbao.county.intake.examined import Examination, Examined, key_of
from nianbao.county.intake.gather import Gathered, gather
from nianbao.county.intake.kinds import PUBLISHED, end_of, kind_of
from nianbao.county.keeping.store import Store
from nianbao.county.matching import Delivered, Match, year_and_county
from nianbao.county.matching.assigned import NOTHING_SAID, Assignment, Said, keep, settled
from nianbao.county.model import Status, Stray
from nianbao.county.roster import Roster
from nianbao.county.roster.scopes import Tree, tree_of, whole
from nianbao.county.run.runners import Bounded, Failure, Runner
from nianbao.errors import InputError
from nianbao.notice import Notice

T = TypeVar("T")


class Progress(Protocol):
    """Passes an iterator through and shows how far it is."""

    def __call__(self, items: Iterator[T], total: int, what: str) -> Iterator[T]:
        """Yield the same items; `total` is how many there will be at most."""


def silent(items: Iterator[T], total: int, what: str) -> Iterator[T]:
    """Show no progress."""
    del total, what
    return items


@dataclass(frozen=True)
class Wish:
    """What is wanted of a run: edition of all files ('' as each says), report year (None: as known), formats.

    `site` are the meta tags of the site's settings, `page` is the text of the office's own page template; `earlier` are
    output folders of earlier years for the column; `notice` is what the county asks beside the form; `today` is the
    day of the run, by which the dates of every file are judged, if any. `county` is the county's name where it was
    given; `assign` is what the officer says of files now; `results` are folders of results in which the officer settled
    files, where that is not the run's own. With `partial` a sum that is not determined is made too, and says so.
    `now` is the moment the log of the season notes (None: nothing is logged).
    """

    edition: str = ""
    year: int | None = None
    formats: tuple[str, ...] = ("docx",)
    send_files: bool = False
    site: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    earlier: tuple[Path, ...] = ()
    notice: Notice | None = None
    today: date | None = None
    county: str = ""
    assign: tuple[Assignment, ...] = ()
    results: tuple[Path, ...] = ()
    partial: bool = False
    now: datetime | None = None


@dataclass(frozen=True)
class Collected:
    """All bodies and files of a county; `read_now` counts the files this run had to read.

    `registers` are the places of files that hold a register of applications. `nameless` says why the county is not
    known, where it isn't. `said` is what the officer said of the files, of `settled` of them. `tree` is of which bodies
    the sums are made.
    """

    match: Match
    year: int | None
    county: str
    keys: frozenset[str]
    read_now: int
    others: int
    registers: tuple[str, ...] = ()
    nameless: str = ""
    settled: int = 0
    tree: Tree = field(default_factory=lambda: whole("county"))
    said: Said = NOTHING_SAID


def collect(
    store: Store,
    folders: Sequence[Path],
    roster: Roster | None,
    wish: Wish,
    runner: Runner,
    progress: Progress = silent,
    leave_out: Iterable[Path] = (),
) -> Collected:
    """Find, read and match everything below these folders. Raises InputError, EditionError, OutputError."""
    below = roster is not None and tree_of(roster.members, wish.county or roster.county).adds_results
    gathered = gather(folders, [*leave_out, store.folder], results=below)
    known: dict[str, Examined] = {}
    todo: dict[str, ExamineJob] = {}
    keyed: list[tuple[Candidate, str, str]] = []
    for candidate in gathered.candidates:
        key, error = _key(candidate, wish)
        keyed.append((candidate, key, error))
        before = store.examined(key) if key and not error else None
        if before and before.holds_on(wish.today):
            known[key] = before
        elif key and key not in todo:
            todo[key] = ExamineJob(candidate, wish.edition, notice=wish.notice, today=wish.today)
    for key, answer in _read(todo, wish, runner, progress):
        if isinstance(answer, Examination):
            store.keep_examined(answer)
            known[key] = answer.examined
        else:
            known[key] = Examined(key, "", error=answer.reason)
    delivered = [_delivered(c, known.get(key) or Examined(key, "", error=error)) for c, key, error in keyed]
    readable = [d for d in delivered if not d.examined.error]
    readable = [d for d in readable if not d.examined.published] or readable  # whoever fills in forms says the year
    year = year_and_county.year_of(wish.year, roster, readable)
    county, nameless = year_and_county.county_of(wish.county, roster, readable)
    results = tuple(s for s in gathered.strays if s.status is not Status.UNREADABLE)
    everything = [*delivered, *_unread(gathered)]
    said = settled(wish.results or (store.folder,), roster, everything, wish.assign)
    if not wish.results:
        keep(store.folder, said)
    tree = tree_of(roster.members if roster else (), county)
    found = matching.match(everything, roster, year, county=county, settled=said.answers, tree=tree)
    strays = (*results, *found.strays, *(_whole_report(d, tree) for d in found.county_reports))
    matched = replace(found, strays=tuple(sorted(strays, key=lambda s: (s.source.path, s.source.member))))
    keys = frozenset(k for _, k, _ in keyed if k)
    registers = tuple(sorted({d.source.place for d in delivered if d.examined.register}))
    return Collected(
        matched,
        year,
        county,
        keys,
        len(todo),
        gathered.others + sum(bool(d.kind) and not d.candidate.chain for d in delivered),
        registers,
        nameless,
        sum(matching.mark(d) in said.answers for d in everything),
        tree,
        said,
    )


def _delivered(one: Candidate, told: Examined) -> Delivered:
    """Return a file with what it says; a document that is no report is of another kind."""
    end = end_of(one.name)
    return Delivered(one, told, kind_of(end) if told.error and end in PUBLISHED else "")


def _unread(gathered: Gathered) -> list[Delivered]:
    """Return the files that were not read: why they can't be, or what they are."""
    cannot = [
        Delivered(Candidate("", s.source.path, s.source.member), Examined("", "", error=s.note))
        for s in gathered.strays
        if s.status is Status.UNREADABLE
    ]
    return cannot + [Delivered(c, Examined("", ""), kind) for c, kind in gathered.other_files]


def _key(candidate: Candidate, wish: Wish) -> tuple[str, str]:
    """Return the key of a file's content, or why it can't be read."""
    try:
        data = load(candidate)
    except InputError as e:
        return "", str(e)
    return key_of(hashlib.sha256(data).hexdigest(), candidate.name, wish.edition, wish.notice), ""


def _read(
    todo: dict[str, ExamineJob], wish: Wish, runner: Runner, progress: Progress
) -> Iterator[tuple[str, Examination | Failure]]:
    keys = {job.candidate: key for key, job in todo.items()}
    jobs = (_with_data(j) if wish.send_files else j for j in todo.values())
    for job, answer in progress(iter(runner(Bounded(examine), jobs)), len(todo), "读取和校验"):
        yield keys[job.candidate], answer


def _with_data(job: ExamineJob) -> ExamineJob:
    try:
        return replace(job, data=load(job.candidate))
    except InputError:
        return job  # the worker will say why


def _whole_report(one: Delivered, tree: Tree) -> Stray:
    told = one.examined
    note = f"是{tree.whole.label}的年报，只用来核对各单位之和"
    return Stray(one.source, Status.RECEIVED, note, told.name, told.year)
