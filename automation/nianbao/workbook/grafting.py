"""Writing the findings into a copy of a workbook without openpyxl: only the rows of 校验结果 are written anew.

All else stays byte for byte what the clerk's program saved: shapes, comments, notes, results beside formulas. Where a
workbook is not as usual programs write it, `grafted` gives None and annotator.py goes the long way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nianbao.workbook import quick
from nianbao.workbook.address import Spot, letters, quoted
from nianbao.workbook.celltext import FORMULA_LIKE, cell_text
from nianbao.workbook.contents import Sheet, fold
from nianbao.workbook.layout import RESULT_HEADINGS, RESULT_ROWS, RESULTS
from nianbao.workbook.package_checks import Package
from nianbao.workbook.quickrows import UnusualError
from nianbao.xmltext import escape
from nianbao.xmltext import quoted as attribute

_BOOK = "xl/workbook.xml"
_PLACE, _REASON = RESULT_HEADINGS.index("位置"), RESULT_HEADINGS.index("说明（请填写）")
_ROW = re.compile(r'<row r="(\d+)"')
_LINK = re.compile(r'<hyperlink [^<>]*?ref="([A-Z]+)(\d+)"[^<>]*/>')
_SELECTED = re.compile(r'(<sheetView\b[^<>]*?) tabSelected="[^"]*"')
_LINKED_ROW, _LINKED_COLUMN = 6, 4
"""A cell of the live summary that leads elsewhere: its look is that of links."""


@dataclass(frozen=True)
class GraftedRow:
    """One row of the table of findings: its texts by column, where its place leads, whether a reason may be written."""

    texts: Sequence[str]
    leads: Spot | None
    open: bool
    height: float


def grafted(package: Package, lines: Sequence[GraftedRow]) -> dict[str, bytes] | None:
    """Return the parts of the workbook with these findings, or None when it has to be done with openpyxl."""
    if any(text.startswith(FORMULA_LIKE) for line in lines for text in line.texts):
        return None  # needs a look of its own, which keeps Excel from ever taking the text for a formula
    try:
        book = quick.opened(package)
        sheet = book.sheet(RESULTS)
        if sheet is None or book.links:
            return None
        return _written(package, book, sheet, lines)
    except UnusualError:
        return None


def _written(
    package: Package, book: quick.QuickBook, sheet: Sheet, lines: Sequence[GraftedRow]
) -> dict[str, bytes] | None:
    head = next((r for r in range(1, 200) if fold(sheet.at(r, 1).value or "") == RESULT_HEADINGS[0]), 0)
    own = book.part(RESULTS)
    parts = {n: c.decode() for n, c in package.parts.items() if n.startswith("xl/worksheets/sheet") or n == _BOOK}
    start, end = parts[own].find("<sheetData>") + 11, parts[own].find("</sheetData>")
    data = parts[own][start:end]
    if not head or re.search(r"<row [^<>]*/>", data):
        return None
    rows = {int(m[1]): chunk for chunk in data.split("</row>") if (m := _ROW.match(chunk))}
    looks = _looks(rows, head)
    if looks is None:
        return None
    table = range(head + 1, head + 1 + max(RESULT_ROWS, len(lines)))
    for i, number in enumerate(table):
        if i < len(lines):
            rows[number] = _row(number, lines[i], looks)
        elif any(sheet.at(number, 1 + c).value is not None for c in range(len(RESULT_HEADINGS))):
            rows[number] = _row(number, GraftedRow([""] * len(RESULT_HEADINGS), None, True, 20.0), looks)
    before, after = parts[own][:start], parts[own][end:]
    linked = _linked(after, table, lines)
    if linked is None:
        return None
    parts[own] = before + "".join(f"{rows[n]}</row>" for n in sorted(rows)) + linked
    return _opening_there(package, parts, own, book.names.index(RESULTS) if RESULTS in book.names else -1)


@dataclass(frozen=True)
class _Looks:
    normal: str
    reason: str
    link: str


def _looks(rows: Mapping[int, str], head: int) -> _Looks | None:
    """Take the looks from a row of the table that is as issued, and from a link of the summary."""
    issued = head + RESULT_ROWS
    found = [
        _look(rows, issued, 5),
        _look(rows, issued, 1 + _REASON),
        _look(rows, _LINKED_ROW, _LINKED_COLUMN),
    ]
    return _Looks(*found) if all(found) else None  # type: ignore[arg-type]


def _look(rows: Mapping[int, str], row: int, column: int) -> str | None:
    found = re.search(rf'<c r="{letters(column)}{row}" s="(\d+)"', rows.get(row, ""))
    return found[1] if found else None


def _row(number: int, line: GraftedRow, looks: _Looks) -> str:
    cells = []
    for i, text in enumerate(line.texts):
        look = looks.normal
        if i == _REASON and line.open:
            look = looks.reason
        elif i == _PLACE and line.leads:
            look = looks.link
        cells.append(_cell(f"{letters(1 + i)}{number}", look, text))
    return f'<row r="{number}" ht="{line.height:g}" customHeight="1">{"".join(cells)}'


def _cell(ref: str, look: str, text: str) -> str:
    if not text:
        return f'<c r="{ref}" s="{look}"/>'
    inside = escape(cell_text(text, f"{RESULTS}!{ref}"))
    return f'<c r="{ref}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{inside}</t></is></c>'


def _linked(after: str, table: range, lines: Sequence[GraftedRow]) -> str | None:
    """Put the links of the places among those of the sheet, which always has some; the table's earlier ones go."""
    start, end = after.find("<hyperlinks>"), after.find("</hyperlinks>")
    if start < 0 or end < 0:
        return None
    kept = _LINK.sub(lambda m: "" if int(m[2]) in table else m[0], after[start + 12 : end])
    column = letters(1 + _PLACE)
    new = []
    for number, line in zip(table, lines, strict=False):
        if line.leads:
            where = attribute(f"{quoted(line.leads.sheet)}!{line.leads.ref}")
            shown = attribute(line.texts[_PLACE])
            new.append(f'<hyperlink ref="{column}{number}" location={where} display={shown}/>')
    return after[: start + 12] + kept + "".join(new) + after[end:]


def _opening_there(package: Package, parts: dict[str, str], own: str, index: int) -> dict[str, bytes] | None:
    """Let the workbook open at the findings and calculate anew."""
    parts |= {n: _SELECTED.sub(r"\1", xml) for n, xml in parts.items() if n != _BOOK}
    parts[own], views = re.subn(r"<sheetView\b", '<sheetView tabSelected="1"', parts[own], count=1)
    book, calculated = re.subn(r'(<calcPr\b[^<>]*?) fullCalcOnLoad="[^"]*"', r"\1", parts[_BOOK])
    book, calculated = re.subn(r"<calcPr\b", '<calcPr fullCalcOnLoad="1"', book, count=1)
    book = re.sub(r'(<workbookView\b[^<>]*?) activeTab="[^"]*"', r"\1", book)
    book, opened = re.subn(r"<workbookView\b", f'<workbookView activeTab="{index}"', book, count=1)
    if not (views and calculated and opened) or index < 0:
        return None
    parts[_BOOK] = book
    return {n: parts[n].encode() if n in parts else content for n, content in package.parts.items()}
