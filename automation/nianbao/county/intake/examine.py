"""Reading and checking one delivered workbook: what a worker process does first with every file.

What comes back is plain JSON, so that it can be kept beside the journal and sent over a network.
"""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from nianbao import pipeline
from nianbao import report as reports
from nianbao.county.intake import register_warning, self_description, sums_from_below
from nianbao.county.intake.candidate import Candidate, load
from nianbao.county.intake.examined import Examination, Examined, Raw, key_of
from nianbao.county.intake.kinds import PUBLISHED, end_of, kind_of
from nianbao.county.intake.sums_from_below import Results
from nianbao.errors import EditionError, InputError
from nianbao.files import safe_name
from nianbao.findings import to_json as findings_json
from nianbao.notice import Notice
from nianbao.register import embedded_registers
from nianbao.verdicts import to_json as verdicts_json


@dataclass(frozen=True)
class ExamineJob:
    """One file to examine, dates judged by `today`; `data` is sent along where the worker can't open it itself."""

    candidate: Candidate
    edition: str = ""
    data: bytes | None = None
    notice: Notice | None = None
    today: date | None = None

    def content(self) -> bytes:
        """Return the file's bytes. Raises InputError."""
        return load(self.candidate) if self.data is None else self.data


def examine(job: ExamineJob) -> Examination:
    """Return what one file says and what is wrong with it; a file that can't be read is an answer, not an error."""
    name = job.candidate.name
    try:
        data = job.content()
    except InputError as e:
        return Examination(Examined(key="", sha256="", error=str(e)), {})
    sha256 = hashlib.sha256(data).hexdigest()
    examined = Examined(key_of(sha256, name, job.edition, job.notice), sha256)
    end = end_of(name)
    results = None
    with _file(data, name) as path:
        try:
            results = sums_from_below.read(data, job.edition) if end == sums_from_below.END else None
            checked = _of_results(path, results, job) if results else _checked(path, job)
        except (InputError, EditionError) as e:
            register = end != sums_from_below.END and _is_register(path)
            return Examination(replace(examined, error=str(e), register=register), {})
    reading = checked.reading
    report = reading.report
    record: Raw = {
        "report": reports.to_json(report),
        "last_year": reports.to_json(reading.last_year) if reading.last_year else None,
        "findings": findings_json("", checked.findings)["findings"],
        "verdicts": verdicts_json(checked.verdicts),
        "reasons": [[r.fingerprint, r.text] for r in reading.reasons],
        "places": {k: p for k, p in reading.places.cells.items() if ":" in k},
        "results": _results_record(results) if results else None,
    }
    told = replace(
        examined,
        name=report.name.strip(),
        level=report.body.get("level", "") or (self_description.level_of(report.name) if end in PUBLISHED else ""),
        county=report.body.get("county", "").strip(),
        year=report.year,
        edition=report.edition,
        day=self_description.day(report.body.get("signed_on", ""), job.today),
        register=any(f.rule == register_warning.RULE for f in checked.findings),
        digest=self_description.digest(record["report"]),
        office=report.body.get("office", "").strip(),
        address=report.body.get("address", "").strip(),
        phone=report.body.get("phone", "").strip(),
        last_name=reading.last_year.name.strip() if reading.last_year else "",
        reasons=" ".join(sorted({self_description.mark([r.fingerprint, r.text.strip()]) for r in reading.reasons})),
        last=self_description.mark(record["last_year"]) if record["last_year"] else "",
        published=kind_of(end) if end in PUBLISHED else "",
        doubt=self_description.doubt(reading) if end in PUBLISHED else "",
        saved=self_description.saved(data),
        figures=self_description.mark([report.year, self_description.figures(report, reading.edition)]),
        results=results is not None,
        unlisted=results is not None and not results.listed,
        texts=any(report.texts.get(t.id, "").strip() for t in reading.edition.texts),
    )
    return Examination(told, record)


def _of_results(path: Path, results: Results, job: ExamineJob) -> pipeline.Checked:
    """Check what was summed elsewhere: the figures are judged, texts are still to be written there."""
    reading = replace(sums_from_below.reading_of(results, job.edition), today=job.today)
    checked = pipeline.check_reading(path, reading)
    opened = sums_from_below.is_open(reading.edition, reading.report, results.open)
    return replace(checked, findings=(*sums_from_below.about_figures(checked), *opened), verdicts=())


def _results_record(results: Results) -> Raw:
    """Return what of results is kept beside their report: how they stand, and what can be opened."""
    state = "open" if results.open else "determined"
    return {"state": state, "detail": results.detail, "page": results.page, "totals": results.totals}


@contextlib.contextmanager
def _file(data: bytes, name: str) -> Iterator[Path]:
    """Give a workbook's bytes a place under its sender's name, which messages tell; only a folder of our own."""
    stem, dot, suffix = name.rpartition(".")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder) / (safe_name(stem if dot else name) + dot + suffix)
        path.write_bytes(data)
        yield path


def _checked(path: Path, job: ExamineJob) -> pipeline.Checked:
    """Check a workbook; a register that came with it is not read, only told."""
    checked = pipeline.check_file(path, job.edition, notice=job.notice, today=job.today)
    form = checked.reading.edition
    if end_of(path.name) in PUBLISHED:
        return checked
    try:
        private = pipeline.private_sheets(path, form, filled=True)
    except InputError:  # a damaged sheet that is none of the form's: the figures were read, and it is passed on nowhere
        private = ()
    opened = sums_from_below.is_open(form, checked.reading.report, "")
    return replace(checked, findings=(*checked.findings, *opened, *register_warning.with_a_form(len(private))))


def _is_register(path: Path) -> bool:
    """Tell whether a workbook that is no form of ours is a register of applications."""
    try:
        return bool(embedded_registers.sent_along(path, ()))
    except InputError:
        return False
