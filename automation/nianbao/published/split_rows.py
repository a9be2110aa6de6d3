"""Rows that a page's end has cut in two, joined again: pure geometry, and the labels of the form for being sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from nianbao.published import rows
from nianbao.published.model import Grid, GridCell

Known = Callable[[str], bool]
"""Tells whether a text is a label of the form, written in full."""

_HEADINGS = 6
"""So many rows on, the second half of a row is looked for."""


@dataclass(frozen=True)
class _Row:
    """One row of one of the tables, by the table's place among them."""

    grid: int
    row: int
    cells: tuple[GridCell, ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(c.text for c in self.cells)

    @cached_property
    def figures(self) -> bool:
        return any(rows.is_figure(w) for w in self.words)


def joined(grids: Sequence[Grid], known: Known) -> list[Grid]:
    """Return the tables with every row whole whose label goes on in the next row, in the same table or the next.

    A row is joined only where both labels together are one of the form's and neither is one alone, where its figures
    all stand in one of the two and the other is blank there, and where both have the same cells; so is a row of
    headings. Headings that are printed again at the top of the page stay between the two.
    """
    told = [_Row(i, r, cells) for i, g in enumerate(grids) for r, cells in g.own.items()]
    before: set[tuple[str, ...]] = set()
    halves: list[tuple[_Row, _Row, list[tuple[GridCell, GridCell]]]] = []
    for i, first in enumerate(told):
        before.add(first.words)
        second = next((r for r in told[i + 1 : i + _HEADINGS] if r.words not in before or r.figures), None)
        if second is None or (first.figures and second.figures) or (halves and first is halves[-1][1]):
            continue
        pairs = _pairs(grids[first.grid], first, second, grids[second.grid].flat)
        if _one_row(pairs, first.figures or second.figures, known):
            halves.append((first, second, pairs))
    return _whole(grids, halves) if halves else list(grids)


def _pairs(grid: Grid, first: _Row, second: _Row, flat: bool) -> list[tuple[GridCell, GridCell]]:
    """Return each cell of the second row with the one of the first that it goes on from; none where one has none."""
    over = {(c.column, c.end): c for c in grid.cells if c.row <= first.row < c.row + c.rows}
    found = [(over[c.column, c.end], c) for c in second.cells if (c.column, c.end) in over]
    every = flat or {id(c) for c in first.cells} <= {id(a) for a, _ in found}
    return found if every and len(found) == len(second.cells) else []


def _one_row(pairs: Sequence[tuple[GridCell, GridCell]], figures: bool, known: Known) -> bool:
    """Tell whether every label that stands in both halves is one of the form's only when put together.

    Of headings (a row without figures) some halves may be labels too (其他|结果), but not all.
    """
    both = [(a.text, b.text) for a, b in pairs if rows.says_something(a.text) and rows.says_something(b.text)]
    parted = [not known(a) and not known(b) for a, b in both]
    enough = all(parted) if figures else len(both) > 1 and any(parted)
    return bool(both) and enough and all(known(a + b) for a, b in both)


def _whole(grids: Sequence[Grid], halves: Sequence[tuple[_Row, _Row, list[tuple[GridCell, GridCell]]]]) -> list[Grid]:
    """Put what stands in the second rows' cells into the first's, and leave out the second rows."""
    new: dict[int, GridCell] = {}
    for _, _, pairs in halves:
        for a, b in pairs:
            new[id(a)] = _cell(new.get(id(a), a), b)
            new[id(b)] = replace(b, text=new[id(a)].text)  # what reaches further down keeps its whole label there
    whole = [replace(g, cells=tuple(new.get(id(c), c) for c in g.cells)) for g in grids]
    for _, second, _ in reversed(halves):
        whole[second.grid] = _without(whole[second.grid], second.row)
    return whole


def _cell(above: GridCell, below: GridCell) -> GridCell:
    if not rows.says_something(below.text):
        return above
    if not rows.says_something(above.text):
        return replace(below, row=above.row, rows=above.rows)
    doubt = "；".join(dict.fromkeys(d for d in (above.doubt, below.doubt) if d))
    return replace(above, text=above.text + below.text, doubt=doubt)


def _without(grid: Grid, row: int) -> Grid:
    """Return a table without one row; cells that begin in it and reach further begin in the next."""
    kept = []
    for c in grid.cells:
        if c.row <= row < c.row + c.rows:
            if c.rows > 1:
                kept.append(replace(c, rows=c.rows - 1))
        else:
            kept.append(replace(c, row=c.row - 1) if c.row > row else c)
    return replace(grid, cells=tuple(kept))
