"""The sheet 校验结果: a live summary by formulas, and below it the empty table the program's findings go into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from nianbao.checks import figures
from nianbao.checks.judge import BLANK
from nianbao.form import Rule
from nianbao.workbook import across, cellrows, cellsheet, formulas, styles
from nianbao.workbook.address import Spot, letters, ranges
from nianbao.workbook.cellsheet import Shown
from nianbao.workbook.formulas import KEPT, NOT_JUDGED, NOTHING, Result
from nianbao.workbook.layout import RESULT_HEADINGS, RESULT_ROWS, RESULTS, Layout, SheetLayout
from nianbao.workbook.live import Check
from nianbao.workbook.pen import Pen
from nianbao.workbook.styles import BOX, OPEN, Look, aligned, font
from nianbao.workbook.taken import AS_TEXT, AS_ZERO, NEGATIVE, NO_NUMBER, NOT_FILLED, NOT_WHOLE, TYPED_OVER

WIDTHS = (7.0, 9.0, 9.0, 22.0, 58.0, 38.0, 30.0, 10.0)
CELL = Look(font(10), border=BOX, alignment=aligned("left", "center"))
_STATE = replace(CELL, font=font(10, bold=True), alignment=aligned("center"))
_LINK = replace(styles.LINK, border=BOX)
_FIRST = 6
REASON = RESULT_HEADINGS[6]


def draw(pen: Pen, layout: Layout, told: Shown, written: Mapping[str, int]) -> None:
    """Draw the sheet for a report; `written` counts the paragraphs by sheet."""
    pen.widths({1 + i: w for i, w in enumerate(WIDTHS)})
    pen.text(Spot(RESULTS, 1, 1), RESULTS, styles.SHEET_TITLE, 1, 7)
    pen.height(1, 30)
    note = "上半部分随填随算；下半部分由程序检查后填写，需要说明的请在“说明”一栏写明原因（不少于6个字）。"
    pen.text(Spot(RESULTS, 2, 1), note, styles.NOTE, 1, 7)
    pen.height(2, 18)
    lines = [*rule_lines(layout, told), *fill_lines(layout, told, written)]
    head = Spot(RESULTS, _FIRST + len(lines) + 1 + 2, 1)
    said = f"程序检查发现的问题在第{head.row}行，点这里"
    pen.link(Spot(RESULTS, 3, 5), said, head)
    pen.text(Spot(RESULTS, 4, 1), "自动核对", styles.BLOCK_TITLE, 1, 7)
    _heads(pen, _FIRST - 1, ("规则", "", "", "工作表", "核对内容", "结果"))
    row = _FIRST
    for line in lines:
        if line.what in FILLED and lines[lines.index(line) - 1].what not in FILLED:
            _heads(pen, row, ("填写情况", "", "", "工作表", "看什么", "结果"))
            row += 1
        _line(pen, row, line)
        row += 1
    _colour(pen, Spot(RESULTS, _FIRST, 6), Spot(RESULTS, row - 1, 6))
    _findings_table(pen, head)
    pen.sheet.freeze_panes = "A3"
    pen.finish(head.row + RESULT_ROWS, 7, landscape=True, one_page=False)


def _heads(pen: Pen, row: int, texts: tuple[str, ...]) -> None:
    for i, text in enumerate(texts):
        if i in (1, 2):
            continue
        pen.text(Spot(RESULTS, row, 1 + i), text, styles.COLUMN_HEAD, 1, 3 if i == 0 else 1)
    pen.height(row, 20)


FILLED = ("未填", "不是数字", "可不填", "文字", "写法")
"""What the lines below the rules are about."""


@dataclass(frozen=True)
class Line:
    """One line of the live summary: the rule's or the line's name, where it leads, what it says, formula and result."""

    what: str
    name: str
    leads: Spot
    said: str
    formula: str
    result: Result


def _line(pen: Pen, row: int, line: Line) -> None:
    pen.text(Spot(RESULTS, row, 1), line.name, CELL, 1, 3)
    pen.link(Spot(RESULTS, row, 4), line.leads.sheet, line.leads, _LINK)
    pen.text(Spot(RESULTS, row, 5), line.said, CELL)
    pen.formula(Spot(RESULTS, row, 6), line.formula, line.result, _STATE)
    needed = max(styles.height_of(line.said, WIDTHS[4]), styles.height_of(line.name, sum(WIDTHS[:3])))
    pen.height(row, max(20, needed))


def rule_lines(layout: Layout, told: Shown) -> list[Line]:
    """Return a line for every rule of the edition that formulas can judge, in its order."""
    checks: dict[str, list[Check]] = {}
    for check in layout.checks:
        checks.setdefault(check.rule, []).append(check)
    spots, apart = across.spots(layout), {a.rule.id: a for a in across.rules(layout)}
    found = []
    for rule in layout.edition.rules:
        if rule.id in checks:
            leads = checks[rule.id][0].spot
            formula, result = _of_checks(layout, rule, checks[rule.id], told)
        elif rule.id in apart:
            leads = apart[rule.id].about
            formula, result = _of_verdict(rule, spots[rule.id], told)
        elif rule.check in _REMARKS:
            leads = cellrows.head()
            formula, result = _of_remarks(rule, layout, told)
        else:
            continue
        found.append(Line(rule.id, f"{rule.id} {rule.name}", leads, rule.statement, f"={formula}", result))
    return found


_BROKEN = {"error": "不符", "explain": "要核实", "hint": "要留意"}
_REMARKS = {
    figures.numbers_are_proper.__name__: ((NOT_WHOLE, NEGATIVE), "不合要求"),
    figures.no_value_is_blank.__name__: ((NOT_FILLED,), "没有填"),
}
"""The rules about single cells: the remarks that break them, and what is said of such a cell."""


def _of_checks(layout: Layout, rule: Rule, checks: list[Check], told: Shown) -> tuple[str, Result]:
    found = formulas.outside(ranges(c.spot for c in checks), checks[0].spot.sheet)
    level = told.report.body.get("level", "")
    results = (formulas.check_result(layout, c, told.used, level) for c in checks)
    formula = formulas.summary_formula(found, _BROKEN[rule.severity], BLANK.why)[1:]
    if not rule.applies_to(told.report.year):
        return across.in_its_years(rule, formula, formulas.NOTHING), formulas.NOTHING
    result = formulas.summary_result(results, _BROKEN[rule.severity], BLANK.why)
    return across.in_its_years(rule, formula, formulas.NOTHING), result


def _of_verdict(rule: Rule, spot: Spot, told: Shown) -> tuple[str, Result]:
    cell, broken = spot.absolute, _BROKEN[rule.severity]
    judged = f'IF({cell}=0,"{KEPT}","{broken}")'
    formula = f'IF(ISNUMBER({cell}),{judged},IF({cell}="","{NOTHING}","{NOT_JUDGED}"&{cell}))'
    result = cellsheet.result_of(told.verdicts.get(rule.id))
    if isinstance(result, str):
        return formula, f"{NOT_JUDGED}{result}" if result else NOTHING
    return formula, broken if result else KEPT


def _of_remarks(rule: Rule, layout: Layout, told: Shown) -> tuple[str, Result]:
    remarks, said = _REMARKS[rule.check]
    counted, number = _counted(layout, layout.values, told, *remarks)
    return f'IF({counted}=0,"{KEPT}","有 "&({counted})&" 格{said}")', f"有 {number} 格{said}" if number else KEPT


def _counted(layout: Layout, keys: Iterable[str], told: Shown, *remarks: str) -> tuple[str, int]:
    """Return the expression that counts figures with one of these remarks, and what it comes to."""
    listed = tuple(keys)
    areas = cellrows.refs(layout, listed, cellrows.REMARK).split(",")
    return "+".join(f'COUNTIF({a},"{r}")' for a in areas for r in remarks), told.remarked(listed, *remarks)


def fill_lines(layout: Layout, told: Shown, written: Mapping[str, int]) -> list[Line]:
    """Return the lines about what is filled in, sheet by sheet, and how."""
    found: list[Line] = []
    for sheet in layout.sheets:
        found += _fill(layout, sheet, told, written)
    for remark, said in (
        (AS_TEXT, "写成文字的数字（例如“8件”）：照字面采用，请改成数字"),
        (TYPED_OVER, "灰色的合计格里填了数字：采用所填的数，请核对"),
    ):
        counted, number = _counted(layout, layout.values, told, remark)
        formula = f'=IF({counted}=0,"没有","有 "&({counted})&" 格")'
        found.append(Line("写法", "写法", cellrows.head(), said, formula, f"有 {number} 格" if number else "没有"))
    return found


def _fill(layout: Layout, sheet: SheetLayout, told: Shown, written: Mapping[str, int]) -> Iterator[Line]:
    top, values = Spot(sheet.name, 1, 1), layout.edition.values
    if sheet.texts:
        areas = formulas.outside(ranges(s for b in sheet.texts for s in b.spots), sheet.name)
        yield Line("文字", "文字", top, "文字格（每格一段，不必填满）", *_text_count(areas, written[sheet.name]))
    inputs = [v.key for b in sheet.tables for v in b.table.values if layout.is_input(v.key)]
    needed = [k for k in inputs if values[k].required]
    if needed:
        empty, number = _counted(layout, needed, told, NOT_FILLED)
        zeros, zero = _counted(layout, needed, told, AS_ZERO)
        full = f'IF({zeros}=0,"已填全","已填全（"&({zeros})&" 格空着，按0计）")'
        result = f"有 {number} 格未填" if number else f"已填全（{zero} 格空着，按0计）" if zero else "已填全"
        formula = f'=IF({empty}=0,{full},"有 "&({empty})&" 格未填")'
        yield Line("未填", "未填的格", top, "数字格：没有发生的填 0", formula, result)
    for block in sheet.tables:
        free = [v.key for v in block.table.values if layout.is_input(v.key) and not v.required]
        if free:
            count = "+".join(f"COUNT({r})" for r in cellrows.refs(layout, free, cellrows.TAKEN).split(","))
            number = sum(1 for k in free if told.taken[k].value is not None)
            formula = f'=IF({count}=0,"没有填（可不填）","填了 "&({count})&" 格")'
            result = f"填了 {number} 格" if number else "没有填（可不填）"
            where = block.title or top
            yield Line("可不填", "可不填的格", where, f"{block.table.word}：没有的可以空着", formula, result)
    if inputs:
        counted, number = _counted(layout, inputs, told, NO_NUMBER)
        formula = f'=IF({counted}=0,"没有","有 "&({counted})&" 格不是数字")'
        said = "写着“无”“/”“十几”等文字的数字格：不能采用，要改填数字"
        yield Line("不是数字", "不是数字的格", top, said, formula, f"有 {number} 格不是数字" if number else "没有")


def _text_count(areas: list[str], filled: int) -> tuple[str, Result]:
    written = "+".join(f"COUNTA({a})" for a in areas)
    formula = f'=IF({written}=0,"尚未填写","已写 "&({written})&" 段")'
    return formula, f"已写 {filled} 段" if filled else "尚未填写"


def _colour(pen: Pen, first: Spot, last: Spot) -> None:
    area, cell = (f"{first.ref}:{last.ref}",), first.ref
    wrong = ",".join(f'ISNUMBER(SEARCH("{w}",{cell}))' for w in ("不符", "不合要求", "没有填", "未填", "格不是数字"))
    pen.mark(area, f'AND(OR({wrong}),LEFT({cell},3)<>"没有填")', styles.BROKEN)
    ask = ",".join(f'ISNUMBER(SEARCH("{w}",{cell}))' for w in ("要核实", "要留意"))
    pen.mark(area, f'OR({ask},AND(LEFT({cell},1)="有",RIGHT({cell},1)="格"))', styles.ASK)
    pen.mark(area, f'OR({cell}="{KEPT}",LEFT({cell},3)="已填全",{cell}="没有")', styles.GOOD)
    pen.mark(area, f'LEFT({cell},2)="没有"', styles.WAITING)


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
