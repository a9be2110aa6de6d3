"""Reading any sound workbook by its XML tree: every way that means one thing; what may mean two is refused."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from lxml import etree
from openpyxl.utils.exceptions import InvalidFileException

from nianbao.errors import InputError
from nianbao.ooxml import trees
from nianbao.workbook.address import column_number
from nianbao.workbook.contents import (
    MAX_COLUMN,
    MAX_ROW,
    CellLook,
    Content,
    Sheet,
    area,
    decoded,
    moment,
    pointed,
    titled,
)
from nianbao.workbook.looks import NO_STYLES, run_of, styles_of
from nianbao.workbook.number_formats import date_letters
from nianbao.workbook.package_checks import Package
from nianbao.workbook.parts import named_file, parts_of
from nianbao.workbook.remarks import remarks
from nianbao.workbook.sheet_surroundings import around, is_thin_row, sheet_of
from nianbao.workbook.xml_nodes import MAIN, AmbiguousError, BrokenError, Node, two_meanings

_DAMAGED = (
    BrokenError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    SyntaxError,  # the base of expat's and lxml's parse errors
    EOFError,
    NotImplementedError,
    RuntimeError,
    OSError,  # openpyxl's word for a package without a workbook part; the file itself is in memory by now
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    InvalidFileException,
)
"""What openpyxl (where copies are written) and the parsers raise for parts that are not as the standard says."""

_M = f"{{{MAIN}}}"
_REF = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_BLANK = " \t\r\n"


class TreeBook:
    """An opened workbook; `sheet` reads one sheet when it is asked for."""

    def __init__(self, package: Package) -> None:
        parts = parts_of(package.parts)
        self._package, self._parts = package, parts
        self.file = package.name
        self.names = tuple(parts.sheets)
        self.hidden = parts.hidden
        self.macros = any(n.lower().endswith("vbaproject.bin") for n in package.parts)
        self.links = any(n.lower().startswith("xl/externallinks/") for n in package.parts)
        bytes_of = package.parts
        theme = bytes_of[parts.theme] if parts.theme else b""
        self._styles = styles_of(bytes_of[parts.styles], theme) if parts.styles else NO_STYLES
        self._texts: list[tuple[str, str]] | None = None

    def target(self, name: str) -> tuple[str, int, int] | None:
        """Return the sheet, row and column a defined name points at."""
        found = set(self._parts.names.get(name, ()))
        return pointed(found.pop()) if len(found) == 1 else None

    def constant(self, name: str) -> str:
        """Return what a defined name of the whole workbook says, '' where it is none or several."""
        found = set(self._parts.names.get(name, ()))
        return found.pop() if len(found) == 1 else ""

    def areas(self) -> Iterator[tuple[str, str, tuple[int, int, int, int]]]:
        """Yield every defined name, a sheet's own among them, with the sheet and the area it points at."""
        told = [(name, text) for name, texts in self._parts.names.items() for text in texts]
        for name, text in (*told, *self._parts.local):
            found = area(text)
            if found is not None:
                yield name, *found

    def sheet(self, name: str) -> Sheet | None:
        """Read the sheet of this name, spaces and widths of characters folded; None when there is none."""
        title = titled(self.names, name)
        if title is None:
            return None
        with damage_named(f"“{self.file}”的工作表“{name}”"):
            return self.read(name, title, MAX_ROW, MAX_COLUMN)

    def read(self, name: str, title: str, rows: int, columns: int) -> Sheet:
        """Read the sheet of this title within so many rows and columns."""
        cells: dict[tuple[int, int], Content] = {}
        hidden: set[int] = set()
        seen: set[int] = set()
        number = 0
        part = self._package.parts[self._parts.sheets[title]]
        reading = trees.streamed(part, tag=f"{_M}row")
        for _, row in reading:
            parent = row.getparent()
            if parent is None or parent.tag != f"{_M}sheetData" or parent.getparent() is None:
                raise two_meanings(f"工作表“{title}”里的行写在别处")
            number = _whole(row.get("r")) if row.get("r") is not None else number + 1
            if number in seen:
                raise two_meanings(f"工作表“{title}”的第{number}行写了两次")
            seen.add(number)
            if number <= rows:
                if row.get("hidden", "").strip() in ("1", "true") or is_thin_row(row.get("ht", "")):
                    hidden.add(number)
                cells.update(self._cells(title, row, number, columns))
            parent.remove(row)
        root = reading.root
        data = root.findall(f"{_M}sheetData")
        if len(data) != 1 or len(data[0]) or (data[0].text or "").strip(_BLANK):
            raise two_meanings(f"工作表“{title}”里有不认识的内容")
        about = around(etree.tostring(root), self._styles)
        return sheet_of(name, cells, hidden, about, remarks(self._package.parts, self._parts.sheets[title]))

    def _cells(
        self, title: str, row: etree._Element, number: int, columns: int
    ) -> Iterator[tuple[tuple[int, int], Content]]:
        seen: set[int] = set()
        column = 0
        for cell in row:
            if not isinstance(cell.tag, str) or cell.tag == f"{_M}extLst":
                continue
            if cell.tag != f"{_M}c":
                raise two_meanings(f"工作表“{title}”的第{number}行里有不认识的内容")
            column += 1
            ref = cell.get("r")
            if ref is not None:
                match = _REF.fullmatch(ref.strip(_BLANK))
                if match is None or int(match[2]) != number:
                    raise two_meanings(f"工作表“{title}”的第{number}行里有位置是“{ref[:12]}”的格子")
                column = column_number(match[1])
            if column in seen:
                raise two_meanings(f"工作表“{title}”的第{number}行里同一格写了两次")
            seen.add(column)
            if column <= columns:
                content = self._content(title, cell)
                if content is not None:
                    yield (number, column), content

    def _content(self, title: str, cell: etree._Element) -> Content | None:
        found: dict[str, etree._Element] = {}
        for child in cell:
            if not isinstance(child.tag, str) or child.tag == f"{_M}extLst":
                continue
            if child.tag not in (f"{_M}f", f"{_M}v", f"{_M}is") or child.tag in found:
                raise two_meanings(f"工作表“{title}”里有一格写了两个值")
            found[child.tag] = child
        written, held, inline = (found.get(f"{_M}{n}") for n in ("f", "v", "is"))
        if held is not None and inline is not None:
            raise two_meanings(f"工作表“{title}”里有一格写了两个值")
        look = self._styles.at(_whole(cell.get("s", "0")))
        kind = cell.get("t", "n").strip(_BLANK)
        value: object = None
        marked = ""
        text = None if held is None else "".join(map(str, held.itertext()))
        if inline is not None:
            value, marked = self._string(inline)
        elif text is not None and (text.strip(_BLANK) or kind == "str"):
            value, marked = self._value(kind, text, look)
        formula = _formula(written) if written is not None else ""
        if formula and value == "" and kind != "str":
            value = None
        if value is None and not formula:
            return None
        if value == "" and not formula and kind not in ("inlineStr", "s"):
            return None
        return Content(value, formula, kind == "e", look, marked)

    def _value(self, kind: str, text: str, look: CellLook) -> tuple[object, str]:
        bare = text.strip(_BLANK)
        match kind:
            case "n":
                return self._number(bare, look), ""
            case "s":
                return self._strings()[_whole(bare)]
            case "str" | "e":
                return decoded(text), ""
            case "b":
                return {"1": True, "0": False, "true": True, "false": False}[bare], ""
            case "d":
                return datetime.fromisoformat(bare.removesuffix("Z")), ""
        raise ValueError(kind)

    def _number(self, text: str, look: CellLook) -> object:
        if _NUMBER.fullmatch(text) is None:
            raise ValueError(text[:20])
        number = float(text) if any(c in text for c in ".eE") else int(text)
        found = moment(number, date_letters(look.code), since_1904=self._parts.since_1904)
        return number if found is None else found

    def _strings(self) -> list[tuple[str, str]]:
        if self._texts is None:
            self._texts = []
            if not self._parts.strings:
                return self._texts
            root = trees.parsed(self._package.parts[self._parts.strings])
            for item in root:
                if item.tag == f"{_M}si":
                    self._texts.append(self._string(item))
                elif isinstance(item.tag, str) and item.tag != f"{_M}extLst":
                    raise two_meanings("文字表里有不认识的内容")
        return self._texts

    def _string(self, item: etree._Element) -> tuple[str, str]:
        """Return a text as displayed, and what in it is not seen as it is written."""
        said: list[str] = []
        marks: list[str] = []
        for part in item:
            if part.tag == f"{_M}t":
                said.append(part.text or "")
            elif part.tag == f"{_M}r":
                text = "".join(t.text or "" for t in part.iterfind(f"{_M}t"))
                properties = part.find(f"{_M}rPr")
                shown, mark = run_of(None if properties is None else _node(properties), text, self._styles.theme)
                said.append(shown)
                marks += [mark] if mark else []
            elif isinstance(part.tag, str) and part.tag not in (f"{_M}rPh", f"{_M}phoneticPr", f"{_M}extLst"):
                raise two_meanings("一段文字里有不认识的内容")
        return str(decoded("".join(said))), "；".join(marks[:3])


@contextmanager
def opened(package: Package) -> Iterator[TreeBook]:
    """Open a workbook for reading. Raises InputError when its parts are damaged or may mean two things."""
    try:
        with damage_named(f"“{package.name}”"):
            book = TreeBook(package)
        yield book
    except AmbiguousError as e:
        raise named_file(package.name, e) from e


@contextmanager
def damage_named(what: str) -> Iterator[None]:
    """Turn whatever is raised for damaged parts into an InputError that begins with `what`."""
    try:
        yield
    except _DAMAGED as e:
        raise InputError(f"{what}已经损坏，读不出来，请用 Excel 或 WPS 打开并另存一份 .xlsx 再试") from e


def _formula(written: etree._Element) -> str:
    if written.get("t") == "dataTable":
        return "="
    return "=" + "".join(map(str, written.itertext()))


def _whole(text: str | None) -> int:
    bare = (text or "").strip(_BLANK)
    if not (bare.isascii() and bare.isdecimal()) or len(bare) > 9:
        raise ValueError(bare[:20])
    return int(bare)


def _node(element: etree._Element) -> Node:
    """Return an element of the usual namespace as a plain node."""
    children = [_node(c) for c in element if isinstance(c.tag, str)]
    attributes = {str(k): str(v) for k, v in element.attrib.items()}
    return Node(etree.QName(element).localname, attributes, children)
