"""Reading produced Word documents for the tests: tables cell by cell, paragraphs with their styles."""

import io
from pathlib import Path
from typing import NamedTuple

from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn


class Printed(NamedTuple):
    """One cell as the file has it; `down` is restart, continue or ''."""

    column: int
    columns: int
    down: str
    text: str
    align: str


def opened(source: bytes | Path) -> Opened:
    return Document(io.BytesIO(source) if isinstance(source, bytes) else str(source))


def paragraphs(document: bytes) -> list[tuple[str, str]]:
    """Every paragraph outside tables: style name and text."""
    return [(p.style.name, p.text) for p in opened(document).paragraphs]


def widths(table) -> list[int]:
    return [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]


def rows(table) -> list[list[Printed]]:
    """The table's cells row by row; line breaks inside a label are layout and left out."""
    return [_row(row) for row in table._tbl.findall(qn("w:tr"))]


def _row(row) -> list[Printed]:
    cells = []
    column = 0
    for cell in row.findall(qn("w:tc")):
        span, merge = cell.find(f".//{qn('w:gridSpan')}"), cell.find(f".//{qn('w:vMerge')}")
        jc = cell.find(f".//{qn('w:jc')}")
        columns = 1 if span is None else int(span.get(qn("w:val")))
        down = "" if merge is None else merge.get(qn("w:val"), "continue")
        text = "".join(t.text or "" for t in cell.iter(qn("w:t"))).strip("\u3000")
        cells.append(Printed(column, columns, down, text, "left" if jc is None else jc.get(qn("w:val"))))
        column += columns
    return cells


def values(document: bytes, edition) -> dict[str, str]:
    """Every printed figure's text, by cell key, read where the form has the cell."""
    tables = opened(document).tables
    printed = [edition.table[s.table] for s in edition.sections if s.table]
    assert len(tables) == len(printed)
    return {
        key: shown.cell(cell.row, cell.column).text
        for shown, table in zip(tables, printed, strict=True)
        for key, cell in table.value_cells.items()
    }
