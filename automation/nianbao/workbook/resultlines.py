"""The lines of the live summary in 校验结果: what each says of a rule or of the filling, as formula and result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nianbao.checks import figures
from nianbao.checks.judge import BLANK
from nianbao.form import Rule
from nianbao.workbook import across, cellrows, cellsheet, formulas
from nianbao.workbook.address import Spot, ranges
from nianbao.workbook.cellsheet import Shown
from nianbao.workbook.formulas import KEPT, NOT_JUDGED, NOTHING, Result
from nianbao.workbook.layout import Layout, SheetLayout
from nianbao.workbook.live import Check
from nianbao.workbook.ruleterms import in_its_years
from nianbao.workbook.taken import AS_TEXT, AS_ZERO, NEGATIVE, NO_NUMBER, NOT_FILLED, NOT_WHOLE, TYPED_OVER

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
            leads = cellrows.head(layout.edition)
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
        return in_its_years(rule, formula, formulas.NOTHING), formulas.NOTHING
    result = formulas.summary_result(results, _BROKEN[rule.severity], BLANK.why)
    return in_its_years(rule, formula, formulas.NOTHING), result


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
        found.append(
            Line("写法", "写法", cellrows.head(layout.edition), said, formula, f"有 {number} 格" if number else "没有")
        )
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
