"""The part of the sheet 上年数据, written anew for each report: its rows go by what last year's report says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nianbao.report import Report
from nianbao.workbook import cellxml
from nianbao.workbook.address import letters
from nianbao.workbook.cell_styles import CellStyle
from nianbao.workbook.lastyear import RIGHT, LastYearSheet, Put, RowBlock, figure, text

_SHAPE = re.compile(
    rb'(.*<dimension ref=")[^"]*(".*<sheetData>).*(</sheetData>.*<mergeCells )[^>]*>.*(</mergeCells>.*</headerFooter>)'
    rb"(?:<rowBreaks.*</rowBreaks>)?(</worksheet>)",
    re.DOTALL,
)
_BREAK = b'<brk id="%d" min="0" max="16383" man="1"/>'

Piece = bytes | tuple[bytes, Put]
"""A piece of a block: as it is, or the open tag of a cell with what is to stand there."""


@dataclass(frozen=True)
class SheetFrame:
    """A drawn sheet around its rows, and the numbers of the looks of its cells; the blocks of tables written so far."""

    pieces: tuple[bytes, ...]
    looks: Mapping[CellStyle, int]
    blocks: dict[RowBlock, tuple[Piece, ...]] = field(default_factory=dict)

    def filled(self, page: LastYearSheet, report: Report) -> bytes:
        """Return the part with last year's report. Raises cellxml.UnusualError, InputError."""
        head, body, merged, rest, end = self.pieces
        lowest = max(put.spot.row + put.rows - 1 for put in page.blocks[-1].puts)
        boxes = list(_merged(page.puts))
        breaks = b"".join(_BREAK % row for row in page.breaks)
        count = len(page.breaks)
        return b"".join((
            head, f"A1:{letters(RIGHT)}{lowest}".encode(), body,
            *self._rows(page, report),
            merged, b'count="%d">' % len(boxes), *(f'<mergeCell ref="{box}"/>'.encode() for box in boxes), rest,
            b'<rowBreaks count="%d" manualBreakCount="%d">%b</rowBreaks>' % (count, count, breaks) if count else b"",
            end,
        ))  # fmt: skip

    def _rows(self, page: LastYearSheet, report: Report) -> Iterator[bytes]:
        for block in page.blocks:
            for piece in self._pieces(block):
                yield piece if isinstance(piece, bytes) else _cell(*piece, report)

    def _pieces(self, block: RowBlock) -> Iterable[Piece]:
        """Return the pieces of a block; a table's are kept, those of other reports are the same in the same row."""
        if not any(put.key for put in block.puts):
            return _written(block, self.looks)
        if block not in self.blocks:
            self.blocks[block] = tuple(_joined(_written(block, self.looks)))
        return self.blocks[block]


def _cell(head: bytes, put: Put, report: Report) -> bytes:
    if put.is_figure:
        return cellxml.number(head, figure(put, report))
    return cellxml.text(head, text(put, report), put.spot.place)


def _written(block: RowBlock, looks: Mapping[CellStyle, int]) -> Iterator[Piece]:
    """Yield a block row by row, also those that hold nothing; cells below a merged one have its look."""
    rows: dict[int, dict[int, Piece]] = {}
    for put in block.puts:
        style, first = looks[put.look], put.spot
        for row in range(first.row, first.row + put.rows):
            for column in range(first.column, first.column + put.columns):
                head = f'<c r="{letters(column)}{row}" s="{style}"'.encode()
                rows.setdefault(row, {})[column] = cellxml.number(head, None)
        head = f'<c r="{first.ref}" s="{style}"'.encode()
        rows[first.row][first.column] = (head, put) if put.key else cellxml.text(head, put.text, first.place)
    for row in range(block.first, block.after):
        marks, cells = cellxml.row_marks(row, block.heights.get(row)), rows.get(row)
        if not cells:
            yield b"<row%b/>" % marks
            continue
        yield b"<row%b>" % marks
        yield from (cells[column] for column in sorted(cells))
        yield b"</row>"


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join what stands between cells that are to be filled."""
    together: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            together.append(piece)
        else:
            yield b"".join(together)
            yield piece
            together = []
    yield b"".join(together)


def _merged(puts: Iterable[Put]) -> Iterator[str]:
    """Yield the merged cells in the order in which openpyxl writes them, which keeps them in a set of such numbers."""
    found = set()
    for put in puts:
        if put.rows > 1 or put.columns > 1:
            left, top = put.spot.column, put.spot.row
            found.add((top, left, top + put.rows - 1, left + put.columns - 1))
    for top, left, bottom, right in found:
        yield f"{letters(left)}{top}:{letters(right)}{bottom}"


def around(part: bytes, looks: Mapping[CellStyle, int]) -> SheetFrame:
    """Take the rows out of a drawn sheet. Raises cellxml.UnusualError when it is not drawn as expected."""
    shape = _SHAPE.fullmatch(part)
    if shape is None:
        raise cellxml.UnusualContentError(part[:80])
    return SheetFrame(shape.groups(), looks)
