"""Reading and checking one delivered workbook: what a worker process does first with every file.

What comes back is plain JSON, so that it can be kept beside the journal and sent over a network.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nianbao import __version__, pipeline
from nianbao import report as reports
from nianbao.county import sent
from nianbao.county.gather import Candidate, load
from nianbao.errors import EditionError, InputError
from nianbao.files import safe_name
from nianbao.findings import to_json as findings_json
from nianbao.form import edition_ref
from nianbao.notice import Notice
from nianbao.register import carried
from nianbao.verdicts import unjudged

Raw = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """One file to examine; `data` is sent along where the worker can't open it itself."""

    candidate: Candidate
    edition: str = ""
    data: bytes | None = None
    notice: Notice | None = None

    def content(self) -> bytes:
        """Return the file's bytes. Raises InputError."""
        return load(self.candidate) if self.data is None else self.data


@dataclass(frozen=True)
class Examined:
    """The few words of a file that matching needs; `error` says why it can't be read. The rest is its record.

    `register` tells whether a register of applications came with it.
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


@dataclass(frozen=True)
class Examination:
    """One file's few words and its record: report, last year's, findings, reasons, paragraphs' places."""

    examined: Examined
    record: Raw


def key_of(sha256: str, name: str, edition: str, notice: Notice | None = None) -> str:
    """Return the key under which an examination is kept: content, name, program, edition and notice asked for.

    An edition file counts by what it says, not by its name or place. Raises EditionError.
    """
    form = edition_ref(edition).digest if edition.endswith(".toml") else edition
    asked = (repr(notice),) if notice else ()
    return hashlib.sha256("\n".join((__version__, form, name, sha256, *asked)).encode()).hexdigest()


def examine(job: Job) -> Examination:
    """Return what one file says and what is wrong with it; a file that can't be read is an answer, not an error."""
    name = job.candidate.name
    try:
        data = job.content()
    except InputError as e:
        return Examination(Examined(key="", sha256="", error=str(e)), {})
    sha256 = hashlib.sha256(data).hexdigest()
    examined = Examined(key_of(sha256, name, job.edition, job.notice), sha256)
    with _file(data, name) as path:
        try:
            checked = _checked(path, job.edition, job.notice)
        except (InputError, EditionError) as e:
            return Examination(replace(examined, error=str(e), register=_is_register(path)), {})
    reading = checked.reading
    report = reading.report
    record: Raw = {
        "report": reports.to_json(report),
        "last_year": reports.to_json(reading.last_year) if reading.last_year else None,
        "findings": findings_json("", checked.findings)["findings"],
        "unjudged": unjudged(checked.verdicts),
        "reasons": [[r.fingerprint, r.text] for r in reading.reasons],
        "places": {k: p for k, p in reading.places.cells.items() if ":" in k},
    }
    told = replace(
        examined,
        name=report.name.strip(),
        level=report.body.get("level", ""),
        county=report.body.get("county", "").strip(),
        year=report.year,
        edition=report.edition,
        register=any(f.rule == sent.RULE for f in checked.findings),
        digest=hashlib.sha256(json.dumps(record["report"], sort_keys=True).encode()).hexdigest(),
    )
    return Examination(told, record)


@contextlib.contextmanager
def _file(data: bytes, name: str) -> Iterator[Path]:
    """Give a workbook's bytes a place under its sender's name, which messages tell; only a folder of our own."""
    stem, dot, suffix = name.rpartition(".")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder) / (safe_name(stem if dot else name) + dot + suffix)
        path.write_bytes(data)
        yield path


def _checked(path: Path, edition: str, notice: Notice | None) -> pipeline.Checked:
    """Check a workbook; a register that came with it is not read, only told."""
    checked = pipeline.check_file(path, edition, notice=notice)
    form = checked.reading.edition
    try:
        private = pipeline.private_sheets(path, form, filled=True)
    except InputError:  # a damaged sheet that is none of the form's: the figures were read, and it is passed on nowhere
        private = ()
    return replace(checked, findings=(*checked.findings, *sent.with_a_form(len(private))))


def _is_register(path: Path) -> bool:
    """Tell whether a workbook that is no form of ours is a register of applications."""
    try:
        return bool(carried.sent_along(path, ()))
    except InputError:
        return False
