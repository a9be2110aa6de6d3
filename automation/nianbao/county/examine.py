"""Reading and checking one delivered workbook: what a worker process does first with every file.

What comes back is plain JSON, so that it can be kept beside the journal and sent over a network.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nianbao import __version__, pipeline
from nianbao import report as reports
from nianbao.county.gather import Candidate, load
from nianbao.errors import EditionError, InputError
from nianbao.files import safe_name
from nianbao.findings import to_json as findings_json

Raw = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """One file to examine; `data` is sent along where the worker can't open it itself."""

    candidate: Candidate
    edition: str = ""
    data: bytes | None = None

    def content(self) -> bytes:
        """Return the file's bytes. Raises InputError."""
        return load(self.candidate) if self.data is None else self.data


@dataclass(frozen=True)
class Examined:
    """The few words of a file that matching needs; `error` says why it can't be read. The rest is its record."""

    key: str
    sha256: str
    name: str = ""
    level: str = ""
    county: str = ""
    year: int | None = None
    edition: str = ""
    digest: str = ""
    error: str = ""


@dataclass(frozen=True)
class Examination:
    """One file's few words and its record: report, last year's, findings, reasons, paragraphs' places."""

    examined: Examined
    record: Raw


def key_of(sha256: str, name: str, edition: str) -> str:
    """Return the key under which an examination is kept: content, name, program and edition asked for."""
    form = edition
    if edition.endswith(".toml"):
        try:
            form = hashlib.sha256(Path(edition).read_bytes()).hexdigest()
        except OSError as e:
            raise EditionError(edition, [f"文件打不开（{e.strerror or '路径无效'}）"]) from e
    return hashlib.sha256("\n".join((__version__, form, name, sha256)).encode()).hexdigest()


def examine(job: Job) -> Examination:
    """Return what one file says and what is wrong with it; a file that can't be read is an answer, not an error."""
    name = job.candidate.name
    try:
        data = job.content()
    except InputError as e:
        return Examination(Examined(key="", sha256="", error=str(e)), {})
    sha256 = hashlib.sha256(data).hexdigest()
    examined = Examined(key_of(sha256, name, job.edition), sha256)
    try:
        checked = _checked(data, name, job.edition)
    except (InputError, EditionError) as e:
        return Examination(replace(examined, error=str(e)), {})
    reading = checked.reading
    report = reading.report
    record: Raw = {
        "report": reports.to_json(report),
        "last_year": reports.to_json(reading.last_year) if reading.last_year else None,
        "findings": findings_json("", checked.findings)["findings"],
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
        digest=hashlib.sha256(json.dumps(record["report"], sort_keys=True).encode()).hexdigest(),
    )
    return Examination(told, record)


def _checked(data: bytes, name: str, edition: str) -> pipeline.Checked:
    """Check a workbook's bytes under its sender's name, which messages tell; only a folder of our own is written."""
    stem, dot, suffix = name.rpartition(".")
    with tempfile.TemporaryDirectory(prefix="nianbao-") as folder:
        path = Path(folder) / (safe_name(stem if dot else name) + dot + suffix)
        path.write_bytes(data)
        return pipeline.check_file(path, edition)
