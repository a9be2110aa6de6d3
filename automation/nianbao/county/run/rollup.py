"""The county's own report as the sum of its bodies: as a workbook ready to `make`, and its detail workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao import workbook
from nianbao.county.categories import written
from nianbao.county.keeping import store as stores
from nianbao.county.keeping.store import Store
from nianbao.county.matching import Matched
from nianbao.county.model import UNFINISHED, BodyState, Category, Status, Total
from nianbao.county.roster import Roster
from nianbao.county.roster.scopes import report_level
from nianbao.county.run.collect import Progress, Wish, collect, silent
from nianbao.county.run.judge import CountyJudgement, judge
from nianbao.county.run.runners import Runner
from nianbao.county.totals.detail import DetailBook, row_of
from nianbao.county.totals.detail_sheets import Below
from nianbao.findings import Finding
from nianbao.form import Edition, load_edition
from nianbao.report import Report

MOST_LINKED = 250
"""Places whose figures lead to their own detail workbooks: a sheet holds 65,530 links, one for each figure."""


@dataclass(frozen=True)
class Added:
    """A county added up: totals, what the county's rules say, its report, the detail workbook.

    `settled` counts the files of which the officer said whose they are; `doubtful` tells whether any is still open.
    """

    edition: Edition
    totals: tuple[Total, ...]
    findings: tuple[Finding, ...]
    report: Report
    detail: bytes
    settled: int = 0
    doubtful: bool = False

    @property
    def whole(self) -> Total:
        """The total of the whole county."""
        return self.totals[-1]


def add_up(
    folders: Sequence[Path],
    roster: Roster | None,
    wish: Wish,
    runner: Runner,
    progress: Progress = silent,
    *,
    last_county: Report | None = None,
    leave_out: Iterable[Path] = (),
    detail_in: Path | None = None,
) -> Added:
    """Read the workbooks below these folders and add them up; nothing is kept.

    What a run into one of the folders `wish.results` read of the same files and compared is taken as it is.
    `detail_in` is the folder that the detail workbook will lie in: from there it leads to those of the places below.
    Raises InputError, EditionError.
    """
    with tempfile.TemporaryDirectory(prefix="nianbao-") as scratch, stores.opened(Path(scratch)) as store:
        store.borrow(wish.results)
        collected = collect(store, folders, roster, wish, runner, progress, leave_out)
        judged = judge(store, collected, roster, wish, last_county, runner)
        county, edition = collected.county, judged.edition
        report = whole_report(judged, county)
        body_findings = [f for m in judged.bodies for f in judged.extra[m.id] if f.rule != "G5"]
        book = detail_book(store, judged, county, judged.states(store), detail_in)()
    stands = {m.status for m in judged.bodies} | {s.status for s in collected.match.strays}
    doubtful = bool(stands & {Status.ASKED, Status.DOUBLED})
    findings = (*body_findings, *judged.findings)
    return Added(edition, judged.totals, findings, report, book, collected.settled, doubtful)


def whole_report(judged: CountyJudgement, county: str) -> Report:
    """Return the report of the whole that was judged, of this name."""
    whole = judged.totals[-1]
    return county_report(judged.edition, judged.edition_name, county, judged.year, whole, judged.categories)


def county_report(
    edition: Edition, named: str, county: str, year: int | None, whole: Total, categories: Sequence[Category] = ()
) -> Report:
    """Return the report of the whole: the figures and 公开信息分类; the texts are for its clerk to write.

    One that is not determined has UNFINISHED in its name and lacks the figures that can't be determined. Of a county
    whose name isn't known that is all of its name: the sum is never determined then (see judge).
    """
    mark = "" if whole.determined else UNFINISHED
    level = report_level(whole.scope.id)
    body = {"name": f"{county}人民政府{mark}" if county else mark, "level": level}
    if county and level == "county":
        body["county"] = county
    labels, counts = written(edition, categories if whole.determined else ())
    values = {k: v for k, v in whole.values.items() if k not in whole.undetermined} | dict(counts)
    ordered = {k: values[k] for k in edition.values if k in values}
    return Report(named, year, body, ordered, dict(labels))


def workbook_of(report: Report, last_year: Report | None = None) -> bytes:
    """Return the county's standard workbook as .xlsx bytes."""
    return workbook.build(load_edition(report.edition), report, last_year)


def detail_book(
    store: Store, judged: CountyJudgement, county: str, states: Iterable[BodyState], place: Path | None = None
) -> DetailBook:
    """Return what makes the detail workbook, which will lie in the folder `place`.

    `states` are the bodies in the order of `judged`, as they stand now.
    """
    keys = (m.counts.examined.key if m.counts else "" for m in judged.bodies)
    below = _limited(_below(store, m, place) for m in judged.bodies)
    rows = tuple(row_of(judged.edition, *told) for told in zip(states, keys, below, strict=True))
    return DetailBook(
        str(store.folder),
        judged.edition_name,
        county,
        judged.year,
        judged.totals,
        judged.contributions,
        rows,
        judged.categories,
    )


def _limited(below: Iterable[Below | None]) -> Iterator[Below | None]:
    """Yield the first places as they are, and none for those whose links a sheet would not hold."""
    left = MOST_LINKED
    for one in below:
        yield one if left > 0 else None
        left -= one is not None


def _below(store: Store, matched: Matched, place: Path | None) -> Below | None:
    """Return where the figures of a body with results of its own are taken apart, as seen from a folder."""
    if matched.results is None or place is None:
        return None
    record = store.record(matched.results.examined.key)
    told = record["results"]
    file = matched.results.beside(told["detail"], place)
    return Below(file, record["report"]["edition"], told["totals"]) if file else None
