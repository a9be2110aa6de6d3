"""The workbook's formulas as text, and what each comes to for given figures (the cached result people preview)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from nianbao.form import Kind
from nianbao.numbers import Number
from nianbao.workbook import cellrows
from nianbao.workbook.address import quoted, ranges
from nianbao.workbook.comparisons import Test
from nianbao.workbook.layout import Layout
from nianbao.workbook.live_checks import Check

Result = Number | str
"""What a formula comes to; '' where it shows nothing."""

KEPT, NOT_JUDGED, NOTHING = "相符", "没有核对：", "没有要核对的"
"""What the summary says of a rule, beside how many things are wrong; NOT_JUDGED is followed by why."""


def refs(layout: Layout, keys: Iterable[str]) -> str:
    """Return the cells of these figures as a list of ranges (D7:I8,J9)."""
    return ",".join(ranges(layout.values[k] for k in keys))


def total_formula(layout: Layout, key: str) -> str:
    """Return the formula of a total: the sum of its parts, nothing while they are all blank."""
    parts = refs(layout, layout.edition.sums[key].right)
    return f'=IF(COUNT({parts})=0,"",SUM({parts}))'


def with_totals(layout: Layout, values: Mapping[str, Number]) -> dict[str, Number]:
    """Return the inputs with every total as the sheet will show it: blanks count nothing, all blank is blank.

    A total given with another figure than its parts add up to (a published report's mistake) is kept as given.
    """
    sums = layout.edition.sums
    known = dict(values)
    pending = set(sums)

    def figure(key: str) -> Number | None:
        if key in pending:
            pending.remove(key)
            for part in sums[key].right:
                figure(part)
            added = sum_of_parts(layout, key, known)
            if added is not None and key not in known:
                known[key] = added
        return known.get(key)

    for key in sums:
        figure(key)
    return known


def sum_of_parts(layout: Layout, key: str, figures: Mapping[str, Number]) -> Number | None:
    """Return what a total's formula gives with these figures; None when all its parts are blank."""
    parts = [figures[k] for k in layout.edition.sums[key].right if k in figures]
    return add(parts) if parts else None


def add(numbers: Iterable[Number]) -> Number:
    """Return the exact sum of counts and amounts."""
    total: Number = 0
    for number in numbers:
        total = total + number
    return total


BLANK = "未核对"
"""What a 差 cell shows when it has to be judged but a figure is missing."""


def check_formula(layout: Layout, check: Check) -> str:
    """Return the formula of a 差 cell: 0 where the rule is kept, BLANK or '' where it can't or need not be judged."""
    everything, left, right = (cellrows.refs(layout, k) for k in (check.keys, check.left, check.right))
    missing = f"COUNT({everything})<{len(check.keys)}"
    aside = _aside(layout, check)
    match check.test:
        case Test.EQUAL | Test.AT_LEAST:
            shown = f"{_sum(left)}-{_sum(right)}"
            shown = f"MIN(0,{shown})" if check.test is Test.AT_LEAST else shown
            if any(layout.edition.values[k].kind is Kind.AMOUNT for k in check.keys):
                shown = f"ROUND({shown},6)"
            return f"=IF({missing},{aside},{shown})"
        case Test.TENS:
            cells = [cellrows.refs(layout, [k]) for k in check.left]
            rest = "+".join(f"ROUND(MOD(N({c}),10),6)" for c in cells)
            return f"=IF(AND({missing},{rest}=0),{aside},{rest})"
        case Test.BOTH_OR_NONE:
            return f"=IF({missing},{aside},IF((N({left})=0)=(N({right})=0),0,1))"
        case Test.NONE_FOR_LOWER:
            return f"=IF({_sum(left)}>0,IF({_may_regulate(layout)},0,{_sum(left)}),IF({missing},{aside},0))"
        case Test.OWN_TOTAL:
            untold = f'IF(COUNT({right})=0,"",MAX(1,{_sum(right)}))'
            return f"=IF(COUNT({left})=0,{untold},IF(COUNT({right})=0,0,{_sum(left)}-{_sum(right)}))"


def _aside(layout: Layout, check: Check) -> str:
    """Return what is shown while figures are missing: nothing where none of them need be there, or is."""
    values = layout.edition.values
    if check.test is Test.EQUAL:
        free = [k for k in check.keys if not values[k].required]
        return f'IF(COUNT({cellrows.refs(layout, free)})<{len(free)},"","{BLANK}")' if free else f'"{BLANK}"'
    if any(values[k].required for k in check.keys):
        return f'"{BLANK}"'
    return f'IF(COUNT({cellrows.refs(layout, check.keys)})=0,"","{BLANK}")'


def _sum(cells: str) -> str:
    return f"SUM({cells})" if cells else "0"


def _may_regulate(layout: Layout) -> str:
    """The condition that the body may make 规章."""
    level = cellrows.fact("level").absolute
    free = [f'{level}="{x.label}"' for x in layout.edition.levels if x.makes_regulations]
    return f"OR({','.join(free)})" if free else "FALSE"


def check_result(layout: Layout, check: Check, used: Mapping[str, Number], level: str = "") -> Result:
    """Return what the 差 cell shows for the figures that rules go by; `level` is the body's level id."""
    left = [used[k] for k in check.left if k in used]
    right = [used[k] for k in check.right if k in used]
    missing = len(left) + len(right) < len(check.keys)
    if check.test is Test.OWN_TOTAL and not left:
        return max(1, add(right)) if right else ""
    result = _compared(layout, check, left, right, level)
    told_anyway = (check.test is Test.TENS and result != 0) or (check.test is Test.NONE_FOR_LOWER and add(left) > 0)
    if missing and check.test is not Test.OWN_TOTAL and not told_anyway:
        return _missing(layout, check, used)
    return result


def _compared(layout: Layout, check: Check, left: list[Number], right: list[Number], level: str) -> Number:
    """Compare the figures that are there."""
    difference = add(left) - add(right)
    match check.test:
        case Test.EQUAL:
            return difference
        case Test.AT_LEAST:
            return min(Decimal(0), Decimal(difference))
        case Test.TENS:
            return add(n % 10 for n in left)
        case Test.BOTH_OR_NONE:
            return int((add(left) == 0) != (add(right) == 0))
        case Test.NONE_FOR_LOWER:
            known = layout.edition.level(level)
            return 0 if known and known.makes_regulations else difference
        case Test.OWN_TOTAL:
            return difference if right else 0


def _missing(layout: Layout, check: Check, used: Mapping[str, Number]) -> Result:
    values = layout.edition.values
    there = [k for k in check.keys if k in used]
    if check.test is Test.EQUAL:
        return BLANK if all(k in used or values[k].required for k in check.keys) else ""
    return BLANK if there or any(values[k].required for k in check.keys) else ""


def outside(check_or_keys: Iterable[str], sheet: str) -> list[str]:
    """Return ranges of one sheet as another sheet's formula names them."""
    return [f"{quoted(sheet)}!{r}" for r in check_or_keys]


def summary_formula(found: list[str], broken: str, why: str) -> str:
    """Return the formula that sums up a rule's 差 cells (`found`, ranges with their sheet); see `summary_result`."""
    bad, judged, aside = (
        "+".join(x.format(r) for r in found)
        for x in ('COUNTIF({0},">0")+COUNTIF({0},"<0")', "COUNT({0})", f'COUNTIF({{0}},"{BLANK}")')
    )
    unjudged = f'"{NOT_JUDGED}{why}"'
    return f'=IF({bad}>0,"有 "&({bad})&" 处{broken}",IF({aside}>0,{unjudged},IF({judged}=0,"{NOTHING}","{KEPT}")))'


def summary_result(results: Iterable[Result], broken: str, why: str) -> str:
    """Return what the summary of a rule shows for these 差 cells; `broken` and `why` are the words for its verdict."""
    listed = list(results)
    bad = sum(1 for r in listed if not isinstance(r, str) and r)
    if bad:
        return f"有 {bad} 处{broken}"
    if BLANK in listed:
        return NOT_JUDGED + why
    return KEPT if any(not isinstance(r, str) for r in listed) else NOTHING
