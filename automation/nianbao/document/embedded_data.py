"""Reading the report's own data back from a Word file. How they are written is data.py's business."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from lxml import etree

from nianbao import numbers
from nianbao.document import custom_xml
from nianbao.document.data import NAMESPACE
from nianbao.errors import InputError
from nianbao.numbers import Number
from nianbao.ooxml import trees
from nianbao.ooxml.trees import Element
from nianbao.report import Report, clean_text

_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,30})?")
_YEAR = re.compile(r"[0-9]{1,6}")
_DAMAGED = "Word 文件里附带的年报数据已损坏，请用程序重新生成这份报告"


def read_data(docx: Path | bytes) -> Report | None:
    """Return the report that a Word file carries as data, or None when it carries none.

    Nothing is compared with what the document shows. Raises InputError when the file is no .docx or its data
    are damaged.
    """
    part = custom_xml.find(docx)
    if part is None:
        return None
    try:
        root = trees.bare(part)
    except trees.BrokenError as e:
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


def _name(element: Element) -> str:
    """Return the name of an element of ours, '' for anybody else's."""
    name = etree.QName(element)
    return name.localname if name.namespace == NAMESPACE else ""


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
