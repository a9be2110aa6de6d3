"""How the sheet 逐格核对 takes each figure, as formulas, and what they come to for given figures.

The same as figures.py and numbers.py do with a file: texts that can mean one number are that number, blanks are blank
(or 0 where the clerk said so), a total is the sum of what is beside it unless a number stands in place of its formula.
Only functions that Excel 2010, WPS and LibreOffice share, none that spills.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from nianbao.form import Edition, Kind
from nianbao.numbers import Number
from nianbao.report import Report
from nianbao.workbook import cellrows, spelling
from nianbao.workbook.address import quoted
from nianbao.workbook.cellrows import BARE, BEFORE, READ, REMARK, TAKEN, UNSIGNED, USED, WRITTEN
from nianbao.workbook.formulas import add, refs, with_totals
from nianbao.workbook.lastrows import placed
from nianbao.workbook.layout import Layout
from nianbao.workbook.number_formats import general
from nianbao.workbook.spelling import UNREAD

NOT_FILLED, NO_NUMBER, NOT_WHOLE, NEGATIVE = "没有填", "不是数字", "不是整数", "是负数"
AS_TEXT, AS_ZERO, TYPED_OVER = "写成文字，按数字采用", "空格按0计", "合计的公式被数字盖掉"

_TOLERANCE = "0.000001"


def formulas(layout: Layout, key: str) -> Mapping[int, str]:
    """Return the formulas of one figure's row by column."""
    cell, value = layout.values[key].absolute, layout.edition.values[key]
    at = {c: cellrows.ref(layout, key, c) for c in cellrows.COLUMNS}
    found = {
        WRITTEN: f'IF(ISTEXT({cell}),{spelling.clean(cell)},"")',
        BARE: spelling.bare(at[WRITTEN], value.unit),
        UNSIGNED: spelling.unsigned(at[BARE]),
        BEFORE: _before(layout, key),
    }
    found |= _input(layout, key, cell, at) if layout.is_input(key) else _total(layout, key, cell, at)
    return {column: f"={formula}" for column, formula in found.items()}


def _input(layout: Layout, key: str, cell: str, at: Mapping[int, str]) -> dict[int, str]:
    value, taken = layout.edition.values[key], at[TAKEN]
    help_ = layout.edition.table[value.table].help
    blank = '""' if help_ else f'IF({cellrows.fact("blank_means_zero").fixed}=1,0,"")'
    missing = f'"{NOT_FILLED}"' if value.required else '""'
    text = f'IF({at[WRITTEN]}="",{blank},{at[READ]})'
    number = f'IF({spelling.seen(cell)},{cell},"{UNREAD}")'
    improper = [f"{taken}<>INT({taken})"] if value.kind is not Kind.AMOUNT else []
    improper += [f"{taken}<0"] if value.kind is not Kind.SIGNED else []
    right = f'IF({at[WRITTEN]}<>"","{AS_TEXT}",IF(ISNUMBER({cell}),"","{AS_ZERO}"))'
    remark = _improper(value.kind, taken, right)
    return {
        READ: f'IF({at[WRITTEN]}="","",{spelling.spelled(at[BARE], at[UNSIGNED])})',
        TAKEN: f'IF(OR(ISLOGICAL({cell}),ISERROR({cell})),"{UNREAD}",IF(ISNUMBER({cell}),{number},{text}))',
        USED: f'IF(ISNUMBER({taken}),IF(OR({",".join(improper)}),"",{taken}),"")',
        REMARK: f'IF({taken}="{UNREAD}","{NO_NUMBER}",IF({taken}="",{missing},{remark}))',
    }


def _total(layout: Layout, key: str, cell: str, at: Mapping[int, str]) -> dict[int, str]:
    parts, read = layout.edition.sums[key].right, at[READ]
    here = [cellrows.refs(layout, parts, c, here=True) for c in (TAKEN, USED)]
    known, used = (f'IF(COUNT({r})={len(parts)},SUM({r}),"")' for r in here)
    shown = ",".join(f"{quoted(layout.values[key].sheet)}!{r}" for r in refs(layout, parts).split(","))
    over = f"IF(COUNT({shown})=0,TRUE,ABS({cell}-SUM({shown}))>{_TOLERANCE})"
    number = f'IF({over},IF({spelling.seen(cell)},{cell},"{UNREAD}"),"")'
    text = f'IF({at[WRITTEN]}="","",{spelling.spelled(at[BARE], at[UNSIGNED], "")})'
    said = _improper(layout.edition.values[key].kind, read, f'"{TYPED_OVER}"')
    return {
        READ: f"IF(ISNUMBER({cell}),{number},{text})",
        TAKEN: f'IF({read}="",{known},{read})',
        USED: f'IF({read}="",{used},IF({at[REMARK]}="{TYPED_OVER}",{read},""))',
        REMARK: f'IF({read}="","",IF({read}="{UNREAD}","{NO_NUMBER}",{said}))',
    }


def _improper(kind: Kind, number: str, right: str) -> str:
    """Return the expression that says what keeps a number from being a figure of its kind, else `right`."""
    negative = right if kind is Kind.SIGNED else f'IF({number}<0,"{NEGATIVE}",{right})'
    return negative if kind is Kind.AMOUNT else f'IF({number}<>INT({number}),"{NOT_WHOLE}",{negative})'


def _before(layout: Layout, key: str) -> str:
    """Return the formula of last year's number, wherever it stands in the sheet 上年数据, and in whichever edition."""
    places = [_offset(edition, key) for edition in cellrows.last_editions(layout.edition)]
    which = cellrows.fact("last_edition").fixed
    rows, columns = ([p[i] for p in places] for i in (0, 1))
    begin = cellrows.begin(layout, layout.edition.values[key].table).fixed
    found = f"INDEX({cellrows.LAST_SHEET},{begin}+{_chosen(which, rows)},{_chosen(which, columns)})"
    return f'IF(ISNUMBER({found}),{found},"")'


def _chosen(which: str, numbers: list[int]) -> str:
    if len(set(numbers)) == 1:
        return str(numbers[0])
    return f"CHOOSE({which},{','.join(map(str, numbers))})"


def _offset(edition: Edition, key: str) -> tuple[int, int]:
    """Return how far below its table's mark, and in which column, a figure of an edition stands last year.

    A figure that the edition has not stands beyond the sheet, which gives an error and so no number.
    """
    if key not in edition.values:
        return 9999, 1
    table = edition.table[edition.values[key].table]
    spot, _ = placed(table, table.value_cells[key], 1)
    return spot.row, spot.column


@dataclass(frozen=True)
class Taken:
    """What the formulas of one row come to; None where they show nothing."""

    value: Number | None
    used: Number | None
    remark: str


def taken(layout: Layout, report: Report, *, blank_means_zero: bool) -> Mapping[str, Taken]:
    """Return what the rows show for a report's figures, which are numbers all."""
    edition, values = layout.edition, dict(report.values)
    shown = with_totals(layout, values)
    found: dict[str, Taken] = {}

    def of(key: str) -> Taken:
        if key not in found:
            found[key] = total(key) if key in edition.sums else entered(key)
        return found[key]

    def entered(key: str) -> Taken:
        value = edition.values[key]
        number, remark = values.get(key), ""
        if number is None:
            if blank_means_zero and not edition.table[value.table].help:
                return Taken(0, 0, AS_ZERO)
            return Taken(None, None, NOT_FILLED if value.required else "")
        if not is_seen(number):
            return Taken(None, None, NO_NUMBER)
        remark = odd(value.kind, number)
        return Taken(number, None if remark else number, remark)

    def total(key: str) -> Taken:
        parts = [of(k) for k in edition.sums[key].right]
        beside = [shown[k] for k in edition.sums[key].right if k in shown]
        if key in values and (not beside or values[key] != add(beside)):
            if not is_seen(values[key]):
                return Taken(None, None, NO_NUMBER)
            remark = odd(edition.values[key].kind, values[key])
            return Taken(values[key], None if remark else values[key], remark or TYPED_OVER)
        return Taken(_added([p.value for p in parts]), _added([p.used for p in parts]), "")

    for key in edition.values:
        of(key)
    return found


def _added(parts: list[Number | None]) -> Number | None:
    known = [p for p in parts if p is not None]
    return add(known) if len(known) == len(parts) else None


def is_seen(number: Number) -> bool:
    """Tell whether a cell of the format “常规” displays the whole number."""
    text = general(Decimal(number))
    return text is not None and Decimal(text) == number


def odd(kind: Kind, number: Number) -> str:
    """Say what keeps a number from being a figure of its kind; '' where nothing does."""
    if kind is not Kind.AMOUNT and number != int(number):
        return NOT_WHOLE
    return NEGATIVE if kind is not Kind.SIGNED and number < 0 else ""
