"""Reading a just made page back, by the reader of published pages and strictly by the form: cell for cell, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nianbao.document import prose
from nianbao.form import Cell, CellKind, Edition, PartKind, Table, plain, printed_tables
from nianbao.published import Grid, Paragraph, page_blocks
from nianbao.report import Report
from nianbao.unicodes import quotation

_BLANK = re.compile(r"[\s\u200b\ufeff]+")
"""What browsers and the reader show differently, or not at all."""


def differences(page: bytes, edition: Edition, report: Report) -> list[str]:
    """Return, in Chinese, every place where a page does not say what the report says."""
    found = page_blocks("网页", page)
    grids = [b for b in found if isinstance(b, Grid)]
    printed = printed_tables(edition)
    if len(grids) != len(printed):
        return [f"应有 {len(printed)} 张表，网页里有 {len(grids)} 张"]
    pairs = zip(printed, grids, strict=True)
    said = [d for table, grid in pairs for d in _in_table(edition, report, table, grid)]
    paragraphs = [_folded(b.text) for b in found if isinstance(b, Paragraph)]
    return said + _in_texts(paragraphs, edition, report)


def _in_table(edition: Edition, report: Report, table: Table, grid: Grid) -> Iterator[str]:
    shown = {(c.row, c.column): c for c in grid.cells}
    if len(shown) != len(table.cells):
        yield f"{table.word}应有 {len(table.cells)} 格，网页里有 {len(shown)} 格"
    for cell in table.cells:
        there = shown.get((cell.row, cell.column))
        meant, where = _meant(edition, report, table, cell)
        if there is None or _folded(there.text) != _folded(meant):
            yield f"{where}应是{quotation(meant)}，网页里是{quotation(there.text if there else '')}"
        elif there.doubt and cell.kind is CellKind.VALUE:
            yield f"{where}{there.doubt}"
        elif (there.rows, there.columns) != (cell.rows, cell.columns):
            yield f"{where}应占 {cell.rows} 行 {cell.columns} 列，网页里占 {there.rows} 行 {there.columns} 列"


def _meant(edition: Edition, report: Report, table: Table, cell: Cell) -> tuple[str, str]:
    """Return what a cell must say and how it is called."""
    if cell.kind is CellKind.VALUE:
        value = edition.values[cell.key]
        return prose.figure(report, value.key, value.kind), f"{table.word}（{value.place}）"
    text = report.texts.get(cell.key, "") if cell.kind is CellKind.TYPED else plain(cell.text)
    return text, f"{table.word}第{cell.row + 1}行第{cell.column + 1}列"


def _in_texts(paragraphs: Sequence[str], edition: Edition, report: Report) -> list[str]:
    """Find the expected paragraphs in order; what stands between them is the template's own."""
    at, found = 0, []
    title = "".join(prose.title_lines(edition, report))
    below = (p.text for p in prose.printed_paragraphs(edition, report) if p.part.kind is not PartKind.TITLE)
    for meant in (title, *below):
        folded = _folded(meant)
        if not folded:
            continue
        place = next((i for i in range(at, len(paragraphs)) if paragraphs[i] == folded), -1)
        if place < 0:
            found.append(f"缺少{quotation(meant[:30])}一段")
        else:
            at = place + 1
    return found


def _folded(text: str) -> str:
    return _BLANK.sub("", text)
