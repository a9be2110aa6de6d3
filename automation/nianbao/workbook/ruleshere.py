"""Formulas of the rules about 基本信息 and between one year's tables, each as the function of checks/ it is for."""

from __future__ import annotations

from nianbao.checks import between_tables, litigation
from nianbao.checks.facts.contact import WAYS
from nianbao.checks.rule_findings import BLANK, NO_LAST_YEAR, NO_LEVEL, NO_YEAR
from nianbao.checks.single_figures import CHARGED
from nianbao.workbook.cellrows import BEFORE, fact
from nianbao.workbook.ruleterms import LAST, LEVEL, NONE, YEAR, FigureTerms, Made, found, why


def body_and_year(sheet: FigureTerms) -> Made:
    """The body and a year that can be one are given."""
    name, typed = fact("name").fixed, sheet.layout.fields["year"].absolute
    unknown = f'TRIM({typed}&"")=""'
    strange = f"IF(ISNUMBER({YEAR}),OR({YEAR}<2008,{YEAR}>2099),FALSE)"
    return found(f'OR({name}="",{unknown},{strange})'), "name"


def year_fits(sheet: FigureTerms) -> Made:
    """The edition is the one for the year."""
    edition = sheet.layout.edition
    ahead = f"AND({YEAR}>={edition.from_year},{YEAR}<={edition.to_year or 9999})"
    fits = f"OR({YEAR}<2008,{YEAR}>2099,{ahead})"
    return f"IF(ISNUMBER({YEAR}),IF({fits},0,1),{why(NO_YEAR.why)})", "year"


def level(sheet: FigureTerms) -> Made:
    """The level is chosen; another word is told where it stands, and nothing known then."""
    if "level" not in sheet.layout.fields or not sheet.layout.edition.levels:
        return NONE
    typed = sheet.layout.fields["level"].absolute
    other = f'AND({LEVEL}="",TRIM({typed}&"")<>"")'
    missing = found(f'{LEVEL}=""')
    return f"IF({other},{why(NO_LEVEL.why)},{missing})", "level"


def contact(sheet: FigureTerms) -> Made:
    """There is one way at least to ask."""
    ways = [k for k in WAYS if k in sheet.layout.fields]
    empty = [f'TRIM({sheet.layout.fields[k].absolute}&"")=""' for k in ways]
    return (found(f"AND({','.join(empty)})"), ways[0]) if ways else NONE


def overdue(sheet: FigureTerms) -> Made:
    """Requests closed for unpaid fees need as many notices, and money still owed."""
    key, fee = between_tables.OVERDUE, [between_tables.FEE + c for c in CHARGED]
    if not sheet.has(key, *fee):
        return NONE
    overdue, notices, notified, received = (sheet.cells([k]) for k in (key, *fee))
    wrong = f"IF({sheet.there(fee)},IF(OR({notices}<{overdue},{received}>={notified}),1,0),1)"
    return f"IF({sheet.there([key])},IF({overdue}=0,0,{wrong}),{sheet.blank(key)})", key


def within_charges(sheet: FigureTerms) -> Made:
    """The fee received, in 万元, is part of the charges."""
    keys = (between_tables.FEE + CHARGED[2], between_tables.CHARGES)
    if not sheet.has(*keys):
        return NONE
    received, charges = (sheet.cells([k]) for k in keys)
    judged = (
        found(f"ROUND({received}/{between_tables.YUAN_PER_UNIT}-{charges},8)>0") if _in_ten_thousands(sheet) else '""'
    )
    return f"IF({sheet.there(keys)},{judged},{sheet.blank(*keys)})", keys[0]


def _in_ten_thousands(sheet: FigureTerms) -> bool:
    return sheet.layout.edition.values[between_tables.CHARGES].unit == between_tables.UNIT


def ten_thousands(sheet: FigureTerms) -> Made:
    """An amount that looks like 元 typed where 万元 is meant."""
    if not sheet.has(between_tables.CHARGES):
        return NONE
    key, charges = between_tables.CHARGES, sheet.cells([between_tables.CHARGES])
    lower = sheet.level_is(*between_tables.TOWNS)
    odd = f"OR({lower},ROUND(MOD({charges},{between_tables.TOWN_CHARGES}),8)=0)"
    judged = f"IF(OR({charges}<{between_tables.TOWN_CHARGES},{sheet.level_is('higher')}),0,{found(odd)})"
    told = f'IF({LEVEL}="",{why(NO_LEVEL.why)},{judged})' if _in_ten_thousands(sheet) else '""'
    return f"IF({sheet.there([key])},{told},{sheet.blank(key)})", key


def powers(sheet: FigureTerms) -> Made:
    """Towns confirm licences, penalties and coercions."""
    keys = [k for k in between_tables.POWERS if sheet.has(k)]
    if not keys:
        return NONE
    lower = sheet.level_is(*between_tables.TOWNS)
    judged = f"IF({lower},{found(f'{sheet.sum(keys)}>0')},0)"
    return f'IF({LEVEL}="",{why(NO_LEVEL.why)},{judged})', keys[0]


def no_requests(sheet: FigureTerms) -> Made:
    """Cases need requests, of this year or the year before."""
    keys, totals = between_tables.REQUESTS, [k for (k,) in sheet.rows("review", "total")]
    if not sheet.has(*keys) or not totals:
        return NONE
    known = f"AND({sheet.there(keys)},{sheet.there(keys, BEFORE)})"
    cases = f"AND({sheet.sum(keys)}=0,{sheet.sum(keys, BEFORE)}=0,{sheet.sum(totals)}>0)"
    judged = f"IF({known},{found(cases)},{why(BLANK.why)})"
    return f"IF(ISNUMBER({LAST}),{judged},{why(NO_LAST_YEAR.why)})", totals[0]


def after_reconsideration(sheet: FigureTerms) -> Made:
    """Lawsuits after reconsideration need decided ones."""
    key, decided = between_tables.AFTERWARDS, between_tables.DECIDED
    if not sheet.has(key):
        return NONE
    total = sheet.cells([key])
    more = f"{total}>{sheet.sum(decided)}+{sheet.sum(decided, BEFORE)}"
    judged = f"IF({sheet.there([key])},{found(f'AND({total}<>0,{more})')},{sheet.blank(key)})"
    return f"IF(ISNUMBER({LAST}),{judged},{why(NO_LAST_YEAR.why)})", key


def direct(sheet: FigureTerms) -> Made:
    """Direct lawsuits need a result that may be sued over directly."""
    key = litigation.DIRECT
    totals = [litigation.totals(sheet.layout.edition, groups) for groups in (("denied",), litigation.FREE)]
    if not sheet.has(key) or not all(totals):
        return NONE
    denied, free = totals
    allowed_before = f"IF(ISNUMBER({LAST}),OR(NOT({sheet.there(free, BEFORE)}),{sheet.sum(free, BEFORE)}<>0),FALSE)"
    kept = f"OR({sheet.sum(denied)}=0,{sheet.sum(free)}<>0,{allowed_before})"
    both = (*denied, *free)
    judged = f"IF({sheet.there(both)},IF({kept},0,1),{sheet.blank(*both)})"
    return f"IF({sheet.there([key])},IF({sheet.cells([key])}=0,0,{judged}),{sheet.blank(key)})", key
