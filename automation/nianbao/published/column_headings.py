"""Which column of figures is which: the headings over a row compared with those of the edition.

Either the headings stand over their columns, or they read in the form's own order; nothing in between is taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao.published import labels, wording
from nianbao.published.expected import Segment
from nianbao.published.model import Grid, GridCell

_UNIT = re.compile(r"单位[:：]?(亿元|万元|元)")


@dataclass(frozen=True)
class Columns:
    """The columns of a segment as a page prints them.

    `order` names for each printed column, left to right, which column of the form it is. `spans` are their grid
    columns, `others` those under further headings and `width` how many there are, where the headings show them.
    `written` are headings that are worded differently.
    """

    order: tuple[int, ...]
    spans: tuple[tuple[int, int], ...] = ()
    width: int = 0
    others: tuple[tuple[int, int], ...] = ()
    written: tuple[tuple[str, str], ...] = ()

    @property
    def prescribed(self) -> bool:
        """Tell whether the columns are the form's and no others, in the form's order."""
        return not self.others and self.order == tuple(range(len(self.order)))


def match(segment: Segment, grid: Grid, heads: Sequence[GridCell]) -> Columns | None:
    """Return the columns that these heading cells give, or None when they do not fit the segment surely."""
    told = [c for c in heads if labels.plain(c.text)]
    if any(_other_unit(segment, c.text) for c in told):
        return None
    return (None if grid.flat else _standing(segment, grid, told)) or _reading(segment, told)


def _other_unit(segment: Segment, text: str) -> bool:
    """Tell whether a heading states another unit than the form's heading of that name."""
    own = {unit for leaf in segment.leaves for unit in _UNIT.findall(labels.plain(leaf))}
    return not own.issuperset(_UNIT.findall(labels.plain(text)))


def _standing(segment: Segment, grid: Grid, heads: list[GridCell]) -> Columns | None:
    """Find each column's own heading by its words and, where those repeat, by the heading over it."""
    if not heads:
        return None
    first = min(c.row for c in heads)
    lowest = [c for c in heads if not any(o.row >= c.row + c.rows and _overlap(o, c) for o in heads)]
    over = {id(c): [o.text for o in grid.above(c, first) if labels.plain(o.text)] for c in lowest}
    fits = [[c for c in lowest if _is_under(segment, path, c, over[id(c)])] for path in segment.paths]
    if any(len(f) > 1 for f in fits):
        return None
    chosen = {column: f[0] for column, f in enumerate(fits) if f}
    free = [c for c in lowest if not any(c is x for x in chosen.values())]
    written = _otherwise(segment, chosen, free, over)
    misspelt = _misspelt(segment, chosen, free, over)
    if misspelt is None:
        return None
    written += misspelt
    if len({bool(over[id(c)]) for i, c in chosen.items() if len(segment.paths[i]) > 1}) > 1:
        return None  # some columns have a heading over them and some none: a span is wrong
    order = sorted(chosen, key=lambda i: chosen[i].column)
    spans = tuple((chosen[i].column, chosen[i].end) for i in order)
    if any(a[1] > b[0] for a, b in pairwise(spans)):
        return None
    others = tuple((c.column, c.end) for c in free if c.column >= spans[0][1])
    width = max(grid.filled[c.row] for c in heads)
    return Columns(tuple(order), spans, width, others, tuple(written))


def _otherwise(
    segment: Segment, chosen: dict[int, GridCell], free: list[GridCell], over: Mapping[int, list[str]]
) -> list[tuple[str, str]]:
    """Complete `chosen` where one further heading, and no other, says in other words what the form's says."""
    written = []
    for i, path in enumerate(segment.paths):
        if i in chosen:
            continue
        alike = [c for c in free if _says(segment, c.text, path[-1]) and _stands_under(segment, path, over[id(c)])]
        if len(alike) == 1:
            chosen[i] = alike[0]
            free.remove(alike[0])
            written.append((segment.leaves[i], alike[0].text))
    return written


def _says(segment: Segment, text: str, label: str) -> bool:
    """Tell whether a heading says in other words what `label` says, and no other heading of the form does."""
    own = wording.meaning(label)
    twins = any(wording.meaning(h) == own for h in segment.heads if h != label)
    return wording.means(text, label) and not twins


def _misspelt(
    segment: Segment, chosen: dict[int, GridCell], free: list[GridCell], over: Mapping[int, list[str]]
) -> list[tuple[str, str]] | None:
    """Complete `chosen` where a single heading is misspelt; None when more are missing."""
    lost = [i for i in range(len(segment.paths)) if i not in chosen]
    if not lost:
        return []
    path = segment.paths[lost[0]]
    alike = [c for c in free if labels.near(c.text, path[-1]) and _stands_under(segment, path, over[id(c)])]
    if len(lost) > 1 or len(alike) != 1:
        return None
    chosen[lost[0]] = alike[0]
    free.remove(alike[0])
    return [(segment.leaves[lost[0]], alike[0].text)]


def _overlap(a: GridCell, b: GridCell) -> bool:
    return a.column < b.end and b.column < a.end


def _is_under(segment: Segment, path: tuple[str, ...], cell: GridCell, over: list[str]) -> bool:
    if not labels.same(cell.text, path[-1]) and not _without_note(cell.text, path[-1]):
        return False
    return _stands_under(segment, path, over)


def _stands_under(segment: Segment, path: tuple[str, ...], over: list[str]) -> bool:
    """Tell whether the heading over a column's own is the form's; it may be missing where no other column is alike."""
    if over and len(path) > 1:
        return labels.near(over[-1], path[-2]) or _says(segment, over[-1], path[-2])
    return segment.leaves.count(path[-1]) == 1


def _without_note(text: str, label: str) -> bool:
    """Tell whether `text` is the label without its bracket, such as 本年收费金额 without the unit."""
    bare = re.sub(r"[(（].*$", "", label)
    return bare != label and labels.same(text, bare)


def _reading(segment: Segment, heads: list[GridCell]) -> Columns | None:
    """Compare the headings in reading order with the form's, in full; the corner may be there or not."""
    ordered = sorted(heads, key=lambda c: (c.row, c.column))
    words = [c.text for c in ordered if not (segment.corner and labels.near(c.text, segment.corner))]
    whole = "".join(labels.fold_without_number(w) for w in words)
    corner = labels.fold_without_number(segment.corner)
    prescribed = "".join(labels.fold_without_number(h) for h in segment.heads)
    natural = tuple(range(len(segment.paths)))
    if whole in (prescribed, corner + prescribed):
        return Columns(natural)
    if len(words) != len(segment.heads):
        return None
    wrong = [(h, w) for w, h in zip(words, segment.heads, strict=True) if not labels.same(w, h)]
    otherwise = [(h, w) for h, w in wrong if _says(segment, w, h)]
    cut = all(labels.near(w, h) for h, w in wrong if (h, w) not in otherwise)
    sure = len(wrong) - len(otherwise) < len(segment.heads)
    return Columns(natural, written=tuple(wrong)) if cut and sure else None
