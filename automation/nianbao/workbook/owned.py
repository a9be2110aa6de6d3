"""Which cells of each sheet are the form's own: what it prints and what is typed there. Anything else is a stray."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from nianbao.form import CellKind, Edition
from nianbao.workbook import beside
from nianbao.workbook.contents import fold
from nianbao.workbook.layout import EDITION, INFO, Layout, SheetLayout, TableBlock, TextBlock, layout

Owned = Mapping[tuple[int, int], tuple[str, ...]]
"""Places, each with how the form's own text begins there; () where anything may stand or another rule looks."""


@lru_cache(maxsize=32)
def owned(edition: Edition) -> Mapping[str, Owned]:
    """Map every sheet to be filled in to its own cells."""
    places = layout(edition)
    return {INFO: _info(places)} | {sheet.name: dict(_of(sheet)) for sheet in places.sheets}


@lru_cache(maxsize=32)
def inputs(edition: Edition) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Map every sheet to the keys of its figures to be typed and of its facts, by place."""
    places = layout(edition)
    found: dict[str, dict[tuple[int, int], str]] = {name: {} for name in (INFO, *(s.name for s in places.sheets))}
    typed = {k: s for k, s in places.values.items() if places.is_input(k)}
    for key, spot in (typed | dict(places.fields)).items():
        found[spot.sheet][spot.row, spot.column] = key
    return found


@lru_cache(maxsize=32)
def within(edition: Edition) -> Mapping[str, Mapping[tuple[int, int], tuple[int, int]]]:
    """Map the places under the form's merged inputs to the place of the input, sheet by sheet."""
    return {sheet.name: dict(_within(sheet)) for sheet in layout(edition).sheets}


def _info(places: Layout) -> Owned:
    last = EDITION.row + len(places.edition.fields)
    found: dict[tuple[int, int], tuple[str, ...]] = {(r, c): () for r in range(1, EDITION.row) for c in (1, 2, 3)}
    found |= {(r, c): () for r in range(EDITION.row, last + 1) for c in (1, 2)}
    found[EDITION.row, 3] = ()
    for field in places.edition.fields:
        spot = places.fields[field.id]
        found[spot.row, 3] = (field.prompt[:1], "*")
    return found


def _of(sheet: SheetLayout) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    for row, column in ((1, 1), (2, 1), (3, 1), (3, 2)):
        yield (row, column), ()
    for block in sheet.blocks:
        yield (block.note.row, block.note.column if block.title else 1), ()
        if block.title:
            yield (block.title.row, block.title.column), ()
        if isinstance(block, TextBlock):
            yield from (((n.spot.row, n.spot.column), (n.text,)) for n in block.numbers)
            yield from (((s.row, s.column), ()) for s in block.spots)
        else:
            yield from _in_table(block)
    yield from beside.owned(sheet)


def _in_table(block: TableBlock) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    for label in block.labels:
        yield (label.spot.row, label.spot.column), ()
    for cell in block.table.cells:
        if cell.kind in (CellKind.VALUE, CellKind.TYPED):
            spot = block.origin.by(cell.row, cell.column)
            yield (spot.row, spot.column), ()
    for check in block.checks:
        yield (check.spot.row, check.spot.column), ()
        if check.label:
            yield (check.label.spot.row, check.label.spot.column), (fold(check.label.text),)


def _within(sheet: SheetLayout) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for block in sheet.tables:
        for cell in block.table.cells:
            if cell.kind is CellKind.VALUE:
                spot = block.origin.by(cell.row, cell.column)
                for row in range(cell.rows):
                    for column in range(cell.columns):
                        if row or column:
                            yield (spot.row + row, spot.column + column), (spot.row, spot.column)
