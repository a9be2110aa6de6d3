"""Reading any sound workbook: openpyxl twice, for formulas and results, within bounds."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from nianbao.errors import InputError
from nianbao.workbook.contents import EASTERN_DATES, MAX_COLUMN, MAX_ROW, Content, Sheet, day, decoded, pointed, titled
from nianbao.workbook.remarks import remarks
from nianbao.workbook.source import Package

_DAMAGED = (
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
"""What openpyxl and the parsers under it raise for a package whose parts are not as the standard says."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Book:
    """An opened workbook; `sheet` reads one sheet when it is asked for."""

    def __init__(self, package: Package, formulas: Workbook, results: Workbook) -> None:
        self._package, self._formulas, self._results = package, formulas, results
        self.file = package.name
        self.names = tuple(s.title for s in formulas.worksheets)
        self.hidden = tuple(s.title for s in formulas.worksheets if s.sheet_state != "visible")
        self.macros = any(n.lower().endswith("vbaproject.bin") for n in package.parts)
        self.links = any(n.startswith("xl/externalLinks/") for n in package.parts)

    def target(self, name: str) -> tuple[str, int, int] | None:
        """Return the sheet, row and column a defined name points at."""
        defined = self._formulas.defined_names.get(name)
        return pointed(defined.attr_text or "") if defined is not None else None

    def sheet(self, name: str) -> Sheet | None:
        """Read the sheet of this name, spaces and widths of characters folded; None when there is none."""
        title = titled(self.names, name)
        if title is None:
            return None
        with damage_named(f"“{self.file}”的工作表“{name}”"):
            return self._read(name, title)

    def _read(self, name: str, title: str) -> Sheet:
        cells: dict[tuple[int, int], Content] = {}
        books = (self._formulas, self._results)
        written, computed = (next(s for s in b.worksheets if s.title == title) for b in books)
        rows = (s.iter_rows(max_row=MAX_ROW, max_col=MAX_COLUMN) for s in (written, computed))
        for pairs in map(zip, *rows):
            for cell, result in pairs:
                if cell.value is not None:
                    formula = _formula(cell.value) if cell.data_type == "f" else ""
                    value = self._dated(result.value, result._style_id)
                    cells[cell.row, cell.column] = Content(decoded(value), formula, result.data_type == "e")
        path: str = written._worksheet_path  # type: ignore[attr-defined] # the stubs know no read-only worksheets
        hidden_rows, hidden_columns = _hidden(self._package.parts[path])
        merged, hung = _merged(self._package.parts[path]), remarks(self._package.parts, path)
        return Sheet(name, MappingProxyType(cells), hidden_rows, hidden_columns, merged, hung)

    def _dated(self, value: object, style: int) -> object:
        """Return a day where a cell shows one by a format of Chinese Excel; openpyxl gives its number."""
        if not isinstance(value, int) or isinstance(value, bool) or self._results.epoch != WINDOWS_EPOCH:
            return value
        eastern = self._results._cell_styles[style].numFmtId in EASTERN_DATES  # type: ignore[attr-defined]
        return (day(value) if eastern else None) or value


@contextmanager
def opened(package: Package) -> Iterator[Book]:
    """Open a workbook for reading. Raises InputError when its parts are damaged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions and odd dates; what matters becomes a finding
        with damage_named(f"“{package.name}”"):
            books = [
                load_workbook(package.repacked(), read_only=True, data_only=d, keep_links=False) for d in (False, True)
            ]
        try:
            yield Book(package, *books)
        finally:
            for book in books:
                book.close()


@contextmanager
def damage_named(what: str) -> Iterator[None]:
    """Turn whatever openpyxl raises for damaged parts into an InputError that begins with `what`."""
    try:
        yield
    except _DAMAGED as e:
        raise InputError(f"{what}已经损坏，读不出来，请用 Excel 或 WPS 打开并另存一份 .xlsx 再试") from e


def _formula(raw: object) -> str:
    if isinstance(raw, ArrayFormula):
        return str(raw.text)
    if isinstance(raw, DataTableFormula):
        return "="
    return str(raw)


def _hidden(part: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Return the hidden rows and columns, within bounds (openpyxl's bounded reading does not tell them)."""
    rows: set[int] = set()
    columns: set[int] = set()
    number = 0
    for _, element in etree.iterparse(io.BytesIO(part), tag=(f"{_MAIN}row", f"{_MAIN}col")):
        hidden = element.get("hidden") in ("1", "true")
        if element.tag == f"{_MAIN}row":
            number = int(element.get("r") or number + 1)
            if number > MAX_ROW:
                break
            if hidden or element.get("ht") == "0":
                rows.add(number)
        elif hidden or element.get("width") == "0":
            columns.update(range(int(element.attrib["min"]), min(MAX_COLUMN, int(element.attrib["max"])) + 1))
        element.clear()
    return frozenset(rows), frozenset(columns)


def _merged(part: bytes) -> frozenset[str]:
    """Return the merged ranges as they are written (B10:D10)."""
    return frozenset(e.get("ref", "") for _, e in etree.iterparse(io.BytesIO(part), tag=f"{_MAIN}mergeCell"))
