"""The names other programs may rely on: read, check, make, prove one report, add up many; nothing is decided here.

What is promised of them, with examples that are run, stands in docs/developers/api.md.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nianbao import findings, pipeline, report, verdicts
from nianbao.errors import EditionError, InputError, NianbaoError, OutputError, TemplateError
from nianbao.findings import Change, Finding, Places, Severity
from nianbao.form import Edition, load_edition
from nianbao.numbers import Number
from nianbao.pipeline import Checked
from nianbao.reasons import fingerprint
from nianbao.report import Reading, Reason, Report
from nianbao.verdicts import State, Verdict

if TYPE_CHECKING:
    from nianbao.county.model import Total
    from nianbao.county.run.rollup import Added
    from nianbao.county.run.runners import Runner
else:

    def __getattr__(name: str) -> object:
        """Load what a county needs, openpyxl with it, when it is first named."""
        if name == "Added":
            from nianbao.county.run.rollup import Added  # noqa: PLC0415

            return Added
        if name == "Total":
            from nianbao.county.model import Total  # noqa: PLC0415

            return Total
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = [
    "Added",
    "Change",
    "Checked",
    "Edition",
    "EditionError",
    "Finding",
    "InputError",
    "NianbaoError",
    "Number",
    "OutputError",
    "Places",
    "Reading",
    "Reason",
    "Report",
    "Severity",
    "State",
    "TemplateError",
    "Total",
    "Verdict",
    "add_up",
    "annotate",
    "check",
    "dumps",
    "edition_of",
    "findings_json",
    "loads",
    "make",
    "read",
    "reason",
    "render",
    "verify",
    "workbook",
]

AnyPath = str | PathLike[str]


def edition_of(named: str | int) -> Edition:
    """Return an edition of the form: by its id or its own .toml file, or the one prescribed for the reports of a year.

    Raises EditionError; InputError for a year that has none.
    """
    return pipeline.edition_for(named) if isinstance(named, int) else load_edition(named)


def read(path: AnyPath, *, edition: str = "") -> Reading:
    """Read a workbook, Report JSON or a published report (.docx, .html, .pdf, .txt), by the ending of its name.

    `edition` (an id or a .toml file) overrides what the file says. Raises InputError, EditionError.
    """
    return pipeline.read(Path(path), edition)


def loads(text: str, *, edition: str = "") -> Reading:
    """Read Report JSON. Raises InputError when it is none, EditionError."""
    return report.loads(text, edition)


def dumps(of: Report) -> str:
    """Return Report JSON, which `loads` reads, and `read` as a .json file."""
    return report.dumps(of)


def check(
    source: AnyPath | Reading | Report,
    *,
    edition: str = "",
    last_year: Report | None = None,
    reasons: Iterable[Reason] = (),
    today: date | None = None,
) -> Checked:
    """Judge a file, what was read of one, or a report made here, by every rule of its edition.

    `edition` overrides what a file says. `last_year` takes the place of the report that a workbook carries,
    `reasons` are beside those typed into it. Without `today` nothing is judged by the calendar.
    Raises InputError, EditionError.
    """
    if isinstance(source, Reading | Report):
        reading = source if isinstance(source, Reading) else loads(dumps(source))
        path = Path(pipeline.file_name(reading))
    else:
        path = Path(source)
        reading = pipeline.read(path, edition)
    reading = replace(reading, last_year=last_year or reading.last_year, today=today)
    return pipeline.check_reading(path, reading, tuple(reasons))


def reason(finding: Finding, of: Report, text: str) -> Reason:
    """Return a reason for a finding of class 核实; it counts as long as what the finding rests on stays the same."""
    return Reason(fingerprint(finding, of), text)


def findings_json(of: Checked) -> dict[str, Any]:
    """Return Findings JSON, the answer of `nianbao check --format json` (docs/developers/contracts.md)."""
    told = findings.to_json(str(of.path), of.findings)
    return verdicts.with_verdicts(told, of.findings, of.verdicts)


def annotate(of: Checked) -> bytes:
    """Return a copy of the workbook that was checked as a file, its findings marked in it. Raises InputError."""
    return pipeline.annotated(of.path, of.reading, of.findings, of.verdicts)


def render(of: Checked, to: str = "docx", *, draft: bool = False, template: AnyPath | None = None) -> bytes:
    """Return the report in one format (docx, html, csv, json, pdf, pdfa, svg, png), proven against its data.

    Of a format that has several files the first. `template` is an office's own Word template. Raises InputError when
    a finding forbids the report and it is no draft, TemplateError, OutputError when this machine can't make it.
    """
    (form,) = pipeline.formats_of(to)
    wanted = pipeline.Wanted(pipeline.file_name(of.reading), (form,), draft, Path(template) if template else None)
    return pipeline.render(of, form, wanted)[pipeline.OUTPUTS[form].endings[0]]


def make(
    of: Checked, folder: AnyPath, to: str = "docx", *, draft: bool = False, template: AnyPath | None = None
) -> tuple[Path, ...]:
    """Write the report into a folder, in one format or several with commas between (docx,html,pdf); return the files.

    A different file of the same name is kept under a new one. Raises as `render`; OutputError for some of the formats
    only after the others are written.
    """
    own = Path(template) if template else None
    made = pipeline.make(of, Path(folder), pipeline.formats_of(to), draft=draft, template=own)
    later = list(pipeline.finish([made.later])) if made.later else []
    problems = [p for p in (made.problem, *(one.problem for one in later)) if p]
    if problems:
        raise OutputError("；".join(problems))
    return (*made.files, *(file for one in later for file in one.made.files))


def verify(document: AnyPath, source: AnyPath, *, edition: str = "", template: AnyPath | None = None) -> Checked:
    """Compare a finished report (Word, PDF, page) with the file it was made from; every difference is a finding.

    Raises InputError, EditionError, TemplateError.
    """
    return pipeline.verify(Path(document), Path(source), edition, Path(template) if template else None)


def workbook(of: Report, last_year: Report | None = None) -> bytes:
    """Return a standard workbook with what the report says filled in, and last year's report carried along.

    Raises EditionError.
    """
    return pipeline.new_workbook(load_edition(of.edition), of, last_year)


def add_up(
    *folders: AnyPath,
    roster: AnyPath | None = None,
    year: int | None = None,
    edition: str = "",
    county: str = "",
    last_year: Report | None = None,
    results: AnyPath | None = None,
    workers: int = 1,
    today: date | None = None,
) -> Added:
    """Read every report below the folders and add them up, by town, department, office and whole.

    `roster` is the workbook of who must report: without it nobody can tell who is missing. `year` is the report year
    where the files don't say it, `county` the county's name, `last_year` its report, `results` the folder of
    `nianbao batch` in which it was settled whose files are. Several `workers` are other processes: the caller's module
    needs `if __name__ == "__main__"` then. Raises InputError, EditionError, OutputError.
    """
    from nianbao.county.keeping.earlier_results import given  # noqa: PLC0415 - a county's modules only for a county
    from nianbao.county.roster.roster_book import read_roster  # noqa: PLC0415
    from nianbao.county.run.collect import Wish  # noqa: PLC0415
    from nianbao.county.run.rollup import add_up as added  # noqa: PLC0415

    listed = read_roster(Path(roster), pipeline.current_edition(), year) if roster else None
    settled = (given(Path(results)),) if results else ()
    wish = Wish(edition, year, today=today, county=county, results=settled)
    beside = [Path(roster)] if roster else []
    with _runner(workers) as runner:
        return added([Path(f) for f in folders], listed, wish, runner, last_county=last_year, leave_out=beside)


@contextlib.contextmanager
def _runner(workers: int) -> Iterator[Runner]:
    from nianbao.county.run import processes, produce, runners  # noqa: PLC0415 - as above

    if workers == 1:
        yield runners.here
        return
    several = processes.Processes(workers, prepare=produce.prepare)
    try:
        yield several
    finally:
        several.close()
