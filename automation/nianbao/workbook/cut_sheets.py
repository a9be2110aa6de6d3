"""A drawn sheet's part, cut at the cells whose contents are a report's, so that another report's can be put there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.workbook import cellxml
from nianbao.workbook.report_contents import Held

_CELL = re.compile(rb'(<c r="([A-Z]+[0-9]+)" s="[0-9]+")[^>/]*(?:/>|>(.*?)</c>)', re.DOTALL)
_ROW = re.compile(rb'<row r="([0-9]+)" ht="[^"]*"')
_FORMULA = re.compile(rb"<f>.*?</f>", re.DOTALL)
_CURSOR = re.compile(rb'(activeCell=")[^"]*(" sqref=")[^"]*(")')


_MISSING = object()


@dataclass(frozen=True)
class _Cell:
    """Where a cell is among the pieces, its tag with address and style, its formula where it has one."""

    index: int
    head: bytes
    formula: bytes


@dataclass(frozen=True)
class CutSheet:
    """A sheet in pieces, as it was drawn for one report: which piece is which cell, which begins which row."""

    name: str
    held: Held
    pieces: tuple[bytes, ...]
    cells: Mapping[str, _Cell]
    rows: Mapping[int, int]

    def filled(self, held: Held) -> bytes:
        """Return the part with what another report holds. Raises UnusualContentError, InputError."""
        was, pieces = self.held, list(self.pieces)
        if was.odd != held.odd:
            raise cellxml.UnusualContentError(self.name)
        for ref, result in held.results.items():
            before = was.results.get(ref)
            if before is not result and not _same(before, result):
                cell = self.cells[ref]
                pieces[cell.index] = cellxml.formula(cell.head, cell.formula, result)
        for ref, number in held.numbers.items():
            if number is not was.numbers.get(ref, _MISSING) and not _same(was.numbers.get(ref), number):
                cell = self.cells[ref]
                pieces[cell.index] = cellxml.number(cell.head, number)
        for ref, text in held.texts.items():
            cell = self.cells[ref]
            pieces[cell.index] = cellxml.text(cell.head, text, f"{self.name}!{ref}")
        for row, points in held.heights.items():
            pieces[self.rows[row]] = b"<row%b" % cellxml.row_marks(row, points, soft=True)
        part = b"".join(pieces)
        if held.cursor != was.cursor:
            part = _CURSOR.sub(rb"\g<1>%b\g<2>%b\g<3>" % ((held.cursor.encode(),) * 2), part, count=1)
        return part


def _same(was: object, now: object) -> bool:
    """Tell whether two results are written alike; of equal numbers of different kinds not all are."""
    return type(was) is type(now) and isinstance(now, (int, str)) and was == now


def cut(name: str, part: bytes, held: Held) -> CutSheet:
    """Cut the part of a sheet that was drawn with these contents. Raises UnusualContentError when some are missing."""
    wanted = {ref.encode() for kind in (held.results, held.numbers, held.texts) for ref in kind}
    found = [m for m in _CELL.finditer(part) if m[2] in wanted]
    begun = [m for m in _ROW.finditer(part) if int(m[1]) in held.heights]
    pieces: list[bytes] = []
    cells: dict[str, _Cell] = {}
    rows: dict[int, int] = {}
    at = 0
    for m in sorted([*found, *begun], key=lambda match: match.start()):
        pieces += part[at : m.start()], m[0]
        at = m.end()
        if m.re is _ROW:
            rows[int(m[1])] = len(pieces) - 1
        else:
            written = _FORMULA.search(m[3] or b"")
            cells[m[2].decode()] = _Cell(len(pieces) - 1, m[1], written[0] if written else b"")
    if len(cells) != len(wanted) or len(rows) != len(held.heights):
        raise cellxml.UnusualContentError(name)
    return CutSheet(name, held, (*pieces, part[at:]), cells, rows)
