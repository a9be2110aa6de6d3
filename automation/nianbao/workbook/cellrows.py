"""Where everything stands in the sheet 逐格核对: one row for each figure, as the program takes it. Pure: no openpyxl.

Formulas that judge do not look at what was typed but here, where texts, blanks and impossible figures are sorted out
once, as reading a workbook does (figures.py, numbers.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from nianbao.form import Edition, edition_names, load_edition
from nianbao.workbook.address import Spot, quoted, ranges
from nianbao.workbook.layout import CELLS, LAST_YEAR, Layout, layout

COLUMNS = range(1, 11)
PLACE, NAMED, WRITTEN, TAKEN, USED, REMARK, BEFORE, BARE, UNSIGNED, READ = COLUMNS
"""The columns: where, what it is called, what was written as text, the number it is, the number rules go by (none for
7.5 pieces), what is odd, last year's number; hidden: the text without its unit, without its sign, the number it spells
(of a total: what was written over its formula)."""

HEADINGS = ("位置", "栏目", "写成文字的", "认作", "用来核对", "情况", "上年", "去单位", "去正负号", "认出的数")

FACTS = ("name", "year", "level", "blank_means_zero", "last_edition", "last_year", "last_name")
"""What else the rules go by, a row each above the figures, its value in column TAKEN."""
_FIRST_FACT = 5


def fact(name: str) -> Spot:
    """Return the cell of one of FACTS."""
    return Spot(CELLS, _FIRST_FACT + FACTS.index(name), TAKEN)


def begin(layout: Layout, table: str) -> Spot:
    """Return the cell that says in which row of 上年数据 a table begins."""
    return Spot(CELLS, _FIRST_FACT + len(FACTS) + [t.id for t in layout.edition.tables].index(table), TAKEN)


def head(edition: Edition) -> Spot:
    """Return the first heading of the list of figures."""
    return Spot(CELLS, _FIRST_FACT + len(FACTS) + len(edition.tables) + 1, 1)


@lru_cache(maxsize=32)
def rows(edition: Edition) -> Mapping[str, int]:
    """Map each figure to its row, in the order of the sheets."""
    keys = [v.key for s in layout(edition).sheets for b in s.tables for v in b.table.values]
    return {key: head(edition).row + 1 + i for i, key in enumerate(keys)}


LAST_MARKS = f"{quoted(LAST_YEAR)}!$A$1:$A$400"
LAST_SHEET = f"{quoted(LAST_YEAR)}!$A$1:$T$400"
"""Where last year's report stands, marked in its first column; see lastyear.py."""


@lru_cache(maxsize=32)
def last_editions(edition: Edition) -> tuple[Edition, ...]:
    """Return the editions last year's report may be of: this one and the shipped ones (last_year_and_reasons.py)."""
    return (edition, *(load_edition(n) for n in edition_names() if n != edition.id))


def of_rules(layout: Layout) -> Spot:
    """Return the heading below the figures, under which the rules between tables and years have a row each."""
    return Spot(CELLS, head(layout.edition).row + len(layout.values) + 2, 1)


def refs(layout: Layout, keys: Iterable[str], column: int = USED, *, here: bool = False) -> str:
    """Return the cells of these figures in one column as ranges, for another sheet's formula or (`here`) its own."""
    found = rows(layout.edition)
    sheet = "" if here else f"{quoted(CELLS)}!"
    return ",".join(sheet + r for r in ranges(Spot(CELLS, found[k], column) for k in keys))


def ref(layout: Layout, key: str, column: int = USED) -> str:
    """Return one cell for a formula of the sheet itself."""
    return Spot(CELLS, rows(layout.edition)[key], column).fixed
