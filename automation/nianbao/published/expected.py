"""What an edition lets a reader expect of each printed table: rows by label, columns by the headings over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.form import Cell, CellKind, Edition, Table, plain, printed_tables


@dataclass(frozen=True)
class ExpectedRow:
    """One row of figures: its labels from the group to its own ('()' where the form prints none), its cell keys."""

    table: str
    labels: tuple[str, ...]
    keys: tuple[str, ...]

    @property
    def label(self) -> str:
        """The row's own label, or ''."""
        return self.labels[-1] if self.labels else ""


@dataclass(frozen=True)
class Segment:
    """Rows that stand under the same headings.

    `paths` has for each column the headings over it, `heads` all headings in reading order, `corner` the text
    over the labels, which some pages print and some do not.
    """

    table: str
    paths: tuple[tuple[str, ...], ...]
    heads: tuple[str, ...]
    corner: str
    rows: tuple[ExpectedRow, ...]

    @property
    def leaves(self) -> tuple[str, ...]:
        """The heading directly over each column."""
        return tuple(p[-1] for p in self.paths)


def segments(edition: Edition) -> tuple[Segment, ...]:
    """Return the segments of every printed table, in printed order."""
    return tuple(s for table in printed_tables(edition) for s in _of_table(table))


def labelled_segments(edition: Edition) -> tuple[Segment, ...]:
    """Return the segments of every table, printed or not, whose rows are known by labels or by being alone."""
    found = (s for table in edition.tables for s in _of_table(table))
    return tuple(s for s in found if len(s.rows) == 1 or all(r.labels for r in s.rows))


def _of_table(table: Table) -> Iterable[Segment]:
    heads: list[Cell] = []
    corner = ""
    rows: list[ExpectedRow] = []
    for index in range(table.rows):
        cells = [c for c in table.cells if c.row == index]
        own = [c for c in cells if c.kind is CellKind.VALUE]
        if not own:
            if rows:
                yield _segment(table, heads, corner, rows)
                heads, rows, corner = [], [], ""
            heads += [c for c in cells if c.kind is CellKind.HEAD]
            corner = next((plain(c.text) for c in cells if c.kind is CellKind.CORNER), corner)
            continue
        labels = [c for c in table.cells if c.kind is CellKind.LABEL and c.row <= index < c.row + c.rows]
        path = tuple(plain(c.text) for c in sorted(labels, key=lambda c: c.column))
        rows.append(ExpectedRow(table.id, path, tuple(c.key for c in own)))
    if rows:
        yield _segment(table, heads, corner, rows)


def _segment(table: Table, heads: list[Cell], corner: str, rows: list[ExpectedRow]) -> Segment:
    values = [table.value_cells[k] for k in rows[-1].keys]
    over = [[h for h in heads if h.column <= v.column < h.column + h.columns] for v in values]
    first = min(v.column for v in values)
    return Segment(
        table.id,
        tuple(tuple(plain(h.text) for h in column) for column in over),
        tuple(plain(h.text) for h in heads if h.column >= first),
        corner or next((plain(h.text) for h in heads if h.column < first), ""),
        tuple(rows),
    )
