"""The sheets of the detail workbook: the county's tables, who contributed, categories, bodies × values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from openpyxl.cell.cell import Cell

from nianbao.county.model import Category, Total
from nianbao.county.totals.scope_sums import Contribution, names
from nianbao.county.writer import FIGURE, TEXT, Writer
from nianbao.form import CellKind, Edition, Table, load_edition
from nianbao.numbers import Number, spell
from nianbao.workbook import cell_styles
from nianbao.workbook.address import Spot, letters
from nianbao.workbook.cell_styles import BOX, CellStyle, font
from nianbao.workbook.heights import height_of

SOURCES, KINDS, DETAIL = "由谁构成", "公开信息分类", "明细"

KIND_WIDTHS = (30.0, 12.0, 10.0, 90.0)
WIDE = 90.0
"""The width of the column that says who contributed."""

BODY_WIDTHS, FIGURE_WIDTH = (30.0, 12.0, 10.0), 8.5
FIRST_WIDTHS, SUM_WIDTH = (8.0, 34.0, 12.0), 13.0
"""The widths of what names a figure, and of each sum of it."""

_ON_PAGE, _SCALE = 15, 55
"""Columns of figures that an A4 page holds beside the bodies' names, and at which scale (percent)."""

_LOW = 16.0
_HEAD = 3
_TITLE = replace(cell_styles.BLOCK_TITLE, alignment=cell_styles.aligned("left", wrap=False))
_SAID = replace(cell_styles.NOTE, alignment=cell_styles.aligned("left", wrap=False))

_LABEL = replace(cell_styles.LABEL, font=font(9))
_LINKED = CellStyle(font(10, color="0563C1"), border=BOX, alignment=cell_styles.fitted())
_OPEN = replace(_LINKED, fill="FCE4D6")
_SUM = replace(FIGURE, fill=cell_styles.TOTAL, font=font(10, bold=True))


@dataclass(frozen=True)
class Below:
    """The detail workbook of a place below: the file as seen from our folder, its edition, how many sums it has."""

    file: str
    edition: str
    totals: int

    def spot(self, key: str) -> Spot | None:
        """Return where its bodies' figures of a cell stand, None where its edition has no such cell."""
        place = places_of(load_edition(self.edition)).get(key)
        return Spot(DETAIL, _HEAD + 2 + self.totals, place.column) if place else None


@dataclass(frozen=True)
class DetailLine:
    """One body in the detail: its name, level and status as shown, and its figures by cell key (blank: absent)."""

    name: str
    level: str
    status: str
    values: Mapping[str, Number]
    below: Below | None = None


@dataclass(frozen=True)
class DetailPlace:
    """Where the figures of a cell stand: the row of its sources, the column of the bodies' figures."""

    row: int
    column: int


def widths_of(table: Table) -> list[float]:
    """Return the widths of the columns of a county's table."""
    return [max(8.0, width / 110) for width in table.widths]


def county_table(writer: Writer, title: str, table: Table, whole: Total, places: Mapping[str, DetailPlace]) -> None:
    """Draw the printed table with the county's figures; a click on one leads to who contributed."""
    widths = widths_of(table)
    writer.sheet.page_setup.fitToHeight = 1
    _across(writer, f"{title}　{table.word}", cell_styles.BLOCK_TITLE, sum(widths), len(widths))
    said = (
        "点数字看由哪些单位构成。"
        if whole.determined
        else f"不完整：橙色的数不能确定，不能作为{whole.scope.label}数公布。点数字看由哪些单位构成。"
    )
    _across(writer, said, cell_styles.NOTE, sum(widths), len(widths))
    heights = [_LOW] * table.rows
    grid: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        if cell.kind is CellKind.VALUE:
            look = _LINKED if whole.determined else _OPEN
            to = Spot(SOURCES, places[cell.key].row, 1)
            made = writer.number(whole.values.get(cell.key), look, to)
        else:
            made = writer.text(cell.text, _LABEL)
            needed = height_of(cell.text, sum(widths[cell.column : cell.column + cell.columns]), 9)
            each = range(cell.row, cell.row + cell.rows)
            lack = (needed - sum(heights[r] for r in each)) / cell.rows
            for r in each:
                heights[r] += max(0.0, lack)
        grid[cell.row, cell.column] = made
        if cell.rows > 1 or cell.columns > 1:
            first, last = (
                f"{letters(cell.column + c + 1)}{cell.row + r + _HEAD}"
                for r, c in ((0, 0), (cell.rows - 1, cell.columns - 1))
            )
            writer.sheet.merged_cells.add(f"{first}:{last}")
    for r in range(table.rows):
        writer.row([grid.get((r, c)) or writer.text("", _LABEL) for c in range(len(widths))], heights[r])


def _across(writer: Writer, text: str, look: CellStyle, width: float, columns: int) -> None:
    """Append a line of text across the columns, as high as it needs."""
    writer.row([writer.text(text, look)], height_of(text, width, look.font.sz or 10) + 2)
    if columns > 1:
        writer.sheet.merged_cells.add(f"A{writer.rows}:{letters(columns)}{writer.rows}")


def sources_sheet(
    writer: Writer,
    edition: Edition,
    keys: Sequence[str],
    totals: Sequence[Total],
    contributions: Mapping[str, Contribution],
    below: Sequence[DetailLine],
) -> None:
    """One row for each figure: the totals, what each place below gave, and, by name, who contributed."""
    whole, places = totals[-1], places_of(edition)
    writer.sheet.freeze_panes = f"D{_HEAD + 1}"
    writer.sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    writer.row([writer.text(f"{whole.scope.label}各数由谁构成（为0的单位不列）", _TITLE)])
    opens = f"点{'、'.join(x.name for x in below)}的数，打开它的汇总明细，看是哪些单位填的。" if below else ""
    writer.row([writer.text(f"点最后一列到明细中的这一列。{opens}", _SAID)])
    order = (whole, *totals[:-1])
    heads = ("表", "行", "列", *(t.scope.label for t in order), *(x.name for x in below), "由谁构成")
    writer.row(
        [writer.text(h, cell_styles.COLUMN_HEAD) for h in heads], max(height_of(h, SUM_WIDTH) for h in heads[3:-1])
    )
    for key in keys:
        value = edition.values[key]
        given = contributions[key]
        listed = "，".join(f"{name} {spell(number)}" for name, number in given.named)
        more = f" 等 {given.count} 个单位" if given.count > len(given.named) else ""
        said = (listed + more) or "没有单位填报非0的数"
        link = Spot(DETAIL, _HEAD + 2, places[key].column)
        writer.row(
            [
                writer.text(edition.table[value.table].word),
                writer.text(value.words[0]),
                writer.text(value.words[1]),
                *(writer.number(t.values.get(key), _SUM) for t in order),
                *(_linked(writer, line, key) for line in below),
                writer.text(said, TEXT, link),
            ],
            max(height_of(said, WIDE), *map(height_of, value.words, FIRST_WIDTHS[1:])),
        )


def kinds_sheet(writer: Writer, label: str, categories: Sequence[Category]) -> None:
    """One row for each category of what was published: its sum and who named it."""
    lacking = categories[0].lacking
    said = f"{names(lacking)}没有填公开信息分类，下面只是填了的单位之和，不能作为{label}数。" if lacking else ""
    writer.row([writer.text(f"{label}主动公开信息分类", _TITLE)])
    _across(
        writer,
        f"供写总体情况用，按各单位自己写的类别名称相加。{said}",
        cell_styles.NOTE,
        sum(KIND_WIDTHS),
        len(KIND_WIDTHS),
    )
    heads = ("类别", "条数", "单位数", "由谁构成")
    writer.row([writer.text(h, cell_styles.COLUMN_HEAD) for h in heads])
    for one in categories:
        listed = "，".join(f"{name} {spell(count)}" for name, count in one.named)
        cells = (writer.number(one.count, _SUM), writer.number(len(one.named)), writer.text(listed))
        writer.row([writer.text(one.label), *cells], max(height_of(listed, WIDE), height_of(one.label, KIND_WIDTHS[0])))


def _linked(writer: Writer, line: DetailLine, key: str) -> Cell:
    """Return the figure of a place below, which leads to its bodies in its own detail workbook."""
    assert line.below is not None, "asked for of these lines only"  # noqa: S101 - a bug of the caller
    spot = line.below.spot(key)
    look = _LINKED if spot else FIGURE
    return writer.number(line.values.get(key), look, spot, file=line.below.file if spot else "")


@lru_cache(maxsize=8)
def places_of(edition: Edition) -> Mapping[str, DetailPlace]:
    """Return where the figures of each cell stand: the row of its sources, the column of the bodies' figures."""
    keys = [v.key for t in edition.tables if not t.help for v in t.values]
    return {k: DetailPlace(_HEAD + 1 + i, 4 + i) for i, k in enumerate(keys)}


def bodies_sheet(
    writer: Writer,
    edition: Edition,
    keys: Sequence[str],
    totals: Sequence[Total],
    lines: Iterable[DetailLine],
) -> None:
    """Bodies × values, the totals above; printed table by table, with the bodies' names on every page."""
    writer.over_pages(_SCALE, f"1:{_HEAD + 1}", "A:C", _page_ends(edition, keys))
    writer.sheet.freeze_panes = f"D{_HEAD + 2 + len(totals)}"
    writer.row([writer.text("各单位各数", _TITLE)])
    named = [edition.table[edition.values[k].table].word for k in keys]
    for said in (named, [edition.values[k].words[0] for k in keys]):
        writer.row([*_blank(writer), *(writer.text(x, _LABEL) for x in said)], _highest(said, 9))
    heads = [writer.text(h, cell_styles.COLUMN_HEAD) for h in ("单位", "级别", "状态")]
    columns = [edition.values[k].words[1] for k in keys]
    writer.row([*heads, *(writer.text(x, cell_styles.COLUMN_HEAD) for x in columns)], _highest(columns, 10))
    for total in totals:
        state = "" if total.determined else "不完整"
        told = [writer.text(total.scope.label, _SUM), writer.text("", _SUM), writer.text(state, _SUM)]
        writer.row([*told, *(writer.number(total.values.get(k), _SUM) for k in keys)])
    for line in lines:
        words = (line.name, line.level, line.status)
        figures = (_linked(writer, line, k) if line.below else writer.number(line.values.get(k)) for k in keys)
        writer.row([*(writer.text(x) for x in words), *figures], height_of(line.name, BODY_WIDTHS[0]))


def _highest(texts: Sequence[str], size: float) -> float:
    return max(height_of(t, FIGURE_WIDTH, size) for t in texts)


def _page_ends(edition: Edition, keys: Sequence[str]) -> Iterator[int]:
    """Yield the columns after which a page ends: at the end of each table, and of a row of it that the page holds."""
    begun = 0
    rows = [(edition.values[k].table, edition.values[k].words[0]) for k in keys]
    starts = [i for i in range(1, len(rows)) if rows[i] != rows[i - 1]]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        if rows[start][0] != rows[start - 1][0] or end - begun > _ON_PAGE:
            yield len(BODY_WIDTHS) + start
            begun = start


def _blank(writer: Writer) -> list[Cell]:
    return [writer.text("", _LABEL) for _ in range(3)]
