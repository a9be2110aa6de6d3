"""The sheet 逐格核对: how each figure is taken, and the rules between tables and years; all of it formulas.

All that the live summary in 校验结果 says comes from here and from the 差 cells, so that it tells what
`nianbao check` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from nianbao.checks import judge
from nianbao.findings import Places
from nianbao.numbers import Number
from nianbao.report import Reading, Report
from nianbao.verdicts import State, Verdict
from nianbao.workbook import across, cellrows, spelling, styles, taken
from nianbao.workbook.address import Spot, letters
from nianbao.workbook.cellrows import BEFORE, HEADINGS, NAMED, PLACE, READ, REMARK, TAKEN, USED, WRITTEN, fact
from nianbao.workbook.formulas import Result
from nianbao.workbook.lastrows import TABLE_MARK
from nianbao.workbook.layout import CELLS, YES, Layout
from nianbao.workbook.pen import Pen
from nianbao.workbook.spelling import UNREAD
from nianbao.workbook.styles import FAINT_BOX, Look, aligned, font
from nianbao.workbook.taken import Taken

_WIDTHS = {PLACE: 16.0, NAMED: 44.0, WRITTEN: 14.0, TAKEN: 18.0, USED: 12.0, REMARK: 26.0, BEFORE: 12.0}
_SHOWN = len(_WIDTHS)
"""Columns further right hold steps on the way to what is shown, and are hidden."""
_NOTE = "这张表由公式算出，不用填：前面各表的每一个数怎样认、怎样用来核对。“情况”一栏写着什么的，请到那一格看一看。"
_CELL = Look(font(9), border=FAINT_BOX, alignment=aligned("left", wrap=False))
_FIGURE = replace(_CELL, alignment=aligned("center", wrap=False))
_LINK = replace(styles.LINK, border=FAINT_BOX, alignment=aligned("left", wrap=False))
_SAID = {
    "name": "单位名称",
    "year": "年度",
    "level": "级别",
    "blank_means_zero": "空格是否按0计（1是，0否）",
    "last_edition": "上年数据的格式（0以外的数：有上年数据）",
    "last_year": "上年数据的年度",
    "last_name": "上年数据的单位名称",
}


@dataclass(frozen=True)
class Shown:
    """What the live checks show for a report: its figures as they are taken, the verdicts on its rules."""

    report: Report
    last_year: Report | None
    blank_means_zero: bool
    taken: Mapping[str, Taken]
    verdicts: Mapping[str, Verdict]

    @property
    def used(self) -> dict[str, Number]:
        """The figures that rules go by."""
        return {k: t.used for k, t in self.taken.items() if t.used is not None}

    def remarked(self, keys: Iterable[str], *remarks: str) -> int:
        """Count the figures of `keys` with one of these remarks."""
        return sum(1 for k in keys if self.taken[k].remark in remarks)


def shown(layout: Layout, report: Report, last_year: Report | None, *, blank_means_zero: bool) -> Shown:
    """Judge a report as the workbook that holds it will be judged."""
    found = taken.taken(layout, report, blank_means_zero=blank_means_zero)
    values = {k: t.value for k, t in found.items() if t.value is not None}
    own = {k for k in layout.edition.sums if k in values and found[k].remark == ""}
    reading = Reading(
        layout.edition,
        replace(report, values=values, texts={}),
        (),
        Places(layout.edition, layout.places),
        computed=frozenset(own),
        last_year=last_year,
    )
    return Shown(report, last_year, blank_means_zero, found, {v.rule: v for v in judge(reading).verdicts})


def draw(pen: Pen, layout: Layout, told: Shown, begins: Mapping[str, int]) -> None:
    """Draw the sheet for a report; `begins` are the rows where last year's tables begin."""
    pen.widths(_WIDTHS)
    pen.text(Spot(CELLS, 1, 1), CELLS, styles.SHEET_TITLE, 1, _SHOWN)
    pen.height(1, 30)
    pen.text(Spot(CELLS, 2, 1), _NOTE, styles.NOTE, 1, _SHOWN)
    pen.height(2, 18)
    _facts(pen, layout, told, begins)
    head = cellrows.head(layout.edition)
    for i, text in enumerate(HEADINGS):
        pen.text(head.by(0, i), text, styles.COLUMN_HEAD)
    for key, row in cellrows.rows(layout.edition).items():
        _figure(pen, layout, key, row, told)
    rows = cellrows.rows(layout.edition).values()
    remarks = f"{Spot(CELLS, min(rows), REMARK).ref}:{Spot(CELLS, max(rows), REMARK).ref}"
    first = Spot(CELLS, min(rows), REMARK).ref
    pen.mark(
        (remarks,),
        f'OR({first}="{taken.NO_NUMBER}",{first}="{taken.NOT_WHOLE}",{first}="{taken.NEGATIVE}")',
        styles.BROKEN,
    )
    _rules(pen, layout, told)
    for column in cellrows.COLUMNS[_SHOWN:]:
        pen.sheet.column_dimensions[letters(column)].hidden = True
    pen.sheet.freeze_panes = "A3"
    pen.finish(cellrows.of_rules(layout).row + len(across.rules(layout)), _SHOWN, one_page=False)


def _facts(pen: Pen, layout: Layout, told: Shown, begins: Mapping[str, int]) -> None:
    results = _facts_results(layout, told)
    for name, formula in _facts_formulas(layout).items():
        spot = fact(name)
        pen.text(spot.by(0, PLACE - TAKEN), _SAID[name], _CELL, 1, 3)
        pen.formula(spot, formula, results[name], _FIGURE)
    for table in layout.edition.tables:
        spot = cellrows.begin(layout, table.id)
        formula = f'=IFERROR(MATCH("{TABLE_MARK}{table.id}",{cellrows.LAST_MARKS},0),"")'
        pen.text(spot.by(0, PLACE - TAKEN), f"上年数据中{table.word}开始的行", _CELL, 1, 3)
        pen.formula(spot, formula, begins.get(table.id, ""), _FIGURE)


def _facts_formulas(layout: Layout) -> dict[str, str]:
    """Return the formula of each fact; of a field that the form has not, nothing."""
    at = {
        k: layout.fields[k].absolute if k in layout.fields else '""'
        for k in ("name", "year", "level", "blank_means_zero")
    }
    year = f'SUBSTITUTE(SUBSTITUTE({spelling.clean(at["year"])},"年度",""),"年","")'
    level = '""'
    for x in reversed(layout.edition.levels):
        level = f'IF(OR(TRIM({at["level"]}&"")="{x.label}",TRIM({at["level"]}&"")="{x.id}"),"{x.label}",{level})'
    names = ",".join(f'"{e.id}"' for e in cellrows.last_editions(layout.edition))
    return {
        "name": f'=IFERROR(TRIM({at["name"]}&""),"")',
        "year": f'=IFERROR(IF(AND(LEN({year})=4,{spelling.digits(year)}=4),VALUE({year}),""),"")',
        "level": f'=IFERROR({level},"")',
        "blank_means_zero": f'=IFERROR(IF(TRIM({at["blank_means_zero"]}&"")="{YES}",1,0),0)',
        "last_edition": f'=IFERROR(MATCH({_last("edition")},{{{names}}},0),"")',
        "last_year": f'=IFERROR(VALUE({_last("year")}),"")',
        "last_name": f'=IFERROR({_last("body:name")},"")',
    }


def _last(mark: str) -> str:
    """Return the expression of a fact in the sheet 上年数据, a text."""
    return f'INDEX({cellrows.LAST_SHEET},MATCH("{mark}",{cellrows.LAST_MARKS},0),4)&""'


def _facts_results(layout: Layout, told: Shown) -> dict[str, Result]:
    report, last = told.report, told.last_year
    level = layout.edition.level(report.body.get("level", ""))
    ids = [e.id for e in cellrows.last_editions(layout.edition)]
    own = last is not None and last.edition not in ids  # of this year's edition, named by its file
    which = "" if last is None else 1 if own else 1 + ids.index(last.edition)
    return {
        "name": report.name.strip(),
        "year": "" if report.year is None else report.year,
        "level": level.label if level else "",
        "blank_means_zero": int(told.blank_means_zero),
        "last_edition": which,
        "last_year": "" if last is None or last.year is None else last.year,
        "last_name": "" if last is None else last.name,
    }


def _figure(pen: Pen, layout: Layout, key: str, row: int, told: Shown) -> None:
    value, spot, at = layout.edition.values[key], layout.values[key], Spot(CELLS, row, 1)
    pen.link(at, spot.place, spot, _LINK)
    pen.text(at.by(0, NAMED - 1), value.place, _CELL)
    one = told.taken[key]
    before = told.last_year.values.get(key) if told.last_year else None
    known = UNREAD if one.remark == taken.NO_NUMBER else one.value
    over = known if one.remark and key in layout.edition.sums else None
    results = {TAKEN: known, USED: one.used, REMARK: one.remark, BEFORE: before, READ: over}
    for column, formula in taken.formulas(layout, key).items():
        result = results.get(column)
        look = _CELL if column == REMARK else _FIGURE
        pen.formula(at.by(0, column - 1), formula, "" if result is None else result, look)


def _rules(pen: Pen, layout: Layout, told: Shown) -> None:
    head = cellrows.of_rules(layout)
    pen.text(head, "表与表、今年与上年之间的核对（0 相符，1 不符或要核实）", styles.BLOCK_TITLE, 1, _SHOWN)
    pen.height(head.row, 22)
    spots = across.spots(layout)
    for one in across.rules(layout):
        spot = spots[one.rule.id]
        pen.text(spot.by(0, PLACE - TAKEN), f"{one.rule.id} {one.rule.name}", _CELL, 1, 3)
        pen.formula(spot, one.formula, result_of(told.verdicts.get(one.rule.id)), _FIGURE)


def result_of(verdict: Verdict | None) -> Result:
    """Return what a rule's formula comes to under this verdict."""
    if verdict is None:
        return ""
    return verdict.why if verdict.state is State.UNJUDGED else int(verdict.state is State.BROKEN)
