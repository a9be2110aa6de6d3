"""A table whose rows have no names (表四), laid out in another way: in several tables, or with rows and columns turned.

Every figure of such a table has two names, its group's (复议后起诉) and its own (结果维持). Wherever these stand, over
the figure, before it or in the line above its table, a figure is known by the two; the whole is taken only where each
figure of the form is there once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nianbao.published import labels, rows, wording
from nianbao.published.expected import Segment
from nianbao.published.found_cells import FoundCell, Worded
from nianbao.published.labels import LabelVocabulary
from nianbao.published.model import Grid, GridCell, Paragraph

_UNIT = "单位"
_EVERYWHERE = (-1_000_000, 1_000_000)
_MOST = 4
"""Names that may stand over one figure; and lines that may stand over one table."""


@dataclass(frozen=True)
class Name:
    """What one cell or line names: words of the form, and whether they are a group's or a figure's own."""

    words: frozenset[str]
    group: bool
    written: str
    label: str
    exact: bool


@dataclass(frozen=True)
class _Over:
    """A name and the columns that it stands over."""

    name: Name
    start: int
    end: int


@dataclass
class Crossed:
    """The figures found by their names: by key, the rows of each table that were used, and what was told by them."""

    cells: dict[str, FoundCell] = field(default_factory=dict)
    blanks: dict[str, FoundCell] = field(default_factory=dict)
    rows: set[tuple[int, int]] = field(default_factory=set)
    worded: list[Worded] = field(default_factory=list)
    captions: list[Paragraph] = field(default_factory=list)
    doubled: bool = False

    def whole(self, names: SegmentNames) -> bool:
        """Tell whether every figure was found, and none twice with another number."""
        return not self.doubled and len({*self.cells, *self.blanks}) == names.count

    def put(self, key: str, spot: FoundCell) -> None:
        """Keep a figure's cell; what stands in a blank one counts for nothing where another has a figure."""
        if not rows.says_something(spot.cell.text):
            self.blanks.setdefault(key, spot)
        elif labels.plain(self.cells.setdefault(key, spot).cell.text) != labels.plain(spot.cell.text):
            self.doubled = True


class SegmentNames:
    """The names of a segment's figures; `usable` where each is known by its group and its own, as in 表四."""

    def __init__(self, segment: Segment) -> None:
        row = segment.rows[0]
        self._keys = {(p[:-1], p[-1]): k for p, k in zip(segment.paths, row.keys, strict=True)}
        self._groups = tuple(dict.fromkeys(p[:-1] for p in segment.paths))
        own = tuple(dict.fromkeys(segment.leaves))
        full = len(self._keys) == len(segment.paths) == len(self._groups) * len(own)
        self.usable = full and not row.labels and len(self._groups) > 1 and len(own) > 1
        self.count, self.least = len(self._keys), len(own)
        self._names: dict[str, tuple[frozenset[str], bool]] = {"".join(g): (frozenset(g), True) for g in self._groups}
        self._names |= {w: (frozenset([w]), True) for g in self._groups for w in g}
        self._names |= {w: (frozenset([w]), False) for w in own}
        self._vocabulary = LabelVocabulary(self._names)

    def find(self, text: str) -> Name | None:
        """Return what a text names, as in the form, in other words, or misspelt where it is near one name only."""
        if rows.is_figure(text) or not rows.says_something(text):
            return None
        for written in (text, wording.without_subject(text)):
            match = self._vocabulary.find(written)
            if match:
                words, group = self._names[match.label]
                return Name(words, group, text, match.label, match.exact and written == text)
        said = [n for n in self._names if wording.means(wording.without_subject(text), n)]
        return Name(*self._names[said[0]], text, said[0], False) if len(said) == 1 else None

    def key(self, over: Sequence[Name]) -> str:
        """Return the figure that these names are all of, '' for none or when they may be several's."""
        groups = {w for n in over if n.group for w in n.words}
        own = {w for n in over if not n.group for w in n.words}
        fits = [g for g in self._groups if g and g[-1] in groups and groups <= set(g)]
        return self._keys[fits[0], own.pop()] if len(fits) == len(own) == 1 else ""


def find(names: SegmentNames, grids: Sequence[Grid], leads: Sequence[Sequence[Paragraph]]) -> Crossed:
    """Return the figures known by their names in these tables; `leads` has for each the paragraphs before it."""
    found = Crossed()
    for i, grid in enumerate(grids):
        lines = leads[i] if i < len(leads) else ()
        if any(names.find(c.text) for c in grid.cells):
            _Table(names, grid, found).run(lines)
    return found


class _Table:
    """One table, row by row."""

    def __init__(self, names: SegmentNames, grid: Grid, found: Crossed) -> None:
        self.names, self.grid, self.found = names, grid, found
        self.over: dict[bool, list[_Over]] = {True: [], False: []}
        self.heads: set[int] = set()
        self.fresh = {True: True, False: True}
        self.lines: list[Paragraph] = []

    def run(self, lines: Sequence[Paragraph]) -> None:
        """Read the lines over the table, then its rows."""
        for line in reversed(lines[-_MOST:]):
            name = self.names.find(line.text)
            if name and name.group:
                self.over[True].append(_Over(name, *_EVERYWHERE))
                self.lines.append(line)
            elif not labels.plain(line.text).startswith(_UNIT):
                break
        for row, cells in self.grid.own.items():
            self._row(row, cells)

    def _row(self, row: int, cells: Sequence[GridCell]) -> None:
        told = [c for c in cells if rows.says_something(c.text)]
        named = [(c, n) for c in told if (n := self.names.find(c.text))]
        figures = [c for c in told if rows.is_figure(c.text)]
        strange = [c for c in told if c not in figures and all(c is not x for x, _ in named)]
        if strange and not (not figures and len(named) > 1 and strange == told[:1]):  # a corner is no stranger
            self.over, self.fresh = {True: [], False: []}, {True: True, False: True}
            return
        if not figures and named:
            if len(named) == 1 < len(cells):  # a name before blanks, or one over the whole table
                self._figures(row, cells, named)
            self._heads(row, cells, named)
        elif cells and (figures or not told):
            self._figures(row, cells, named)

    def _heads(self, row: int, cells: Sequence[GridCell], named: Sequence[tuple[GridCell, Name]]) -> None:
        """Remember a row of names; after figures, names of a kind take the place of those of their kind before."""
        kinds = {n.group for _, n in named}
        whole = len(named) == 1 and (len(cells) == 1 or self.grid.flat)
        if len(named) == 1 and not whole and not named[0][1].group:
            return
        for kind in kinds:
            if not self.fresh[kind]:
                self.over[kind] = []
            self.fresh[kind] = True
        self.heads.add(row)
        for i, (cell, name) in enumerate(named):
            at = i - len(named)
            start, end = _EVERYWHERE if whole else (at, at + 1) if self.grid.flat else (cell.column, cell.end)
            self.over[name.group].append(_Over(name, start, end))

    def _figures(self, row: int, cells: Sequence[GridCell], named: Sequence[tuple[GridCell, Name]]) -> None:
        after = max((cells.index(c) for c, _ in named), default=-1) + 1
        values = cells[after:]
        beside = [n for _, n in named] + [n for c in self._reaching(row, cells) if (n := self.names.find(c.text))]
        if any(rows.is_figure(c.text) for c in cells[:after]) or not self._fits(values):
            return
        used = False
        for i, cell in enumerate(values):
            over = [*beside]
            for kind in (True, False):
                if not any(n.group is kind for n in beside):
                    over += [o.name for o in self._above(kind, cell, i - len(values))]
            key = self.names.key(over)
            if key:
                used = True
                self.found.put(key, FoundCell(cell, self.grid))
                self._tell(cell, over)
        if used:
            self.fresh = {True: False, False: False}
            self.found.rows |= {(id(self.grid), r) for r in (row, *self.heads)}
            self.found.captions += [p for p in self.lines if p not in self.found.captions]

    def _reaching(self, row: int, cells: Sequence[GridCell]) -> list[GridCell]:
        """Return the cells that reach into a row from above, left of its own."""
        return [c for c in self.grid.cells if c.row < row < c.row + c.rows and c.end <= cells[0].column]

    def _fits(self, values: Sequence[GridCell]) -> bool:
        """Tell whether no name stands twice, as it does in the form's layout, and each has its figure by the order."""
        placed = [[o for o in self.over[k] if (o.start, o.end) != _EVERYWHERE] for k in (True, False)]
        if any(len({o.name.words for o in names}) < len(names) for names in placed):
            return False
        return not self.grid.flat or all(len(names) in (0, len(values)) for names in placed)

    def _above(self, kind: bool, cell: GridCell, at: int) -> list[_Over]:
        start, end = (at, at + 1) if self.grid.flat else (cell.column, cell.end)
        return [o for o in self.over[kind] if o.start < end and start < o.end][:_MOST]

    def _tell(self, cell: GridCell, over: Sequence[Name]) -> None:
        for name in over:
            if not name.exact:
                self.found.worded.append(Worded(FoundCell(cell, self.grid), name.label, name.written))
