"""The detail workbook (明细): the county's tables, each figure leading to who contributed, and bodies × values.

Rows are streamed, so that thousands of bodies need no memory. Every figure is a plain number: nothing here is typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from nianbao.county.model import Scope, Total
from nianbao.county.sheets import saved_large
from nianbao.county.totals.sums import Contribution
from nianbao.county.writer import FIGURE, TEXT, Writer
from nianbao.errors import NianbaoError
from nianbao.form import CellKind, Edition, Table
from nianbao.numbers import Number, spell
from nianbao.workbook import styles
from nianbao.workbook.address import Spot, letters
from nianbao.workbook.styles import BOX, Look, font

SOURCES, DETAIL = "由谁构成", "明细"
_HEAD = 3
_SCOPES = tuple(Scope)
_SOURCE_WIDTHS = dict(zip("ABCDEFGH", (8.0, 34.0, 12.0, 10.0, 12.0, 14.0, 10.0, 90.0), strict=True))
_DETAIL_WIDTHS = {"A": 30.0, "B": 12.0, "C": 10.0}

_LABEL = replace(styles.LABEL, font=font(9))
_LINKED = Look(font(10, color="0563C1"), border=BOX, alignment=styles.fitted())
_OPEN = replace(_LINKED, fill="FCE4D6")
_SUM = replace(FIGURE, fill=styles.TOTAL, font=font(10, bold=True))


@dataclass(frozen=True)
class Line:
    """One body in the detail: its name, level and status as shown, and its figures by cell key (blank: absent)."""

    name: str
    level: str
    status: str
    values: Mapping[str, Number]


@dataclass(frozen=True)
class _Place:
    row: int
    column: int


def detail(
    edition: Edition,
    county: str,
    year: int | None,
    totals: Sequence[Total],
    contributions: Mapping[str, Contribution],
    lines: Iterable[Line],
) -> bytes:
    """Return the detail workbook as .xlsx bytes; same bodies, same bytes. `contributions` has every cell key."""
    book = Workbook(write_only=True)
    tables = [t for t in edition.tables if not t.help]
    keys = [v.key for t in tables for v in t.values]
    places = {k: _Place(_HEAD + 1 + i, 4 + i) for i, k in enumerate(keys)}
    whole = next(t for t in totals if t.scope is Scope.COUNTY)
    title = f"{county or '全县'}{f' {year}年度' if year else ''}{edition.report_name}汇总"
    try:
        for table in tables:
            widths = {letters(i): max(8.0, width / 110) for i, width in enumerate(table.widths, 1)}
            _county_table(Writer(book, f"全县{table.word}", widths), title, table, whole, places)
        _sources(Writer(book, SOURCES, _SOURCE_WIDTHS), edition, keys, totals, contributions, places)
        _detail(Writer(book, DETAIL, _DETAIL_WIDTHS), edition, keys, totals, lines)
    except NianbaoError:
        for sheet in book.worksheets:
            sheet.close()  # else each complains on stderr that it was left open
        raise
    return saved_large(book, title, DETAIL)


def _county_table(writer: Writer, title: str, table: Table, whole: Total, places: Mapping[str, _Place]) -> None:
    """Draw the printed table with the county's figures; a click on one leads to who contributed."""
    writer.row([writer.text(f"{title}　{table.word}", styles.BLOCK_TITLE)])
    said = (
        "点数字看由哪些单位构成。"
        if whole.determined
        else "不完整：橙色的数不能确定，不能作为全县数公布。点数字看由哪些单位构成。"
    )
    writer.row([writer.text(said, styles.NOTE)])
    grid: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        if cell.kind is CellKind.VALUE:
            look = _LINKED if whole.determined else _OPEN
            to = Spot(SOURCES, places[cell.key].row, 1)
            made = writer.number(whole.values.get(cell.key), look, to)
        else:
            made = writer.text(cell.text, _LABEL)
        grid[cell.row, cell.column] = made
        if cell.rows > 1 or cell.columns > 1:
            first, last = (
                f"{letters(cell.column + c + 1)}{cell.row + r + _HEAD}"
                for r, c in ((0, 0), (cell.rows - 1, cell.columns - 1))
            )
            writer.sheet.merged_cells.add(f"{first}:{last}")
    for r in range(table.rows):
        writer.row([grid.get((r, c)) or writer.text("", _LABEL) for c in range(len(table.widths))])


def _sources(
    writer: Writer,
    edition: Edition,
    keys: Sequence[str],
    totals: Sequence[Total],
    contributions: Mapping[str, Contribution],
    places: Mapping[str, _Place],
) -> None:
    """One row for each figure: the totals and, by name, who contributed."""
    writer.sheet.freeze_panes = f"D{_HEAD + 1}"
    writer.row([writer.text("全县各数由谁构成（为0的单位不列）", styles.BLOCK_TITLE)])
    writer.row([writer.text("点最后一列到明细中的这一列。", styles.NOTE)])
    heads = ("表", "行", "列", "全县", "乡镇合计", "县直部门合计", "县政府办", "由谁构成")
    writer.row([writer.text(h, styles.COLUMN_HEAD) for h in heads])
    by_scope = {t.scope: t for t in totals}
    for key in keys:
        value = edition.values[key]
        given = contributions[key]
        listed = "，".join(f"{name} {spell(number)}" for name, number in given.named)
        more = f" 等 {given.count} 个单位" if given.count > len(given.named) else ""
        order = (Scope.COUNTY, Scope.TOWNS, Scope.DEPARTMENTS, Scope.OFFICE)
        link = Spot(DETAIL, _HEAD + 2, places[key].column)
        writer.row(
            [
                writer.text(edition.table[value.table].word),
                writer.text(value.words[0]),
                writer.text(value.words[1]),
                *(writer.number(by_scope[s].values.get(key), _SUM) for s in order),
                writer.text((listed + more) or "没有单位填报非0的数", TEXT, link),
            ]
        )


def _detail(
    writer: Writer,
    edition: Edition,
    keys: Sequence[str],
    totals: Sequence[Total],
    lines: Iterable[Line],
) -> None:
    """Bodies × values, the totals above."""
    writer.sheet.freeze_panes = f"D{_HEAD + 2 + len(_SCOPES)}"
    writer.row([writer.text("各单位各数", styles.BLOCK_TITLE)])
    writer.row([*_blank(writer), *(writer.text(edition.table[edition.values[k].table].word, _LABEL) for k in keys)])
    writer.row([*_blank(writer), *(writer.text(edition.values[k].words[0], _LABEL) for k in keys)])
    heads = [writer.text(h, styles.COLUMN_HEAD) for h in ("单位", "级别", "状态")]
    writer.row([*heads, *(writer.text(edition.values[k].words[1], styles.COLUMN_HEAD) for k in keys)])
    for total in totals:
        state = "" if total.determined else "不完整"
        told = [writer.text(total.scope.label, _SUM), writer.text("", _SUM), writer.text(state, _SUM)]
        writer.row([*told, *(writer.number(total.values.get(k), _SUM) for k in keys)])
    for line in lines:
        words = (line.name, line.level, line.status)
        writer.row([*(writer.text(x) for x in words), *(writer.number(line.values.get(k)) for k in keys)])


def _blank(writer: Writer) -> list[Cell]:
    return [writer.text("", _LABEL) for _ in range(3)]
