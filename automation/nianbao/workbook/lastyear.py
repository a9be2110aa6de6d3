"""The sheet 上年数据: last year's report in its own edition, locked; drawn here, read back by last_year_and_reasons.py.

Column A is hidden and names what stands in each row, so that the sheet reads back without guessing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.worksheet.pagebreak import Break

from nianbao.form import CellKind, Edition, Kind, plain
from nianbao.numbers import Number
from nianbao.report import Report
from nianbao.workbook import cell_styles, heights
from nianbao.workbook.address import Spot
from nianbao.workbook.cell_styles import BOX, LOCKED, CellStyle, aligned, font
from nianbao.workbook.lastrows import FIRST_ROW, TABLE_MARK, placed
from nianbao.workbook.layout import LAST_YEAR
from nianbao.workbook.pen import Pen
from nianbao.workbook.table_drawing import TYPED, label_look, value_look

_PAGE, _MARGIN = 545.0, 0.5
"""Points of rows on a printed page, what fits on one is not parted; inches above and below."""
_USUAL, _TITLE_HEIGHT = 15.0, 30.0
"""Points of a row that nobody gave any, and of the title's."""
_SIZE, _LINE, _ROOM = 9.0, 11.7, 2.5
"""Points of a label's letters, of each of its lines, and what its row has above and below."""
_NONE = (
    "这里还没有上年数据。有上年的填报表或已公布的年度报告的，可以带入：\n"
    "在“信息公开年报”选项卡中点“上年数据”，选上年的文件；\n"
    "没有这个选项卡的，把这份填报表和上年的文件一起选中，拖到“填报表带入上年数据”图标上。\n"
    "没有上年数据也可以填报，只是不作跨年度核对。"
)
_NOTE = "上年报告的数字和文字，供对照和核对用，由程序带入，不能改动。"
_CENTRED = replace(cell_styles.BODY_LINE, alignment=aligned("center"))
_LABEL = replace(cell_styles.LABEL, alignment=aligned("left"))
_PARAGRAPH = replace(_LABEL, border=BOX, number_format="@", alignment=aligned("left", "top"))
_TYPED = replace(TYPED, fill=cell_styles.PLAIN, protection=LOCKED)
_WIDTHS = (7.0, 9.0, 30.0, *[6.4] * 15)


@dataclass(frozen=True)
class Put:
    """A cell of the sheet: what stands there is printed, or the report's: the figure or the label typed under `key`."""

    spot: Spot
    look: CellStyle
    columns: int
    rows: int = 1
    text: str = ""
    key: str = ""
    is_figure: bool = False


@dataclass(frozen=True, eq=False)
class RowBlock:
    """Rows of the sheet that no page parts, down to the one before `after`: cells in the order drawn, rows' points."""

    first: int
    after: int
    puts: tuple[Put, ...]
    heights: Mapping[int, float]


@dataclass(frozen=True)
class LastYearSheet:
    """The sheet as plain values: its blocks, where each table begins, after which rows a printed page ends."""

    blocks: tuple[RowBlock, ...]
    edition: Edition | None = None
    begins: Mapping[str, int] = field(default_factory=dict)
    breaks: tuple[int, ...] = ()

    @property
    def puts(self) -> Iterator[Put]:
        """All cells in the order in which they are drawn."""
        return (put for block in self.blocks for put in block.puts)

    @property
    def looks(self) -> tuple[CellStyle, ...]:
        """The looks in the order in which they are first put on, by which a workbook numbers them."""
        return tuple(dict.fromkeys(put.look for put in self.puts))

    @property
    def bottom(self) -> int:
        """The row below the last one in use."""
        return self.blocks[-1].after - 1


RIGHT = 1 + len(_WIDTHS)
"""The last column."""


def page(report: Report | None, edition: Edition) -> LastYearSheet:
    """Return the sheet for last year's report (of its own edition), or with a note how to get it here."""
    if report is None:
        return LastYearSheet((_no_report(),))
    facts = list(_facts(report, edition))
    blocks, begins = [_head(facts)], dict[str, int]()
    for number, table in enumerate(edition.tables):
        begins[table.id] = blocks[-1].after
        blocks.append(_table(edition, number, blocks[-1].after))
    for text in edition.texts:
        said = report.texts.get(text.id, "")
        if said:
            blocks.append(_text(blocks[-1].after, text.id, text.label, said))
    return LastYearSheet(tuple(blocks), edition, begins, tuple(_breaks(blocks)))


def draw(pen: Pen, sheet: LastYearSheet, report: Report | None) -> None:
    """Draw the sheet with last year's report in it."""
    pen.widths({2 + i: w for i, w in enumerate(_WIDTHS)})
    pen.sheet.column_dimensions["A"].hidden = True
    for block in sheet.blocks:
        for put in block.puts:
            if put.is_figure:
                pen.number(put.spot, figure(put, report), put.look, put.rows, put.columns)
            else:
                pen.text(put.spot, text(put, report), put.look, put.rows, put.columns)
        for row, points in block.heights.items():
            pen.height(row, points)
    if report is None:
        pen.finish(sheet.bottom, RIGHT, landscape=True)
        return
    for row in range(1, sheet.bottom + 1):
        pen.sheet.row_dimensions[row]  # each row is written
    for row in sheet.breaks:
        pen.sheet.row_breaks.append(Break(id=row))
    pen.sheet.freeze_panes = "C4"
    pen.finish(sheet.bottom, RIGHT, landscape=True, one_page=False)
    pen.sheet.page_margins.top = pen.sheet.page_margins.bottom = _MARGIN


def figure(put: Put, report: Report | None) -> Number | None:
    """Return the figure that stands in a cell."""
    return report.values.get(put.key) if report else None


def text(put: Put, report: Report | None) -> str:
    """Return the text that stands in a cell."""
    return report.texts.get(put.key, "") if report and put.key else put.text


def _breaks(blocks: Sequence[RowBlock]) -> Iterator[int]:
    """Yield the row before each block that the page above has no room for; the last of their rows begins no page."""
    used = 0.0
    for block in blocks:
        height = sum(block.heights.get(r, _USUAL) for r in range(block.first, block.after))
        if used and used + height > _PAGE:
            yield block.first - 1
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
    draw(Pen(sheet), page(report, edition), report)
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


def _no_report() -> RowBlock:
    note = Put(Spot(LAST_YEAR, 3, 2), _CENTRED, RIGHT - 1, text=_NONE)
    return RowBlock(1, 4, (_title(), note), {1: _TITLE_HEIGHT, 3: 80})


def _title() -> Put:
    return Put(Spot(LAST_YEAR, 1, 2), cell_styles.SHEET_TITLE, RIGHT - 1, text=LAST_YEAR)


def _head(facts: Sequence[tuple[str, str, str]]) -> RowBlock:
    """Return the title and the facts, a line each."""
    puts = [_title(), Put(Spot(LAST_YEAR, 2, 2), cell_styles.NOTE, RIGHT - 1, text=_NOTE)]
    for row, (mark, label, content) in enumerate(facts, FIRST_ROW):
        puts.append(_mark(row, mark))
        puts.append(Put(Spot(LAST_YEAR, row, 2), _LABEL, 2, text=label))
        puts.append(Put(Spot(LAST_YEAR, row, 4), _LABEL, 5, text=content))
    after = FIRST_ROW + len(facts)
    return RowBlock(1, after + 1, tuple(puts), {1: _TITLE_HEIGHT, **dict.fromkeys(range(FIRST_ROW, after), 18)})


def _mark(row: int, mark: str) -> Put:
    return Put(Spot(LAST_YEAR, row, 1), cell_styles.GUTTER, 1, text=mark)


@lru_cache(maxsize=512)
def _table(edition: Edition, number: int, row: int) -> RowBlock:
    """Return one table's grid, which begins on the row below the one marked; the same again for the same."""
    table = edition.tables[number]
    title = table.word if table.word == table.sheet else f"{table.sheet}：{table.word}"
    puts = [_mark(row, TABLE_MARK + table.id), Put(Spot(LAST_YEAR, row, 2), cell_styles.BLOCK_TITLE, 4, text=title)]
    high: dict[int, float] = {row: 22}
    for cell in table.cells:
        spot, columns = placed(table, cell, row + 1)
        if cell.kind is CellKind.VALUE:
            look = _figure_look(edition.values[cell.key].kind)
            puts.append(Put(spot, look, columns, cell.rows, key=cell.key, is_figure=True))
        elif cell.kind is CellKind.TYPED:
            puts.append(Put(spot, _TYPED, columns, cell.rows, key=cell.key))
        else:
            puts.append(Put(spot, _label_look(cell.kind, cell.align), columns, cell.rows, plain(cell.text)))
        if cell.rows == 1 and cell.text:
            width = sum(_WIDTHS[spot.column - 2 : spot.column - 2 + columns])
            points = _LINE * heights.lines_of(plain(cell.text), width, _SIZE) + _ROOM
            high[spot.row] = max(points, high.get(spot.row, 0))
    return RowBlock(row, row + 2 + table.rows, tuple(puts), high)


@lru_cache(maxsize=16)
def _figure_look(kind: Kind) -> CellStyle:
    return replace(value_look(kind, total=False), fill=cell_styles.PLAIN, protection=LOCKED)


@lru_cache(maxsize=64)
def _label_look(kind: CellKind, align: str) -> CellStyle:
    return replace(label_look(kind, align), font=font(_SIZE))


def _text(row: int, key: str, label: str, said: str) -> RowBlock:
    puts = [Put(Spot(LAST_YEAR, row, 2), cell_styles.BLOCK_TITLE, 4, text=label)]
    high: dict[int, float] = {row: 22}
    for paragraph in said.split("\n"):
        row += 1
        puts += [_mark(row, f"text:{key}"), Put(Spot(LAST_YEAR, row, 2), _PARAGRAPH, 10, text=paragraph)]
        high[row] = min(409, heights.height_of(paragraph, sum(_WIDTHS[:10]), 10))
    return RowBlock(row - len(high) + 1, row + 2, tuple(puts), high)
