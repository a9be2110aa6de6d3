"""Formulas of the rules that compare with last year, each as the function of checks/ it is for."""

from __future__ import annotations

from nianbao.checks import history
from nianbao.checks.rule_findings import BLANK, NO_LAST_YEAR, NO_YEAR
from nianbao.checks.single_figures import STOCK
from nianbao.workbook.cellrows import BEFORE, fact, last_editions
from nianbao.workbook.ruleterms import LAST, LAST_YEAR, NONE, YEAR, FigureTerms, Made, any_of, found, why


def _against_last(judged: str) -> str:
    """Say why nothing can be compared with the year before, else what the comparison gives."""
    return _against_any(f"IF({LAST_YEAR}={YEAR}-1,{judged},{why(history.OTHER_YEAR.why)})")


def _against_any(judged: str) -> str:
    return f"IF(ISNUMBER({YEAR}),IF(ISNUMBER({LAST}),{judged},{why(NO_LAST_YEAR.why)}),{why(NO_YEAR.why)})"


def _differs(sheet: FigureTerms, now: str, before: str) -> str:
    return f"{sheet.cells([now])}<>{sheet.cells([before], BEFORE)}"


def _both(sheet: FigureTerms, now: str, before: str) -> str:
    return f"AND({sheet.there([now])},{sheet.there([before], BEFORE)})"


def carried_over(sheet: FigureTerms) -> Made:
    """结转 of last year is this year's 上年结转."""
    now, before = history.carried_over("total")
    if not sheet.has(now, before):
        return NONE
    judged = f"IF({_both(sheet, now, before)},{found(_differs(sheet, now, before))},{why(BLANK.why)})"
    return _against_last(judged), now


def carried_by_applicant(sheet: FigureTerms) -> Made:
    """So it is by kinds of applicants, where the totals are the same."""
    now, before = history.carried_over("total")
    if not sheet.has(now, before):
        return NONE
    pairs = [p for p in map(history.carried_over, history.applicants(sheet.layout.edition)) if sheet.has(*p)]
    if not pairs:
        return NONE
    apart = "+".join(f"IF({_both(sheet, *p)},IF({_differs(sheet, *p)},1,0),0)" for p in pairs)
    same = f"IF({_differs(sheet, now, before)},0,{found(f'{apart}>0')})"
    return _against_last(f"IF({_both(sheet, now, before)},{same},{why(BLANK.why)})"), pairs[0][0]


def in_force(sheet: FigureTerms) -> Made:
    """What is in force follows from last year's."""
    rows = sheet.rows("proactive", *STOCK)
    if not rows:
        return NONE
    wrong, missing = [], []
    for row in rows:
        stock, issued, repealed = (sheet.cells([k]) for k in row)
        there = f"AND({sheet.there(row)},{sheet.there(row[:1], BEFORE)})"
        before = sheet.cells(row[:1], BEFORE)
        wrong.append(f"IF({there},IF({stock}<>{before}+{issued}-{repealed},1,0),0)")
        missing.append(f"NOT({there})")
    judged = f"IF({'+'.join(wrong)}>0,1,IF({any_of(missing)},{why(BLANK.why)},0))"
    same = _same_columns(sheet, "proactive")
    return _against_last(f"IF({same}=1,{judged},{why(history.OTHER_TABLE.why)})"), rows[0][0]


def _same_columns(sheet: FigureTerms, table: str) -> str:
    """1 where last year's edition has the table with the same columns, as history.comparable_tables says."""
    own = {v.column for v in sheet.layout.edition.table[table].values}
    same = []
    for edition in last_editions(sheet.layout.edition):
        other = edition.table.get(table)
        same.append(int(other is not None and {v.column for v in other.values} == own))
    return str(same[0]) if len(set(same)) == 1 else f"CHOOSE({LAST},{','.join(map(str, same))})"


def pending_cases(sheet: FigureTerms) -> Made:
    """Cases pending last year are among this year's."""
    rows = sheet.rows("review", "total", "pending")
    if not rows:
        return NONE
    wrong = [f"IF({_both(sheet, *r)},IF({sheet.cells(r[:1])}<{sheet.cells(r[1:], BEFORE)},1,0),0)" for r in rows]
    missing = [f"NOT({_both(sheet, *r)})" for r in rows]
    return _against_last(f"IF({'+'.join(wrong)}>0,1,IF({any_of(missing)},{why(BLANK.why)},0))"), rows[0][0]


def jumps(sheet: FigureTerms) -> Made:
    """Main figures changed by more than half."""
    by_table: dict[str, list[str]] = {}
    main = history.main_figures(sheet.layout.edition)
    if not main:
        return NONE
    for key in main:
        now, before = sheet.cells([key]), sheet.cells([key], BEFORE)
        change = f"ABS({now}-{before})"
        jump = f"IF(AND({change}>{history.JUMP_UNITS},{change}*{history.JUMP_SHARE}>{before}),1,0)"
        table = sheet.layout.edition.values[key].table
        by_table.setdefault(table, []).append(f"IF({_both(sheet, key, key)},{jump},0)")
    tables_ = [f"IF({_same_columns(sheet, t)}=1,{'+'.join(found)},0)" for t, found in by_table.items()]
    return _against_last(found(f"{'+'.join(tables_)}>0")), main[0]


def year_before(_: FigureTerms) -> Made:
    """Last year's report is of the year before and of the same body."""
    name, other = fact("name").fixed, fact("last_name").fixed
    wrong = f'OR({LAST_YEAR}<>{YEAR}-1,AND({name}<>"",{other}<>"",NOT(EXACT({name},{other}))))'
    return _against_any(found(wrong)), "year"
