"""Building the standard workbook of an edition, blank or filled in."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.form import Edition, load_edition
from nianbao.notice import Notice
from nianbao.report import Report
from nianbao.workbook import (
    cellsheet,
    formsheet,
    formulas,
    guide,
    info,
    lastyear,
    packing,
    results,
    saved_package,
)
from nianbao.workbook.address import name_of, quoted
from nianbao.workbook.cell_styles import CellStyle
from nianbao.workbook.layout import (
    CELLS,
    EDITION,
    EDITION_NAME,
    GUIDE,
    INFO,
    LAST_YEAR,
    LAYOUT,
    LAYOUT_NAME,
    RESULTS,
    Layout,
    layout,
)
from nianbao.workbook.pen import Pen
from nianbao.workbook.report_contents import Held
from nianbao.workbook.saved_package import MADE, Additions
from nianbao.workbook.typing_order import turns

EMPTY = Report("", None, {}, {}, {})


def build(
    edition: Edition,
    report: Report | None = None,
    last_year: Report | None = None,
    blank_means_zero: bool = False,
    extra: Mapping[str, Callable[[Pen], None]] = MappingProxyType({}),
    notice: Notice | None = None,
) -> bytes:
    """Return the standard workbook as .xlsx bytes, filled in with `report` where given; same input, same bytes.

    Totals are formulas with their cached results; only a given total that is not the sum of its parts stays a number.
    `last_year` goes into 上年数据 in its own edition. `extra` draws further sheets, by name, behind the form's.
    What `notice` asks stands above the texts it is about and, in full, in 填报说明.
    Raises InputError for texts no cell can hold.
    """
    places = layout(edition)
    found = contents(places, report or EMPTY, last_year, blank_means_zero=blank_means_zero)
    return packing.packed(drawn(places, found, extra, notice).parts)


@dataclass(frozen=True)
class Contents:
    """All that differs between two bodies: what the sheets hold, by name, and the sheet of last year's report."""

    held: Mapping[str, Held]
    before: lastyear.LastYearSheet
    last_year: Report | None


@dataclass(frozen=True)
class DrawnWorkbook:
    """The parts of a drawn workbook, the names of its sheets' parts, the numbers of the looks in 上年数据."""

    parts: dict[str, bytes]
    names: Mapping[str, str]
    looks: Mapping[CellStyle, int]


def drawn(
    places: Layout,
    found: Contents,
    extra: Mapping[str, Callable[[Pen], None]] = MappingProxyType({}),
    notice: Notice | None = None,
) -> DrawnWorkbook:
    """Draw a workbook with these contents. Raises InputError for texts no cell can hold."""
    edition = places.edition
    book = Workbook()
    book.remove(book.worksheets[0])
    pens = {
        name: Pen(book.create_sheet(name)) for name in (GUIDE, INFO, *edition.sheets, LAST_YEAR, RESULTS, CELLS, *extra)
    }
    draw(pens, places, found, notice)
    for name, draw_more in extra.items():
        draw_more(pens[name])
    for name, target in _names(places).items():
        book.defined_names[name] = DefinedName(name, attr_text=target)
    book.active = book.sheetnames.index(INFO)
    pens[INFO].sheet.sheet_view.tabSelected = True
    parts = _saved(book, pens, edition.report_name)
    sheet = pens[LAST_YEAR].sheet
    looks = {put.look: sheet.cell(put.spot.row, put.spot.column).style_id for put in found.before.puts}
    return DrawnWorkbook(parts, {sheet.title: _part(sheet) for sheet in book.worksheets}, looks)


def draw(pens: Mapping[str, Pen], places: Layout, found: Contents, notice: Notice | None = None) -> None:
    """Draw every sheet of the form with what it holds, each with the pen of its name."""
    held = found.held
    guide.draw(pens[GUIDE], places, notice)
    info.draw(pens[INFO], places, held[INFO])
    for sheet in places.sheets:
        formsheet.draw(pens[sheet.name], places, sheet, held[sheet.name], notice)
    lastyear.draw(pens[LAST_YEAR], found.before, found.last_year)
    results.draw(pens[RESULTS], places, held[RESULTS])
    cellsheet.draw(pens[CELLS], places, held[CELLS])


def contents(places: Layout, given: Report, last_year: Report | None, *, blank_means_zero: bool = False) -> Contents:
    """Return what the workbook holds of a report and of last year's."""
    figures = formulas.with_totals(places, given.values)
    told = cellsheet.shown(places, given, last_year, blank_means_zero=blank_means_zero)
    before = lastyear.page(last_year, _edition_of(last_year, places.edition))
    held = {INFO: info.holds(places, given.body, given.year, blank_means_zero=blank_means_zero)}
    held |= {s.name: formsheet.holds(places, s, told, figures) for s in places.sheets}
    held |= {RESULTS: results.holds(places, told), CELLS: cellsheet.holds(places, told, before.begins)}
    return Contents(held, before, last_year)


def _edition_of(report: Report | None, edition: Edition) -> Edition:
    return edition if report is None or report.edition == edition.id else load_edition(report.edition)


def _names(places: Layout) -> dict[str, str]:
    """Return every defined name with its target."""
    names = {EDITION_NAME: EDITION.absolute, LAYOUT_NAME: str(LAYOUT)}
    names |= {name_of(k, "info"): s.absolute for k, s in places.fields.items()}
    for key, spots in places.texts.items():
        fixed = spots[0].fixed if len(spots) == 1 else f"{spots[0].fixed}:{spots[-1].fixed}"
        names[name_of(key, "text")] = f"{quoted(spots[0].sheet)}!{fixed}"
    names |= {name_of(k, "text"): s.absolute for k, s in places.typed.items()}
    names |= {name_of(k): s.absolute for k, s in places.values.items()}
    return names | dict(turns(places).values())


def _saved(book: Workbook, pens: Mapping[str, Pen], kind: str) -> dict[str, bytes]:
    properties = book.properties
    properties.creator, properties.title = "nianbao", f"{kind} 标准填报表"
    properties.created = properties.modified = MADE
    book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    book.save(out)
    additions = {
        _part(sheet): Additions(pens[sheet.title].results, frozenset(pens[sheet.title].soft_rows))
        for sheet in book.worksheets
    }
    return saved_package.completed(out.getvalue(), additions)


def _part(sheet: Worksheet) -> str:
    """Return the name of the sheet's part, which openpyxl gives it while saving."""
    return sheet.path.lstrip("/")
