"""The report's own data inside the Word file, as a custom XML part: written, read back, and their digest.

The part is described in docs/developers/contracts.md. Where it stands in the file is custom_xml.py's business.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from nianbao import numbers
from nianbao.document import custom_xml, tags
from nianbao.document.package import HEAD
from nianbao.errors import InputError
from nianbao.form import Edition, Kind
from nianbao.numbers import Number
from nianbao.report import Report, clean_text

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,30})?")
_YEAR = re.compile(r"[0-9]{1,6}")
_DAMAGED = "Word 文件里附带的年报数据已损坏，请用程序重新生成这份报告"

Element = etree._Element


def told(edition: Edition, report: Report) -> Report:
    """Return what of a report its document may say: no help tables, nothing that only steers the workbook.

    Blank texts and facts are left out, everything stands in the edition's order, and the edition is named by its
    id, never by the path of a file.
    """
    facts = [f.id for f in edition.fields if f.kind not in ("year", "yesno")]
    helping = {c.key for t in edition.tables if t.help for c in t.cells}
    texts = [t.id for t in edition.texts] + [k for k in edition.typed_labels if k not in helping]
    keys = [v.key for t in edition.tables if not t.help for v in t.values]
    return Report(
        edition.id,
        report.year,
        {k: report.body[k] for k in facts if report.body.get(k, "").strip()},
        {k: report.values[k] for k in keys if k in report.values},
        {k: report.texts[k] for k in texts if report.texts.get(k, "").strip()},
    )


def write(edition: Edition, report: Report) -> bytes:
    """Return the XML of the part for a report whose texts are clean, always the same bytes for the same report."""
    known = told(edition, report)
    year = "" if known.year is None else f' year="{known.year}"'
    facts = (f"<fact id={quoteattr(k)}>{escape(v)}</fact>" for k, v in known.body.items())
    figures = (_figure(edition.values[k].kind, k, v) for k, v in known.values.items())
    texts = (f"<text id={quoteattr(k)}>{_paragraphs(v)}</text>" for k, v in known.texts.items())
    return (
        f'{HEAD}<report xmlns="{custom_xml.NAMESPACE}" edition={quoteattr(known.edition)}{year}>'
        f"<body>{''.join(facts)}</body><values>{''.join(figures)}</values><texts>{''.join(texts)}</texts></report>"
    ).encode()


def read_data(docx: Path | bytes) -> Report | None:
    """Return the report that a Word file carries as data, or None when it carries none.

    Nothing is compared with what the document shows. Raises InputError when the file is no .docx or its data
    are damaged.
    """
    part = custom_xml.find(docx)
    if part is None:
        return None
    try:
        root = etree.fromstring(part, custom_xml.parser())
    except etree.XMLSyntaxError as e:
        raise InputError(_DAMAGED) from e
    # Nothing of ours declares a document type; one would be there for its entities.
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(_DAMAGED)
    if [_name(e) for e in (root, *root)] != ["report", "body", "values", "texts"]:
        raise InputError(_DAMAGED)
    body, values, texts = root
    edition, year = root.get("edition", ""), root.get("year")
    if not edition or (year is not None and not _YEAR.fullmatch(year)):
        raise InputError(_DAMAGED)
    return Report(
        edition,
        None if year is None else int(year),
        {k: clean_text(_text(e), k) for k, e in _listed(body, "id", "fact")},
        {k: _number(e) for k, e in _listed(values, "cell", "count", "amount")},
        {k: clean_text("\n".join(_text(p) for p in _only(e, "p")), k) for k, e in _listed(texts, "id", "text")},
    )


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


def _figure(kind: Kind, key: str, value: Number) -> str:
    name = "amount" if kind is Kind.AMOUNT else "count"
    return f"<{name} cell={quoteattr(key)}>{numbers.spell(value)}</{name}>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


def _name(element: Element) -> str:
    """Return the name of an element of ours, '' for anybody else's."""
    name = etree.QName(element)
    return name.localname if name.namespace == custom_xml.NAMESPACE else ""


def _only(parent: Element, *names: str) -> Iterator[Element]:
    for child in parent:
        if _name(child) not in names:
            raise InputError(_DAMAGED)
        yield child


def _listed(parent: Element, attribute: str, *names: str) -> Iterator[tuple[str, Element]]:
    """Yield each child with its key; a missing or repeated key is damage."""
    seen: set[str] = set()
    for child in _only(parent, *names):
        key = child.get(attribute)
        if not key or key in seen:
            raise InputError(_DAMAGED)
        seen.add(key)
        yield key, child


def _text(element: Element) -> str:
    if len(element):
        raise InputError(_DAMAGED)
    return element.text or ""


def _number(element: Element) -> Number:
    text = _text(element).strip()
    if not _NUMBER.fullmatch(text):
        raise InputError(_DAMAGED)
    value = Decimal(text)
    whole = _name(element) == "count" and value == value.to_integral_value()
    return int(value) if whole else numbers.normalised(value)
