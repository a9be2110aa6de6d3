"""The rules that no 差 cell beside a table can show, as formulas: between tables, about 基本信息, against last year.

Each formula stands in a row of 逐格核对 and comes to 0 (kept), 1 (something is found), a text (why it can't be judged)
or '' (nothing to judge), as the function of checks/ that the rule names does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from nianbao.checks import history, litigation, tables
from nianbao.checks.facts.contact import WAYS
from nianbao.checks.figures import CHARGED
from nianbao.checks.judge import BLANK, NO_LAST_YEAR, NO_LEVEL, NO_YEAR
from nianbao.form import Rule
from nianbao.workbook import cellrows
from nianbao.workbook.address import Spot
from nianbao.workbook.cellrows import BEFORE, fact, last_editions
from nianbao.workbook.layout import Layout
from nianbao.workbook.live import in_force


@dataclass(frozen=True)
class Across:
    """One such rule: its formula, and the cell of the form it is about first."""

    rule: Rule
    formula: str
    about: Spot


def rules(layout: Layout) -> tuple[Across, ...]:
    """Return the edition's rules that can be judged so, in its order; the edition says which functions they name."""
    found = []
    for rule in layout.edition.rules:
        made = _MADE.get(rule.check)
        if made is None or not in_force(layout.edition, rule):
            continue
        formula, about = made(_Sheet(layout, rule))
        if formula:
            spot = layout.values[about] if about in layout.values else layout.fields.get(about, fact("last_year"))
            found.append(Across(rule, f"={in_its_years(rule, formula)}", spot))
    return tuple(found)


def spots(layout: Layout) -> Mapping[str, Spot]:
    """Map these rules to the cells of their formulas."""
    head = cellrows.of_rules(layout)
    return {a.rule.id: head.by(1 + i, cellrows.TAKEN - 1) for i, a in enumerate(rules(layout))}


_YEAR, _LEVEL = fact("year").fixed, fact("level").fixed
_LAST, _LAST_YEAR = fact("last_edition").fixed, fact("last_year").fixed


def in_its_years(rule: Rule, formula: str, otherwise: str = "") -> str:
    """A rule does not apply to reports of other years; an unknown year is checked."""
    year = fact("year").absolute
    bounds = [f"{year}<{rule.from_year}"] if rule.from_year else []
    bounds += [f"{year}>{rule.to_year}"] if rule.to_year else []
    if not bounds:
        return formula
    return f'IF(AND(ISNUMBER({year}),OR({",".join(bounds)})),"{otherwise}",{formula})'


@dataclass(frozen=True)
class _Sheet:
    """Expressions about the figures of an edition."""

    layout: Layout
    rule: Rule

    def has(self, *keys: str) -> bool:
        """Tell whether the form has all these figures."""
        return all(k in self.layout.edition.values for k in keys)

    def there(self, keys: Iterable[str], column: int = cellrows.USED) -> str:
        """The condition that all of them have a number."""
        listed = tuple(keys)
        return f"COUNT({self.cells(listed, column)})={len(listed)}"

    def cells(self, keys: Iterable[str], column: int = cellrows.USED) -> str:
        return cellrows.refs(self.layout, keys, column, here=True)

    def sum(self, keys: Iterable[str], column: int = cellrows.USED) -> str:
        """Their sum, what is missing counting nothing."""
        listed = [k for k in keys if self.has(k)]
        return f"SUM({self.cells(listed, column)})" if listed else "0"

    def blank(self, *keys: str) -> str:
        """What is to be said while one of them has no number; as judge.blank."""
        if any(self.layout.edition.values[k].required for k in keys):
            return _why(BLANK.why)
        return f'IF(COUNT({self.cells(keys)})=0,"",{_why(BLANK.why)})'

    def rows(self, table: str, *columns: str) -> list[tuple[str, ...]]:
        """The keys of these columns, row by row, where a row has all of them."""
        found = self.layout.edition.table.get(table)
        rows = dict.fromkeys(v.row for v in found.values) if found else {}
        keys = [tuple(f"{table}.{row}.{c}" for c in columns) for row in rows]
        return [k for k in keys if self.has(*k)]


_Made = tuple[str, str]
"""A formula ('' where the form has nothing of it) and the figure or fact it is about first."""
_NONE: _Made = ("", "")


def _why(text: str) -> str:
    return f'"{text}"'


def _found(condition: str) -> str:
    return f"IF({condition},1,0)"


def _any(conditions: Iterable[str]) -> str:
    return f"OR({','.join(conditions)})"


def _body_and_year(sheet: _Sheet) -> _Made:
    name, typed = fact("name").fixed, sheet.layout.fields["year"].absolute
    unknown = f'TRIM({typed}&"")=""'
    strange = f"IF(ISNUMBER({_YEAR}),OR({_YEAR}<2008,{_YEAR}>2099),FALSE)"
    return _found(f'OR({name}="",{unknown},{strange})'), "name"


def _year_fits(sheet: _Sheet) -> _Made:
    edition = sheet.layout.edition
    ahead = f"AND({_YEAR}>={edition.from_year},{_YEAR}<={edition.to_year or 9999})"
    fits = f"OR({_YEAR}<2008,{_YEAR}>2099,{ahead})"
    return f"IF(ISNUMBER({_YEAR}),IF({fits},0,1),{_why(NO_YEAR.why)})", "year"


def _level(_: _Sheet) -> _Made:
    return _found(f'{_LEVEL}=""'), "level"


def _contact(sheet: _Sheet) -> _Made:
    ways = [k for k in WAYS if k in sheet.layout.fields]
    empty = [f'TRIM({sheet.layout.fields[k].absolute}&"")=""' for k in ways]
    return (_found(f"AND({','.join(empty)})"), ways[0]) if ways else _NONE


def _overdue(sheet: _Sheet) -> _Made:
    key, fee = tables.OVERDUE, [tables.FEE + c for c in CHARGED]
    if not sheet.has(key, *fee):
        return _NONE
    overdue, notices, notified, received = (sheet.cells([k]) for k in (key, *fee))
    wrong = f"IF({sheet.there(fee)},IF(OR({notices}<{overdue},{received}>={notified}),1,0),1)"
    return f"IF({sheet.there([key])},IF({overdue}=0,0,{wrong}),{sheet.blank(key)})", key


def _within_charges(sheet: _Sheet) -> _Made:
    keys = (tables.FEE + CHARGED[2], tables.CHARGES)
    if not sheet.has(*keys):
        return _NONE
    received, charges = (sheet.cells([k]) for k in keys)
    judged = _found(f"ROUND({received}/{tables.YUAN_PER_UNIT}-{charges},8)>0") if _in_ten_thousands(sheet) else '""'
    return f"IF({sheet.there(keys)},{judged},{sheet.blank(*keys)})", keys[0]


def _in_ten_thousands(sheet: _Sheet) -> bool:
    return sheet.layout.edition.values[tables.CHARGES].unit == tables.UNIT


def _ten_thousands(sheet: _Sheet) -> _Made:
    if not sheet.has(tables.CHARGES):
        return _NONE
    key, charges = tables.CHARGES, sheet.cells([tables.CHARGES])
    lower = _any(f'{_LEVEL}="{x}"' for x in tables.TOWNS)
    odd = f"OR({lower},ROUND(MOD({charges},{tables.TOWN_CHARGES}),8)=0)"
    judged = f'IF(OR({charges}<{tables.TOWN_CHARGES},{_LEVEL}="higher"),0,{_found(odd)})'
    told = f'IF({_LEVEL}="",{_why(NO_LEVEL.why)},{judged})' if _in_ten_thousands(sheet) else '""'
    return f"IF({sheet.there([key])},{told},{sheet.blank(key)})", key


def _powers(sheet: _Sheet) -> _Made:
    keys = [k for k in tables.POWERS if sheet.has(k)]
    lower = _any(f'{_LEVEL}="{x}"' for x in tables.TOWNS)
    judged = f"IF({lower},{_found(f'{sheet.sum(keys)}>0')},0)"
    return f'IF({_LEVEL}="",{_why(NO_LEVEL.why)},{judged})', keys[0] if keys else "level"


def _no_requests(sheet: _Sheet) -> _Made:
    keys = tables.REQUESTS
    if not sheet.has(*keys):
        return _NONE
    totals = [k for (k,) in sheet.rows("review", "total")]
    known = f"AND({sheet.there(keys)},{sheet.there(keys, BEFORE)})"
    cases = f"AND({sheet.sum(keys)}=0,{sheet.sum(keys, BEFORE)}=0,{sheet.sum(totals)}>0)"
    judged = f"IF({known},{_found(cases)},{_why(BLANK.why)})"
    return f"IF(ISNUMBER({_LAST}),{judged},{_why(NO_LAST_YEAR.why)})", totals[0] if totals else keys[0]


def _after_reconsideration(sheet: _Sheet) -> _Made:
    key, decided = tables.AFTERWARDS, tables.DECIDED
    if not sheet.has(key):
        return _NONE
    total = sheet.cells([key])
    more = f"{total}>{sheet.sum(decided)}+{sheet.sum(decided, BEFORE)}"
    judged = f"IF({sheet.there([key])},{_found(f'AND({total}<>0,{more})')},{sheet.blank(key)})"
    return f"IF(ISNUMBER({_LAST}),{judged},{_why(NO_LAST_YEAR.why)})", key


def _direct(sheet: _Sheet) -> _Made:
    key = litigation.DIRECT
    totals = [litigation.totals(sheet.layout.edition, groups) for groups in (("denied",), litigation.FREE)]
    if not sheet.has(key) or not all(totals):
        return _NONE
    denied, free = totals
    allowed_before = f"IF(ISNUMBER({_LAST}),OR(NOT({sheet.there(free, BEFORE)}),{sheet.sum(free, BEFORE)}<>0),FALSE)"
    kept = f"OR({sheet.sum(denied)}=0,{sheet.sum(free)}<>0,{allowed_before})"
    both = (*denied, *free)
    judged = f"IF({sheet.there(both)},IF({kept},0,1),{sheet.blank(*both)})"
    return f"IF({sheet.there([key])},IF({sheet.cells([key])}=0,0,{judged}),{sheet.blank(key)})", key


def _against_last(judged: str) -> str:
    """Say why nothing can be compared with the year before, else what the comparison gives."""
    return _against_any(f"IF({_LAST_YEAR}={_YEAR}-1,{judged},{_why(history.OTHER_YEAR.why)})")


def _against_any(judged: str) -> str:
    return f"IF(ISNUMBER({_YEAR}),IF(ISNUMBER({_LAST}),{judged},{_why(NO_LAST_YEAR.why)}),{_why(NO_YEAR.why)})"


def _differs(sheet: _Sheet, now: str, before: str) -> str:
    return f"{sheet.cells([now])}<>{sheet.cells([before], BEFORE)}"


def _both(sheet: _Sheet, now: str, before: str) -> str:
    return f"AND({sheet.there([now])},{sheet.there([before], BEFORE)})"


def _carried_over(sheet: _Sheet) -> _Made:
    now, before = history.carried_over("total")
    if not sheet.has(now, before):
        return _NONE
    judged = f"IF({_both(sheet, now, before)},{_found(_differs(sheet, now, before))},{_why(BLANK.why)})"
    return _against_last(judged), now


def _carried_by_applicant(sheet: _Sheet) -> _Made:
    now, before = history.carried_over("total")
    if not sheet.has(now, before):
        return _NONE
    columns = {v.column for v in sheet.layout.edition.table["requests"].values if not v.total}
    pairs = [p for p in map(history.carried_over, sorted(columns)) if sheet.has(*p)]
    apart = "+".join(f"IF({_both(sheet, *p)},IF({_differs(sheet, *p)},1,0),0)" for p in pairs)
    same = f"IF({_differs(sheet, now, before)},0,{_found(f'{apart}>0')})"
    return _against_last(f"IF({_both(sheet, now, before)},{same},{_why(BLANK.why)})"), pairs[0][0]


def _in_force(sheet: _Sheet) -> _Made:
    rows = sheet.rows("proactive", "in_force", "issued", "repealed")
    if not rows:
        return _NONE
    wrong, missing = [], []
    for row in rows:
        stock, issued, repealed = (sheet.cells([k]) for k in row)
        there = f"AND({sheet.there(row)},{sheet.there(row[:1], BEFORE)})"
        before = sheet.cells(row[:1], BEFORE)
        wrong.append(f"IF({there},IF({stock}<>{before}+{issued}-{repealed},1,0),0)")
        missing.append(f"NOT({there})")
    judged = f"IF({'+'.join(wrong)}>0,1,IF({_any(missing)},{_why(BLANK.why)},0))"
    same = _same_columns(sheet, "proactive")
    return _against_last(f"IF({same}=1,{judged},{_why(history.OTHER_TABLE.why)})"), rows[0][0]


def _same_columns(sheet: _Sheet, table: str) -> str:
    """1 where last year's edition has the table with the same columns, as history.comparable_tables says."""
    own = {v.column for v in sheet.layout.edition.table[table].values}
    same = []
    for edition in last_editions(sheet.layout.edition):
        other = edition.table.get(table)
        same.append(int(other is not None and {v.column for v in other.values} == own))
    return str(same[0]) if len(set(same)) == 1 else f"CHOOSE({_LAST},{','.join(map(str, same))})"


def _pending_cases(sheet: _Sheet) -> _Made:
    rows = sheet.rows("review", "total", "pending")
    if not rows:
        return _NONE
    wrong = [f"IF({_both(sheet, *r)},IF({sheet.cells(r[:1])}<{sheet.cells(r[1:], BEFORE)},1,0),0)" for r in rows]
    missing = [f"NOT({_both(sheet, *r)})" for r in rows]
    return _against_last(f"IF({'+'.join(wrong)}>0,1,IF({_any(missing)},{_why(BLANK.why)},0))"), rows[0][0]


def _jumps(sheet: _Sheet) -> _Made:
    by_table: dict[str, list[str]] = {}
    for key in history.main_figures(sheet.layout.edition):
        now, before = sheet.cells([key]), sheet.cells([key], BEFORE)
        change = f"ABS({now}-{before})"
        jump = f"IF(AND({change}>{history.JUMP_UNITS},{change}*{history.JUMP_SHARE}>{before}),1,0)"
        table = sheet.layout.edition.values[key].table
        by_table.setdefault(table, []).append(f"IF({_both(sheet, key, key)},{jump},0)")
    tables_ = [f"IF({_same_columns(sheet, t)}=1,{'+'.join(found)},0)" for t, found in by_table.items()]
    return (_against_last(_found(f"{'+'.join(tables_)}>0")), next(iter(history.main_figures(sheet.layout.edition))))


def _year_before(_: _Sheet) -> _Made:
    name, other = fact("name").fixed, fact("last_name").fixed
    wrong = f'OR({_LAST_YEAR}<>{_YEAR}-1,AND({name}<>"",{other}<>"",NOT(EXACT({name},{other}))))'
    return _against_any(_found(wrong)), "year"


_MADE: Mapping[str, Callable[[_Sheet], _Made]] = {
    "body_and_year_are_given": _body_and_year,
    "year_fits_the_edition": _year_fits,
    "level_is_given": _level,
    "some_contact_is_given": _contact,
    "carried_over_requests_continue": _carried_over,
    "carried_over_applicants_continue": _carried_by_applicant,
    "documents_in_force_continue": _in_force,
    "pending_cases_reappear": _pending_cases,
    "no_unexplained_jump": _jumps,
    "last_year_is_the_year_before": _year_before,
    "overdue_fees_have_notices": _overdue,
    "fee_is_within_charges": _within_charges,
    "cases_come_from_requests": _no_requests,
    "litigation_follows_reconsideration": _after_reconsideration,
    "charges_are_in_ten_thousands": _ten_thousands,
    "delegated_powers_are_confirmed": _powers,
    "refusals_go_to_reconsideration_first": _direct,
}
