"""The county's own report as the sum of its bodies: as a workbook ready to `make`, and its detail workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao import workbook
from nianbao.county.keeping import store as stores
from nianbao.county.keeping.store import Store
from nianbao.county.model import BodyState, Status, Total
from nianbao.county.roster import Roster
from nianbao.county.run.collect import Progress, Wish, collect, silent
from nianbao.county.run.judge import Judged, judge
from nianbao.county.run.runners import Runner
from nianbao.county.totals.detail import DetailBook, row_of
from nianbao.findings import Finding
from nianbao.form import Edition, load_edition
from nianbao.report import Report

UNFINISHED = "（不完整汇总，不得公布）"
"""Stands in the body's name of a partial rollup, so that it is printed on whatever is made of it."""


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
) -> Added:
    """Read the workbooks below these folders and add them up; nothing is kept. Raises InputError, EditionError."""
    with tempfile.TemporaryDirectory(prefix="nianbao-") as scratch, stores.opened(Path(scratch)) as store:
        collected = collect(store, folders, roster, wish, runner, progress, leave_out)
        judged = judge(store, collected, roster, wish, last_county, runner)
        county, year, edition = collected.county, collected.year, judged.edition
        report = county_report(edition, judged.edition_name, county, year, judged.totals[-1])
        body_findings = [f for m in judged.bodies for f in judged.extra[m.id] if f.rule != "G5"]
        book = detail_book(store, judged, county, judged.states(store))()
    stands = {m.status for m in judged.bodies} | {s.status for s in collected.match.strays}
    doubtful = bool(stands & {Status.ASKED, Status.DOUBLED})
    findings = (*body_findings, *judged.findings)
    return Added(edition, judged.totals, findings, report, book, collected.settled, doubtful)


def county_report(edition: Edition, named: str, county: str, year: int | None, whole: Total) -> Report:
    """Return the report of the whole county: the figures alone; the texts are for the county's clerk to write.

    One that is not determined has UNFINISHED in its name and lacks the figures that can't be determined. Of a county
    whose name isn't known that is all of its name: the sum is never determined then (see judge).
    """
    mark = "" if whole.determined else UNFINISHED
    body = {"name": f"{county}人民政府{mark}" if county else mark, "level": "county"}
    if county:
        body["county"] = county
    values = {k: v for k, v in whole.values.items() if k not in whole.undetermined}
    ordered = {k: values[k] for k in edition.values if k in values}
    return Report(named, year, body, ordered, {})


def workbook_of(report: Report, last_year: Report | None = None) -> bytes:
    """Return the county's standard workbook as .xlsx bytes."""
    return workbook.build(load_edition(report.edition), report, last_year)


def detail_book(store: Store, judged: Judged, county: str, states: Iterable[BodyState]) -> DetailBook:
    """Return what makes the detail workbook; `states` are the bodies in the order of `judged`, as they stand now."""
    keys = (m.counts.examined.key if m.counts else "" for m in judged.bodies)
    rows = tuple(row_of(judged.edition, state, key) for state, key in zip(states, keys, strict=True))
    return DetailBook(
        str(store.folder), judged.edition_name, county, judged.year, judged.totals, judged.contributions, rows
    )
