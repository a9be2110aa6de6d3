"""The sheet 校验结果: a live summary by formulas, and below it the empty table the program's findings go into."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from openpyxl.worksheet.pagebreak import Break

from nianbao.form import Edition
from nianbao.workbook import cell_styles, heights
from nianbao.workbook.address import Spot, letters
from nianbao.workbook.cell_styles import BOX, OPEN, CellStyle, aligned, font
from nianbao.workbook.cellsheet import Shown
from nianbao.workbook.formulas import KEPT, Result
from nianbao.workbook.layout import REASON, RESULT_HEADINGS, RESULT_ROWS, RESULT_WIDTHS, RESULTS, Layout
from nianbao.workbook.pen import Pen
from nianbao.workbook.report_contents import Held
from nianbao.workbook.resultlines import SummaryLine, lines

CELL = CellStyle(font(10), border=BOX, alignment=aligned("left", "center"))
_STATE = replace(CELL, font=font(10, bold=True), alignment=aligned("center"))
_LINK = replace(cell_styles.LINK, border=BOX)
_FIRST, _RESULT = 6, 6
"""The first row of the live summary, and the column of what its lines come to."""


def holds(layout: Layout, told: Shown) -> Held:
    """Return what the lines of the live summary come to for a report."""
    return Held({spot.ref: line.result(told) for spot, line in _placed(layout.edition)})


@lru_cache(maxsize=32)
def _placed(edition: Edition) -> tuple[tuple[Spot, SummaryLine], ...]:
    """Return each line of the live summary with its result's place; a row for headings lies between the two kinds."""
    of_rules, of_filling = lines(edition)
    placed = (*enumerate(of_rules, _FIRST), *enumerate(of_filling, _FIRST + len(of_rules) + 1))
    return tuple((Spot(RESULTS, row, _RESULT), line) for row, line in placed)


def draw(pen: Pen, layout: Layout, held: Held) -> None:
    """Draw the sheet with what its live summary comes to."""
    pen.widths({1 + i: w for i, w in enumerate(RESULT_WIDTHS)})
    pen.text(Spot(RESULTS, 1, 1), RESULTS, cell_styles.SHEET_TITLE, 1, 7)
    pen.height(1, 30)
    note = "上半部分随填随算；下半部分由程序检查后填写，需要说明的请在“说明”一栏写明原因（不少于6个字）。"
    pen.text(Spot(RESULTS, 2, 1), note, cell_styles.NOTE, 1, 7)
    pen.height(2, 18)
    row = _placed(layout.edition)[-1][0].row + 1
    head = Spot(RESULTS, row + 2, 1)
    said = f"程序检查发现的问题在第{head.row}行，点这里"
    pen.link(Spot(RESULTS, 3, 5), said, head)
    pen.text(Spot(RESULTS, 4, 1), "自动核对", cell_styles.BLOCK_TITLE, 1, 7)
    _heads(pen, _FIRST - 1, ("规则", "", "", "工作表", "核对内容", "结果"))
    between = _FIRST + len(lines(layout.edition)[0])
    for at, line in _placed(layout.edition):
        if at.row == between + 1:
            pen.sheet.row_breaks.append(Break(id=between - 1))  # a heading is not left behind at the foot of a page
            _heads(pen, between, ("填写情况", "", "", "工作表", "看什么", "结果"))
        _line(pen, at, line, held.results[at.ref])
    _colour(pen, Spot(RESULTS, _FIRST, _RESULT), Spot(RESULTS, row - 1, _RESULT))
    _findings_table(pen, head)
    pen.sheet.freeze_panes = "A3"
    pen.sheet.print_title_rows = f"{head.row}:{head.row}"
    pen.finish(head.row, 7, landscape=True, one_page=False, whole=True)


def _heads(pen: Pen, row: int, texts: tuple[str, ...]) -> None:
    for i, text in enumerate(texts):
        if i in (1, 2):
            continue
        pen.text(Spot(RESULTS, row, 1 + i), text, cell_styles.COLUMN_HEAD, 1, 3 if i == 0 else 1)
    pen.height(row, 20)


def _line(pen: Pen, at: Spot, line: SummaryLine, result: Result) -> None:
    row = at.row
    pen.text(Spot(RESULTS, row, 1), line.name, CELL, 1, 3)
    pen.link(Spot(RESULTS, row, 4), line.leads.sheet, line.leads, _LINK)
    pen.text(Spot(RESULTS, row, 5), line.said, CELL)
    pen.formula(at, line.formula, result, _STATE)
    needed = max(heights.height_of(line.said, RESULT_WIDTHS[4]), heights.height_of(line.name, sum(RESULT_WIDTHS[:3])))
    pen.height(row, max(20, needed))


def _colour(pen: Pen, first: Spot, last: Spot) -> None:
    area, cell = (f"{first.ref}:{last.ref}",), first.ref
    wrong = ",".join(f'ISNUMBER(SEARCH("{w}",{cell}))' for w in ("不符", "不合要求", "没有填", "未填", "格不是数字"))
    pen.mark(area, f'AND(OR({wrong}),LEFT({cell},3)<>"没有填")', cell_styles.BROKEN)
    ask = ",".join(f'ISNUMBER(SEARCH("{w}",{cell}))' for w in ("要核实", "要留意"))
    pen.mark(area, f'OR({ask},AND(LEFT({cell},1)="有",RIGHT({cell},1)="格"))', cell_styles.ASK)
    pen.mark(area, f'OR({cell}="{KEPT}",LEFT({cell},3)="已填全",{cell}="没有")', cell_styles.GOOD)
    pen.mark(area, f'LEFT({cell},2)="没有"', cell_styles.WAITING)


def _rule_off(pen: Pen, head: Spot, explanation: int) -> None:
    """Draw lines only round rows that are written, so that a print ends with the last finding."""
    first, last = head.by(1, 0), head.by(RESULT_ROWS, 0)
    written = f'$A{first.row}&$B{first.row}<>""'
    area = f"{head.by(1, explanation).ref}:{head.by(RESULT_ROWS, explanation).ref}"
    pen.mark((area,), f'$H{first.row}<>""', cell_styles.TO_EXPLAIN)
    pen.mark((f"{first.ref}:{last.by(0, len(RESULT_WIDTHS) - 2).ref}",), written, cell_styles.WRITTEN)


def _findings_table(pen: Pen, head: Spot) -> None:
    pen.text(head.by(-1, 0), "程序检查发现的问题（检查后填写）", cell_styles.BLOCK_TITLE, 1, 7)
    for i, text in enumerate(RESULT_HEADINGS):
        pen.text(head.by(0, i), text, cell_styles.COLUMN_HEAD)
    pen.height(head.row, 20)
    explanation = RESULT_HEADINGS.index(REASON)
    for r in range(1, RESULT_ROWS + 1):
        for i in range(len(RESULT_HEADINGS)):
            look = replace(CELL, number_format="@", border=cell_styles.NO_BOX)
            if i == explanation:
                look = replace(look, protection=OPEN)
            pen.dress(head.by(r, i), look)
    _rule_off(pen, head, explanation)
    pen.sheet.column_dimensions[letters(len(RESULT_HEADINGS))].hidden = True
