"""Reading .ods: its content.xml holds each cell's number together with the text that is displayed for it.

OpenDocument 1.3 part 3; by lxml, as no library that is kept up tells displayed texts, looks and names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from types import MappingProxyType

from lxml import etree

from nianbao.ooxml import trees, zips
from nianbao.repair.broken_book import Opened, bounded, layout_version
from nianbao.repair.odslooks import Looks
from nianbao.repair.odstext import formula_of, said, whole
from nianbao.repair.view import Area, Place
from nianbao.workbook.address import column_number, letters
from nianbao.workbook.bounds import FORM
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW, PLAIN, CellLook, Content, Sheet
from nianbao.workbook.layout import LAYOUT_NAME
from nianbao.workbook.package_checks import locked
from nianbao.workbook.thorough import damage_named
from nianbao.workbook.unpacking import UnpackedParts, damaged

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_EXTENDED = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_ROWS = frozenset(f"{_TABLE}{n}" for n in ("table-row-group", "table-header-rows", "table-rows"))
_COLUMNS = frozenset(f"{_TABLE}{n}" for n in ("table-column-group", "table-header-columns", "table-columns"))
_CELLS = frozenset(f"{_TABLE}{n}" for n in ("table-cell", "covered-table-cell"))
_NUMBERS = frozenset(("float", "currency", "percentage"))
_AREA = re.compile(r"\$?(?:'((?:[^']|'')+)'|([^'.]+))\.\$?([A-Z]{1,3})\$?(\d{1,7})"
                   r"(?::(?:\$?(?:'(?:[^']|'')+'|[^'.]*))?\.\$?([A-Z]{1,3})\$?(\d{1,7}))?")  # fmt: skip
_UNSEEN = "这份 .ods 的条件格式（例如按条件划掉、变色的字）看不到，请对照原来的文件核对"


def is_ods(data: bytes) -> bool:
    """Tell by its content whether a file is an OpenDocument spreadsheet."""
    return data.startswith(b"PK") and _KIND in data[: 30 + 8 + len(_KIND) + 64]


def read(name: str, data: bytes) -> Opened:
    """Return what an .ods file says. Raises InputError where it is damaged, locked or too large."""
    try:
        parts = UnpackedParts(name, zips.opened(io.BytesIO(data)), FORM)
    except zips.BROKEN as e:
        raise damaged(name) from e
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise locked(name)
    if "content.xml" not in parts:
        raise damaged(name)
    with damage_named(f"“{name}”"):
        content = trees.parsed(parts["content.xml"])
        styles = trees.parsed(parts["styles.xml"]) if "styles.xml" in parts else None
        looks = Looks([root for root in (styles, content) if root is not None])
        tables = content.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        sheets = bounded(name, (_sheet(t, looks) for t in tables))
        version = next((n.get(f"{_TABLE}expression", "") for n in content.iter(f"{_TABLE}named-expression")
                        if n.get(f"{_TABLE}name") == LAYOUT_NAME), "")  # fmt: skip
        return Opened(name, sheets, {}, tuple(dict.fromkeys(_names(content))), layout_version(version), _UNSEEN)


def _names(content: etree._Element) -> Iterator[tuple[str, str, Area]]:
    for named in content.iter(f"{_TABLE}named-range"):
        match = _AREA.fullmatch(named.get(f"{_TABLE}cell-range-address", ""))
        if match is not None:
            title = (match[1] or match[2]).replace("''", "'")
            top, left = int(match[4]), column_number(match[3])
            bottom, right = (int(match[6]), column_number(match[5])) if match[5] else (top, left)
            yield named.get(f"{_TABLE}name", ""), title, (top, left, bottom, right)


def _sheet(table: etree._Element, looks: Looks) -> Sheet:
    name = table.get(f"{_TABLE}name", "")
    cells: dict[Place, Content] = {}
    covered: dict[Place, str] = {}
    remarks: dict[Place, str] = {}
    hidden: set[int] = set()
    at = 1
    for row in _lines(table, f"{_TABLE}table-row", _ROWS):
        many = _many(row, "rows")
        if row.get(f"{_TABLE}visibility", "visible") != "visible":
            hidden.update(range(at, min(at + many, MAX_ROW + 1)))
        for number in range(at, min(at + many, MAX_ROW + 1)):
            _row(row, number, looks, cells, covered, remarks)
        at += many
    return Sheet(
        name, MappingProxyType(cells), frozenset(hidden), _hidden_columns(table), MappingProxyType(covered), remarks
    )


def _row(
    row: etree._Element,
    number: int,
    looks: Looks,
    cells: dict[Place, Content],
    covered: dict[Place, str],
    remarks: dict[Place, str],
) -> None:
    column = 1
    for cell in (c for c in row if c.tag in _CELLS):
        many = _many(cell, "columns")
        if len(cell) or cell.get(f"{_TABLE}formula") or cell.get(f"{_TABLE}number-columns-spanned"):
            content = _content(cell, looks)
            remark = cell.find(f"{_OFFICE}annotation")
            for place in ((number, c) for c in range(column, min(column + many, MAX_COLUMN + 1))):
                if content is not None:
                    cells[place] = content
                if remark is not None:
                    remarks[place] = "\n".join(said(p) for p in remark.iterfind(f"{_TEXT}p"))
                _cover(cell, place, covered)
        column += many


def _cover(cell: etree._Element, place: Place, covered: dict[Place, str]) -> None:
    """Put down what lies under a merged cell; one that lies under another itself is none."""
    if place in covered:
        return
    down, across = (whole(cell.get(f"{_TABLE}number-{n}-spanned", "1")) for n in ("rows", "columns"))
    bottom, right = min(place[0] + down - 1, MAX_ROW), min(place[1] + across - 1, MAX_COLUMN)
    ref = f"{letters(place[1])}{place[0]}:{letters(right)}{bottom}"
    every = ((r, c) for r in range(place[0], bottom + 1) for c in range(place[1], right + 1))
    covered.update((p, ref) for p in every if p != place)


def _content(cell: etree._Element, looks: Looks) -> Content | None:
    lines = [said(p) for p in cell.iterfind(f"{_TEXT}p")]
    shown = "\n".join(lines)
    formula = formula_of(cell.get(f"{_TABLE}formula", ""))
    kind = cell.get(f"{_OFFICE}value-type", "")
    unseen = looks.fault(cell.get(f"{_TABLE}style-name", ""))
    marked = "；".join([m for p in cell.iterfind(f"{_TEXT}p") for m in looks.marks(p)][:3])
    if kind in _NUMBERS:
        number = _number(cell.get(f"{_OFFICE}value", ""))
        code = "General" if shown == format(number, ".15g") else f'"{shown}"' if '"' not in shown else "[?]"
        return Content(number, formula, False, _look(code, unseen), marked)
    if kind == "boolean":
        return Content(cell.get(f"{_OFFICE}boolean-value") == "true", formula, False, _look("General", unseen), marked)
    if not lines and not formula:
        return None
    held = cell.get(f"{_OFFICE}string-value", shown)
    if held != shown:
        marked = f"显示为“{shown[:12]}”"
    error = cell.get(f"{_EXTENDED}value-type") == "error"
    return Content((held or shown) if lines else None, formula, error, _look("General", unseen), marked)


def _look(code: str, unseen: str) -> CellLook:
    return PLAIN if code == "General" and not unseen else CellLook(code, unseen)


def _lines(table: etree._Element, tag: str, groups: frozenset[str]) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == tag:
            yield child
        elif child.tag in groups:
            yield from _lines(child, tag, groups)


def _hidden_columns(table: etree._Element) -> frozenset[int]:
    hidden: set[int] = set()
    at = 1
    for column in _lines(table, f"{_TABLE}table-column", _COLUMNS):
        many = _many(column, "columns")
        if column.get(f"{_TABLE}visibility", "visible") != "visible":
            hidden.update(range(at, min(at + many, MAX_COLUMN + 1)))
        at += many
    return frozenset(hidden)


def _many(element: etree._Element, lines: str) -> int:
    return whole(element.get(f"{_TABLE}number-{lines}-repeated", "1"))


def _number(text: str) -> int | float:
    return int(text) if re.fullmatch(r"-?[0-9]{1,15}", text) else float(text)
