"""Finding the form's tables in a document and the cell of every figure, for one edition. No figure is read here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from nianbao.form import Edition
from nianbao.published import column_headings, crossed_tables, labels, rows
from nianbao.published.column_headings import Columns
from nianbao.published.crossed_tables import Crossed
from nianbao.published.expected import ExpectedRow, Segment
from nianbao.published.found_cells import Extra, Found, FoundCell, UnsureRow, Worded
from nianbao.published.labels import LabelVocabulary
from nianbao.published.model import Grid, GridCell, Paragraph

_SEVERAL = 3
"""So many rows of the form in a table make it a table of the form, even if none can be read."""


@dataclass
class _State:
    """What has been seen so far of one edition's tables.

    `rows_of` are by id of a grid the rows refused in it; where one was taken it has None among them.
    """

    pending: list[GridCell] = field(default_factory=list)
    pending_grid: Grid | None = None
    used: bool = False
    blanks: dict[ExpectedRow, tuple[Columns, Grid, Sequence[GridCell]]] = field(default_factory=dict)
    in_force: dict[str, tuple[tuple[str, ...], Columns | None]] = field(default_factory=dict)
    taken: dict[ExpectedRow, list[list[FoundCell]]] = field(default_factory=dict)
    refused: list[UnsureRow] = field(default_factory=list)
    rows_of: dict[int, set[ExpectedRow | None]] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    worded: list[Worded] = field(default_factory=list)
    headless: set[str] = field(default_factory=set)
    longest: int = 0


def find(
    edition: Edition,
    wanted: Sequence[Segment],
    grids: Sequence[Grid],
    vocabulary: LabelVocabulary,
    groups: Mapping[str, str],
    leads: Sequence[Sequence[Paragraph]] = (),
) -> Found:
    """Return where the figures of `edition`, whose segments are `wanted`, stand in these grids.

    `groups` names for each label of any edition the group it stands under; `leads` are the paragraphs before each grid.
    """
    found = _Finder(edition, wanted, vocabulary).run(grids, groups)
    for segment in wanted:
        if segment.rows[0] in found.missing:
            names = crossed_tables.SegmentNames(segment)
            other = crossed_tables.find(names, grids, leads) if names.usable else None
            if other and other.whole(names):
                rest = _Finder(edition, wanted, vocabulary, frozenset(other.rows)).run(grids, groups)
                found = _taken(rest, segment.rows[0], other)
            elif other and len(other.cells) >= names.least:
                found = _not_taken(found, segment.rows[0], other)
    return found


def _taken(found: Found, row: ExpectedRow, other: Crossed) -> Found:
    """Add the figures of a table that is laid out in another way."""
    spots = {k: other.cells.get(k) or other.blanks[k] for k in row.keys}
    worded = {(w.label, w.written): w for w in (*found.worded, *other.worded)}
    return replace(
        found, cells=found.cells | spots, missing=tuple(r for r in found.missing if r != row),
        worded=tuple(worded.values()), relaid={**found.relaid, row.table: spots[row.keys[0]]},
        captions=(*found.captions, *other.captions),
    )  # fmt: skip


def _not_taken(found: Found, row: ExpectedRow, other: Crossed) -> Found:
    """Tell of a table that is there in another way, but not surely whole."""
    why = "有的数字出现两次而不同" if other.doubled else "有的数字认不出是哪一类的哪一项"
    refused = UnsureRow(row, next(iter(other.cells.values())), f"表的排法与格式不同（分成几张表，或行与列对调），{why}")
    missing = tuple(r for r in found.missing if r != row)
    return replace(found, refused=(*found.refused, refused), missing=missing)


def words_of(segments: Sequence[Segment], vocabulary: LabelVocabulary) -> rows.EditionLabels:
    """Return the words of these segments among those of a vocabulary."""
    labelled = {r.label: r for s in segments for r in s.rows if r.label}
    heads = frozenset(labels.fold(h).core for s in segments for h in (*s.heads, s.corner) if h)
    return rows.EditionLabels(vocabulary, labelled, heads)


class _Finder:
    """Walks all rows of all grids in order, but those `passed` over (a grid's id, a row), for one edition."""

    def __init__(
        self, edition: Edition, wanted: Sequence[Segment], vocabulary: LabelVocabulary,
        passed: frozenset[tuple[int, int]] = frozenset(),
    ) -> None:  # fmt: skip
        self.edition, self.passed = edition, passed
        self.segments = wanted
        self.of_row = {r: s for s in self.segments for r in s.rows}
        self.alike: dict[str, list[ExpectedRow]] = {}
        for row in self.of_row:
            self.alike.setdefault(row.label, []).append(row)
        self.words = words_of(wanted, vocabulary)
        self.state = _State()

    def run(self, grids: Sequence[Grid], groups: Mapping[str, str]) -> Found:
        """Walk the grids and sum up."""
        for grid in grids:
            extras: list[Extra] = []
            if self.state.used:
                self.state.pending = []
            for row, cells in grid.own.items():
                if (id(grid), row) not in self.passed:
                    self._row(grid, cells, extras)
            if self._belongs(grid):
                self.state.extras += extras
        self._place_blanks()
        return self._result(groups)

    def _row(self, grid: Grid, cells: tuple[GridCell, ...], extras: list[Extra]) -> None:
        told = [c for c in cells if rows.says_something(c.text)]
        if self._unlabelled(grid, cells) or not told:
            return
        parts = rows.apart(self.words, cells)
        if parts and parts.after:
            self._collect_heads(grid, parts.before if grid.flat else ())
            self._labelled(FoundCell(parts.label, grid), parts.row, parts)
            deeper = [c for c in parts.after if not rows.is_figure(c.text) and self.words.known(c.text)]
            extras += [Extra(FoundCell(c, grid), c.text, self.words.known(c.text)) for c in deeper]
        elif any(rows.is_figure(c.text) for c in told):
            self._extra(grid, told, extras)
        else:
            self._collect_heads(grid, cells)

    def _collect_heads(self, grid: Grid, cells: Sequence[GridCell]) -> None:
        """Remember a row of headings; in a flat grid anything before the label that is no other label."""
        heads = [c for c in cells if rows.says_something(c.text)]
        if grid.flat:
            heads = [c for c in heads if self.words.is_head(c.text) or not self.words.known(c.text)]
        elif not any(self.words.is_head(c.text) for c in heads):
            return
        if heads:
            if self.state.pending_grid is not grid or self.state.used:
                self.state.pending, self.state.used = [], False
            self.state.pending += heads
            self.state.pending_grid = grid

    def _unlabelled(self, grid: Grid, cells: tuple[GridCell, ...]) -> bool:
        """Take a row without a label, such as 表四's, when the headings above it are surely its own."""
        lead = next((i for i, c in enumerate(cells) if rows.is_figure(c.text)), len(cells))
        figures = cells[lead:]
        if grid.flat and not figures:
            return False
        if not grid.flat and any(rows.says_something(c.text) for c in cells[:lead]):
            return False
        for segment in self.segments:
            row = segment.rows[0]
            if row.labels or not (self.state.pending or grid.flat):
                continue
            heads = [*self.state.pending, *cells[:lead]]
            if not grid.flat:
                figures = cells
            match = column_headings.match(segment, self.state.pending_grid or grid, heads)
            if match is None:
                continue
            if any(rows.says_something(c.text) for c in figures):
                self._use(segment, match, heads, grid)
                self._place(grid, row, match, figures)
            else:  # perhaps only a spacer: the figures may follow
                self.state.blanks.setdefault(row, (match, grid, figures))
            return True
        return False

    def _labelled(self, spot: FoundCell, row: ExpectedRow, parts: rows.RowParts) -> None:
        meant = self._meant(spot, row)
        if meant is None:
            self._refuse(UnsureRow(row, spot, "几行都叫这个名称，左边的大类认不出，不知道是哪一行"))
            return
        row, segment = meant, self.of_row[meant]
        match = self._columns(segment)
        self.state.used = True
        if not parts.exact:
            self.state.worded.append(Worded(spot, row.label, spot.cell.text))
        if row.table == "requests":
            self.state.longest = max(self.state.longest, len(parts.after))
        if match is None:
            self._refuse(UnsureRow(row, spot, "它上面的列标题不齐或与格式不同，认不出各列"))
        else:
            self._place(spot.grid, row, match, parts.after)

    def _meant(self, spot: FoundCell, row: ExpectedRow) -> ExpectedRow | None:
        """Return which of the form's rows of this label it is, by the groups printed left of it; None when not sure."""
        alike = self.alike[row.label]
        if len(alike) == 1:
            return row
        at, column = spot.cell.row, spot.cell.column
        beside = [c.text for c in spot.grid.cells if c.row <= at < c.row + c.rows and c.end <= column]
        fits = [r for r in alike if all(any(labels.same(g, text) for text in beside) for g in r.labels[:-1])]
        return fits[0] if len(fits) == 1 else None

    def _columns(self, segment: Segment) -> Columns | None:
        """Return the columns in force: by the headings just read, or those read before with the same words."""
        if self.state.pending and self.state.pending_grid is not None:
            match = column_headings.match(segment, self.state.pending_grid, self.state.pending)
            if match is None:
                self.state.in_force[segment.table] = (), None
                return None
            self._use(segment, match, self.state.pending, self.state.pending_grid)
            return match
        if segment.table in self.state.in_force:
            heads, match = self.state.in_force[segment.table]
            return match if heads == segment.heads else None
        if len(segment.rows) >= _SEVERAL:
            self.state.headless.add(segment.table)
            return Columns(tuple(range(len(segment.paths))))
        return None

    def _use(self, segment: Segment, match: Columns, heads: Sequence[GridCell], grid: Grid) -> None:
        """Put columns in force for their table, until it has other headings."""
        for label, written in match.written:
            cell = next(c for c in heads if c.text == written)
            self.state.worded.append(Worded(FoundCell(cell, grid), label, written))
        self.state.in_force[segment.table] = segment.heads, match
        self.state.pending = []

    def _place_blanks(self) -> None:
        for row, (match, grid, cells) in self.state.blanks.items():
            if row not in self.state.taken:
                self._place(grid, row, match, cells)

    def _place(self, grid: Grid, row: ExpectedRow, match: Columns, cells: Sequence[GridCell]) -> None:
        placed = rows.place(match, len(row.keys), grid, cells[0].row, cells)
        if placed is None:
            filled = sum(rows.says_something(c.text) for c in cells)
            counted = (
                f"读到{len(cells)}格（其中{filled}格有内容）"
                if len(cells) != len(row.keys)
                else f"有内容的只有{filled}格"
            )
            why = f"应有{len(row.keys)}个数字格，{counted}，对不上各列"
            self._refuse(UnsureRow(row, FoundCell(cells[0], grid), why))
        else:
            self.state.taken.setdefault(row, []).append([FoundCell(c, grid) for c in placed])
            self.state.rows_of.setdefault(id(grid), set()).add(None)

    def _refuse(self, refused: UnsureRow) -> None:
        self.state.refused.append(refused)
        self.state.rows_of.setdefault(id(refused.spot.grid), set()).add(refused.row)

    def _extra(self, grid: Grid, told: list[GridCell], extras: list[Extra]) -> None:
        words = [c for c in told if not rows.is_figure(c.text)]
        if words:
            extras.append(Extra(FoundCell(words[-1], grid), words[-1].text, self.words.known(words[-1].text)))
        else:
            extras.append(Extra(FoundCell(told[0], grid), "", ""))

    def _result(self, groups: Mapping[str, str]) -> Found:
        state = self.state
        cells: dict[str, FoundCell] = {}
        for row, found in state.taken.items():
            why = self._doubt(row, found, groups)
            if why:
                self._refuse(UnsureRow(row, found[0][0], why))
            else:
                cells.update(zip(row.keys, found[0], strict=True))
        seen = {*state.taken, *(r.row for r in state.refused)}
        refused = [r for r in state.refused if not set(r.row.keys) <= set(cells)]
        return Found(
            self.edition, cells, tuple({r.row: r for r in refused}.values()),
            tuple(r for r in self.of_row if r not in seen), tuple(state.extras),
            tuple({(w.label, w.written): w for w in state.worded}.values()), frozenset(state.headless),
            Counter(r.table for r in self.of_row),
        )  # fmt: skip

    def _belongs(self, grid: Grid) -> bool:
        """Tell whether a grid holds rows of the form, and not only a word that a row of the form has too."""
        found = self.state.rows_of.get(id(grid), ())
        return None in found or len(found) >= _SEVERAL

    def _doubt(self, row: ExpectedRow, found: list[list[FoundCell]], groups: Mapping[str, str]) -> str:
        """Return why a row that was placed is still not sure, or ''."""
        texts = {tuple(labels.plain(s.cell.text) for s in spots) for spots in found}
        if len(texts) > 1 or any(r.row == row and self._belongs(r.spot.grid) for r in self.state.refused):
            return "这一行出现不止一次，数字不同，认不出哪一行是对的"
        over = {groups[e.known] for e in self.state.extras if e.known in groups}
        if row.label and any(labels.same(group, row.label) for group in over):
            return "这一行下面还有分项，它的数字是哪一项的不能确定"
        if row.table in self.state.headless and self.state.longest > len(row.keys):
            return "表中没有列标题，各行的格数又不同，认不出各列"
        return ""
