"""Drawing a table: the official grid, its inputs, totals, live checks, validation and colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nianbao.form import Cell, CellKind, Kind, Table
from nianbao.numbers import Number
from nianbao.workbook import cell_styles, entry, formulas, heights, spelling
from nianbao.workbook.address import Spot, letters, ranges
from nianbao.workbook.cell_styles import BOX, OPEN, CellStyle, aligned, fitted, font
from nianbao.workbook.comparisons import Test
from nianbao.workbook.formulas import Result
from nianbao.workbook.layout import Layout, TableBlock
from nianbao.workbook.live_checks import Check, PrintedCell
from nianbao.workbook.pen import Pen
from nianbao.workbook.report_contents import Held

_FORMATS = {Kind.COUNT: "General", Kind.AMOUNT: "General", Kind.SIGNED: "+General;-General;0"}
"""A figure is seen as it was typed: 1.5 is not shown as 2."""
_DIFFERENCE = '"差 +"General;"差 -"General;"相符"'
_LOW, _LOW_SIZE, _LOW_LINE, _TIGHT = 12.5, 9.0, 14.5, 2.0
"""Points of a heading row that stays in sight, of its letters, of each of its lines, and what a row can do without."""
_NARROWEST = 7.2
"""Characters of a column: four Chinese ones of that size fit on a line of it, ..."""
_HALF = 4
_SPARE = 1.2
"""... which takes counting on the margins too."""
_YES_NO = '"不符";"不符";"相符"'


def label_look(kind: CellKind, align: str) -> CellStyle:
    """Return the look of a printed label."""
    if kind is CellKind.BAND:
        return CellStyle(font(10), cell_styles.BAND, BOX, aligned("left"))
    if kind is CellKind.CORNER:
        return CellStyle(font(10, name="楷体"), border=BOX, alignment=aligned("left"))
    return replace(cell_styles.LABEL, alignment=aligned(align))


def value_look(kind: Kind, *, total: bool) -> CellStyle:
    """Return the look of a figure: yellow and open for input, grey and locked for a total."""
    if total:
        return CellStyle(font(10), cell_styles.TOTAL, BOX, fitted(), number_format=_FORMATS[kind])
    return CellStyle(font(10), cell_styles.INPUT, BOX, fitted(), OPEN, _FORMATS[kind])


TYPED = CellStyle(font(10), cell_styles.INPUT, BOX, aligned("left"), OPEN, "@")


def holds(
    layout: Layout,
    block: TableBlock,
    texts: Mapping[str, str],
    figures: Mapping[str, Number],
    checks: Mapping[Spot, Result],
) -> Held:
    """Return what a table holds of a report: its `figures`, totals included; what its 差 cells show."""
    numbers: dict[str, Number | None] = {}
    results: dict[str, Result] = {}
    for value in block.table.values:
        key, figure = value.key, figures.get(value.key)
        if layout.is_input(key) or (figure is not None and figure != formulas.sum_of_parts(layout, key, figures)):
            # a total that does not follow from its parts stays as it was given, for the checks to judge
            numbers[layout.values[key].ref] = figure
        else:
            results[layout.values[key].ref] = "" if figure is None else figure
    results |= {c.spot.ref: checks[c.spot] for c in block.checks}
    typed = (c.key for c in block.table.cells if c.kind is CellKind.TYPED)
    return Held(results, numbers, {layout.typed[k].ref: texts.get(k, "") for k in typed})


def draw(pen: Pen, layout: Layout, block: TableBlock, held: Held, *, low: bool = False) -> None:
    """Draw the table with what it holds; `low`: its headings take little height."""
    below = block.origin.row + block.table.header_rows
    for label in block.labels:
        look, text = label_look(label.kind, label.align), label.text
        if low and label.spot.row < below:
            look = replace(look, font=font(_LOW_SIZE, name=str(look.font.name)))
            text = _in_two(text, _width(pen, label.spot, label.columns))
        pen.text(label.spot, text, look, label.rows, label.columns)
    for cell in block.table.cells:
        spot = block.origin.by(cell.row, cell.column)
        if cell.kind is CellKind.TYPED:
            pen.text(spot, held.texts[spot.ref], TYPED, cell.rows, cell.columns)
        elif cell.kind is CellKind.VALUE:
            _value(pen, layout, cell, spot, held)
    _heights(pen, block.table, block.origin, block.table.header_rows if low else 0)
    _validate(pen, layout, block)
    _mark_odd(pen, layout, block)


def _in_two(heading: str, width: float) -> str:
    """Break a heading of five to eight characters after the fourth, where its column would break it anywhere."""
    breaks = heights.lines_of(heading, width + _SPARE, _LOW_SIZE) > 1 and "\n" not in heading
    return f"{heading[:_HALF]}\n{heading[_HALF:]}" if breaks and _HALF < len(heading) <= 2 * _HALF else heading


def _width(pen: Pen, spot: Spot, columns: int) -> float:
    """Return the characters of some columns from a cell on."""
    named = (letters(spot.column + i) for i in range(columns))
    return sum(pen.sheet.column_dimensions[name].width for name in named)


def _value(pen: Pen, layout: Layout, cell: Cell, spot: Spot, held: Held) -> None:
    look = value_look(layout.edition.values[cell.key].kind, total=not layout.is_input(cell.key))
    if spot.ref in held.numbers:
        pen.number(spot, held.numbers[spot.ref], look, cell.rows, cell.columns)
    else:
        formula = formulas.total_formula(layout, cell.key)
        pen.formula(spot, formula, held.results[spot.ref], look, cell.rows, cell.columns)


def draw_checks(pen: Pen, layout: Layout, block: TableBlock, held: Held) -> None:
    """Draw the 差 cells and let a broken line turn red."""
    for check in block.checks:
        if check.label:
            _check_label(pen, check.label)
        shown = _YES_NO if check.test in (Test.TENS, Test.BOTH_OR_NONE, Test.NONE_FOR_LOWER) else _DIFFERENCE
        look = replace(cell_styles.CHECK, number_format=shown)
        pen.formula(check.spot, formulas.check_formula(layout, check), held.results[check.spot.ref], look)
        _mark_broken(pen, layout, check)


def _check_label(pen: Pen, label: PrintedCell) -> None:
    look = replace(cell_styles.CHECK_LABEL, alignment=aligned(label.align, indent=int(label.align != "center")))
    pen.text(label.spot, label.text, look, label.rows, label.columns)
    if label.rows == 1:
        pen.height(label.spot.row, 18)


def _mark_broken(pen: Pen, layout: Layout, check: Check) -> None:
    cells = [*(layout.values[k] for k in check.keys), check.spot]
    pen.mark(ranges(cells), f"N({check.spot.fixed})<>0", cell_styles.BROKEN)
    pen.mark((check.spot.ref,), f"ISTEXT({check.spot.fixed})", cell_styles.WAITING)


def _inputs(layout: Layout, block: TableBlock) -> dict[tuple[Kind, str], list[Spot]]:
    """Group the table's input cells by kind and unit."""
    groups: dict[tuple[Kind, str], list[Spot]] = {}
    for value in block.table.values:
        if layout.is_input(value.key):
            groups.setdefault((value.kind, value.unit), []).append(layout.values[value.key])
    return groups


def _validate(pen: Pen, layout: Layout, block: TableBlock) -> None:
    """Refuse what is no figure of its cell; say so beforehand only in the first cell of each kind."""
    for (kind, unit), spots in _inputs(layout, block).items():
        first, *others = spots
        for hint, cells in ((True, [first]), (False, others)):
            if cells:
                validation = entry.for_figure(kind, unit, hint=hint)
                pen.sheet.add_data_validation(validation)
                for area in ranges(cells):
                    validation.add(area)


def _mark_odd(pen: Pen, layout: Layout, block: TableBlock) -> None:
    """Turn inputs orange that hold text, a negative, a fraction or more digits than are seen (pasted, say)."""
    kinds: dict[Kind, list[Spot]] = {}
    for (kind, _), spots in _inputs(layout, block).items():
        kinds.setdefault(kind, []).extend(spots)
    for kind, spots in kinds.items():
        areas = ranges(spots)
        pen.mark(areas, odd_formula(kind, areas[0].split(":")[0]), cell_styles.ODD)


def odd_formula(kind: Kind, cell: str) -> str:
    """Return the condition that an input holds what is no figure of its kind as it stands."""
    number = f"N({cell})"
    faults = [f"NOT(ISNUMBER({cell}))", f"NOT({spelling.seen(number)})"]
    if kind is not Kind.SIGNED:
        faults.append(f"{number}<0")
    if kind is not Kind.AMOUNT:
        faults.append(f"{number}<>INT({number})")
    return f"AND(NOT(ISBLANK({cell})),OR({','.join(faults)}))"


def column_widths(table: Table, first: int) -> dict[int, float]:
    """Return the table's column widths in characters, in the proportions of the issued form."""
    return {first + i: max(_NARROWEST, round(w / 105, 1)) for i, w in enumerate(table.widths)}


def _heights(pen: Pen, table: Table, origin: Spot, low: int) -> None:
    """Give rows the heights of the issued form, or what their labels need; the first `low` rows only that."""
    for r, twips in enumerate(table.heights):
        pen.height(origin.row + r, _LOW if r < low else max(18.0, twips / 20))
    for cell in table.cells:
        if not cell.text:
            continue
        width = _width(pen, origin.by(0, cell.column), cell.columns)
        needed = heights.height_of(cell.text, width)
        if cell.row < low:
            lines = heights.lines_of(_in_two(cell.text, width), width + _SPARE, _LOW_SIZE)
            needed = _LOW_LINE * lines - _TIGHT
        for r in range(cell.rows):
            pen.height(origin.row + cell.row + r, min(needed / cell.rows, 409))
