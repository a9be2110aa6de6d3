"""Drawing 上年同期 beside a table: formulas over 逐格核对, the cell to choose in. Where all of it stands: beside.py."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.form import plain
from nianbao.numbers import Number
from nianbao.workbook import cell_styles, cellrows, entry
from nianbao.workbook.address import ranges
from nianbao.workbook.beside import BEFORE, CHANGE, CHOICES, NOTHING, Beside, beside
from nianbao.workbook.layout import Layout, SheetLayout
from nianbao.workbook.pen import Pen
from nianbao.workbook.report_contents import Held

_HINT = f"点右边的箭头可以选：{'、'.join(CHOICES)}。"
_WIDTH = 6.5
_GAP = 1.5


def holds(sheet: SheetLayout, last: Mapping[str, Number]) -> Held:
    """Return what the formulas beside the tables of a sheet come to, with these figures of last year."""
    place = beside(sheet)
    return Held({s.ref: last.get(key, "") for key, (s, _) in place.figures.items()} if place else {})


def draw(pen: Pen, layout: Layout, sheet: SheetLayout, held: Held) -> None:
    """Draw last year's figures beside the tables of a sheet that have some."""
    place = beside(sheet)
    if place is None:
        return
    pen.text(place.switch, BEFORE, cell_styles.SWITCH, 1, place.columns)
    choice = entry.for_choice(CHOICES, _HINT)
    pen.sheet.add_data_validation(choice)
    choice.add(place.switch.ref)
    if place.first > sheet.right:
        pen.widths({sheet.right + 1: _GAP} | {place.first + i: _WIDTH for i in range(place.columns)})
    for spot, rows, printed in place.heads:  # formulas, since a second heading would be one of a second table
        formula = f'=SUBSTITUTE({printed.spot.ref},CHAR(10),"")'
        pen.formula(spot, formula, plain(printed.text), cell_styles.BESIDE_HEAD, rows)
    for key, (spot, cell) in place.figures.items():
        formula, shown = _formula(layout, place, key), held.results[spot.ref]
        pen.formula(spot, formula, shown, cell_styles.BESIDE, cell.rows, cell.columns)
    cells = ranges(s for s, _ in place.figures.values())
    pen.mark(cells, f'{min(s for s, _ in place.figures.values()).ref}<>""', cell_styles.FAINTLY_WRITTEN)


def _formula(layout: Layout, place: Beside, key: str) -> str:
    before, now = cellrows.refs(layout, [key], cellrows.BEFORE), layout.values[key].ref
    differs = f"ROUND({now}-{before},6)"  # with its sign as text: a format of its own would slow every reading
    change = f'IF(ISNUMBER({now}),IF({now}>{before},"+"&{differs},{differs}),"")'
    switch = place.switch.fixed
    shown = f'IF({switch}="{CHANGE}",{change},{before})'
    return f'=IF(OR({switch}="{NOTHING}",NOT(ISNUMBER({before}))),"",{shown})'
