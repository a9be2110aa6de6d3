"""Finishing the package openpyxl saved: cached results beside formulas, and the same bytes for the same input."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.ooxml import zips
from nianbao.ooxml.trees import parsed, written
from nianbao.workbook.formulas import Result
from nianbao.workbook.package_checks import packed

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CORE = "docProps/core.xml"
_STYLES = "xl/styles.xml"
_FONT_ORDER = ("b", "i", "strike", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme")
"""The order Open XML prescribes inside a font; openpyxl writes another, which the validator refuses."""
_STAMP = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
MADE = datetime.datetime(2021, 9, 26)  # noqa: DTZ001 - core properties hold no zone; any fixed day keeps files equal
_FIXED_STAMP = f"{MADE:%Y-%m-%dT00:00:00Z}".encode()


@dataclass(frozen=True)
class Additions:
    """What openpyxl cannot write of a sheet: formulas' results by address, rows whose height follows their text."""

    results: Mapping[str, Result]
    soft_rows: frozenset[int]


def finished(saved: bytes, sheets: Mapping[str, Additions]) -> bytes:
    """Return the package with the additions to its sheets (by part name), its fonts in order, its dates fixed."""
    return packed(completed(saved, sheets))


def completed(saved: bytes, sheets: Mapping[str, Additions]) -> dict[str, bytes]:
    """Return the parts of such a package."""
    with zips.opened(io.BytesIO(saved)) as source:
        return {name: whole(name, source.read(name), sheets) for name in source.namelist()}


def whole(name: str, part: bytes, sheets: Mapping[str, Additions]) -> bytes:
    """Return one part of such a package."""
    if name == _CORE:
        return _STAMP.sub(rb"\g<1>" + _FIXED_STAMP + rb"\g<2>", part)
    if name == _STYLES:
        return _with_ordered_fonts(part)
    return _with_additions(part, sheets[name]) if name in sheets else part


def _with_additions(part: bytes, additions: Additions) -> bytes:
    """Write each result as `<v>` after its formula and let soft rows grow with their text."""
    root = parsed(part)
    for row in root.iter(f"{_MAIN}row"):
        if int(row.get("r", "0")) in additions.soft_rows:
            row.attrib.pop("customHeight", "")
    results = additions.results
    for cell in root.iter(f"{_MAIN}c"):
        result = results.get(cell.get("r", ""))
        shown = cell.find(f"{_MAIN}v")  # which openpyxl writes after every formula, empty
        if result is None or shown is None or cell.find(f"{_MAIN}f") is None:
            continue
        if isinstance(result, str):
            cell.set("t", "str")
            shown.text = result
        else:
            cell.attrib.pop("t", "")
            shown.text = str(result) if isinstance(result, int) else format(result, "f")
    return written(root)


def _with_ordered_fonts(part: bytes) -> bytes:
    root = parsed(part)
    order = {f"{_MAIN}{tag}": i for i, tag in enumerate(_FONT_ORDER)}
    for font in root.iter(f"{_MAIN}font"):
        font[:] = sorted(font, key=lambda child: order[str(child.tag)])
    return written(root)
