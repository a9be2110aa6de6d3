"""Ruled lines of a page → grids of cells. Pure geometry; coordinates are points from the lower left corner."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

NEAR = 3.0
"""Lines nearer than this are one; ends nearer than this to a line touch it."""

MAX_LINES = 150


@dataclass(frozen=True)
class RuledLine:
    """One horizontal or vertical line: at `at`, from `start` to `end`."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True)
class RuledCell:
    """One cell: place and extent in its grid's rows and columns (row 0 on top), and its corners."""

    row: int
    column: int
    rows: int
    columns: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Ruled:
    """One ruled table: its cells, its column borders from the left, its row borders from the top."""

    boxes: tuple[RuledCell, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def left(self) -> float:
        """The left border."""
        return self.xs[0]

    @property
    def right(self) -> float:
        """The right border."""
        return self.xs[-1]

    @property
    def top(self) -> float:
        """The upper border."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """The lower border."""
        return self.ys[-1]

    @cached_property
    def _at(self) -> dict[tuple[int, int], RuledCell]:
        return {(b.row + r, b.column + c): b for b in self.boxes for r in range(b.rows) for c in range(b.columns)}

    def box(self, x: float, y: float) -> RuledCell | None:
        """Return the cell that holds a point."""
        column = bisect_right(self.xs, x) - 1
        row = len(self.ys) - bisect_left(self.ys[::-1], y) - 1
        return self._at.get((row, column))


def rule(left: float, bottom: float, right: float, top: float) -> Iterator[RuledLine]:
    """Yield the line that a thin box is; nothing for a dot."""
    if right - left >= top - bottom:
        if right - left >= NEAR:
            yield RuledLine(False, (bottom + top) / 2, left, right)
    elif top - bottom >= NEAR:
        yield RuledLine(True, (left + right) / 2, bottom, top)


def grids(rules: Sequence[RuledLine]) -> list[Ruled]:
    """Return the tables that these lines rule, from the top of the page down."""
    found = []
    for group in _groups(rules):
        ruled = _grid(group)
        if ruled and len(ruled.boxes) > 1:
            found.append(ruled)
    return sorted(found, key=lambda g: -g.top)


def _groups(rules: Sequence[RuledLine]) -> Iterator[list[RuledLine]]:
    """Yield the lines that touch one another, group by group."""
    parent = list(range(len(rules)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    flat = [i for i, r in enumerate(rules) if not r.upright]
    upright = [i for i, r in enumerate(rules) if r.upright]
    for i in flat:
        h = rules[i]
        for j in upright:
            v = rules[j]
            if h.start - NEAR <= v.at <= h.end + NEAR and v.start - NEAR <= h.at <= v.end + NEAR:
                parent[root(i)] = root(j)
    groups: dict[int, list[RuledLine]] = {}
    for i, r in enumerate(rules):
        groups.setdefault(root(i), []).append(r)
    yield from groups.values()


def _grid(rules: list[RuledLine]) -> Ruled | None:
    xs = merged(r.at for r in rules if r.upright)
    ys = merged(r.at for r in rules if not r.upright)
    if not (2 <= len(xs) <= MAX_LINES and 2 <= len(ys) <= MAX_LINES):
        return None
    ys.reverse()
    columns, rows = len(xs) - 1, len(ys) - 1
    flat = _covering([r for r in rules if not r.upright], ys)
    upright = _covering([r for r in rules if r.upright], xs)
    below = {(r, c) for r in range(rows - 1) for c in range(columns)
             if not _covers(flat[r + 1], (xs[c] + xs[c + 1]) / 2)}  # fmt: skip
    beside = {(r, c) for r in range(rows) for c in range(columns - 1)
              if not _covers(upright[c + 1], (ys[r] + ys[r + 1]) / 2)}  # fmt: skip
    boxes = tuple(_joined(rows, columns, below, beside, xs, ys))
    return Ruled(boxes, tuple(xs), tuple(ys))


def merged(values: Iterable[float]) -> list[float]:
    """Return the distinct positions, those nearer than NEAR as their mean."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups]


def _covering(rules: list[RuledLine], positions: list[float]) -> list[list[RuledLine]]:
    """List for each position the lines that lie there."""
    return [[r for r in rules if abs(r.at - p) <= NEAR] for p in positions]


def _covers(rules: list[RuledLine], point: float) -> bool:
    return any(r.start - 1 <= point <= r.end + 1 for r in rules)


def _joined(
    rows: int, columns: int, below: set[tuple[int, int]], beside: set[tuple[int, int]], xs: list[float], ys: list[float]
) -> Iterator[RuledCell]:
    """Join the smallest fields that no line parts; yield the boxes they make, row by row."""
    seen: set[tuple[int, int]] = set()
    for r in range(rows):
        for c in range(columns):
            if (r, c) in seen:
                continue
            fields = _reach((r, c), below, beside)
            seen |= fields
            top, bottom = min(f[0] for f in fields), max(f[0] for f in fields) + 1
            left, right = min(f[1] for f in fields), max(f[1] for f in fields) + 1
            yield RuledCell(top, left, bottom - top, right - left, xs[left], ys[bottom], xs[right], ys[top])


def _reach(start: tuple[int, int], below: set[tuple[int, int]], beside: set[tuple[int, int]]) -> set[tuple[int, int]]:
    reached, waiting = {start}, [start]
    while waiting:
        r, c = waiting.pop()
        steps = []
        if (r, c) in below:
            steps.append((r + 1, c))
        if (r - 1, c) in below:
            steps.append((r - 1, c))
        if (r, c) in beside:
            steps.append((r, c + 1))
        if (r, c - 1) in beside:
            steps.append((r, c - 1))
        for step in steps:
            if step not in reached:
                reached.add(step)
                waiting.append(step)
    return reached
