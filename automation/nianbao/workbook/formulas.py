"""The workbook's formulas as text, and what each comes to for given figures (the cached result people preview)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from nianbao.form import Kind
from nianbao.numbers import Number
from nianbao.workbook.address import name_of, quoted, ranges
from nianbao.workbook.layout import Layout
from nianbao.workbook.live import Check, Test

Result = Number | str
"""What a formula comes to; '' where it shows nothing."""


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


def check_formula(layout: Layout, check: Check) -> str:
    """Return the formula of a 差 cell: '' while nothing is filled in, 0 where the rule is kept."""
    everything = refs(layout, check.keys)
    left, right = refs(layout, check.left), refs(layout, check.right)
    match check.test:
        case Test.EQUAL:
            shown, needed = f"{_sum(left)}-{_sum(right)}", 1
        case Test.AT_LEAST:
            shown, needed = f"MIN(0,{_sum(left)}-{_sum(right)})", len(check.keys)
        case Test.TENS:
            cells = [layout.values[k].ref for k in check.left]
            shown, needed = "+".join(f"MOD(N({c}),10)" for c in cells), 1
        case Test.BOTH_OR_NONE:
            shown, needed = f"IF((N({left})=0)=(N({right})=0),0,1)", len(check.keys)
        case Test.NONE_FOR_LOWER:
            return f'=IF(OR(COUNT({everything})=0,{_level_unbound(layout)}),"",{_sum(left)})'
    if any(layout.edition.values[k].kind is Kind.AMOUNT for k in check.keys):
        shown = f"ROUND({shown},6)"
    return f'=IF(COUNT({everything})<{needed},"",{shown})'


def _sum(cells: str) -> str:
    return f"SUM({cells})" if cells else "0"


def _level_unbound(layout: Layout) -> str:
    """The condition that the body may make 规章, or has not said what it is."""
    name = name_of("level", "info")
    labels = ["", *(x.label for x in layout.edition.levels if x.makes_regulations)]
    return ",".join(f'{name}="{label}"' for label in labels)


def check_result(layout: Layout, check: Check, values: Mapping[str, Number], level: str = "") -> Result:
    """Return what the 差 cell shows for these figures (totals included); `level` is the body's level id."""
    left = [values[k] for k in check.left if k in values]
    right = [values[k] for k in check.right if k in values]
    difference = add(left) - add(right)
    complete = len(left) + len(right) == len(check.keys)
    match check.test:
        case Test.EQUAL:
            return difference if left or right else ""
        case Test.AT_LEAST:
            return min(Decimal(0), Decimal(difference)) if complete else ""
        case Test.TENS:
            return add(n % 10 for n in left) if left else ""
        case Test.BOTH_OR_NONE:
            return int((add(left) == 0) != (add(right) == 0)) if complete else ""
        case Test.NONE_FOR_LOWER:
            known = layout.edition.level(level)
            return difference if left and known and not known.makes_regulations else ""


def outside(check_or_keys: Iterable[str], sheet: str) -> list[str]:
    """Return ranges of one sheet as another sheet's formula names them."""
    return [f"{quoted(sheet)}!{r}" for r in check_or_keys]


def summary_formula(found: list[str]) -> str:
    """Return the formula that says how many of these 差 cells differ; `found` are ranges with their sheet."""
    bad = "+".join(f'COUNTIF({r},">0")+COUNTIF({r},"<0")' for r in found)
    return f'=IF({"+".join(f"COUNT({r})" for r in found)}=0,"尚未填写",IF({bad}=0,"相符","有 "&({bad})&" 处不符"))'


def summary_result(results: Iterable[Result]) -> str:
    """Return what the summary shows for these 差 cells."""
    numbers = [r for r in results if not isinstance(r, str)]
    bad = sum(1 for n in numbers if n)
    return "尚未填写" if not numbers else f"有 {bad} 处不符" if bad else "相符"
