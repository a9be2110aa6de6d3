"""The report's own data inside the Word file, as a custom XML part, and their digest.

The part is described in docs/developers/contracts.md. Where it stands in the file is custom_xml.py's business,
reading it back embedded_data.py's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from nianbao import numbers
from nianbao.document import tags
from nianbao.document.package import HEAD
from nianbao.form import Edition, Kind
from nianbao.report import Report
from nianbao.xmltext import escape, quoted

NAMESPACE = "urn:nianbao:report:1"


@dataclass(frozen=True)
class _Plan:
    """What a document of an edition may say, in its order; figures with the XML before and after them."""

    facts: tuple[str, ...]
    texts: tuple[str, ...]
    figures: Mapping[str, tuple[str, str]]


@lru_cache(maxsize=32)
def _plan(edition: Edition) -> _Plan:
    helping = {c.key for t in edition.tables if t.help for c in t.cells}
    figures = {}
    for value in (v for t in edition.tables if not t.help for v in t.values):
        name = "amount" if value.kind is Kind.AMOUNT else "count"
        figures[value.key] = (f"<{name} cell={quoted(value.key)}>", f"</{name}>")
    return _Plan(
        tuple(f.id for f in edition.fields if f.kind not in ("year", "yesno")),
        (*(t.id for t in edition.texts), *(k for k in edition.typed_labels if k not in helping)),
        figures,
    )


def told(edition: Edition, report: Report) -> Report:
    """Return what of a report its document may say: no help tables, nothing that only steers the workbook.

    Blank texts and facts are left out, everything stands in the edition's order, and the edition is named by its
    id, never by the path of a file.
    """
    plan = _plan(edition)
    return Report(
        edition.id,
        report.year,
        {k: report.body[k] for k in plan.facts if report.body.get(k, "").strip()},
        {k: report.values[k] for k in plan.figures if k in report.values},
        {k: report.texts[k] for k in plan.texts if report.texts.get(k, "").strip()},
    )


def write(edition: Edition, report: Report) -> bytes:
    """Return the XML of the part for a report whose texts are clean, always the same bytes for the same report."""
    known, around = told(edition, report), _plan(edition).figures
    year = "" if known.year is None else f' year="{known.year}"'
    facts = [f"<fact id={quoted(k)}>{escape(v)}</fact>" for k, v in known.body.items()]
    figures = []
    for key, value in known.values.items():
        before, after = around[key]
        figures.append(f"{before}{numbers.spell(value)}{after}")
    texts = [f"<text id={quoted(k)}>{_paragraphs(v)}</text>" for k, v in known.texts.items()]
    return (
        f'{HEAD}<report xmlns="{NAMESPACE}" edition={quoted(known.edition)}{year}>'
        f"<body>{''.join(facts)}</body><values>{''.join(figures)}</values><texts>{''.join(texts)}</texts></report>"
    ).encode()


def digest(edition: Edition, report: Report) -> str:
    """Return the SHA-256 of what the report's document says, as 64 lower-case hexadecimal digits.

    It is taken over the UTF-8 Report JSON of `told`, keys sorted, no blanks between, every figure a string in its
    shortest spelling; so neither the order of keys nor how a number was typed matters.
    """
    known = told(edition, tags.clean(edition, report))
    data = {
        "edition": known.edition,
        "year": known.year,
        "body": dict(known.body),
        "values": {k: numbers.spell(v) for k, v in known.values.items()},
        "texts": dict(known.texts),
    }
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
