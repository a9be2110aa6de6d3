"""Reading and checking one delivered workbook: what a worker process does first with every file.

What comes back is plain JSON, so that it can be kept beside the journal and sent over a network.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from nianbao import __version__, pipeline, zips
from nianbao import report as reports
from nianbao.county.intake import results_in, sent
from nianbao.county.intake.gather import Candidate, load
from nianbao.county.intake.kinds import PUBLISHED, end_of, kind_of
from nianbao.county.intake.results_in import Results
from nianbao.county.roster import fold
from nianbao.dates import date_of
from nianbao.errors import EditionError, InputError
from nianbao.files import safe_name
from nianbao.findings import to_json as findings_json
from nianbao.form import Edition, edition_ref
from nianbao.notice import Notice
from nianbao.numbers import spell
from nianbao.register import carried
from nianbao.report import Reading, Report
from nianbao.verdicts import to_json as verdicts_json
from nianbao.workbook.package import MADE

Raw = dict[str, Any]

_WHOLE = ("县人民政府", "区人民政府", "市人民政府", "旗人民政府")
_SHOWN = 3
"""Cells that are named as not surely read."""

_CORE, _MOST_CORE = "docProps/core.xml", 65_536
_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:.+Z-]{10,35})\s*<")

_RECORD = 6
"""Raised when a record holds something new: what an earlier program kept is read again."""


@dataclass(frozen=True)
class Job:
    """One file to examine, dates judged by `today`; `data` is sent along where the worker can't open it itself."""

    candidate: Candidate
    edition: str = ""
    data: bytes | None = None
    notice: Notice | None = None
    today: date | None = None

    def content(self) -> bytes:
        """Return the file's bytes. Raises InputError."""
        return load(self.candidate) if self.data is None else self.data


@dataclass(frozen=True)
class Examined:
    """The few words of a file that matching needs; `error` says why it can't be read. The rest is its record.

    `register` tells whether a register of applications came with it. `day` is the day it was judged by (ISO) where
    its date lies ahead of that day, so that another day may judge it otherwise; '' where every later day says the same.
    `office`, `address`, `phone` and `last_name` (whom last year's figures are of) are witnesses of whose it is.
    `reasons` are marks of the written reasons, divided by spaces, `last` is one of last year's report, `figures` one of
    the year and the figures. `published` names what was read where it is no form but the report as published; `doubt`
    says what of such a one was not surely read, '' where all was. `saved` is when the file says that it was last saved
    (ISO with zone), '' where it doesn't. `results` tells that it is the data of a run's results, `texts` whether
    anything is written in it beside figures.
    """

    key: str
    sha256: str
    name: str = ""
    level: str = ""
    county: str = ""
    year: int | None = None
    edition: str = ""
    digest: str = ""
    error: str = ""
    register: bool = False
    day: str = ""
    office: str = ""
    address: str = ""
    phone: str = ""
    last_name: str = ""
    reasons: str = ""
    last: str = ""
    saved: str = ""
    published: str = ""
    doubt: str = ""
    figures: str = ""
    results: bool = False
    texts: bool = False

    @property
    def is_form(self) -> bool:
        """Tell whether it is a workbook that may be marked and sent back."""
        return not self.published and not self.results

    def holds_on(self, today: date | None) -> bool:
        """Tell whether judging the file on this day would say the same."""
        return not self.day or (today is not None and self.day == today.isoformat())


@dataclass(frozen=True)
class Examination:
    """One file's few words and its record: report, last year's, findings, verdicts, reasons, paragraphs' places."""

    examined: Examined
    record: Raw


def key_of(sha256: str, name: str, edition: str, notice: Notice | None = None) -> str:
    """Return the key under which an examination is kept: content, name, program, edition and notice asked for.

    An edition file counts by what it says, not by its name or place. The day is no part of it: see Examined.day.
    Raises EditionError.
    """
    form = edition_ref(edition).digest if edition.endswith(".toml") else edition
    asked = (repr(notice),) if notice else ()
    return hashlib.sha256("\n".join((__version__, str(_RECORD), form, name, sha256, *asked)).encode()).hexdigest()


def examine(job: Job) -> Examination:
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
            results = results_in.read(data, job.edition) if end == results_in.END else None
            checked = _of_results(path, results, job) if results else _checked(path, job)
        except (InputError, EditionError) as e:
            register = end != results_in.END and _is_register(path)
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
        "results": _told(results) if results else None,
    }
    told = replace(
        examined,
        name=report.name.strip(),
        level=report.body.get("level", "") or (_level_of(report.name) if end in PUBLISHED else ""),
        county=report.body.get("county", "").strip(),
        year=report.year,
        edition=report.edition,
        day=_day(report.body.get("signed_on", ""), job.today),
        register=any(f.rule == sent.RULE for f in checked.findings),
        digest=_digest(record["report"]),
        office=report.body.get("office", "").strip(),
        address=report.body.get("address", "").strip(),
        phone=report.body.get("phone", "").strip(),
        last_name=reading.last_year.name.strip() if reading.last_year else "",
        reasons=" ".join(sorted({_mark([r.fingerprint, r.text.strip()]) for r in reading.reasons})),
        last=_mark(record["last_year"]) if record["last_year"] else "",
        published=kind_of(end) if end in PUBLISHED else "",
        doubt=_doubt(reading) if end in PUBLISHED else "",
        saved=_saved(data),
        figures=_mark([report.year, _plain(report, reading.edition)]),
        results=results is not None,
        texts=any(report.texts.get(t.id, "").strip() for t in reading.edition.texts),
    )
    return Examination(told, record)


def _of_results(path: Path, results: Results, job: Job) -> pipeline.Checked:
    """Check what was summed elsewhere: the figures are judged, texts are still to be written there."""
    reading = replace(results_in.reading_of(results, job.edition), today=job.today)
    checked = pipeline.check_reading(path, reading)
    opened = results_in.is_open(reading.edition, reading.report, results.open)
    return replace(checked, findings=(*results_in.about_figures(checked), *opened), verdicts=())


def _told(results: Results) -> Raw:
    """Return what of results is kept beside their report: how they stand, and what can be opened."""
    state = "open" if results.open else "determined"
    return {"state": state, "detail": results.detail, "page": results.page, "totals": results.totals}


def _plain(report: Report, edition: Edition) -> Mapping[str, str]:
    """Return the printed figures in one spelling, by which two reports can be told to say the same."""
    keys = {v.key for t in edition.tables if not t.help for v in t.values}
    return {k: spell(Decimal(n)) for k, n in report.values.items() if k in keys}


def _level_of(name: str) -> str:
    """Return the level of a body whose report doesn't say it, where its name does: of a county or a city."""
    return "county" if name.strip().endswith(_WHOLE) else ""


def _doubt(reading: Reading) -> str:
    """Return what of a published report was not surely read, '' where every figure was."""
    if reading.report.year is None:
        return "没有写明年度"
    needed = {v.key for t in reading.edition.tables if t.printed for v in t.values if v.required}
    lost = sorted(reading.unread | (needed - reading.report.values.keys()))
    if not lost:
        return ""
    shown = "、".join(reading.places.named(k) for k in lost[:_SHOWN])
    return f"{shown}{f'等 {len(lost)} 格' if len(lost) > _SHOWN else ''}没有读准"


def _saved(data: bytes) -> str:
    """Return when an office file says it was last saved, '' where it says nothing or what our own files say."""
    try:
        with zips.opened(io.BytesIO(data)) as package:
            part = package.getinfo(_CORE)
            said = _MODIFIED.search(package.read(part)) if part.file_size <= _MOST_CORE else None
        moment = datetime.fromisoformat(said[1].decode("ascii")) if said else None
    except (KeyError, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return ""
    if moment is None or moment.replace(tzinfo=None) == MADE:
        return ""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _digest(report: Raw) -> str:
    """Return what is the same for reports that say the same, however their bodies' names are spaced."""
    body = {k: fold(v) if k in ("name", "county") else v for k, v in report["body"].items()}
    return _mark({**report, "body": body})


def _mark(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@contextlib.contextmanager
def _file(data: bytes, name: str) -> Iterator[Path]:
    """Give a workbook's bytes a place under its sender's name, which messages tell; only a folder of our own."""
    stem, dot, suffix = name.rpartition(".")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder) / (safe_name(stem if dot else name) + dot + suffix)
        path.write_bytes(data)
        yield path


def _day(signed_on: str, today: date | None) -> str:
    """Return the day judged by when the report's date lies ahead of it; a day that is past stays so."""
    signed = date_of(signed_on)
    return today.isoformat() if today and signed and signed > today else ""


def _checked(path: Path, job: Job) -> pipeline.Checked:
    """Check a workbook; a register that came with it is not read, only told."""
    checked = pipeline.check_file(path, job.edition, notice=job.notice, today=job.today)
    form = checked.reading.edition
    if end_of(path.name) in PUBLISHED:
        return checked
    try:
        private = pipeline.private_sheets(path, form, filled=True)
    except InputError:  # a damaged sheet that is none of the form's: the figures were read, and it is passed on nowhere
        private = ()
    opened = results_in.is_open(form, checked.reading.report, "")
    return replace(checked, findings=(*checked.findings, *opened, *sent.with_a_form(len(private))))


def _is_register(path: Path) -> bool:
    """Tell whether a workbook that is no form of ours is a register of applications."""
    try:
        return bool(carried.sent_along(path, ()))
    except InputError:
        return False
