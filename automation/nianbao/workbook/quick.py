"""Reading a workbook as Excel, WPS, LibreOffice and we ourselves write it, without openpyxl: some 20 times faster.

Every sheet is matched as a whole against what these programs write. Whatever is written in any other way, or could
mean anything else (array formulas, times of day, phonetic guides, comments inside the cells), is not guessed at:
`UnusualError` sends the reader to thorough.py. Both give the same; tests/workbook/test_quick.py holds them together.

Why regular expressions, and what lxml and expat took: docs/performance.md.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pyexpat import ExpatError, ParserCreate
from types import MappingProxyType

from nianbao.workbook.contents import EASTERN_DATES, MAX_COLUMN, MAX_ROW, Content, Sheet, pointed, titled
from nianbao.workbook.quickrows import Styles, UnusualError, attributes_of, plain, rows, strings, whole
from nianbao.workbook.remarks import remarks
from nianbao.workbook.source import Package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DECLARED = re.compile(rb"<\?xml [^>]*encoding=[\"'](?i:utf-8)[\"']|<[A-Za-z]")
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r")
_RARE = b"\xef\xbf"
_NO_CHARACTER = re.compile(b"\xef\xbf[\xbe\xbf]")
"""U+FFFE and U+FFFF in UTF-8."""
_SHEET = re.compile(r"xl/worksheets/[A-Za-z0-9_]+\.xml")
_MERGED = re.compile(r'<mergeCell ref="([A-Z0-9:]+)"')
_PLAIN_FORMATS = frozenset((*range(14), *range(37, 45), 48, 49))
_DATE_FORMATS = frozenset((14, 15, 16, 17, *EASTERN_DATES))
_QUOTED = re.compile(r'"[^"]*"|\[(?:\$[^\]]*|[A-Za-z]{3,}[0-9]*|[<>=][^\]]*)\]|\\.|_.')


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
        self._book = self._text("xl/workbook.xml")
        self._files, self.hidden = _sheets(self._book, self._text("xl/_rels/workbook.xml.rels"))
        self.names = tuple(self._files)
        self._sheets = {name: self._sheet(part) for name, part in self._files.items()}

    def target(self, name: str) -> tuple[str, int, int] | None:
        """Return the sheet, row and column a defined name points at."""
        found = re.findall(rf'<definedName( [^<>]*?name="{re.escape(name)}"[^<>]*)>([^<]*)</definedName>', self._book)
        if self._book.count(f'"{name}"') != len(found) or len(found) > 1 or any("localSheetId" in a for a, _ in found):
            raise UnusualError
        return pointed(plain(found[0][1])) if found else None

    def part(self, name: str) -> str:
        """Return the name of the part that holds the sheet with this title."""
        return self._files[name]

    def sheet(self, name: str) -> Sheet | None:
        """Read the sheet of this name, spaces and widths of characters folded; None when there is none."""
        title = titled(self.names, name)
        if title is None:
            return None
        before, data, merged = self._sheets[title]
        cells, hidden_rows = self._rows(data)
        hung = remarks(self._parts, self._files[title])
        return Sheet(name, MappingProxyType(cells), frozenset(hidden_rows), _hidden_columns(before), merged, hung)

    def _sheet(self, part: str) -> tuple[str, str, frozenset[str]]:
        """Return what stands before a sheet's data, the data, the merged ranges; what is around them must be sound."""
        xml = self._text(part)
        start, end = xml.find("<sheetData>"), xml.find("</sheetData>")
        if start < 0 or end < 0 or xml.count("<sheetData") != 1:
            raise UnusualError
        _sound(xml[:start] + xml[end + 12 :])
        merged = _MERGED.findall(xml, end)
        if len(merged) != xml.count("<mergeCell ", end):
            raise UnusualError
        return xml[:start], xml[start + 11 : end], frozenset(merged)

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
            for place, index in read.shared:
                if index >= len(self._strings):
                    raise UnusualError
                cells[place] = Content(self._strings[index])
        return cells, hidden

    @cached_property
    def _strings(self) -> list[str]:
        xml = self._text("xl/sharedStrings.xml")
        _sound(xml)
        return strings(xml)

    @cached_property
    def _styles(self) -> Styles:
        return _styles(self._text("xl/styles.xml"))

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
        if not name.endswith(".rels") and (f' xmlns="{_MAIN}"' not in text[:2000] or text.count(f'"{_MAIN}"') > 1):
            raise UnusualError
        return text


@lru_cache(maxsize=16)
def _sheets(book: str, relations: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the parts of the sheets by title, and the titles of hidden ones; workbooks of one origin share them."""
    _sound(book)
    _sound(relations)
    targets = {}
    for told in map(attributes_of, _tags(relations, "Relationship")):
        if told.get("Type", "").endswith("/worksheet") and "TargetMode" not in told:
            targets[told.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", told.get("Target", "")))[1:]
    listed = [attributes_of(a) for a in _tags(book, "sheet")]
    if re.search(r'date1904="(?!0|false)', book) or not listed:
        raise UnusualError
    files: dict[str, str] = {}
    for sheet in listed:
        name, target = plain(sheet.get("name", "")), targets.get(sheet.get("r:id", ""), "")
        if not name or not _SHEET.fullmatch(target) or name in files:
            raise UnusualError
        files[name] = target
    hidden = tuple(plain(s["name"]) for s in listed if s.get("state", "visible") != "visible")
    return MappingProxyType(files), hidden


@lru_cache(maxsize=16)
def _styles(xml: str) -> Styles:
    _sound(xml)
    made = {a.get("numFmtId"): plain(a.get("formatCode", "")) for a in map(attributes_of, _tags(xml, "numFmt"))}
    start, end = xml.find("<cellXfs"), xml.find("</cellXfs>")
    if start < 0 or end < 0:
        raise UnusualError
    used = [attributes_of(a).get("numFmtId", "0") for a in _tags(xml[start:end], "xf")]
    formats = [made.get(n) or whole(n) for n in used]
    days = ({*"ymd"}, {*"ym"}, {*"md"})
    return Styles(
        frozenset(i for i, f in enumerate(formats) if f in _PLAIN_FORMATS or not _letters(f)),
        frozenset(i for i, f in enumerate(formats) if f in _DATE_FORMATS or _letters(f) in days),
    )


@lru_cache(maxsize=64)
def _sound(xml: str) -> None:
    """Refuse what is not well-formed."""
    try:
        ParserCreate("utf-8").Parse(xml.encode(), True)
    except ExpatError as e:
        raise UnusualError from e


def _tags(xml: str, name: str) -> list[str]:
    """Return the attributes of every element of this name."""
    found = re.findall(rf"<{name}((?: [A-Za-z0-9:]+=\"[^\"<]*\")*) ?/?>", xml)
    if len(found) != len(re.findall(rf"<{name}[ />]", xml)):
        raise UnusualError
    return found


def _letters(code: int | str) -> set[str]:
    """Return the letters of a format's code that stand for parts of a date or time; '?' when in doubt."""
    if isinstance(code, int):
        return {"?"}
    bare = _QUOTED.sub("", code.split(";")[0]).replace("General", "").lower()
    return {c for c in bare if c in "ymdhsbea["}


def _hidden_columns(xml: str) -> frozenset[int]:
    found: set[int] = set()
    for told in map(attributes_of, _tags(xml, "col")):
        if told.get("hidden") in ("1", "true") or told.get("width") == "0":
            first, last = whole(told.get("min", "")), whole(told.get("max", ""))
            found.update(range(first, min(MAX_COLUMN, last) + 1))
    return frozenset(found)
