"""The lines of the live summary in 校验结果: what each says of a rule or of the filling, as formula and result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from nianbao.checks import single_figures
from nianbao.checks.rule_findings import BLANK
from nianbao.form import Edition, Rule
from nianbao.workbook import across, cellrows, cellsheet, formulas, texts
from nianbao.workbook.address import Spot, ranges
from nianbao.workbook.cellsheet import Shown
from nianbao.workbook.formulas import KEPT, NOT_JUDGED, NOTHING, Result
from nianbao.workbook.layout import Layout, SheetLayout, layout
from nianbao.workbook.live_checks import Check
from nianbao.workbook.ruleterms import in_its_years
from nianbao.workbook.taken_figures import AS_TEXT, AS_ZERO, NEGATIVE, NO_NUMBER, NOT_FILLED, NOT_WHOLE, TYPED_OVER

Comes = Callable[[Shown], Result]
"""What a formula comes to for a report that is judged."""


@dataclass(frozen=True)
class SummaryLine:
    """One line of the live summary: the rule's or the line's name, where it leads, what it says, formula and result."""

    name: str
    leads: Spot
    said: str
    formula: str
    result: Comes


@lru_cache(maxsize=32)
def lines(edition: Edition) -> tuple[tuple[SummaryLine, ...], tuple[SummaryLine, ...]]:
    """Return the lines of an edition's workbook: those about its rules, those about what is filled in and how."""
    places = layout(edition)
    return tuple(_rule_lines(places)), tuple(_fill_lines(places))


def _rule_lines(layout: Layout) -> list[SummaryLine]:
    """Return a line for every rule of the edition that formulas can judge, in its order."""
    checks: dict[str, list[Check]] = {}
    for check in layout.checks:
        checks.setdefault(check.rule, []).append(check)
    spots, apart = across.spots(layout.edition), {a.rule.id: a for a in across.rules(layout.edition)}
    found = []
    for rule in layout.edition.rules:
        if rule.id in checks:
            leads = checks[rule.id][0].spot
            formula, result = _of_checks(rule, checks[rule.id])
        elif rule.id in apart:
            leads = apart[rule.id].about
            formula, result = _of_verdict(rule, spots[rule.id])
        elif rule.check in _REMARKS:
            leads = cellrows.head(layout.edition)
            formula, result = _of_remarks(rule, layout)
        else:
            continue
        found.append(SummaryLine(f"{rule.id} {rule.name}", leads, rule.statement, f"={formula}", result))
    return found


_BROKEN = {"error": "不符", "explain": "要核实", "hint": "要留意"}
_REMARKS = {
    single_figures.numbers_are_proper.__name__: ((NOT_WHOLE, NEGATIVE), "不合要求"),
    single_figures.no_value_is_blank.__name__: ((NOT_FILLED,), "没有填"),
}
"""The rules about single cells: the remarks that break them, and what is said of such a cell."""


def _of_checks(rule: Rule, checks: list[Check]) -> tuple[str, Comes]:
    found = formulas.outside(ranges(c.spot for c in checks), checks[0].spot.sheet)
    formula = formulas.summary_formula(found, _BROKEN[rule.severity], BLANK.why)[1:]

    def result(told: Shown) -> Result:
        if not rule.applies_to(told.report.year):
            return formulas.NOTHING
        return formulas.summary_result((told.checks[c.spot] for c in checks), _BROKEN[rule.severity], BLANK.why)

    return in_its_years(rule, formula, formulas.NOTHING), result


def _of_verdict(rule: Rule, spot: Spot) -> tuple[str, Comes]:
    cell, broken = spot.absolute, _BROKEN[rule.severity]
    judged = f'IF({cell}=0,"{KEPT}","{broken}")'
    formula = f'IF(ISNUMBER({cell}),{judged},IF({cell}="","{NOTHING}","{NOT_JUDGED}"&{cell}))'

    def result(told: Shown) -> Result:
        found = cellsheet.result_of(told.verdicts.get(rule.id))
        if isinstance(found, str):
            return f"{NOT_JUDGED}{found}" if found else NOTHING
        return broken if found else KEPT

    return formula, result


def _of_remarks(rule: Rule, layout: Layout) -> tuple[str, Comes]:
    remarks, said = _REMARKS[rule.check]
    counted, number = _counted(layout, layout.values, *remarks)
    return f'IF({counted}=0,"{KEPT}","有 "&({counted})&" 格{said}")', _count_text(number, f"格{said}", KEPT)


Count = Callable[[Shown], int]


def _counted(layout: Layout, keys: Iterable[str], *remarks: str) -> tuple[str, Count]:
    """Return the expression that counts figures with one of these remarks, and what tells what it comes to."""
    listed = tuple(keys)
    areas = cellrows.refs(layout, listed, cellrows.REMARK).split(",")
    counted = "+".join(f'COUNTIF({a},"{r}")' for a in areas for r in remarks)
    return counted, lambda told: told.remarked(listed, *remarks)


def _count_text(number: Count, what: str, none: str) -> Comes:
    """Return what says how many there are of something, or that there are none."""

    def result(told: Shown) -> Result:
        found = number(told)
        return f"有 {found} {what}" if found else none

    return result


def _fill_lines(layout: Layout) -> list[SummaryLine]:
    """Return the lines about what is filled in, sheet by sheet, and how."""
    found: list[SummaryLine] = []
    for sheet in layout.sheets:
        found += _fill(layout, sheet)
    for remark, said in (
        (AS_TEXT, "写成文字的数字（例如“8件”）：照字面采用，请改成数字"),
        (TYPED_OVER, "灰色的合计格里填了数字：采用所填的数，请核对"),
    ):
        counted, number = _counted(layout, layout.values, remark)
        formula = f'=IF({counted}=0,"没有","有 "&({counted})&" 格")'
        head = cellrows.head(layout.edition)
        found.append(SummaryLine("写法", head, said, formula, _count_text(number, "格", "没有")))
    return found


def _fill(layout: Layout, sheet: SheetLayout) -> Iterator[SummaryLine]:
    top, values = Spot(sheet.name, 1, 1), layout.edition.values
    if sheet.texts:
        yield SummaryLine("文字", top, "文字格（每格一段，不必填满）", *_text_count(sheet))
    inputs = [v.key for b in sheet.tables for v in b.table.values if layout.is_input(v.key)]
    needed = [k for k in inputs if values[k].required]
    if needed:
        yield SummaryLine("未填的格", top, "数字格：没有发生的填 0", *_blank_count(layout, needed))
    for block in sheet.tables:
        free = [v.key for v in block.table.values if layout.is_input(v.key) and not v.required]
        if free:
            said = f"{block.table.word}：没有的可以空着"
            yield SummaryLine("可不填的格", block.title or top, said, *_free_count(layout, free))
    if inputs:
        counted, number = _counted(layout, inputs, NO_NUMBER)
        formula = f'=IF({counted}=0,"没有","有 "&({counted})&" 格不是数字")'
        said = "写着“无”“/”“十几”等文字的数字格：不能采用，要改填数字"
        yield SummaryLine("不是数字的格", top, said, formula, _count_text(number, "格不是数字", "没有"))


def _blank_count(layout: Layout, needed: list[str]) -> tuple[str, Comes]:
    empty, number = _counted(layout, needed, NOT_FILLED)
    zeros, zero = _counted(layout, needed, AS_ZERO)
    full = f'IF({zeros}=0,"已填全","已填全（"&({zeros})&" 格空着，按0计）")'

    def result(told: Shown) -> Result:
        if number(told):
            return f"有 {number(told)} 格未填"
        return f"已填全（{zero(told)} 格空着，按0计）" if zero(told) else "已填全"

    return f'=IF({empty}=0,{full},"有 "&({empty})&" 格未填")', result


def _free_count(layout: Layout, free: list[str]) -> tuple[str, Comes]:
    count = "+".join(f"COUNT({r})" for r in cellrows.refs(layout, free, cellrows.TAKEN).split(","))

    def result(told: Shown) -> Result:
        number = sum(1 for k in free if told.taken[k].value is not None)
        return f"填了 {number} 格" if number else "没有填（可不填）"

    return f'=IF({count}=0,"没有填（可不填）","填了 "&({count})&" 格")', result


def _text_count(sheet: SheetLayout) -> tuple[str, Comes]:
    areas = formulas.outside(ranges(s for b in sheet.texts for s in b.spots), sheet.name)
    written = "+".join(f"COUNTA({a})" for a in areas)

    def result(told: Shown) -> Result:
        cells = (texts.paragraphs(told.report.texts.get(b.text.id, ""), len(b.spots)) for b in sheet.texts)
        filled = sum(1 for block in cells for p in block if p)
        return f"已写 {filled} 段" if filled else "尚未填写"

    return f'=IF({written}=0,"尚未填写","已写 "&({written})&" 段")', result
