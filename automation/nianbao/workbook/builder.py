"""Building the standard workbook of an edition, blank or filled in."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Mapping
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.form import Edition, load_edition
from nianbao.notice import Notice
from nianbao.numbers import Number
from nianbao.report import Report
from nianbao.workbook import (
    cellsheet,
    formulas,
    guidance,
    guide,
    info,
    lastyear,
    package,
    results,
    styles,
    tables,
    texts,
)
from nianbao.workbook.address import Spot, letters, name_of, quoted
from nianbao.workbook.layout import (
    CELLS,
    EDITION,
    EDITION_NAME,
    GUIDE,
    INFO,
    LAST_YEAR,
    RESULTS,
    Layout,
    SheetLayout,
    TableBlock,
    TextBlock,
    layout,
    units_note,
)
from nianbao.workbook.package import Additions
from nianbao.workbook.pen import Pen

_MADE = datetime.datetime(2021, 9, 26)  # noqa: DTZ001 - core properties hold no zone; any fixed day keeps builds equal
_EMPTY = Report("", None, {}, {}, {})


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
    given = report or _EMPTY
    book = Workbook()
    book.remove(book.worksheets[0])
    pens = {
        name: Pen(book.create_sheet(name)) for name in (GUIDE, INFO, *edition.sheets, LAST_YEAR, RESULTS, CELLS, *extra)
    }
    figures = formulas.with_totals(places, given.values)
    told = cellsheet.shown(places, given, last_year, blank_means_zero=blank_means_zero)
    guide.draw(pens[GUIDE], places, notice)
    info.draw(pens[INFO], places, given.body, given.year, blank_means_zero=blank_means_zero)
    for sheet in places.sheets:
        _draw_sheet(pens[sheet.name], places, sheet, told, figures, notice)
    lastyear.draw(pens[LAST_YEAR], last_year, _edition_of(last_year, edition))
    results.draw(pens[RESULTS], places, told, _written(places, given))
    cellsheet.draw(pens[CELLS], places, told)
    for name, draw in extra.items():
        draw(pens[name])
    for name, target in _names(places).items():
        book.defined_names[name] = DefinedName(name, attr_text=target)
    book.active = book.sheetnames.index(INFO)
    pens[INFO].sheet.sheet_view.tabSelected = True
    return _saved(book, pens)


def _edition_of(report: Report | None, edition: Edition) -> Edition:
    return edition if report is None or report.edition == edition.id else load_edition(report.edition)


def _draw_sheet(
    pen: Pen,
    places: Layout,
    sheet: SheetLayout,
    told: cellsheet.Shown,
    figures: Mapping[str, Number],
    notice: Notice | None,
) -> None:
    report, level = told.report, told.report.body.get("level", "")
    pen.widths(_widths(sheet))
    right = sheet.right
    pen.text(Spot(sheet.name, 1, 1), sheet.title, styles.SHEET_TITLE, 1, right)
    pen.height(1, 30)
    formula, shown = _body_line(report)
    pen.formula(Spot(sheet.name, 2, 1), formula, shown, styles.BODY_LINE, 1, right)
    pen.height(2, 18)
    if sheet.texts and len(sheet.blocks) > 1:
        _links(pen, sheet)
    for block in sheet.blocks:
        if block.title:
            # a sheet of texts has one wide column for its titles
            across = 1 if sheet.texts else right - block.title.column + 1
            pen.text(block.title, block.heading, styles.BLOCK_TITLE, 1, across)
            pen.height(block.title.row, 22)
        note = _table_note(block) if isinstance(block, TableBlock) else guidance.note(block.text, notice)
        start = block.note if block.title else Spot(sheet.name, block.note.row, 1)
        columns = 1 if block.title and isinstance(block, TextBlock) else right - start.column + 1
        pen.text(start, note, styles.NOTE, 1, columns)
        width = sum(pen.sheet.column_dimensions[letters(start.column + c)].width for c in range(columns))
        pen.height(start.row, max(18, styles.height_of(note, width, 9.5)))
        if isinstance(block, TableBlock):
            tables.draw(pen, places, block, figures, report.texts)
            tables.draw_checks(pen, places, block, told.used, level)
        else:
            texts.draw(pen, block, report.texts.get(block.text.id, ""))
    _freeze(pen, sheet)
    pen.finish(sheet.bottom, right, one_page=not sheet.texts)
    if sheet.texts:
        pen.sheet.print_title_rows = "1:2"


def _widths(sheet: SheetLayout) -> dict[int, float]:
    widths: dict[int, float] = {}
    for block in sheet.tables:
        first = block.origin.column
        for column, width in tables.column_widths(block.table, first).items():
            widths[column] = max(width, widths.get(column, 0.0))
        for check in block.checks:
            widths.setdefault(check.spot.column, 12.0)
            if check.label:
                widths.setdefault(check.label.spot.column, 12.0)
    if sheet.texts:
        widths |= {1: texts.GUTTER_WIDTH, 2: texts.PARAGRAPH_WIDTH}
    return widths


def _body_line(report: Report) -> tuple[str, str]:
    name, year = name_of("name", "info"), name_of("year", "info")
    formula = f'=IF({name}="","填报单位：（请先填写“{INFO}”）","填报单位："&{name}&"　　年度："&{year})'
    if not report.name:
        return formula, f"填报单位：（请先填写“{INFO}”）"
    return formula, f"填报单位：{report.name}　　年度：{report.year or ''}"


def _table_note(block: TableBlock) -> str:
    said = [units_note(block.table), "黄色格填数，没有发生的填 0" if block.table.required else "黄色格填数"]
    if any(v.total for v in block.table.values):
        said.append("灰色格自动计算，不用填")
    return "。".join(x for x in said if x) + "。"


def _links(pen: Pen, sheet: SheetLayout) -> None:
    """Lead from row 3 to the last block, which long texts push out of sight."""
    last = sheet.blocks[-1]
    names = "、".join(b.heading if len(b.heading) < 20 else b.heading.split("（")[0] for b in sheet.blocks)
    target = last.title or last.note
    said = f"本页依次填写：{names}。点这里到最后一部分（第{target.row}行）"
    pen.link(Spot(sheet.name, 3, 2), said, target)
    pen.height(3, 18)


def _freeze(pen: Pen, sheet: SheetLayout) -> None:
    block = sheet.blocks[0]
    if isinstance(block, TableBlock) and block.title is None and block.table.header_rows:
        corner = block.origin.by(block.table.header_rows, block.table.label_columns)
        pen.sheet.freeze_panes = corner.ref
    else:
        pen.sheet.freeze_panes = "A3"


def _written(places: Layout, report: Report) -> dict[str, int]:
    """Count the paragraphs written on each sheet of texts."""
    counts = {}
    for sheet in places.sheets:
        cells = [texts.paragraphs(report.texts.get(b.text.id, ""), len(b.spots)) for b in sheet.texts]
        counts[sheet.name] = sum(1 for block in cells for p in block if p)
    return counts


def _names(places: Layout) -> dict[str, str]:
    """Return every defined name with its target."""
    names = {EDITION_NAME: EDITION.absolute}
    names |= {name_of(k, "info"): s.absolute for k, s in places.fields.items()}
    for key, spots in places.texts.items():
        fixed = spots[0].fixed if len(spots) == 1 else f"{spots[0].fixed}:{spots[-1].fixed}"
        names[name_of(key, "text")] = f"{quoted(spots[0].sheet)}!{fixed}"
    names |= {name_of(k, "text"): s.absolute for k, s in places.typed.items()}
    names |= {name_of(k): s.absolute for k, s in places.values.items()}
    return names


def _saved(book: Workbook, pens: Mapping[str, Pen]) -> bytes:
    properties = book.properties
    properties.creator, properties.title = "nianbao", "政府信息公开工作年度报告 标准填报表"
    properties.created = properties.modified = _MADE
    book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    book.save(out)
    additions = {
        _part(sheet): Additions(pens[sheet.title].results, frozenset(pens[sheet.title].soft_rows))
        for sheet in book.worksheets
    }
    return package.finished(out.getvalue(), additions)


def _part(sheet: Worksheet) -> str:
    """Return the name of the sheet's part, which openpyxl gives it while saving."""
    return sheet.path.lstrip("/")
