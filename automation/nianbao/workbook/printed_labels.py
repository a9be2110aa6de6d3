"""Rule W1: the printed labels are where they were printed, or what stands in their lines is not read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from nianbao.findings import Severity
from nianbao.form import Cell, CellKind, Edition, Table, plain
from nianbao.unicodes import quotation
from nianbao.workbook import cures
from nianbao.workbook.address import Spot, letters
from nianbao.workbook.alignment import Alignment, Anchor, Move, align, in_place
from nianbao.workbook.contents import Sheet, fold
from nianbao.workbook.layout import INFO, Layout, SheetLayout, TableBlock
from nianbao.workbook.layout import layout as layout_of
from nianbao.workbook.live_checks import PrintedCell
from nianbao.workbook.reading_notes import Notes

_FEW = 4
"""Fewer labels than these make no sheet a copy of the form's."""
_MANY = 5
"""More changed labels than these have one cause and get one finding."""


def verify(layout: Layout, sheets: Mapping[str, Sheet], notes: Notes) -> frozenset[str]:
    """Return the keys of figures, typed labels, texts and fields that must not be read, each with its finding."""
    lost: frozenset[str] = frozenset()
    for name, anchors in _all_anchors(layout.edition).items():
        if not in_place(anchors, sheets[name]):
            lost |= _verify(layout, anchors, sheets[name], notes)
    notes.unread |= lost
    return lost


def is_printed_as(edition: Edition, name: str, sheet: Sheet) -> bool:
    """Tell whether a sheet has the labels of the form's sheet of this name, those that only number lines left out."""
    wanted = [a.label for a in _all_anchors(edition)[name] if not a.loose]
    there = [sheet.at(a.spot.row, a.spot.column).value for a in wanted]
    held = sum(1 for a, v in zip(wanted, there, strict=True) if v is not None and fold(v) == fold(a.text))
    return held >= _FEW and held * 10 >= len(wanted) * 9


@lru_cache(maxsize=32)
def _all_anchors(edition: Edition) -> dict[str, list[Anchor]]:
    """List the labels to look for, by sheet."""
    places = layout_of(edition)
    found = {INFO: [Anchor(label) for label in places.field_labels]}
    return found | {sheet.name: _anchors(sheet) for sheet in places.sheets}


def _anchors(sheet: SheetLayout) -> list[Anchor]:
    printed = [Anchor(label) for block in sheet.tables for label in block.labels]
    numbers = [Anchor(number, loose=True) for block in sheet.texts for number in block.numbers]
    checks = [Anchor(c.label, loose=True) for block in sheet.tables for c in block.checks if c.label]
    return [*printed, *numbers, *checks]


def _spots(layout: Layout, sheet: str) -> dict[str, tuple[Spot, ...]]:
    """Map the keys of one sheet to their cells."""
    single = {**layout.values, **layout.typed, **layout.fields}
    found = {k: (s,) for k, s in single.items() if s.sheet == sheet}
    return found | {k: s for k, s in layout.texts.items() if s[0].sheet == sheet}


def _verify(layout: Layout, anchors: list[Anchor], sheet: Sheet, notes: Notes) -> frozenset[str]:
    found = align(anchors, sheet)
    spots = _spots(layout, sheet.name)
    lost = {k for k, cells in spots.items() if not all(found.holds(s.row, s.column) for s in cells)}
    for i, move in enumerate(found.moves):
        _say_moved(notes, found, move, sorted(lost) if i == 0 else [])
    if len(found.changed) > _MANY:
        _say_changed_throughout(notes, found.changed, sorted(spots))
        return frozenset(spots)
    for label in found.changed:
        governed = _governed(layout, label)
        lost |= governed
        _say_changed(notes, sheet, label, sorted(governed))
    return frozenset(lost)


def _label_text(label: PrintedCell) -> str:
    text = plain(label.text)
    return quotation(text if len(text) <= 24 else f"{text[:24]}…")


def _say_moved(notes: Notes, found: Alignment, move: Move, cells: list[str]) -> None:
    spot, many = move.label.spot, abs(move.by)
    if found.by_column:
        due, now = f"{letters(spot.column)}列", f"{letters(move.at)}列"
        change = f"左边{'多出' if move.by > 0 else '少了'}{many}列"
    else:
        due, now = f"第{spot.row}行", f"第{move.at}行"
        change = f"上面{'多出' if move.by > 0 else '少了'}{many}行"
    # what moved away before it and back at it leaves it in its place
    places = f"应在{due}，现在在{now}，它的{change}" if due != now else f"仍在{due}，而它的{change}，与前面移动的相抵"
    what = f"{_label_text(move.label)}{places}；移动了位置的格子都没有读"
    notes.say("W1", Severity.ERROR, cells, (spot.place, spot.place), what)


def _say_changed(notes: Notes, sheet: Sheet, label: PrintedCell, cells: list[str]) -> None:
    spot = label.spot
    now = sheet.at(spot.row, spot.column).value
    seen = "空的" if now is None else quotation(str(now)[:24])
    what = f"这里应印着{_label_text(label)}，现在是{seen}"
    if cells:
        what += "；它所管的格子没有读"
    how = f"请把{spot.ref}改回{_label_text(label)}；如果移动过格子，请撤销，或{cures.REPAIR}"
    notes.say("W1", Severity.ERROR, cells, (spot.place, spot.place), what, how)


def _say_changed_throughout(notes: Notes, labels: tuple[PrintedCell, ...], cells: list[str]) -> None:
    first = labels[0].spot
    what = f"本表有{len(labels)}处印好的文字不在原位或被改动，例如这里应印着{_label_text(labels[0])}；整张表没有读"
    notes.say("W1", Severity.ERROR, cells, (first.place, first.place), what)


def _governed(layout: Layout, label: PrintedCell) -> set[str]:
    """Return the keys whose meaning hangs on a label."""
    if label.spot.sheet == INFO:
        return {k for k, s in layout.fields.items() if s.row == label.spot.row}
    # every other label that can be told to have changed is printed in a table: the loose ones only help to find moves
    block = next(b for sheet in layout.sheets for b in sheet.tables if label in b.labels)
    return _governed_in(block, label)


def _governed_in(block: TableBlock, label: PrintedCell) -> set[str]:
    row, column = label.spot.row - block.origin.row, label.spot.column - block.origin.column
    keys = set()
    for cell in block.table.cells:
        if cell.kind not in (CellKind.VALUE, CellKind.TYPED) or label.kind is CellKind.CORNER:
            continue
        beside = column < cell.column and row <= cell.row < row + label.rows
        above = column < cell.column + cell.columns and cell.column < column + label.columns and row < cell.row
        if beside or (above and label.kind is not CellKind.LABEL and cell.row < _segment_end(block.table, row)):
            keys.add(cell.key)
    return keys


def _segment_end(table: Table, row: int) -> int:
    """Return the row where the next band or heading inside the table takes over from a heading in `row`."""

    def heads(cell: Cell) -> bool:
        return cell.kind in (CellKind.BAND, CellKind.HEAD) and cell.row >= table.header_rows

    values = [c.row for c in table.cells if c.kind is CellKind.VALUE and c.row > row]
    first_value = min(values, default=table.rows)
    return min((c.row for c in table.cells if heads(c) and c.row > first_value), default=table.rows)
