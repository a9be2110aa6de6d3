"""Tables whose rows the clerk names: no printed label says which row is which, so they are sure only as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.form import CellKind, Edition, Table
from nianbao.published import labels, rows
from nianbao.repair.view import Place, View


class Loose:
    """The tables of an edition whose rows the clerk names."""

    def __init__(self, edition: Edition) -> None:
        self._tables = [t for t in edition.tables if any(c.kind is CellKind.TYPED for c in t.cells)]

    def doubt(self, view: View, sure: dict[str, Place], doubts: dict[Place, str], at: Mapping[str, Place]) -> None:
        """Doubt a table whose rows the clerk names wherever its names no longer fit what is printed around it."""
        for table in self._tables:
            cells = [c for c in table.cells if c.key in at]
            over = {c.column: c.text for c in table.cells if c.kind is CellKind.HEAD}
            beside = {c.row: c.text for c in table.cells if c.kind is CellKind.LABEL}
            rows_ = {c.row: at[c.key][0] for c in cells}
            lost = any(c.key not in at for c in table.cells if c.kind in (CellKind.VALUE, CellKind.TYPED))
            corners = {(at[c.key][0] - c.row, at[c.key][1] - c.column) for c in cells}
            if lost:
                unlike = len(corners) > 1 or not all(self._stands(view, table, corner) for corner in corners)
            else:
                apart = any(at[c.key][0] != rows_[c.row] for c in cells)
                unlike = apart or [*rows_.values()] != sorted(rows_.values())
            if unlike or any(self._unlike(view, at[c.key], over[c.column], beside.get(c.row, "")) for c in cells):
                for cell in cells:
                    sure.pop(cell.key, None)
                    doubts.setdefault(at[cell.key], "格子与类别、列名错开了，认不出是哪一类的")
            for head in (over[c.column] for c in table.cells if c.kind is CellKind.TYPED):
                for place in self._under(view, head):
                    if place not in sure.values():
                        doubts.setdefault(place, "认不出是第几类的名称")

    def _stands(self, view: View, table: Table, corner: Place) -> bool:
        """Tell whether everything that such a table prints is in its place below this corner."""
        printed = (c for c in table.cells if c.kind in (CellKind.HEAD, CellKind.LABEL))
        return all(labels.same(view.text((corner[0] + c.row, corner[1] + c.column)), c.text) for c in printed)

    def _unlike(self, view: View, place: Place, head: str, label: str) -> bool:
        """Tell whether another heading stands over a cell of such a table, or another label left of it."""
        row, column = place
        texts = [t for r in range(row - 1, 0, -1) if not rows.is_figure(t := view.text((r, column))) and t.strip()]
        own = labels.same(next((t for t in texts if self._prints(t)), ""), head)
        beside = view.text((row, column - 1)) if column > 1 else ""
        return not own or (labels.same(beside, label) if not label else not labels.same(beside, label))

    def _prints(self, text: str) -> bool:
        """Tell whether a text is a heading of a table whose rows the clerk names."""
        return any(labels.same(text, c.text) for t in self._tables for c in t.cells if c.kind is CellKind.HEAD)

    def _under(self, view: View, head: str) -> list[Place]:
        """Return the texts below a heading, down to the next printed one."""
        found: list[Place] = []
        ends = [c.text for t in self._tables for c in t.cells if c.kind in (CellKind.LABEL, CellKind.HEAD)]
        for row, texts in view.by_row.items():
            for column in (c for c, t in texts.items() if labels.same(t, head)):
                for below in range(row + 1, view.bottom + 1):
                    text = view.by_row.get(below, {}).get(column, "")
                    if any(labels.same(text, end) for end in ends):
                        break
                    if text.strip() and not rows.is_figure(text):
                        found.append((below, column))
        return found
