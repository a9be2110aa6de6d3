"""空白填0: which inputs of the open workbook are blank, and writing 0 into those and no other cell."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.report import Reading
from nianbao.ribbon.book import Book, Step
from nianbao.workbook.address import Spot, boxes
from nianbao.workbook.contents import titled
from nianbao.workbook.figures import may_be_zero
from nianbao.workbook.layout import layout


def blanks(book: Book, reading: Reading) -> dict[str, list[Spot]]:
    """Return the blank unlocked inputs by sheet; cells whose lines have moved are left out."""
    places = layout(reading.edition)
    wanted: dict[str, list[Spot]] = {}
    for key in may_be_zero(places):
        if key not in reading.unread:
            wanted.setdefault(places.values[key].sheet, []).append(places.values[key])
    found = {name: _blank(book, name, spots) for name, spots in wanted.items()}
    return {name: spots for name, spots in found.items() if spots}


def _title(book: Book, name: str) -> str:
    return titled(book.titles, name) or name


def _blank(book: Book, name: str, spots: list[Spot]) -> list[Spot]:
    block = book.block(_title(book, name))

    def is_blank(spot: Spot) -> bool:
        if spot.row > len(block.values) or spot.column > len(block.values[0]):
            return True
        row, column = spot.row - 1, spot.column - 1
        return block.values[row][column] is None and not block.formulas[row][column].strip()

    empty = [s for s in spots if is_blank(s)]
    unlocked = book.unlocked(_title(book, name), [s.ref for s in empty])
    return [s for s in empty if s.ref in unlocked]


def fill(book: Book, cells: Mapping[str, list[Spot]]) -> None:
    """Write 0 into these cells, whole ranges at once."""
    for name, spots in cells.items():
        book.write(_title(book, name), [Step("blanks", box, 0) for box in boxes(spots)], unprotect=False)
