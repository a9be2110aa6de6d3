"""One sheet of a broken workbook: its texts with merged cells looked through, its names, its cells as a table."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from nianbao.dates import printed
from nianbao.published import labels, rows
from nianbao.published.model import Grid, GridCell
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import Content, Sheet
from nianbao.workbook.sheet_surroundings import boxes

Place = tuple[int, int]
Area = tuple[int, int, int, int]

_LABEL = 80
MOST = 20_000
"""Cells of a sheet that are looked at as a table; the form's largest has a thousand."""


class View:
    """A sheet by its title as it is now; `names` are the defined names that point at one cell, `areas` at several."""

    def __init__(self, title: str, sheet: Sheet, words: rows.EditionLabels) -> None:
        self.title, self.sheet, self.words = title, sheet, words
        self.names: dict[Place, set[str]] = {}
        self.areas: list[tuple[str, Area]] = []
        self.tops: dict[Place, Place] = {}
        self.spans: dict[Place, tuple[int, int]] = {}
        for top, left, bottom, right in {b for ref in {*sheet.covered.values()} for b in boxes(ref)}:
            self.spans[top, left] = bottom - top + 1, right - left + 1
        for place, ref in sheet.covered.items():
            top, left, *_ = boxes(ref)[0]
            self.tops[place] = top, left

    def spot(self, place: Place) -> Spot:
        """Return a place of this sheet as messages name it."""
        return Spot(self.title, *place)

    def content(self, place: Place) -> Content:
        """Return what stands in a cell itself."""
        return self.sheet.at(*place)

    def text(self, place: Place) -> str:
        """Return what is seen at a place: the text of its cell or of the merged one over it; '' for a formula."""
        content = self.content(self.tops.get(place, place))
        return "" if content.formula else said(content.value)

    @cached_property
    def bottom(self) -> int:
        """The last row that says anything."""
        return max((r for r, _ in self._told), default=0)

    @cached_property
    def right(self) -> int:
        """The last column that says anything."""
        return max((c for _, c in self._told), default=0)

    @cached_property
    def _told(self) -> list[Place]:
        return [p for p, c in self.sheet.cells.items() if c.value is not None or c.formula]

    @cached_property
    def by_row(self) -> Mapping[int, Mapping[int, str]]:
        """Map each row to the texts that stand in its own cells, by column."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), content in sorted(self.sheet.cells.items()):
            text = "" if content.formula else said(content.value)
            if text.strip() and (row, column) not in self.tops:
                found.setdefault(row, {})[column] = text
        return found

    @cached_property
    def words_told(self) -> Counter[str]:
        """Count the short texts of the sheet, without layout: what is printed here, wherever."""
        texts = (t for texts in self.by_row.values() for t in texts.values() if len(t) < _LABEL)
        return Counter(labels.fold(t).core for t in texts)

    @cached_property
    def heads(self) -> frozenset[int]:
        """The rows that hold a heading of the form and no figure."""
        return frozenset(r for r, texts in self.by_row.items() if self._is_heads(r, texts))

    def _is_heads(self, row: int, texts: Mapping[int, str]) -> bool:
        return any(self.words.is_head(t) for t in texts.values()) and not any(rows.is_figure(t) for t in texts.values())

    def above(self, place: Place) -> list[str]:
        """Return the texts of the headings over a cell, from the lowest up; blank lines may stand between them."""
        row, column = place
        at = next((r for r in range(row - 1, 0, -1) if r in self.heads), 0)
        found: dict[Place, str] = {}
        while at > 0 and (at in self.heads or at not in self.by_row):
            top = self.tops.get((at, column), (at, column))
            if self.text(top).strip():
                found.setdefault(top, self.text(top))
            at -= 1
        return list(found.values())

    @cached_property
    def grid(self) -> Grid | None:
        """The sheet as a table of a page; None when it is too large for one. `place` of a cell is its address."""
        if not self.heads or self.bottom * self.right > MOST:
            return None
        cells = []
        for row in sorted(self.by_row):
            for column in range(1, self.right + 1):
                if (row, column) not in self.tops:
                    down, across = self.spans.get((row, column), (1, 1))
                    across = min(across, self.right + 1 - column)
                    text = self.by_row[row].get(column, "")
                    cells.append(GridCell(row, column, down, across, text, self.spot((row, column)).place))
        return Grid(tuple(self._spread(cells)), f"“{self.title}”")

    def _spread(self, cells: list[GridCell]) -> list[GridCell]:
        """Let each heading whose cells were unmerged reach to the next one, as it did."""
        last = {r: max(c for c, t in self.by_row[r].items() if self.words.is_head(t)) for r in self.heads}
        spread: list[GridCell] = []
        for cell in cells:
            before = spread[-1] if spread else None
            blank = not cell.text.strip() and cell.rows == cell.columns == 1
            end = max((last[r] for r in self._block(cell.row)), default=0) if cell.row in self.heads else 0
            joins = before and before.row == cell.row and before.rows == 1 and self.words.is_head(before.text)
            if before and blank and joins and cell.column <= end and not self._is_over(cell):
                spread[-1] = GridCell(
                    before.row, before.column, 1, cell.column - before.column + 1, before.text, before.place
                )
            else:
                spread.append(cell)
        return spread

    def _block(self, row: int) -> list[int]:
        """Return the rows of headings that stand together with this one."""
        found = [row]
        for step in (-1, 1):
            at = row + step
            while at in self.heads or (0 < at < self.bottom and at not in self.by_row):
                if at in self.heads:
                    found.append(at)
                at += step
        return found

    def _is_over(self, cell: GridCell) -> bool:
        """Tell whether a blank is left of a heading one row up that was merged downwards."""
        above = self.by_row.get(cell.row - 1, {}) if cell.row - 1 in self.heads else {}
        below = self.by_row.get(cell.row + 1, {}) if cell.row + 1 in self.heads else {}
        return cell.column in above and cell.column not in below and bool(above[cell.column])


def said(value: object) -> str:
    """Return a cell's value as text; '' for none."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return printed(value)
    return format(value, ".15g") if isinstance(value, float) else str(value)
