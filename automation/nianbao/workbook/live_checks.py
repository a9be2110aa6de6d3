"""The live checks beside a table: which figures each compares and where its visible 差 stands.

The same comparison gives the cell's formula and its cached result (formulas.py). What a rule is about is the edition's;
that formulas and checks/ come to the same is tests/workbook/test_live_office.py's to show.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from nianbao.form import CellKind, Edition, Identity, Rule, Table
from nianbao.workbook.address import Spot
from nianbao.workbook.comparisons import COMPARISONS, Test

_ORDINAL = re.compile(r"([一二三四五六七八九十]+)、")


@dataclass(frozen=True)
class PrintedCell:
    """One printed cell at its place in the sheet, with the rows and columns it spans."""

    spot: Spot
    rows: int
    columns: int
    text: str
    kind: CellKind = CellKind.LABEL
    align: str = "center"


@dataclass(frozen=True)
class Check:
    """One live check: the rule, the cell that shows the result, its printed label (once for a row of checks)."""

    rule: str
    spot: Spot
    label: PrintedCell | None
    left: tuple[str, ...]
    right: tuple[str, ...]
    test: Test = Test.EQUAL

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures compared, which turn red together."""
        return (*self.left, *self.right)


def in_force(edition: Edition, rule: Rule) -> bool:
    """Tell whether a rule is in force in any year the edition is for."""
    last = edition.to_year
    return (rule.from_year is None or last is None or rule.from_year <= last) and (
        rule.to_year is None or rule.to_year >= edition.from_year
    )


def checks_of(edition: Edition, table: Table, origin: Spot) -> tuple[Check, ...]:
    """Return the live checks of a table whose grid begins at `origin`: 差 rows below it, 差 columns right of it."""
    found: list[Check] = []
    below = origin.by(table.rows, 0)
    right = origin.by(0, len(table.widths))
    for rule in edition.rules:
        if not in_force(edition, rule):
            continue
        identities = [i for i in rule.identities if all(k in table.value_cells for k in (*i.left, *i.right))]
        help_ = table.help and not identities and _beside(edition, table, rule)
        if help_:
            found += _grid_of_checks(edition, table, help_, below)
            below = below.by(len({table.value_cells[i.left[0]].row for i in help_}), 0)
        elif identities and _one_per_row(table, identities):
            found += _column_of_checks(edition, table, rule, identities, right)
            right = right.by(0, 1)
        elif identities:
            found += _row_of_checks(edition, table, rule, identities, below)
            below = below.by(1, 0)
        elif rule.check in COMPARISONS and rule.cells and all(k in table.value_cells for k in rule.cells):
            for text, left, against, test in COMPARISONS[rule.check](edition, rule):
                label = PrintedCell(below, 1, len(table.widths) - 1, f"{rule.id} {text}", align="right")
                found.append(Check(rule.id, below.by(0, len(table.widths) - 1), label, left, against, test))
                below = below.by(1, 0)
    return tuple(found)


def _rows_of(table: Table, identity: Identity) -> set[int]:
    return {table.value_cells[k].row for k in (*identity.left, *identity.right)}


def _one_per_row(table: Table, identities: list[Identity]) -> bool:
    """Tell whether each identity lies in one row of its own (as in 表三's rows, not in 表四's three blocks)."""
    rows = [_rows_of(table, i) for i in identities]
    return all(len(r) == 1 for r in rows) and max(Counter(min(r) for r in rows).values()) == 1


def _beside(edition: Edition, table: Table, rule: Rule) -> list[Identity]:
    """Return the rule's equalities of this table's cells with those of another table on its sheet."""
    return [
        i
        for i in rule.identities
        if len(i.left) == len(i.right) == 1
        and i.left[0] in table.value_cells
        and edition.table[edition.values[i.right[0]].table].sheet == table.sheet
    ]


def _grid_of_checks(edition: Edition, table: Table, identities: list[Identity], at: Spot) -> list[Check]:
    """Repeat the table's rows below it, each cell the difference from the cell it is to equal."""
    lines = sorted({table.value_cells[i.left[0]].row for i in identities})
    labelled: set[int] = set()
    checks = []
    for identity in identities:
        cell = table.value_cells[identity.left[0]]
        spot, label = at.by(lines.index(cell.row), cell.column), None
        if cell.row not in labelled and table.label_columns:
            labelled.add(cell.row)
            other = edition.table[edition.values[identity.right[0]].table].word
            text = f"{identity.rule} {edition.values[identity.left[0]].words[0]}（{table.word}－{other}）"
            label = PrintedCell(spot.by(0, -cell.column), 1, table.label_columns, text, align="left")
        checks.append(Check(identity.rule, spot, label, identity.left, identity.right))
    return checks


def _column_of_checks(edition: Edition, table: Table, rule: Rule, identities: list[Identity], at: Spot) -> list[Check]:
    text = f"{rule.id} 勾稽差\n（{_difference(edition, identities[0])}）".replace("－", "－\n")
    label = PrintedCell(at, max(1, table.header_rows), 1, text, CellKind.HEAD)
    checks = []
    for i, identity in enumerate(identities):
        spot = at.by(min(_rows_of(table, identity)), 0)
        checks.append(Check(rule.id, spot, None if i else label, identity.left, identity.right))
    return checks


def _row_of_checks(edition: Edition, table: Table, rule: Rule, identities: list[Identity], at: Spot) -> list[Check]:
    checks = []
    by_block = all(len(_rows_of(table, i)) == 1 for i in identities)
    for i, identity in enumerate(identities):
        columns = [table.value_cells[k].column for k in (*identity.left, *identity.right)]
        under = table.value_cells[identity.left[0]].column
        label = None
        if by_block and under > min(columns):
            text = f"{rule.id} 勾稽差（{_difference(edition, identity)}）"
            label = PrintedCell(at.by(0, min(columns)), 1, under - min(columns), text, align="right")
        elif not by_block and i == 0:
            text = f"{rule.id} 勾稽差（{_difference(edition, identity)}）"
            place = at if table.label_columns else at.by(0, len(table.widths))
            label = PrintedCell(place, 1, max(1, table.label_columns), text, align="left")
        checks.append(Check(rule.id, at.by(0, under), label, identity.left, identity.right))
    return checks


def _difference(edition: Edition, identity: Identity) -> str:
    """Say in words what is taken from what: 一＋二－三－四, 办理结果总计－各项之和."""
    keys = (*identity.left, *identity.right)
    ordinals = [_ORDINAL.match(edition.values[k].labels[0]) for k in keys]
    named = [m[1] for m in ordinals if m]
    if len(named) == len(keys) and len(set(named)) == len(keys):
        left, right = named[: len(identity.left)], named[len(identity.left) :]
        return "＋".join(left) + "".join(f"－{x}" for x in right)
    axis = 0 if len({edition.values[k].column for k in keys}) == 1 else 1
    return f"{'＋'.join(edition.values[k].words[axis] for k in identity.left)}－各项之和"
