"""A table of the edition as Word prints it: grid, merges, labels, tags, in the look of the issued blank."""

from __future__ import annotations

import re
from itertools import accumulate

from nianbao.document import styles, tags
from nianbao.document.wml import Element, paragraph, run, w
from nianbao.form import Cell, CellKind, Edition, Table

WIDTH = 8844
"""The type area, 156 mm, in twips."""

BAND_FILL = "C6D9F1"
CELL_MARGIN = 57
SIZE = 200
"""One character of table text (10 pt) in twips."""

_NOTE = re.compile(r"(（[^（）]{10,}）)$")


def build(edition: Edition, table: Table) -> Element:
    """Return the table with a tag in every value cell."""
    widths = scaled(table.widths)
    owner = {
        (r, c): cell
        for cell in table.cells
        for r in range(cell.row, cell.row + cell.rows)
        for c in range(cell.column, cell.column + cell.columns)
    }
    rows = [_row(edition, table, widths, owner, r) for r in range(table.rows)]
    return w("tbl", properties(), w("tblGrid", *(w("gridCol", w=x) for x in widths)), *rows)


def scaled(widths: tuple[int, ...]) -> tuple[int, ...]:
    """Return the issued column widths in the same proportion, together exactly the type area."""
    ends = [round(x * WIDTH / sum(widths)) for x in accumulate(widths)]
    return tuple(b - a for a, b in zip([0, *ends], ends, strict=False))


def properties() -> Element:
    """Return what every table of the report looks like: its width, place, lines and margins."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (
        w(side, val="single", sz=4 if side.startswith("inside") else 8, space=0, color="000000") for side in sides
    )
    margins = (w(side, w=CELL_MARGIN if side in ("left", "right") else 0, type="dxa") for side in sides[:4])
    return w(
        "tblPr",
        w("tblW", w=WIDTH, type="dxa"),
        w("jc", val="center"),
        w("tblBorders", *borders),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *margins),
    )


def _row(
    edition: Edition, table: Table, widths: tuple[int, ...], owner: dict[tuple[int, int], Cell], r: int
) -> Element:
    height = table.heights[r]
    row_properties = w(
        "trPr",
        w("cantSplit"),
        w("trHeight", val=height, hRule="atLeast") if height else None,
        w("tblHeader") if r < table.header_rows else None,
        w("jc", val="center"),
    )
    row = w("tr", row_properties)
    column = 0
    while column < len(widths):
        cell = owner[r, column]
        # A table never breaks where it fits on a page; its last row lets go of what follows.
        place = slice(cell.column, cell.column + cell.columns)
        cell_properties = _cell_properties(cell, sum(widths[place]), sum(table.widths[place]), first=cell.row == r)
        keep = r < table.rows - 1
        row.append(w("tc", cell_properties, _content(edition, cell, keep) if cell.row == r else _empty(cell, keep)))
        column += cell.columns
    return row


def _cell_properties(cell: Cell, width: int, issued: int, first: bool) -> Element:
    margin = _margin(cell, width, issued)
    merge = w("vMerge", val="restart" if first else "continue") if cell.rows > 1 else None
    return w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=cell.columns) if cell.columns > 1 else None,
        merge,
        w("shd", val="clear", color="auto", fill=BAND_FILL) if cell.kind is CellKind.BAND else None,
        w("tcMar", w("left", w=margin, type="dxa"), w("right", w=margin, type="dxa"))
        if margin != CELL_MARGIN
        else None,
        w("vAlign", val="center"),
    )


def _content(edition: Edition, cell: Cell, keep: bool) -> Element:
    if cell.kind is CellKind.VALUE:
        return paragraph(styles.TABLE_FIGURE.id, run(tags.tag(edition, edition.values[cell.key])), keep_next=keep)
    if cell.kind is CellKind.TYPED:
        runs = [run(tags.typed_tag(cell.key))]
    elif cell.kind is CellKind.CORNER:
        runs = [run(cell.text, styles.NOTE[0])]
    else:
        label, note, _ = [*_NOTE.split(cell.text), "", ""][:3]
        runs = [run(label), run(note, styles.NOTE[0])] if note else [run(cell.text)]
    return paragraph(styles.TABLE_TEXT.id, *runs, keep_next=keep, align="" if cell.align == "left" else cell.align)


def _empty(cell: Cell, keep: bool) -> Element:
    style = styles.TABLE_FIGURE if cell.kind is CellKind.VALUE else styles.TABLE_TEXT
    return paragraph(style.id, keep_next=keep)


def _margin(cell: Cell, width: int, issued: int) -> int:
    """Figures use the whole width; a narrow label keeps as many characters on a line as the issued blank has."""
    if cell.kind is CellKind.VALUE:
        return 0
    longest = max(len(line) for line in cell.text.split("\n")) * SIZE
    wanted = longest if longest <= width else (issued - 2 * CELL_MARGIN) // SIZE * SIZE
    return min(CELL_MARGIN, (width - wanted) // 2) if wanted <= width else CELL_MARGIN
