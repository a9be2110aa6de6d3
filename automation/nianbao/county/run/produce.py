"""Making what a body gets: report, data, annotated workbook, return slip. What a worker process does second."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from nianbao import pipeline
from nianbao.county import slips
from nianbao.county.desk_json import findings_of, member_of, report_of
from nianbao.county.intake.examine import ExamineJob
from nianbao.county.keeping.journal import Written
from nianbao.county.keeping.own_files import deliver
from nianbao.county.model import Status
from nianbao.errors import NianbaoError
from nianbao.findings import Finding, Places
from nianbao.form import load_edition
from nianbao.report import Reading
from nianbao.verdicts import Verdict, of_json

Raw = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """What to make for one body: kinds with their paths below the output folder, and all that is needed, as JSON.

    The files of each of `formats` begin with `stem`; their kinds are the endings of their names.
    """

    key: str
    id: str
    status: Status
    year: int | None
    edition: str
    member: Raw
    paths: dict[str, str]
    findings: list[Raw]
    verdicts: list[dict[str, str]] = field(default_factory=list)
    report: Raw | None = None
    last_year: Raw | None = None
    workbook: ExamineJob | None = None
    stem: str = ""
    formats: tuple[str, ...] = ()
    site: dict[str, str] = field(default_factory=dict)
    page: str = ""
    owned: dict[str, str] = field(default_factory=dict)
    overdue: bool = False


@dataclass(frozen=True)
class MadeFiles:
    """The files made for one body by kind, or why some could not be made."""

    files: dict[str, bytes]
    error: str = ""


@dataclass(frozen=True)
class PlacedFiles:
    """The files of one body as they lie in the output folder, or why some don't."""

    written: Written
    error: str = ""


@dataclass(frozen=True)
class Placer:
    """Makes a body's files and writes them below `folder`: for workers that see it."""

    folder: str

    def __call__(self, order: Order) -> PlacedFiles:
        """Make and write the files of one body."""
        return place(Path(self.folder), order, produce(order))


@dataclass(frozen=True)
class CountyBook:
    """A workbook about the whole county (.xlsx bytes), made beside the bodies' files by whoever sees the folder.

    `key` is what the journal knows it by: the same key, the same bytes in the same place.
    """

    kind: str
    make: Callable[[], bytes]
    key: str

    def __call__(self) -> bytes:
        """Return the workbook."""
        return self.make()


@dataclass(frozen=True)
class Making:
    """Makes what a worker is given: a body's files as `make` says, or a book of the county."""

    make: Callable[[Order], MadeFiles | PlacedFiles]

    def __call__(self, job: Order | CountyBook) -> MadeFiles | PlacedFiles | bytes:
        """Make one."""
        return self.make(job) if isinstance(job, Order) else job()


def prepare() -> None:
    """Do nothing more: a worker that is told to do this has loaded this module, and what a body needs with it."""


def produce(order: Order) -> MadeFiles:
    """Return the files of one body; a file that can't be made is named and the others are made.

    Formats that are made for many bodies at once are left out: see bulk_formats.py.
    """
    files: dict[str, bytes] = {}
    faults: list[str] = []
    for make in _makers(order):
        try:
            files.update(make())
        except NianbaoError as e:
            faults.append(str(e))
    return MadeFiles(files, "；".join(faults))


def place(folder: Path, order: Order, made: MadeFiles) -> PlacedFiles:
    """Write a body's files; one that can't be written is named and the others are written."""
    written: dict[str, tuple[str, str]] = {}
    faults = [made.error] if made.error else []
    for kind, data in made.files.items():
        path = order.paths[kind]
        try:
            written[kind] = (path, deliver(folder, path, data, order.owned.get(path, "")))
        except NianbaoError as e:
            faults.append(str(e))
    return PlacedFiles(written, "；".join(faults))


def _makers(order: Order) -> Iterator[Callable[[], Mapping[str, bytes]]]:
    """Yield what makes the body's files, each on its own, so that one failing does not stop the others."""
    found, told = findings_of(order.findings), of_json(order.verdicts)
    if order.formats or "annotated" in order.paths:
        reading = reading_of(order)
        wanted = pipeline.Wanted(order.stem, order.formats, site=order.site, page_template=order.page)
        now = [f for f in order.formats if pipeline.OUTPUTS[f].make_all is None]
        yield from (partial(_documents, reading, found, told, name, wanted) for name in now)
        if "annotated" in order.paths:
            yield lambda: {"annotated": _annotated(order, reading, found, told)}
    if "slip" in order.paths:
        edition, member = load_edition(order.edition), member_of(order.member)
        yield lambda: {
            "slip": slips.slip(edition, member, order.year, order.status, found, told, overdue=order.overdue)
        }


def reading_of(order: Order) -> Reading:
    """Return the report of a body that has one."""
    report = report_of(order.report)
    assert report is not None, "only a body with a report has documents"  # noqa: S101 - a bug of batch
    edition = load_edition(report.edition)
    return Reading(edition, report, (), Places(edition, {}), last_year=report_of(order.last_year))


def _documents(
    reading: Reading, found: tuple[Finding, ...], told: tuple[Verdict, ...], name: str, wanted: pipeline.Wanted
) -> Mapping[str, bytes]:
    checked = pipeline.Checked(Path(reading.report.name or "填报表"), reading, found, verdicts=told)
    made = pipeline.render(checked, name, wanted)
    return {kind_of(ending): data for ending, data in made.items()}


def kind_of(ending: str) -> str:
    """Return the kind under which a file with this ending is kept: docx for .docx."""
    return ending.removeprefix(".")


def _annotated(order: Order, reading: Reading, found: tuple[Finding, ...], told: tuple[Verdict, ...]) -> bytes:
    assert order.workbook is not None, "an annotated workbook has a workbook"  # noqa: S101 - a bug of batch
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder) / f"填报表{Path(order.workbook.candidate.name).suffix.lower()}"
        path.write_bytes(order.workbook.content())
        return pipeline.annotated(path, reading, found, told)
