"""What the formulas of rules are made of: expressions about an edition's figures as 逐格核对 holds them. Pure text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.checks.rule_findings import BLANK
from nianbao.form import Rule
from nianbao.workbook import cellrows
from nianbao.workbook.cellrows import fact
from nianbao.workbook.layout import Layout

YEAR, LEVEL = fact("year").fixed, fact("level").fixed
LAST, LAST_YEAR = fact("last_edition").fixed, fact("last_year").fixed


def in_its_years(rule: Rule, formula: str, otherwise: str = "") -> str:
    """A rule does not apply to reports of other years; an unknown year is checked."""
    year = fact("year").absolute
    bounds = [f"{year}<{rule.from_year}"] if rule.from_year else []
    bounds += [f"{year}>{rule.to_year}"] if rule.to_year else []
    if not bounds:
        return formula
    return f'IF(AND(ISNUMBER({year}),OR({",".join(bounds)})),"{otherwise}",{formula})'


@dataclass(frozen=True)
class FigureTerms:
    """Expressions about the figures of an edition."""

    layout: Layout
    rule: Rule

    def has(self, *keys: str) -> bool:
        """Tell whether the form has all these figures."""
        return all(k in self.layout.edition.values for k in keys)

    def level_is(self, *ids: str) -> str:
        """The condition that the body's level is one of these, which the sheet names as people do."""
        known = [level for level in map(self.layout.edition.level, ids) if level]
        return any_of(f'{LEVEL}="{level.label}"' for level in known) if known else "FALSE"

    def there(self, keys: Iterable[str], column: int = cellrows.USED) -> str:
        """The condition that all of them have a number."""
        listed = tuple(keys)
        return f"COUNT({self.cells(listed, column)})={len(listed)}"

    def cells(self, keys: Iterable[str], column: int = cellrows.USED) -> str:
        """Their cells, as ranges."""
        return cellrows.refs(self.layout, keys, column, here=True)

    def sum(self, keys: Iterable[str], column: int = cellrows.USED) -> str:
        """Their sum, what is missing counting nothing."""
        listed = [k for k in keys if self.has(k)]
        return f"SUM({self.cells(listed, column)})" if listed else "0"

    def blank(self, *keys: str) -> str:
        """What is to be said while one of them has no number; as judge.blank."""
        if any(self.layout.edition.values[k].required for k in keys):
            return why(BLANK.why)
        return f'IF(COUNT({self.cells(keys)})=0,"",{why(BLANK.why)})'

    def rows(self, table: str, *columns: str) -> list[tuple[str, ...]]:
        """The keys of these columns, row by row, where a row has all of them."""
        found = self.layout.edition.table.get(table)
        rows = dict.fromkeys(v.row for v in found.values) if found else {}
        keys = [tuple(f"{table}.{row}.{c}" for c in columns) for row in rows]
        return [k for k in keys if self.has(*k)]


Made = tuple[str, str]
"""A formula ('' where the form has nothing of it) and the figure or fact it is about first."""
NONE: Made = ("", "")


def why(text: str) -> str:
    """Say why a rule can't be judged."""
    return f'"{text}"'


def found(condition: str) -> str:
    """1 where the condition is met, else 0."""
    return f"IF({condition},1,0)"


def any_of(conditions: Iterable[str]) -> str:
    """The condition that one of them is met."""
    return f"OR({','.join(conditions)})"
