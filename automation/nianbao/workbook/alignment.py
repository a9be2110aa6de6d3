"""Are the printed labels where they should be? Finds inserted and deleted rows or columns and changed labels.

The labels of each row (or column) are matched as one sequence with those found in the sheet, so that one
inserted row is one move, however many labels it pushed down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from nianbao.workbook.contents import Sheet, fold
from nianbao.workbook.live_checks import PrintedCell


@dataclass(frozen=True)
class Anchor:
    """A label to look for; a `loose` one only helps to find moves."""

    label: PrintedCell
    loose: bool = False


@dataclass(frozen=True)
class Move:
    """From this label on everything stands `by` lines further on (negative: back); `at` is its line now."""

    label: PrintedCell
    at: int
    by: int


@dataclass(frozen=True)
class Alignment:
    """What became of a sheet's labels; lines are rows unless `by_column`."""

    by_column: bool
    moves: tuple[Move, ...]
    changed: tuple[PrintedCell, ...]
    displaced: frozenset[int]

    def holds(self, row: int, column: int) -> bool:
        """Tell whether the cell of this place is still in this place."""
        return (column if self.by_column else row) not in self.displaced


def in_place(anchors: Sequence[Anchor], sheet: Sheet) -> bool:
    """Tell whether every label stands where it was printed: then nothing has moved, and nothing more is to be found."""
    for anchor in anchors:
        found = sheet.at(anchor.label.spot.row, anchor.label.spot.column).value
        if found != anchor.label.text and (found is None or fold(found) != fold(anchor.label.text)):
            return False
    return True


Signature = frozenset[tuple[int, str]]


def align(anchors: Sequence[Anchor], sheet: Sheet) -> Alignment:
    """Compare the labels with the sheet, by rows and by columns; the explanation that finds more labels counts."""
    by_row, by_column = (_Axis(anchors, sheet, by_column=b) for b in (False, True))
    return (by_column if by_column.found > by_row.found else by_row).alignment()


class _Axis:
    """The comparison along one axis: `line` is the row (or column), `cross` the other coordinate."""

    def __init__(self, anchors: Sequence[Anchor], sheet: Sheet, *, by_column: bool) -> None:
        self.by_column, self.sheet = by_column, sheet
        self.lines: dict[int, list[Anchor]] = {}
        for anchor in sorted(anchors, key=lambda a: self._place(a.label)):
            self.lines.setdefault(self._place(anchor.label)[0], []).append(anchor)
        self.offsets = self._offsets()
        self.found = sum(len(self.lines[line]) for line in self.offsets)

    def _place(self, label: PrintedCell) -> tuple[int, int]:
        row, column = label.spot.row, label.spot.column
        return (column, row) if self.by_column else (row, column)

    def _offsets(self) -> dict[int, int]:
        """Match the labelled lines with those of the sheet; return how far each one found has moved."""
        wanted = {
            line: frozenset((self._place(a.label)[1], fold(a.label.text)) for a in anchors)
            for line, anchors in self.lines.items()
        }
        vocabulary = {pair for signature in wanted.values() for pair in signature}
        there: dict[int, set[tuple[int, str]]] = {}
        for (row, column), content in self.sheet.cells.items():
            line, cross = (column, row) if self.by_column else (row, column)
            if content.value is not None and (cross, fold(content.value)) in vocabulary:
                there.setdefault(line, set()).add((cross, fold(content.value)))
        expected, actual = sorted(wanted), sorted(there)
        matcher: SequenceMatcher[Signature] = SequenceMatcher(
            None, [wanted[x] for x in expected], [frozenset(there[x]) for x in actual], autojunk=False
        )
        return {
            expected[block.a + i]: actual[block.b + i] - expected[block.a + i]
            for block in matcher.get_matching_blocks()
            for i in range(block.size)
        }

    def alignment(self) -> Alignment:
        """Walk the lines in order and say where things begin to be moved, and what is changed in its place."""
        moves: list[Move] = []
        changed: list[PrintedCell] = []
        state: dict[int, int | None] = {}
        offset = 0
        for line in self.lines:
            if line in self.offsets:
                if self.offsets[line] != offset:
                    by, offset = self.offsets[line] - offset, self.offsets[line]
                    moves.append(Move(self.lines[line][0].label, line + offset, by))
                state[line] = offset
            elif self._next(line, offset) == offset:
                changed += [a.label for a in self.lines[line] if not a.loose and not self._stands(a.label, offset)]
                state[line] = offset
            else:
                state[line] = None
        return Alignment(self.by_column, tuple(moves), tuple(changed), self._displaced(state))

    def _next(self, line: int, offset: int) -> int:
        """Return the offset of the next line found, or the present one."""
        return next((self.offsets[x] for x in self.lines if x > line and x in self.offsets), offset)

    def _stands(self, label: PrintedCell, offset: int) -> bool:
        row, column = label.spot.row, label.spot.column
        content = self.sheet.at(row, column + offset) if self.by_column else self.sheet.at(row + offset, column)
        return content.value is not None and fold(content.value) == fold(label.text)

    def _displaced(self, state: dict[int, int | None]) -> frozenset[int]:
        """Return the lines not in place; an unlabelled line is in place only between lines that are."""
        lines = list(state)
        displaced = {line for line, offset in state.items() if offset != 0}
        for above, below in zip([None, *lines], [*lines, None], strict=True):
            if (above in displaced) or (below in displaced):
                start = above + 1 if above is not None else 1
                end = below if below is not None else (above or 0) + 200
                displaced.update(range(start, end))
        return frozenset(displaced)
