"""The sheet 校验结果: a live summary by formulas, and below it the empty table the program's findings go into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nianbao.numbers import Number
from nianbao.workbook import formulas, styles
from nianbao.workbook.address import Spot, letters, ranges
from nianbao.workbook.formulas import Result
from nianbao.workbook.layout import RESULT_HEADINGS, RESULT_ROWS, RESULTS, Layout, SheetLayout
from nianbao.workbook.live import Check
from nianbao.workbook.pen import Pen
from nianbao.workbook.styles import BOX, OPEN, Look, aligned, font

WIDTHS = (7.0, 9.0, 9.0, 22.0, 58.0, 38.0, 30.0, 10.0)
CELL = Look(font(10), border=BOX, alignment=aligned("left", "center"))
_STATE = replace(CELL, font=font(10, bold=True), alignment=aligned("center"))
_LINK = replace(styles.LINK, border=BOX)
_FIRST = 6
REASON = RESULT_HEADINGS[6]


def draw(pen: Pen, layout: Layout, figures: Mapping[str, Number], filled: Mapping[str, int], level: str) -> None:
    """Draw the sheet; `figures` include totals, `filled` counts the inputs filled in by sheet."""
    pen.widths({1 + i: w for i, w in enumerate(WIDTHS)})
    pen.text(Spot(RESULTS, 1, 1), RESULTS, styles.SHEET_TITLE, 1, 7)
    pen.height(1, 30)
    note = "上半部分随填随算；下半部分由程序检查后填写，需要说明的请在“说明”一栏写明原因（不少于6个字）。"
    pen.text(Spot(RESULTS, 2, 1), note, styles.NOTE, 1, 7)
    pen.height(2, 18)
    pen.text(Spot(RESULTS, 4, 1), "自动核对", styles.BLOCK_TITLE, 1, 7)
    _heads(pen, _FIRST - 1, ("规则", "", "", "工作表", "核对内容", "结果"))
    row = _FIRST
    for rule, checks in _by_rule(layout).items():
        _rule_line(pen, layout, row, rule, checks, figures, level)
        row += 1
    _heads(pen, row, ("未填的格", "", "", "工作表", "", "结果"))
    for i, sheet in enumerate(layout.sheets):
        _blank_line(pen, layout, row + 1 + i, sheet, filled.get(sheet.name, 0))
    _colour(pen, Spot(RESULTS, _FIRST, 6), Spot(RESULTS, row + len(layout.sheets), 6))
    _findings_table(pen, layout.result_head)
    pen.sheet.freeze_panes = "A3"
    pen.finish(layout.result_head.row + RESULT_ROWS, 7, landscape=True, one_page=False)


def _heads(pen: Pen, row: int, texts: tuple[str, ...]) -> None:
    for i, text in enumerate(texts):
        if i in (1, 2):
            continue
        pen.text(Spot(RESULTS, row, 1 + i), text, styles.COLUMN_HEAD, 1, 3 if i == 0 else 1)
    pen.height(row, 20)


def _by_rule(layout: Layout) -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in layout.checks:
        found.setdefault(check.rule, []).append(check)
    return found


def _rule_line(
    pen: Pen,
    layout: Layout,
    row: int,
    rule: str,
    checks: list[Check],
    figures: Mapping[str, Number],
    level: str,
) -> None:
    first = checks[0].spot
    statement, name = layout.edition.rule[rule].statement, f"{rule} {layout.edition.rule[rule].name}"
    pen.text(Spot(RESULTS, row, 1), name, CELL, 1, 3)
    pen.link(Spot(RESULTS, row, 4), first.sheet, first, _LINK)
    pen.text(Spot(RESULTS, row, 5), statement, CELL)
    found = formulas.outside(ranges(c.spot for c in checks), first.sheet)
    result = formulas.summary_result(formulas.check_result(layout, c, figures, level) for c in checks)
    pen.formula(Spot(RESULTS, row, 6), formulas.summary_formula(found), result, _STATE)
    needed = max(styles.height_of(statement, WIDTHS[4]), styles.height_of(name, sum(WIDTHS[:3])))
    pen.height(row, max(20, needed))


def _blank_line(pen: Pen, layout: Layout, row: int, sheet: SheetLayout, filled: int) -> None:
    keys = [v.key for b in sheet.tables for v in b.table.values if layout.is_input(v.key)]
    optional = not any(layout.edition.values[k].required for k in keys)
    pen.text(Spot(RESULTS, row, 1), "数字" if keys else "文字", CELL, 1, 3)
    pen.link(Spot(RESULTS, row, 4), sheet.name, Spot(sheet.name, 1, 1), _LINK)
    if keys:
        said = "数字格（可不填）" if optional else "数字格：没有发生的填 0"
        spots = [layout.values[k] for k in keys]
    else:
        said = "文字格（每格一段，不必填满）"
        spots = [s for b in sheet.texts for s in b.spots]
    pen.text(Spot(RESULTS, row, 5), said, CELL)
    areas = formulas.outside(ranges(spots), sheet.name)
    formula, result = _blank_count(areas, len(spots), filled) if keys else _text_count(areas, filled)
    pen.formula(Spot(RESULTS, row, 6), formula, result, _STATE)
    pen.height(row, 20)


def _blank_count(areas: list[str], cells: int, filled: int) -> tuple[str, Result]:
    blanks = "+".join(f"COUNTBLANK({a})" for a in areas)
    formula = f'=IF({blanks}=0,"已填全","有 "&({blanks})&" 格未填")'
    return formula, "已填全" if filled == cells else f"有 {cells - filled} 格未填"


def _text_count(areas: list[str], filled: int) -> tuple[str, Result]:
    written = "+".join(f"COUNTA({a})" for a in areas)
    formula = f'=IF({written}=0,"尚未填写","已写 "&({written})&" 段")'
    return formula, f"已写 {filled} 段" if filled else "尚未填写"


def _colour(pen: Pen, first: Spot, last: Spot) -> None:
    area = (f"{first.ref}:{last.ref}",)
    pen.mark(area, f'ISNUMBER(SEARCH("不符",{first.ref}))', styles.BROKEN)
    pen.mark(area, f'OR({first.ref}="相符",{first.ref}="已填全")', styles.GOOD)


def _findings_table(pen: Pen, head: Spot) -> None:
    pen.text(head.by(-1, 0), "程序检查发现的问题（检查后填写）", styles.BLOCK_TITLE, 1, 7)
    for i, text in enumerate(RESULT_HEADINGS):
        pen.text(head.by(0, i), text, styles.COLUMN_HEAD)
    pen.height(head.row, 20)
    explanation = RESULT_HEADINGS.index(REASON)
    for r in range(1, RESULT_ROWS + 1):
        for i in range(len(RESULT_HEADINGS)):
            look = replace(CELL, number_format="@")
            if i == explanation:
                look = replace(look, fill=styles.INPUT, protection=OPEN)
            pen.dress(head.by(r, i), look)
    pen.sheet.column_dimensions[letters(len(RESULT_HEADINGS))].hidden = True
