"""One sheet of the form in the workbook: its heads, its tables with their live checks, its texts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from nianbao.notice import Notice
from nianbao.numbers import Number
from nianbao.report import Report
from nianbao.workbook import beside_drawn, cell_styles, cellsheet, guidance, heights, table_drawing, texts
from nianbao.workbook.address import Spot, letters, name_of
from nianbao.workbook.layout import INFO, Layout, SheetLayout, TableBlock, TextBlock, units_note
from nianbao.workbook.pen import Pen
from nianbao.workbook.report_contents import Held, together


def holds(
    places: Layout,
    sheet: SheetLayout,
    told: cellsheet.Shown,
    figures: Mapping[str, Number],
) -> Held:
    """Return what a sheet holds of a report that is judged; `figures` have every total as the sheet will show it."""
    report, last = told.report, told.last_year
    held = [Held({_body_spot(sheet).ref: _body_line(report, _low_note(sheet))})]
    for block in sheet.blocks:
        if isinstance(block, TableBlock):
            held.append(table_drawing.holds(places, block, report.texts, figures, told.checks))
        else:
            held.append(texts.holds(block, report.texts.get(block.text.id, "")))
    return together([*held, beside_drawn.holds(sheet, last.values if last else {})])


def draw(pen: Pen, places: Layout, sheet: SheetLayout, held: Held, notice: Notice | None) -> None:
    """Draw one sheet of the form with what it holds."""
    pen.widths(_widths(sheet))
    right = sheet.right
    low = _freezes_headings(sheet)
    pen.text(Spot(sheet.name, 1, 1), sheet.title, cell_styles.LOW_TITLE if low else cell_styles.SHEET_TITLE, 1, right)
    pen.height(1, 16 if low else 30)
    main, line = sheet.blocks[0], _body_spot(sheet)
    look = cell_styles.FITTED_LINE if low else cell_styles.BODY_LINE
    pen.formula(line, _body_formula(_low_note(sheet)), held.results[line.ref], look, 1, right)
    pen.height(2, 12.5 if low else 18)
    if sheet.texts and len(sheet.blocks) > 1:
        _links(pen, sheet)
    for block in sheet.blocks:
        if block.title:
            # a sheet of texts has one wide column for its titles
            across = 1 if sheet.texts else right - block.title.column + 1
            pen.text(block.title, block.heading, cell_styles.BLOCK_TITLE, 1, across)
            pen.height(block.title.row, 22)
        if low and block is main:
            pen.height(block.note.row, 1)
        else:
            _note(pen, sheet, block, notice)
        if isinstance(block, TableBlock):
            table_drawing.draw(pen, places, block, held, low=low and block is main)
            table_drawing.draw_checks(pen, places, block, held)
        else:
            texts.draw(pen, block, held)
    beside_drawn.draw(pen, places, sheet, held)
    _freeze(pen, sheet)
    pen.begin_at(_first_input(places, sheet).ref)
    pen.finish(sheet.bottom, right, one_page=not sheet.texts)
    if sheet.texts:
        pen.sheet.print_title_rows = "1:2"


def _note(pen: Pen, sheet: SheetLayout, block: TableBlock | TextBlock, notice: Notice | None) -> None:
    """Write the line above a table or a text."""
    note = table_note(block) if isinstance(block, TableBlock) else guidance.note(block.text, notice)
    start = block.note if block.title else Spot(sheet.name, block.note.row, 1)
    columns = 1 if block.title and isinstance(block, TextBlock) else sheet.right - start.column + 1
    pen.text(start, note, cell_styles.NOTE, 1, columns)
    width = sum(pen.sheet.column_dimensions[letters(start.column + c)].width for c in range(columns))
    pen.height(start.row, max(18, heights.height_of(note, width, 9.5)))


def _first_input(places: Layout, sheet: SheetLayout) -> Spot:
    """Return the first cell of a sheet that is to be filled in."""
    spots = [places.values[v.key] for b in sheet.tables for v in b.table.values if places.is_input(v.key)]
    return min([*spots, *(s for b in sheet.texts for s in b.spots)], key=lambda s: (s.row, s.column))


def _widths(sheet: SheetLayout) -> dict[int, float]:
    widths: dict[int, float] = {}
    for block in sheet.tables:
        first = block.origin.column
        for column, width in table_drawing.column_widths(block.table, first).items():
            widths[column] = max(width, widths.get(column, 0.0))
        for check in block.checks:
            widths.setdefault(check.spot.column, 12.0)
            if check.label:
                widths.setdefault(check.label.spot.column, 12.0)
    if sheet.texts:
        widths |= {1: texts.GUTTER_WIDTH, 2: texts.PARAGRAPH_WIDTH}
    return widths


def _body_spot(sheet: SheetLayout) -> Spot:
    """Return the place of the line that says whose sheet this is and how to fill it."""
    return Spot(sheet.name, 2, 1)


@lru_cache(maxsize=256)
def _low_note(sheet: SheetLayout) -> str:
    """Return what that line says beside whose sheet it is, where its table's own note has no room."""
    main = sheet.blocks[0]
    return table_note(main) if _freezes_headings(sheet) and isinstance(main, TableBlock) else ""


def _body_formula(note: str) -> str:
    name, year = name_of("name", "info"), name_of("year", "info")
    whose = f'IF({name}="","填报单位：（请先填写“{INFO}”）","填报单位："&{name}&"　　年度："&{year})'
    return f'={whose}&"　　{note}"' if note else f"={whose}"


def _body_line(report: Report, note: str) -> str:
    """Return what the formula comes to."""
    after = f"　　{note}" if note else ""
    if not report.name:
        return f"填报单位：（请先填写“{INFO}”）{after}"
    return f"填报单位：{report.name}　　年度：{report.year or ''}{after}"


def table_note(block: TableBlock) -> str:
    """Return the line that says in which units a table is filled in, and which cells."""
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


def _freezes_headings(sheet: SheetLayout) -> bool:
    """Tell whether the headings of the sheet's table stay in sight, so that what is above them must be low."""
    block = sheet.blocks[0]
    return isinstance(block, TableBlock) and block.title is None and bool(block.table.header_rows)


def _freeze(pen: Pen, sheet: SheetLayout) -> None:
    block = sheet.blocks[0]
    if isinstance(block, TableBlock) and _freezes_headings(sheet):
        corner = block.origin.by(block.table.header_rows, block.table.label_columns)
        pen.sheet.freeze_panes = corner.ref
    else:
        pen.sheet.freeze_panes = "A3"
