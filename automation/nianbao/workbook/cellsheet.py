"""The sheet 逐格核对: how each figure is taken, and the rules between tables and years; all of it formulas.

All that the live summary in 校验结果 says comes from here and from the 差 cells, so that it tells what
`nianbao check` tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from nianbao.checks import judge
from nianbao.findings import Places
from nianbao.form import Edition
from nianbao.report import Reading, Report
from nianbao.verdicts import State, Verdict
from nianbao.workbook import across, cell_styles, cellrows, spelling, taken_figures
from nianbao.workbook.address import Spot, letters
from nianbao.workbook.cell_styles import FAINT_BOX, CellStyle, aligned, font
from nianbao.workbook.cellrows import BEFORE, HEADINGS, NAMED, PLACE, READ, REMARK, TAKEN, USED, WRITTEN, fact
from nianbao.workbook.formulas import Result, check_result
from nianbao.workbook.lastrows import TABLE_MARK
from nianbao.workbook.layout import CELLS, YES, Layout, layout
from nianbao.workbook.pen import Pen
from nianbao.workbook.report_contents import Held
from nianbao.workbook.spelling import UNREAD
from nianbao.workbook.taken_figures import Taken

_WIDTHS = {PLACE: 16.0, NAMED: 44.0, WRITTEN: 14.0, TAKEN: 18.0, USED: 12.0, REMARK: 26.0, BEFORE: 12.0}
_SHOWN = len(_WIDTHS)
"""Columns further right hold steps on the way to what is shown, and are hidden."""
_NOTE = "这张表由公式算出，不用填：前面各表的每一个数怎样认、怎样用来核对。“情况”一栏写着什么的，请到那一格看一看。"
_CELL = CellStyle(font(9), border=FAINT_BOX, alignment=aligned("left", wrap=False))
_FIGURE = replace(_CELL, alignment=aligned("center", wrap=False))
_LINK = replace(cell_styles.LINK, border=FAINT_BOX, alignment=aligned("left", wrap=False))
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
    """What the live checks show for a report: its figures as they are taken, the 差 cells, the rules' verdicts."""

    report: Report
    last_year: Report | None
    blank_means_zero: bool
    taken: Mapping[str, Taken]
    checks: Mapping[Spot, Result]
    verdicts: Mapping[str, Verdict]

    def remarked(self, keys: Iterable[str], *remarks: str) -> int:
        """Count the figures of `keys` with one of these remarks."""
        return sum(1 for k in keys if self.taken[k].remark in remarks)


def shown(layout: Layout, report: Report, last_year: Report | None, *, blank_means_zero: bool) -> Shown:
    """Judge a report as the workbook that holds it will be judged."""
    level = report.body.get("level", "")
    blank = _blank(layout.edition, level, blank_means_zero=blank_means_zero) if not report.values else None
    found, checks = blank or _cells(layout, report, level, blank_means_zero=blank_means_zero)
    values = {k: t.value for k, t in found.items() if t.value is not None}
    own = {k for k in layout.edition.sums if k in values and found[k].remark == ""}
    reading = Reading(
        _judging(layout.edition),
        replace(report, values=values, texts={}),
        (),
        Places(layout.edition, layout.places),
        computed=frozenset(own),
        last_year=last_year,
    )
    return Shown(report, last_year, blank_means_zero, found, checks, {v.rule: v for v in judge(reading).verdicts})


Cells = tuple[Mapping[str, Taken], Mapping[Spot, Result]]
"""How figures are taken, and what the 差 cells show."""


def _cells(layout: Layout, report: Report, level: str, *, blank_means_zero: bool) -> Cells:
    found = taken_figures.taken(layout, report, blank_means_zero=blank_means_zero)
    used = {k: t.used for k, t in found.items() if t.used is not None}
    return found, {c.spot: check_result(layout, c, used, level) for c in layout.checks}


@lru_cache(maxsize=64)
def _blank(edition: Edition, level: str, *, blank_means_zero: bool) -> Cells:
    """Return the same of a report without figures, which a county's bodies all begin with."""
    empty = Report(edition.id, None, {}, {}, {})
    return _cells(layout(edition), empty, level, blank_means_zero=blank_means_zero)


@lru_cache(maxsize=32)
def _judging(edition: Edition) -> Edition:
    """Return an edition with those rules only that formulas of the sheet judge, and the sums that they go by."""
    shown = across.spots(edition)
    return replace(edition, rules=tuple(r for r in edition.rules if r.id in shown or r.identities))


def holds(layout: Layout, told: Shown, begins: Mapping[str, int]) -> Held:
    """Return what the sheet's formulas come to for a report; `begins` are the rows where last year's tables begin."""
    results: dict[str, Result] = {fact(name).ref: found for name, found in _facts_results(layout, told).items()}
    results |= {cellrows.begin(layout, t.id).ref: begins.get(t.id, "") for t in layout.edition.tables}
    last = told.last_year.values if told.last_year else {}
    for key, at in _refs(layout.edition).items():
        one = told.taken[key]
        known = UNREAD if one.remark == taken_figures.NO_NUMBER else one.value
        over = known if one.remark and key in layout.edition.sums else None
        for ref, result in zip(at, (known, one.used, one.remark, last.get(key), over), strict=True):
            results[ref] = "" if result is None else result
    results |= {s.ref: result_of(told.verdicts.get(rule)) for rule, s in across.spots(layout.edition).items()}
    return Held(results)


_COME = (TAKEN, USED, REMARK, BEFORE, READ)
"""The columns of a figure that come to something; the steps on the way come to nothing for what is a number."""


@lru_cache(maxsize=32)
def _refs(edition: Edition) -> Mapping[str, tuple[str, ...]]:
    """Map each figure to the cells of its row in those columns."""
    return {key: tuple(Spot(CELLS, row, c).ref for c in _COME) for key, row in cellrows.rows(edition).items()}


def draw(pen: Pen, layout: Layout, held: Held) -> None:
    """Draw the sheet with what its formulas come to."""
    pen.widths(_WIDTHS)
    pen.text(Spot(CELLS, 1, 1), CELLS, cell_styles.SHEET_TITLE, 1, _SHOWN)
    pen.height(1, 30)
    pen.text(Spot(CELLS, 2, 1), _NOTE, cell_styles.NOTE, 1, _SHOWN)
    pen.height(2, 18)
    _facts(pen, layout, held)
    head = cellrows.head(layout.edition)
    for i, text in enumerate(HEADINGS):
        pen.text(head.by(0, i), text, cell_styles.COLUMN_HEAD)
    for key, row in cellrows.rows(layout.edition).items():
        _figure(pen, layout, key, row, held)
    rows = cellrows.rows(layout.edition).values()
    remarks = f"{Spot(CELLS, min(rows), REMARK).ref}:{Spot(CELLS, max(rows), REMARK).ref}"
    first = Spot(CELLS, min(rows), REMARK).ref
    pen.mark(
        (remarks,),
        f'OR({first}="{taken_figures.NO_NUMBER}",{first}="{taken_figures.NOT_WHOLE}",{first}="{taken_figures.NEGATIVE}")',
        cell_styles.BROKEN,
    )
    _rules(pen, layout, held)
    for column in cellrows.COLUMNS[_SHOWN:]:
        pen.sheet.column_dimensions[letters(column)].hidden = True
    pen.sheet.freeze_panes = "A3"
    pen.finish(cellrows.of_rules(layout).row + len(across.rules(layout.edition)), _SHOWN, one_page=False)


def _facts(pen: Pen, layout: Layout, held: Held) -> None:
    for name, formula in _facts_formulas(layout).items():
        spot = fact(name)
        pen.text(spot.by(0, PLACE - TAKEN), _SAID[name], _CELL, 1, 3)
        pen.formula(spot, formula, held.results[spot.ref], _FIGURE)
    for table in layout.edition.tables:
        spot = cellrows.begin(layout, table.id)
        formula = f'=IFERROR(MATCH("{TABLE_MARK}{table.id}",{cellrows.LAST_MARKS},0),"")'
        pen.text(spot.by(0, PLACE - TAKEN), f"上年数据中{table.word}开始的行", _CELL, 1, 3)
        pen.formula(spot, formula, held.results[spot.ref], _FIGURE)


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


def _figure(pen: Pen, layout: Layout, key: str, row: int, held: Held) -> None:
    value, spot, at = layout.edition.values[key], layout.values[key], Spot(CELLS, row, 1)
    pen.link(at, spot.place, spot, _LINK)
    pen.text(at.by(0, NAMED - 1), value.place, _CELL)
    for column, formula in taken_figures.formulas(layout, key).items():
        to = at.by(0, column - 1)
        pen.formula(to, formula, held.results.get(to.ref, ""), _CELL if column == REMARK else _FIGURE)


def _rules(pen: Pen, layout: Layout, held: Held) -> None:
    head = cellrows.of_rules(layout)
    pen.text(head, "表与表、今年与上年之间的核对（0 相符，1 不符或要核实）", cell_styles.BLOCK_TITLE, 1, _SHOWN)
    pen.height(head.row, 22)
    spots = across.spots(layout.edition)
    for one in across.rules(layout.edition):
        spot = spots[one.rule.id]
        pen.text(spot.by(0, PLACE - TAKEN), f"{one.rule.id} {one.rule.name}", _CELL, 1, 3)
        pen.formula(spot, one.formula, held.results[spot.ref], _FIGURE)


def result_of(verdict: Verdict | None) -> Result:
    """Return what a rule's formula comes to under this verdict."""
    if verdict is None:
        return ""
    return verdict.why if verdict.state is State.UNJUDGED else int(verdict.state is State.BROKEN)
