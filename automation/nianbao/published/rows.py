"""Taking one row apart: which cell is its label, which cells are its figures, and whether each stands in its column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile

from nianbao.published import labels, wording
from nianbao.published.column_headings import Columns
from nianbao.published.expected import ExpectedRow
from nianbao.published.labels import LabelVocabulary
from nianbao.published.model import Grid, GridCell

_FIGURE = re.compile(r"[+±减增-]?\d[\d,]*(\.\d+)?[件条项个份次万亿元]{0,2}(\(.*\))?")
_NONE = {"/", "-", "--", "—", "——", "\\", "无", "*"}


@dataclass(frozen=True)
class RowParts:
    """A row's cells: those before its label, the label and the row it names, those after it."""

    before: tuple[GridCell, ...]
    label: GridCell
    row: ExpectedRow
    exact: bool
    after: tuple[GridCell, ...]


def is_figure(text: str) -> bool:
    """Tell whether a cell's text is a figure, with a remark perhaps, or stands for none."""
    bare = labels.plain(text)
    return _FIGURE.fullmatch(bare) is not None or bare in _NONE


def says_something(text: str) -> bool:
    """Tell whether there is anything but blanks in a cell."""
    return bool(labels.plain(text))


class EditionLabels:
    """The labels and headings of one edition, seen among those of all."""

    def __init__(self, vocabulary: LabelVocabulary, rows: Mapping[str, ExpectedRow], heads: frozenset[str]) -> None:
        self._vocabulary, self._rows, self._heads = vocabulary, rows, heads
        self._meant = frozenset(wording.meaning(h) for h in heads)

    def known(self, text: str) -> str:
        """Return the label of any edition that a text is, or ''."""
        found = self._vocabulary.find(text)
        return found.label if found else ""

    def row(self, text: str) -> tuple[ExpectedRow, bool] | None:
        """Return the row of this edition that a text labels, and whether it is written as in the form; None if none."""
        found = self._vocabulary.find(text)
        if found is None:
            return None
        if found.label in self._rows:
            return self._rows[found.label], found.exact
        alias = self._rows.get(labels.ALIASES.get(found.label, ""))
        return (alias, False) if alias else None

    def is_head(self, text: str) -> bool:
        """Tell whether a text is a heading over columns; a number before it makes it a row's label."""
        folded = labels.fold(text)
        if folded.number:
            return False
        return folded.core in self._heads or (not self.known(text) and wording.meaning(text) in self._meant)


def apart(words: EditionLabels, cells: Sequence[GridCell]) -> RowParts | None:
    """Take a row's own cells apart at the last label of a row among them; None when there is none."""
    parts = None
    for i, cell in enumerate(cells):
        named = None if is_figure(cell.text) else words.row(cell.text)
        later = tuple(cells[i + 1 :])
        # What could as well be a heading (其他, 总计) is a label only before figures.
        if named and not (words.is_head(cell.text) and not any(is_figure(c.text) for c in later)):
            parts = RowParts(tuple(cells[:i]), cell, *named, later)
    return parts


def place(columns: Columns, count: int, grid: Grid, row: int, cells: Sequence[GridCell]) -> list[GridCell] | None:
    """Return the cells of a row in the order of the form's columns, or None when they are not surely these.

    A cell belongs to the heading over it; where rows and headings do not fit together (a wrong rowspan, a page
    without headings), only a row of exactly as many filled cells as there are columns is taken, and only
    where the headings stand in the form's own order.
    """
    printed = _under_headings(columns, grid, row, cells)
    if printed is None:
        # Blanks between label and figures are the rest of a merged label, written out.
        printed = list(dropwhile(lambda c: not says_something(c.text), cells))
        full = len(printed) == count and all(says_something(c.text) for c in printed)
        if not (full and columns.prescribed):
            return None
    return [printed[columns.order.index(i)] for i in range(count)]


def _under_headings(columns: Columns, grid: Grid, row: int, cells: Sequence[GridCell]) -> list[GridCell] | None:
    if grid.filled[row] != columns.width:  # which is 0 where the headings do not show their columns
        return None
    chosen: list[GridCell] = []
    for start, end in columns.spans:
        over = [c for c in cells if c.column < end and start < c.end]
        if len(over) != 1 or over[0] in chosen:
            return None
        chosen.append(over[0])
    for cell in cells:
        elsewhere = any(cell.column < end and start < cell.end for start, end in columns.others)
        if cell not in chosen and says_something(cell.text) and not elsewhere:
            return None
    return chosen
