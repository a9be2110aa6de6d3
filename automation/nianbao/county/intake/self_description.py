"""What a delivered file says of itself beside its figures, and marks by which two are told to say the same."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from nianbao.county.intake.examined import Raw
from nianbao.county.roster import fold
from nianbao.dates import date_of
from nianbao.form import Edition
from nianbao.numbers import spell
from nianbao.ooxml import zips
from nianbao.report import Reading, Report
from nianbao.workbook.saved_package import MADE

_WHOLE = ("县人民政府", "区人民政府", "市人民政府", "旗人民政府")

_SHOWN = 3
"""Cells that are named as not surely read."""

_CORE, _MOST_CORE = "docProps/core.xml", 65_536

_MODIFIED = re.compile(rb"<dcterms:modified[^>]*>\s*([0-9T:.+Z-]{10,35})\s*<")


def figures(report: Report, edition: Edition) -> Mapping[str, str]:
    """Return the printed figures in one spelling, by which two reports can be told to say the same."""
    keys = {v.key for t in edition.tables if not t.help for v in t.values}
    return {k: spell(Decimal(n)) for k, n in report.values.items() if k in keys}


def level_of(name: str) -> str:
    """Return the level of a body whose report doesn't say it, where its name does: of a county or a city."""
    return "county" if name.strip().endswith(_WHOLE) else ""


def doubt(reading: Reading) -> str:
    """Return what of a published report was not surely read, '' where every figure was."""
    if reading.report.year is None:
        return "没有写明年度"
    needed = {v.key for t in reading.edition.tables if t.printed for v in t.values if v.required}
    lost = sorted(reading.unread | (needed - reading.report.values.keys()))
    if not lost:
        return ""
    shown = "、".join(reading.places.named(k) for k in lost[:_SHOWN])
    return f"{shown}{f'等 {len(lost)} 格' if len(lost) > _SHOWN else ''}没有读准"


def saved(data: bytes) -> str:
    """Return when an office file says it was last saved, '' where it says nothing or what our own files say."""
    try:
        with zips.opened(io.BytesIO(data)) as package:
            part = package.getinfo(_CORE)
            said = _MODIFIED.search(package.read(part)) if part.file_size <= _MOST_CORE else None
        moment = datetime.fromisoformat(said[1].decode("ascii")) if said else None
    except (*zips.BROKEN, KeyError):
        return ""
    if moment is None or moment.replace(tzinfo=None) == MADE:
        return ""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def digest(report: Raw) -> str:
    """Return what is the same for reports that say the same, however their bodies' names are spaced."""
    body = {k: fold(v) if k in ("name", "county") else v for k, v in report["body"].items()}
    return mark({**report, "body": body})


def mark(said: object) -> str:
    """Return a mark of what was said, as JSON: the same for the same."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def day(signed_on: str, today: date | None) -> str:
    """Return the day judged by when the report's date lies ahead of it; a day that is past stays so."""
    signed = date_of(signed_on)
    return today.isoformat() if today and signed and signed > today else ""
