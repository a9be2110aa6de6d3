"""A table of the edition in HTML: the form's labels and spans, and for each figure which labels it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import accumulate

from nianbao.document import tags
from nianbao.form import Cell, CellKind, Edition, Table, plain

_LABELS = (CellKind.LABEL, CellKind.TYPED)
_OVER = (CellKind.HEAD, CellKind.BAND)


def build(edition: Edition, table: Table, heading: str) -> Iterator[str]:
    """Yield the table's lines, a row each, with a tag in every value cell; a wide one scrolls in its frame."""
    name = f"{table.word}　{heading}"
    yield f'<div class="frame" role="region" aria-label="{escape(name)}" tabindex="0">'
    yield f'<table class="{_class(table)}">'
    yield f"<caption><span>{escape(name)}</span></caption>"
    yield f"<colgroup>{''.join(_columns(table))}</colgroup>"
    parts = _parts(table)
    for first, last in parts:
        part = "thead" if first == 0 and table.header_rows else "tbody"
        yield f"<{part}>"
        yield from (_row(edition, table, r) for r in range(first, last))
        yield f"</{part}>"
    yield "</table>"
    yield "</div>"


def _class(table: Table) -> str:
    """Name a table by how much of it fits on a narrow screen."""
    if len(table.widths) <= 5:
        return "narrow"
    return "labelled" if table.label_columns else "wide"


def _columns(table: Table) -> Iterator[str]:
    """Give the columns their issued proportion in percent, together exactly 100."""
    ends = [round(x * 1000 / sum(table.widths)) for x in accumulate(table.widths)]
    for start, end in zip([0, *ends], ends, strict=False):
        yield f'<col style="width:{(end - start) / 10:g}%">'


def _parts(table: Table) -> list[tuple[int, int]]:
    """Return the header rows and the body's row groups: each band begins one, headed by it."""
    bands = [c.row for c in table.cells if c.kind is CellKind.BAND and c.row >= table.header_rows]
    starts = sorted({0, table.header_rows, *bands})
    return list(zip(starts, [*starts[1:], table.rows], strict=True))


def _row(edition: Edition, table: Table, row: int) -> str:
    cells = sorted((c for c in table.cells if c.row == row), key=lambda c: c.column)
    return f"<tr>{''.join(_cell(edition, table, c) for c in cells)}</tr>"


def _cell(edition: Edition, table: Table, cell: Cell) -> str:
    span = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    span += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    if cell.kind is CellKind.VALUE:
        tag = tags.tag(edition, edition.values[cell.key])
        return f'<td{span} headers="{" ".join(_headers(table, cell))}">{tag}</td>'
    if cell.kind is CellKind.CORNER:
        return f'<td class="note"{span}>{escape(plain(cell.text))}</td>'
    text = tags.typed_tag(cell.key) if cell.kind is CellKind.TYPED else escape(plain(cell.text))
    scope = {CellKind.HEAD: "col", CellKind.BAND: "rowgroup"}.get(cell.kind, "row")
    look = f' class="{" ".join(_look(table, cell))}"'
    return f'<th id="{_id(table, cell)}"{look} scope="{scope}"{span}>{text}</th>'


def _look(table: Table, cell: Cell) -> Iterator[str]:
    """Say what kind of label it is, and from which label column on it stays in sight."""
    yield {CellKind.HEAD: "head", CellKind.BAND: "band"}.get(cell.kind, "label")
    if cell.kind in _LABELS and table.label_columns > 1:
        yield f"from{cell.column}"
    if cell.kind in _LABELS and cell.align == "center":
        yield "middle"


def _id(table: Table, cell: Cell) -> str:
    return f"{table.id}-{cell.row + 1}-{cell.column + 1}"


def _headers(table: Table, cell: Cell) -> Iterator[str]:
    """Yield the ids of the labels of a figure: those over its column since the last band, then those of its row."""
    bands = [c.row for c in table.cells if c.kind is CellKind.BAND and c.row < cell.row]
    since = max(bands, default=0)
    own = range(cell.column, cell.column + cell.columns)
    over = [c for c in table.cells if c.kind in _OVER and since <= c.row < cell.row and _meets(c, own)]
    beside = [c for c in table.cells if c.kind in _LABELS and c.row <= cell.row < c.row + c.rows]
    for label in (*over, *beside):
        yield _id(table, label)


def _meets(cell: Cell, columns: range) -> bool:
    return cell.column < columns.stop and columns.start < cell.column + cell.columns
