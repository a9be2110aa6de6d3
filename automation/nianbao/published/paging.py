"""Pages → blocks in reading order: what is table and what text, running heads left out, tables over page breaks joined.

Pure geometry; how glyphs make lines is in glyph_lines.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from nianbao.published import doubts, glyph_lines, ruling
from nianbao.published.glyph_lines import Glyph, TextLine
from nianbao.published.model import Block, Grid, GridCell
from nianbao.published.ruling import Ruled, RuledCell

_PAGE_NUMBER = re.compile(r"[-—–－一\s]*\d{1,3}[-—–－一\s]*|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}")
_SAME_BORDER = 6.0
"""Points by which the outer borders of a table may differ from one page to the next."""


@dataclass(frozen=True)
class PdfPage:
    """One page: its number from 1, its height, its glyphs and ruled tables."""

    number: int
    height: float
    glyphs: tuple[Glyph, ...]
    tables: tuple[Ruled, ...]


@dataclass(frozen=True)
class TablePiece:
    """A table, or as much of it as stands on one page: its column borders, its cells, the count of its rows."""

    page: int
    xs: tuple[float, ...]
    cells: tuple[GridCell, ...]
    rows: int


def blocks(pages: Sequence[PdfPage]) -> Iterator[Block]:
    """Yield paragraphs and grids in reading order; page numbers and running heads are left out."""
    laid = [_laid_out(p) for p in pages]
    running = _running(pages, laid)
    kept = [i for page, items in zip(pages, laid, strict=True) for i in items if not _is_furniture(page, i, running)]
    ends = glyph_lines.margins([i for i in kept if isinstance(i, TextLine)])
    told: list[TextLine] = []
    pieces: list[TablePiece] = []
    count = 0
    for item in [*kept, None]:
        if pieces and not (isinstance(item, TablePiece) and _goes_on(pieces[-1], item)):
            count += 1
            yield _joined(pieces, f"第{count}张表")
            pieces = []
        if isinstance(item, TextLine):
            told.append(item)
            continue
        yield from glyph_lines.paragraphs(told, ends)
        told = []
        if item is not None:
            pieces.append(item)


def _goes_on(piece: TablePiece, following: TablePiece) -> bool:
    """Tell whether a table at the top of a page is the rest of the one at the foot of the page before."""
    apart = max(abs(piece.xs[0] - following.xs[0]), abs(piece.xs[-1] - following.xs[-1]))
    return following.page == piece.page + 1 and apart <= _SAME_BORDER


def _joined(pieces: Sequence[TablePiece], place: str) -> Grid:
    """Return one grid of a table's pieces; each cell keeps the page and the row it has there."""
    if len(pieces) == 1:
        return Grid(pieces[0].cells, place, f"第{pieces[0].page}页")
    xs = ruling.merged(x for p in pieces for x in p.xs)
    cells = []
    above = 0
    for piece in pieces:
        at = [min(range(len(xs)), key=lambda i: abs(xs[i] - x)) for x in piece.xs]
        for c in piece.cells:
            left, right = at[c.column], at[c.end]
            cells.append(
                replace(c, row=c.row + above, column=left, columns=max(1, right - left), page=f"第{piece.page}页")
            )
        above += piece.rows
    return Grid(tuple(cells), place, f"第{pieces[0].page}页")


def _laid_out(page: PdfPage) -> list[TextLine | TablePiece]:
    """Return a page's lines and tables from the top down."""
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    real = [t for t in page.tables if _is_table(t, page)]
    for glyph in page.glyphs:
        x = (glyph.left + glyph.right) / 2
        at = next((i for i, t in enumerate(real) if t.left <= x < t.right and t.bottom < glyph.middle <= t.top), None)
        if at is None:
            outside.append(glyph)
        else:
            inside.setdefault(at, []).append(glyph)
    items: list[tuple[float, TextLine | TablePiece]] = [
        (line.middle, line) for line in glyph_lines.lines_of(page.number, outside)
    ]
    items += [(t.top, _piece(page, t, inside.get(i, []))) for i, t in enumerate(real)]
    return [item for _, item in sorted(items, key=lambda x: -x[0])]


def _is_table(ruled: Ruled, page: PdfPage) -> bool:
    """Tell a table from the frame around a page and from lines under words."""
    columns = max(b.column + b.columns for b in ruled.boxes)
    framed = len(ruled.boxes) < 4 and ruled.top - ruled.bottom > page.height * 0.7
    return columns > 1 and not framed


def _piece(page: PdfPage, ruled: Ruled, glyphs: list[Glyph]) -> TablePiece:
    return TablePiece(page.number, ruled.xs, _cells(ruled, glyphs), len(ruled.ys) - 1)


def _cells(ruled: Ruled, glyphs: list[Glyph]) -> tuple[GridCell, ...]:
    held: dict[RuledCell, list[Glyph]] = {}
    for glyph in glyphs:
        x = (glyph.left + glyph.right) / 2
        box = ruled.box(x, glyph.middle)
        if box is not None:
            held.setdefault(box, []).append(glyph)
    parted = doubts.parted(ruled, held)
    return tuple(
        GridCell(
            b.row, b.column, b.rows, b.columns,
            "\n".join(line.text for line in glyph_lines.lines_of(0, held.get(b, []))),
            f"第{b.row + 1}行第{b.column + 1}列", doubt=doubts.of_cell(held.get(b, []), parted=b in parted),
        )
        for b in ruled.boxes
    )  # fmt: skip


def _running(pages: Sequence[PdfPage], laid: list[list[TextLine | TablePiece]]) -> set[str]:
    """Return texts that stand at the same height on most pages: heads and feet."""
    if len(pages) < 3:
        return set()
    seen: Counter[tuple[str, int]] = Counter()
    for items in laid:
        seen.update({(i.text, round(i.middle / 6)) for i in items if isinstance(i, TextLine)})
    return {text for (text, _), n in seen.items() if n >= max(3, len(pages) * 0.6)}


def _is_furniture(page: PdfPage, item: TextLine | TablePiece, running: set[str]) -> bool:
    if isinstance(item, TablePiece):
        return False
    outer = item.middle < page.height * 0.12 or item.middle > page.height * 0.92
    return outer and (item.text in running or _PAGE_NUMBER.fullmatch(item.text) is not None)
