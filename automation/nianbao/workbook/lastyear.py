"""The sheet 上年数据: last year's report in its own edition, locked; drawn here, read back by carried.py.

Column A is hidden and names what stands in each row, so that the sheet reads back without guessing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from nianbao.form import CellKind, Edition, Table, plain
from nianbao.numbers import Number
from nianbao.report import Report
from nianbao.workbook import heights, styles
from nianbao.workbook.address import Spot
from nianbao.workbook.lastrows import FIRST_ROW, TABLE_MARK, placed
from nianbao.workbook.layout import LAST_YEAR
from nianbao.workbook.pen import Pen
from nianbao.workbook.styles import BOX, LOCKED, aligned, font
from nianbao.workbook.tables import TYPED, label_look, value_look

_PAGE, _MARGIN = 545.0, 0.5
"""Points of rows on a printed page, what fits on one is not parted; inches above and below."""
_SIZE, _LINE, _ROOM = 9.0, 11.7, 2.5
"""Points of a label's letters, of each of its lines, and what its row has above and below."""
_NONE = (
    "这里还没有上年数据。有上年的填报表或已公布的年度报告的，可以带入：\n"
    "在“信息公开年报”选项卡中点“上年数据”，选上年的文件；\n"
    "没有这个选项卡的，把这份填报表和上年的文件一起选中，拖到“填报表带入上年数据”图标上。\n"
    "没有上年数据也可以填报，只是不作跨年度核对。"
)
_CENTRED = replace(styles.BODY_LINE, alignment=aligned("center"))
_LABEL = replace(styles.LABEL, alignment=aligned("left"))
_WIDTHS = (7.0, 9.0, 30.0, *[6.4] * 15)


def draw(pen: Pen, report: Report | None, edition: Edition) -> dict[str, int]:
    """Draw last year's report (of its own edition), or a note how to get it here; return where each table begins."""
    right = 1 + len(_WIDTHS)
    pen.widths({2 + i: w for i, w in enumerate(_WIDTHS)})
    pen.sheet.column_dimensions["A"].hidden = True
    pen.text(Spot(LAST_YEAR, 1, 2), LAST_YEAR, styles.SHEET_TITLE, 1, right - 1)
    pen.height(1, 30)
    if report is None:
        pen.text(Spot(LAST_YEAR, 3, 2), _NONE, _CENTRED, 1, right - 1)
        pen.height(3, 80)
        pen.finish(3, right, landscape=True)
        return {}
    note = "上年报告的数字和文字，供对照和核对用，由程序带入，不能改动。"
    pen.text(Spot(LAST_YEAR, 2, 2), note, styles.NOTE, 1, right - 1)
    row = FIRST_ROW
    for mark, label, content in _facts(report, edition):
        _line(pen, row, mark, label, content)
        row += 1
    begins, blocks = {}, [1]
    for table in edition.tables:
        begins[table.id] = row + 1
        blocks.append(row + 1)
        row = _table(pen, row + 1, table, report, edition)
    for text in edition.texts:
        blocks.append(row + 1)
        row = _text(pen, row + 1, text.id, text.label, report.texts.get(text.id, ""))
    _pages(pen, [*blocks, row + 1])
    pen.sheet.freeze_panes = "C4"
    pen.finish(row, right, landscape=True, one_page=False)
    pen.sheet.page_margins.top = pen.sheet.page_margins.bottom = _MARGIN
    return begins


def _pages(pen: Pen, blocks: Sequence[int]) -> None:
    """Begin a page before each block that the page above has no room for; the last of their rows begins none."""
    usual = pen.sheet.sheet_format.defaultRowHeight
    used = 0.0
    for first, after in pairwise(blocks):
        height = sum(pen.sheet.row_dimensions[r].height or usual for r in range(first, after))
        if used and used + height > _PAGE:
            pen.sheet.row_breaks.append(Break(id=first - 1))
            used = 0.0
        used += height


@dataclass(frozen=True)
class Drawing:
    """The sheet as plain values, for a workbook that is open elsewhere.

    `cells` are its rows from the first, `texts` the rows whose cells are texts whatever they look like.
    """

    cells: tuple[tuple[str | Number | None, ...], ...]
    texts: tuple[int, ...]
    merged: tuple[str, ...]
    widths: Mapping[int, float]


def drawing(report: Report, edition: Edition) -> Drawing:
    """Return the sheet for last year's report."""
    sheet = Workbook().worksheets[0]
    draw(Pen(sheet), report, edition)
    rows = tuple(sheet.iter_rows(values_only=True))
    marks = [str(row[0] or "") for row in rows]
    texts = (i for i, m in enumerate(marks, 1) if m and not m.startswith(TABLE_MARK))
    widths = {2 + i: w for i, w in enumerate(_WIDTHS)}
    return Drawing(rows, tuple(texts), tuple(str(r) for r in sheet.merged_cells.ranges), widths)  # type: ignore[arg-type]


def _facts(report: Report, edition: Edition) -> Iterator[tuple[str, str, str]]:
    yield "edition", "格式版本", edition.id
    yield "year", "年度", "" if report.year is None else str(report.year)
    labels = {f.id: f.label for f in edition.fields}
    for key, content in report.body.items():
        level = edition.level(content) if key == "level" else None
        yield f"body:{key}", labels.get(key, key), level.label if level else content


def _line(pen: Pen, row: int, mark: str, label: str, content: str) -> None:
    pen.text(Spot(LAST_YEAR, row, 1), mark, styles.GUTTER)
    pen.text(Spot(LAST_YEAR, row, 2), label, _LABEL, 1, 2)
    pen.text(Spot(LAST_YEAR, row, 4), content, _LABEL, 1, 5)
    pen.height(row, 18)


def _table(pen: Pen, row: int, table: Table, report: Report, edition: Edition) -> int:
    """Draw one table's grid; return the row after it. The grid begins on the row below the one marked."""
    pen.text(Spot(LAST_YEAR, row, 1), TABLE_MARK + table.id, styles.GUTTER)
    title = table.word if table.word == table.sheet else f"{table.sheet}：{table.word}"
    pen.text(Spot(LAST_YEAR, row, 2), title, styles.BLOCK_TITLE, 1, 4)
    pen.height(row, 22)
    for cell in table.cells:
        spot, columns = placed(table, cell, row + 1)
        if cell.kind is CellKind.VALUE:
            value = edition.values[cell.key]
            look = replace(value_look(value, total=value.total), fill=styles.PLAIN, protection=LOCKED)
            pen.number(spot, report.values.get(cell.key), look, cell.rows, columns)
        elif cell.kind is CellKind.TYPED:
            look = replace(TYPED, fill=styles.PLAIN, protection=LOCKED)
            pen.text(spot, report.texts.get(cell.key, ""), look, cell.rows, columns)
        else:
            look = label_look(cell.kind, cell.align)
            pen.text(spot, plain(cell.text), replace(look, font=font(_SIZE)), cell.rows, columns)
        if cell.rows == 1 and cell.text:
            width = sum(_WIDTHS[spot.column - 2 : spot.column - 2 + columns])
            pen.height(spot.row, _LINE * heights.lines_of(plain(cell.text), width, _SIZE) + _ROOM)
    return row + 1 + table.rows


def _text(pen: Pen, row: int, key: str, label: str, text: str) -> int:
    if not text:
        return row - 1
    pen.text(Spot(LAST_YEAR, row, 2), label, styles.BLOCK_TITLE, 1, 4)
    pen.height(row, 22)
    look = replace(_LABEL, border=BOX, number_format="@", alignment=aligned("left", "top"))
    for paragraph in text.split("\n"):
        row += 1
        pen.text(Spot(LAST_YEAR, row, 1), f"text:{key}", styles.GUTTER)
        pen.text(Spot(LAST_YEAR, row, 2), paragraph, look, 1, 10)
        pen.height(row, min(409, heights.height_of(paragraph, sum(_WIDTHS[:10]), 10)))
    return row + 1
