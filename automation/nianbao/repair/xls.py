"""Reading .xls (BIFF8, also what .et is): the door to xlrd, which tells formats, fonts, merged cells and names.

It gives the results of formulas without saying so; which cells have one is told by the records themselves ([MS-XLS]
2.4.127).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import xlrd
from xlrd.compdoc import CompDocError
from xlrd.formula import FormulaError

from nianbao.errors import InputError
from nianbao.repair.broken_book import UNSEEN_FORMULA, Opened, bounded, layout_version
from nianbao.repair.view import Area, Place
from nianbao.visible import signs
from nianbao.workbook.address import letters
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW, PLAIN, CellLook, Content, Sheet, moment
from nianbao.workbook.layout import LAYOUT_NAME
from nianbao.workbook.looks import FILLED, PALE, RAISED, SMALL, SMALLEST, STRUCK, SYMBOLS, too_pale
from nianbao.workbook.number_formats import BUILT_IN, date_letters
from nianbao.workbook.package_checks import locked, other_kind
from nianbao.workbook.sheet_surroundings import Surroundings, sheet_of
from nianbao.workbook.unpacking import damaged

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF8 = 80
_FORMULA, _EOF, _BOF = 0x0006, 0x000A, 0x0809
_OWN_FORMATS = 164
"""From here a file gives its formats numbers of its own."""
_TWIPS = 20
_SYMBOLS = 2
_SOLID = 1
_FILL = 4
_DAMAGED = (
    xlrd.XLRDError, CompDocError, FormulaError, struct.error, AssertionError, AttributeError, EOFError, LookupError,
    NotImplementedError, OverflowError, RecursionError, TypeError, UnicodeError, ValueError,
)  # fmt: skip
"""What xlrd raises for files that are not as the format says."""
_UNSEEN = (
    "这份旧格式的表看不到条件格式和公式：公式算出的结果没有转入（新表的合计会重新计算），"
    "数字和文字按原来的显示格式读出，请对照原来的文件核对"
)


def is_xls(data: bytes) -> bool:
    """Tell by its content whether a file may be an old workbook."""
    return data.startswith(_OLE)


def read(name: str, data: bytes) -> Opened:
    """Return what an .xls file says. Raises InputError where it is damaged, locked, of another or too old a kind."""
    try:
        book = xlrd.open_workbook(
            file_contents=data,
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
            logfile=io.StringIO(),
            verbosity=0,
        )
        if book.biff_version != _BIFF8:
            raise InputError(other_kind(name))
        read_ = _Reader(book)
        sheets = bounded(name, map(read_.sheet, range(book.nsheets)))
        return Opened(name, sheets, {}, tuple(dict.fromkeys(read_.names())), read_.version(), _UNSEEN)
    except xlrd.XLRDError as e:
        told = str(e).lower()
        if "encrypted" in told or "password" in told:
            raise locked(name) from e
        raise (InputError(other_kind(name)) if "workbook" in told and "find" in told else damaged(name)) from e
    except _DAMAGED as e:
        raise damaged(name) from e


class _Reader:
    """One opened book; the library has no types, and what is not as the format says raises one of _DAMAGED."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._looks: dict[int, CellLook] = {}

    def names(self) -> Iterator[tuple[str, str, Area]]:
        """Yield every defined name with the sheet and the area it points at."""
        titles = self.book.sheet_names()
        for named in self.book.name_obj_list:
            areas = getattr(named.result, "value", None) if not named.builtin else None
            if isinstance(areas, list) and len(areas) == 1:
                first, beyond, top, bottom, left, right = areas[0].coords
                if beyond == first + 1 and 0 <= first < len(titles):
                    yield named.name, titles[first], (top + 1, left + 1, bottom, right)

    def version(self) -> int:
        """Return the version of the form's layout."""
        told = [n.result.value for n in self.book.name_obj_list if n.name == LAYOUT_NAME and n.result is not None]
        return layout_version(format(told[0], "g")) if told and isinstance(told[0], float) else 1

    def sheet(self, number: int) -> Sheet:
        """Read a sheet."""
        sheet = self.book.sheet_by_index(number)
        formulas = frozenset(self._formulas(number))
        cells: dict[Place, Content] = {}
        for row in range(min(sheet.nrows, MAX_ROW)):
            for column in range(min(sheet.row_len(row), MAX_COLUMN)):
                content = self._content(sheet, row, column, (row, column) in formulas)
                if content is not None:
                    cells[row + 1, column + 1] = content
        rows = [r + 1 for r, about in sheet.rowinfo_map.items() if about.hidden or about.height == 0]
        columns = [c + 1 for c, about in sheet.colinfo_map.items() if about.hidden or about.width == 0]
        about = Surroundings(
            frozenset(columns), _covered(sheet), not sheet.show_zero_values, bool(sheet.show_formulas), ()
        )
        remarks = {(r + 1, c + 1): note.text for (r, c), note in sheet.cell_note_map.items()}
        return sheet_of(sheet.name, cells, rows, about, remarks)

    def _formulas(self, number: int) -> Iterator[Place]:
        """Yield the cells of a sheet, counted from 0, whose record is a formula."""
        stream, at = self.book.mem, self.book._sh_abs_posn[number]
        deep = 0
        while at + 4 <= len(stream):
            kind, size = struct.unpack_from("<HH", stream, at)
            deep += (kind == _BOF) - (kind == _EOF)  # a chart within the sheet is one more
            if deep <= 0:
                return
            if kind == _FORMULA and deep == 1:
                yield struct.unpack_from("<HH", stream, at + 4)
            at += 4 + size

    def _content(self, sheet: Any, row: int, column: int, computed: bool) -> Content | None:
        kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
        formula = UNSEEN_FORMULA if computed else ""
        if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return Content(None, formula) if computed else None
        look = self._look(sheet.cell_xf_index(row, column))
        match kind:
            case xlrd.XL_CELL_TEXT:
                runs = sheet.rich_text_runlist_map.get((row, column), ())
                return Content(value.replace("\r", ""), formula, False, look, self._marked(value, runs))
            case xlrd.XL_CELL_ERROR:
                return Content(xlrd.error_text_from_code.get(value, "#ERROR!"), formula, True, look)
            case xlrd.XL_CELL_BOOLEAN:
                return Content(bool(value), formula, False, look)
        number = int(value) if value.is_integer() and abs(value) < 1e15 else value
        day = moment(number, date_letters(look.code), since_1904=bool(self.book.datemode))
        return Content(number if day is None else day, formula, False, look)

    def _look(self, index: int) -> CellLook:
        if index not in self._looks:
            xf = self.book.xf_list[index]
            told = self.book.format_map.get(xf.format_key)
            own = told.format_str if told is not None else "[?]"
            code = own if xf.format_key >= _OWN_FORMATS else BUILT_IN.get(xf.format_key, own)
            unseen = self._fault(xf.font_index) or self._unseen(xf)
            self._looks[index] = PLAIN if code in ("General", "GENERAL") and not unseen else CellLook(code, unseen)
        return self._looks[index]

    def _unseen(self, xf: Any) -> str:
        ink = self._colour(self.book.font_list[xf.font_index].colour_index) or "000000"
        ground: str | None = "FFFFFF"
        if xf.background.fill_pattern:
            solid = xf.background.fill_pattern == _SOLID
            ground = self._colour(xf.background.pattern_colour_index) if solid else None
        if too_pale(ink, ground):
            return PALE
        return FILLED if xf.alignment.hor_align == _FILL else ""

    def _fault(self, index: int) -> str:
        font = self.book.font_list[index]
        faults = [
            (font.struck_out, STRUCK),
            (font.escapement, RAISED),
            (font.height < SMALLEST * _TWIPS, SMALL),
            (font.character_set == _SYMBOLS or signs.is_symbol_font(font.name), SYMBOLS),
        ]
        return next((what for holds, what in faults if holds), "")

    def _marked(self, text: str, runs: Iterable[tuple[int, int]]) -> str:
        """Say what in a text is not seen as it is written."""
        listed = list(runs)
        ends = [*(start for start, _ in listed[1:]), len(text)][: len(listed)]
        marks = []
        for (start, font), end in zip(listed, ends, strict=True):
            part, fault = text[start:end].strip(), self._fault(font)
            if part and fault:
                marks.append(f"“{part[:12]}”{fault.removeprefix('字').removeprefix('整格')}")
        return "；".join(marks[:3])

    def _colour(self, index: int) -> str | None:
        rgb = self.book.colour_map.get(index)
        return "{:02X}{:02X}{:02X}".format(*rgb) if rgb else None


def _covered(sheet: Any) -> dict[Place, str]:
    found: dict[Place, str] = {}
    tops: set[Place] = set()
    for top, bottom, left, right in sheet.merged_cells:
        if (top, left) in tops or (top + 1, left + 1) in found:
            continue  # no program merges one place twice
        tops.add((top, left))
        ref = f"{letters(left + 1)}{top + 1}:{letters(right)}{bottom}"
        for row in range(top, min(bottom, MAX_ROW)):
            for column in range(left, min(right, MAX_COLUMN)):
                if (row, column) != (top, left):
                    found[row + 1, column + 1] = ref
    return found
