"""Laying a template's tables over the form's: which table, row and cell is which, in spite of what was changed.

Pure: finds the pairing that keeps the order and has most in common. What a difference means is said in table_faults.py.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from nianbao.document import opened_docx as source
from nianbao.document import tags
from nianbao.form import Cell, CellKind, Edition, Table, plain, printed_tables

A = TypeVar("A")
B = TypeVar("B")

_LEAST = 3
"""Labels or tags in common before a table counts as one of the form's."""


@dataclass(frozen=True)
class Aligned:
    """A table of the template laid over one of the form: pairs of rows and, in them, of cells; None has no partner."""

    shown: source.OpenedTable
    form: Table
    rows: tuple[tuple[int | None, int | None], ...]
    cells: tuple[tuple[source.OpenedCell | None, Cell | None], ...]


def wanted(edition: Edition, cell: Cell) -> str:
    """Return what a cell of the template must hold, without white space."""
    if cell.kind is CellKind.VALUE:
        return "".join(tags.tag(edition, edition.values[cell.key]).split())
    return "".join((tags.typed_tag(cell.key) if cell.kind is CellKind.TYPED else plain(cell.text)).split())


def assign(edition: Edition, tables: Sequence[source.OpenedTable]) -> dict[str, source.OpenedTable]:
    """Map ids of the form's tables to the template's tables that have most in common with them."""
    scores = []
    for form in printed_tables(edition):
        asked = {wanted(edition, c) for c in form.cells}
        for shown in tables:
            held = {c.text for row in shown.rows for c in row}
            scores.append((len(asked & held), form.id, shown))
    chosen: dict[str, source.OpenedTable] = {}
    for score, form_id, shown in sorted(scores, key=lambda s: -s[0]):
        if score >= _LEAST and form_id not in chosen and shown not in chosen.values():
            chosen[form_id] = shown
    return chosen


def align(edition: Edition, form: Table, shown: source.OpenedTable) -> Aligned:
    """Lay a template's table over the form's."""
    by_row: dict[int, list[Cell]] = {r: [] for r in range(form.rows)}
    for cell in sorted(form.cells, key=lambda c: (c.row, c.column)):
        by_row[cell.row].append(cell)
    words: Mapping[Cell, str] = {c: wanted(edition, c) for c in form.cells}
    lines = list(by_row.values())

    def alike(row: tuple[source.OpenedCell, ...], line: list[Cell]) -> float:
        held, asked = [c.text for c in row], [words[c] for c in line]
        common = sum(1 for x in set(held) if x in asked)
        if common:
            return common / max(len(held), len(asked), 1)
        # Rows in which nothing is left the same may still be the same row.
        little = 0.05 if len(held) == len(asked) else 0.0
        return max(little, 0.3 * _ratio("".join(held)[:60], "".join(asked)[:60]))

    def same(cell: source.OpenedCell, form_cell: Cell) -> float:
        if cell.text == words[form_cell]:
            return 2 + (0.5 if cell.column == form_cell.column else 0)
        here = 0.4 if cell.column == form_cell.column and cell.columns == form_cell.columns else 0.0
        if (form_cell.kind is CellKind.VALUE) != _is_figure(cell.text):
            return here / 2
        return here + (0.3 if form_cell.kind is CellKind.VALUE else _ratio(cell.text[:60], words[form_cell][:60]))

    rows = pair(shown.rows, lines, alike)
    cells: list[tuple[source.OpenedCell | None, Cell | None]] = []
    for r, line in rows:
        if r is not None and line is not None:
            for i, k in pair(shown.rows[r], lines[line], same):
                cells.append((None if i is None else shown.rows[r][i], None if k is None else lines[line][k]))
    return Aligned(shown, form, tuple(rows), tuple(cells))


def pair(ours: Sequence[A], theirs: Sequence[B], alike: Callable[[A, B], float]) -> list[tuple[int | None, int | None]]:
    """Pair two sequences in order so that the pairs are together as alike as possible; what is left has None."""
    worth = [[alike(a, b) for b in theirs] for a in ours]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for k in range(len(theirs) - 1, -1, -1):
            together = worth[i][k] + best[i + 1][k + 1] if worth[i][k] > 0 else 0.0
            best[i][k] = max(best[i + 1][k], best[i][k + 1], together)
    pairs: list[tuple[int | None, int | None]] = []
    i = k = 0
    while i < len(ours) and k < len(theirs):
        if worth[i][k] > 0 and best[i][k] == worth[i][k] + best[i + 1][k + 1]:
            pairs.append((i, k))
            i, k = i + 1, k + 1
        elif best[i][k] == best[i + 1][k]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, k))
            k += 1
    pairs += [(x, None) for x in range(i, len(ours))]
    return pairs + [(None, x) for x in range(k, len(theirs))]


def _is_figure(text: str) -> bool:
    return not text or "{" in text or text.replace(".", "").isdecimal()


@lru_cache(maxsize=8192)
def _ratio(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()
