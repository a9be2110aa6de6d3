"""空白填0: which inputs of the open workbook are blank, and writing 0 into those and no other cell."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.excel import door
from nianbao.report import Reading
from nianbao.workbook.address import Spot, ranges
from nianbao.workbook.figures import may_be_zero
from nianbao.workbook.layout import layout


def blanks(book: door.Book, reading: Reading) -> dict[str, list[Spot]]:
    """Return the blank unlocked inputs by sheet; cells whose lines have moved are left out. Raises ExcelError."""
    places = layout(reading.edition)
    wanted: dict[str, list[Spot]] = {}
    for key in may_be_zero(places):
        if key not in reading.unread:
            wanted.setdefault(places.values[key].sheet, []).append(places.values[key])
    with door.asking():
        found = {name: _blank(book.sheets[name], spots) for name, spots in wanted.items()}
    return {name: spots for name, spots in found.items() if spots}


def _blank(sheet: door.Sheet, spots: list[Spot]) -> list[Spot]:
    bottom, right = max(s.row for s in spots), max(s.column for s in spots)
    values, formulas = door.block(door.area(sheet, 1, 1, bottom, right))
    empty = [
        s for s in spots if values[s.row - 1][s.column - 1] is None and not formulas[s.row - 1][s.column - 1].strip()
    ]
    return [s for s in empty if not door.locked(sheet.range(s.ref))]


def fill(book: door.Book, cells: Mapping[str, list[Spot]]) -> None:
    """Write 0 into these cells, whole ranges at once. Raises ExcelError."""
    with door.asking(), door.still(book):
        for name, spots in cells.items():
            for ref in ranges(spots):
                book.sheets[name].range(ref).value = 0
