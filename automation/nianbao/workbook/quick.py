"""Reading a workbook as Excel, WPS, LibreOffice and we ourselves write it, without openpyxl: some 20 times faster.

Every sheet is matched as a whole against what these programs write. Whatever is written in any other way, or could
mean anything else (array formulas, times of day, phonetic guides, comments inside the cells), is not guessed at:
`UnusualError` sends the reader to thorough.py. Both give the same; tests/workbook/test_quick.py holds them together.

Why regular expressions, and what lxml and expat took: docs/performance.md.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pyexpat import ExpatError, ParserCreate

from nianbao.workbook.contents import MAX_ROW, Content, Sheet, pointed, titled
from nianbao.workbook.layout import CELLS
from nianbao.workbook.looks import WorkbookLooks, styles_of
from nianbao.workbook.package_checks import Package
from nianbao.workbook.parts import parts_of
from nianbao.workbook.quickrows import UnusualError, rows, strings
from nianbao.workbook.remarks import remarks
from nianbao.workbook.sheet_surroundings import Surroundings, around, sheet_of
from nianbao.workbook.xml_nodes import MAIN, BrokenError

_DECLARED = re.compile(rb"<\?xml [^>]*encoding=[\"'](?i:utf-8)[\"']|<[A-Za-z]")
_COMPUTED = (CELLS,)
"""Sheets of formulas alone, the largest of all, which nobody asks for."""
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r")
_RARE = b"\xef\xbf"
_NO_CHARACTER = re.compile(b"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF in UTF-8."""


def opened(package: Package) -> QuickBook:
    """Open a workbook for reading. Raises UnusualError."""
    return QuickBook(package)


class QuickBook:
    """An opened workbook; `sheet` reads one sheet when it is asked for, and may raise UnusualError."""

    def __init__(self, package: Package) -> None:
        self._parts = package.parts
        self.file = package.name
        self.macros = any(n.lower().endswith("vbaproject.bin") for n in package.parts)
        self.links = any(n.startswith("xl/externalLinks/") for n in package.parts)
        try:
            self._known = parts_of(package.parts)
        except BrokenError as e:
            raise UnusualError from e
        if self._known.since_1904:
            raise UnusualError
        self._files, self.hidden = self._known.sheets, self._known.hidden
        self.names = tuple(self._files)
        self._sheets = {name: self._sheet(part) for name, part in self._files.items() if name not in _COMPUTED}

    def target(self, name: str) -> tuple[str, int, int] | None:
        """Return the sheet, row and column a defined name points at."""
        found = set(self._known.names.get(name, ()))
        return pointed(found.pop()) if len(found) == 1 else None

    def part(self, name: str) -> str:
        """Return the name of the part that holds the sheet with this title."""
        return self._files[name]

    def sheet(self, name: str) -> Sheet | None:
        """Read the sheet of this name, spaces and widths of characters folded; None when there is none."""
        title = titled(self.names, name)
        if title is None:
            return None
        outside, data = self._sheets.get(title) or self._sheet(self._files[title])
        cells, hidden_rows = self._rows(data)
        return sheet_of(name, cells, hidden_rows, self._around(outside), remarks(self._parts, self._files[title]))

    def _sheet(self, part: str) -> tuple[bytes, str]:
        """Return what stands around a sheet's data, and the data; what stands around them must be sound."""
        xml = self._text(part)
        start, end = xml.find("<sheetData>"), xml.find("</sheetData>")
        if start < 0 or end < 0 or xml.count("<sheetData") != 1:
            raise UnusualError
        outside = (xml[: start + 11] + xml[end:]).encode()
        self._around(outside)
        return outside, xml[start + 11 : end]

    def _around(self, outside: bytes) -> Surroundings:
        try:
            return around(outside, self._styles)
        except BrokenError as e:
            raise UnusualError from e

    def _rows(self, xml: str) -> tuple[dict[tuple[int, int], Content], set[int]]:
        """Return all rows' contents, and which rows are hidden."""
        cells: dict[tuple[int, int], Content] = {}
        hidden: set[int] = set()
        above = 0
        styles = self._styles
        *parts, rest = xml.split("</row>")
        for part, ended in [*((p, True) for p in parts), *([(rest, False)] if rest else [])]:
            read = rows(part, styles, ended)
            if read.first <= above:
                raise UnusualError
            above = read.last
            if read.last > MAX_ROW:
                hidden |= {n for n in read.hidden if n <= MAX_ROW}
                break
            cells.update(read.cells)
            hidden.update(read.hidden)
            for place, index, look in read.shared:
                if index >= len(self._strings):
                    raise UnusualError
                cells[place] = Content(self._strings[index], look=look)
        return cells, hidden

    @cached_property
    def _strings(self) -> list[str]:
        xml = self._text(self._known.strings)
        _sound(xml)
        return strings(xml)

    @cached_property
    def _styles(self) -> WorkbookLooks:
        known = self._known
        if not known.styles:
            raise UnusualError
        try:
            return styles_of(self._parts[known.styles], self._parts[known.theme] if known.theme else b"")
        except BrokenError as e:
            raise UnusualError from e

    def _text(self, name: str) -> str:
        """Return a part's text as written by a usual program: UTF-8, the usual namespace, nothing inserted."""
        part = self._parts.get(name)
        if part is None or b"<!" in part or not _DECLARED.match(part):
            raise UnusualError
        if b"\r" in part and b"\r" in part.replace(b"\r\n<", b"<", 1):  # Excel ends the first line so
            raise UnusualError
        if len(part.translate(None, _CONTROLS)) != len(part) or (_RARE in part and _NO_CHARACTER.search(part)):
            raise UnusualError
        try:
            text = part.decode()
        except UnicodeDecodeError as e:
            raise UnusualError from e
        if not name.endswith(".rels") and (f' xmlns="{MAIN}"' not in text[:2000] or text.count(f'"{MAIN}"') > 1):
            raise UnusualError
        return text


@lru_cache(maxsize=64)
def _sound(xml: str) -> None:
    """Refuse what is not well-formed."""
    try:
        ParserCreate("utf-8").Parse(xml.encode(), True)
    except ExpatError as e:
        raise UnusualError from e
