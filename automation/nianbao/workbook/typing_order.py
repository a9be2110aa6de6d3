"""In which order the figures of a table are typed: down its columns, as the form is read; a defined name of that order.

A selection of several areas is walked by Enter cell by cell in the order of its areas, past what is not in it: choosing
the name is all it takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nianbao.workbook.address import Spot, quoted, ranges
from nianbao.workbook.layout import Layout, SheetLayout

_CELL = re.compile(r"([A-Z]+)(\d+)")
_LEAST = 20
"""Inputs of a sheet; fewer are found without help."""


def turns(layout: Layout) -> Mapping[str, tuple[str, str]]:
    """Map the sheets with many figures to the defined name of their inputs in order, and what it refers to."""
    found = {}
    for sheet in layout.sheets:
        spots = _inputs(layout, sheet)
        if len(spots) >= _LEAST:
            found[sheet.name] = f"{sheet.name}填数", ",".join(_areas(spots))
    return found


def _inputs(layout: Layout, sheet: SheetLayout) -> list[Spot]:
    """List the inputs of the tables of the report; what only helps checking is not in the way."""
    values = [v for b in sheet.tables if b.table.required for v in b.table.values]
    return [layout.values[v.key] for v in values if layout.is_input(v.key)]


def _areas(spots: list[Spot]) -> list[str]:
    """Return the ranges of these cells, no range wider than a column, from left to right."""
    columns = [[s for s in spots if s.column == c] for c in sorted({s.column for s in spots})]
    areas = (area for column in columns for area in ranges(column))
    sheet = quoted(spots[0].sheet)
    return [f"{sheet}!{fixed}" for fixed in (_CELL.sub(r"$\1$\2", area) for area in areas)]
