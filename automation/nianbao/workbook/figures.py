"""Reading the figures: inputs as typed, totals computed by us and compared with what the sheet holds (W2, W3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nianbao.form import Edition, Kind
from nianbao.numbers import Number, Read, Spelling, read_number, spell
from nianbao.unicodes import quotation
from nianbao.workbook import cures, display
from nianbao.workbook.contents import Content, Sheet
from nianbao.workbook.formulas import add, total_formula
from nianbao.workbook.layout import Layout, SheetLayout
from nianbao.workbook.layout import layout as layout_of
from nianbao.workbook.reading_notes import Notes

_TOLERANCE = Decimal("0.000001")
"""Cached totals of amounts are binary fractions."""

_RECOUNT = "报告按重算的数；在 Excel 或 WPS 中打开，按 F9 重新计算后保存"


@dataclass(frozen=True)
class ReadFigures:
    """The figures by key, and which totals among them we added up ourselves."""

    values: Mapping[str, Number]
    computed: frozenset[str]


def read(
    layout: Layout, sheets: Mapping[str, Sheet], lost: frozenset[str], notes: Notes, *, blank_means_zero: bool
) -> ReadFigures:
    """Return the figures, blanks absent (or 0 where the clerk said that blanks mean 0)."""
    cells = {k: sheets[s.sheet].at(s.row, s.column) for k, s in layout.values.items() if k not in lost}
    typed: dict[str, Number] = {}
    for sheet in layout.sheets:
        keys = [v.key for b in sheet.tables for v in b.table.values if v.key in cells and layout.is_input(v.key)]
        typed |= _inputs(layout, sheets[sheet.name], {k: cells[k] for k in keys}, notes)
    values = dict(typed)
    if blank_means_zero:
        values = {k: _zero(layout, k) for k in may_be_zero(layout) if k not in notes.unread} | typed
    computed: set[str] = set()
    for sheet in layout.sheets:
        totals = _parts_first(layout.edition)[sheet.name]
        computed |= _totals(layout, totals, cells, values, frozenset(typed), notes)
    return ReadFigures({k: values[k] for k in layout.edition.values if k in values}, frozenset(computed))


def may_be_zero(layout: Layout) -> Iterable[str]:
    """List the inputs whose blanks may mean 0: all but those of help tables."""
    for table in layout.edition.tables:
        if not table.help:
            yield from (v.key for v in table.values if layout.is_input(v.key))


def _zero(layout: Layout, key: str) -> Number:
    return Decimal(0) if layout.edition.values[key].kind is Kind.AMOUNT else 0


def _spelled(layout: Layout, key: str, content: Content) -> tuple[Read, str]:
    value = layout.edition.values[key]
    return display.figure(content, value.kind, value.unit)


def _inputs(  # noqa: PLR0912 - one for each thing told
    layout: Layout, sheet: Sheet, cells: Mapping[str, Content], notes: Notes
) -> dict[str, Number]:
    """Read the inputs of one sheet."""
    unseen: dict[str, list[str]] = {}
    covered: dict[str, list[str]] = {}
    doubts: dict[str, list[str]] = {}
    values: dict[str, Number] = {}
    texts: list[str] = []
    formulas: list[str] = []
    for key, content in cells.items():
        spot = layout.values[key]
        over = sheet.covered.get((spot.row, spot.column)) if sheet.covered else None
        if over:
            covered.setdefault(over, []).append(key)
            continue
        read_, why = _spelled(layout, key, content)
        if content.look.doubt:
            doubts.setdefault(content.look.doubt, []).append(key)
        if why and content.look.unseen and content.value == 0:
            unseen.setdefault(content.look.unseen, []).append(key)
        elif why:
            notes.refuse(key, f"{why}，没有采用", display.cure(content, layout.edition.values[key].kind))
        elif read_.value is not None:
            values[key] = read_.value
            if content.formula:
                formulas.append(key)
            elif read_.spelling is Spelling.TEXT:
                texts.append(key)
        elif read_.spelling is Spelling.UNREADABLE:
            how = cures.of_unreadable(content.value)
            notes.refuse(key, f"这里写的是{shown(content.value)}，读不出确定的数字，没有采用", how)
        elif content.formula:
            notes.refuse(key, f"这里是公式（{content.formula[:40]}），文件中没有存它的结果，没有采用", "改填数字")
    for over, keys in covered.items():
        held = "、".join(shown(cells[k].value) for k in keys[:6] if cells[k].value is not None)
        what = f"合并单元格{over}盖住了这里，{f'存的{held}' if held else '这里'}看不到，没有采用"
        notes.refuse_all(keys, what, "取消合并，每一格各填各的数字")
    for what, keys in unseen.items():
        notes.refuse_all(keys, f"这里存的是0，但{what}，没有采用", "让零值显示出来，再核对、保存")
    for what, keys in doubts.items():
        notes.hint("W2", keys, f"这里的条件格式会{what}，看到的可能不是所填的数", "去掉这一条件格式，核对所填的数")
    taken = "、".join(f"{shown(cells[k].value)}按{values[k]}" for k in texts[:6])
    mend = "；".join(dict.fromkeys(cures.of_text(cells[k].value, values[k]) for k in texts[:6]))
    notes.hint("W2", texts, f"这里的数字写成了文字，已照字面采用（{taken}）", mend)
    notes.hint("W2", formulas, "数字格里是公式，已采用公式的结果", "改填数字，免得随别的格子变化")
    return values


def shown(value: object) -> str:
    """Quote what stands in a cell, as the clerk sees it."""
    words = {True: "“TRUE”", False: "“FALSE”"}
    if isinstance(value, bool):
        return words[value]
    text = str(value)
    return quotation(text if len(text) <= 30 else f"{text[:30]}…")


def _totals(  # noqa: PLR0912 - one for each thing told
    layout: Layout,
    keys: Iterable[str],
    cells: Mapping[str, Content],
    values: dict[str, Number],
    typed: frozenset[str],
    notes: Notes,
) -> set[str]:
    """Add one sheet's totals to `values`, as typed over the formula (rules A1 to A4 judge those) or computed.

    Return which were computed.
    """
    ours: set[str] = set()
    overwritten: list[str] = []
    lost_formula: list[str] = []
    changed: list[str] = []
    without: list[str] = []
    stale: list[str] = []
    expected = _expected(layout.edition)
    for key in keys:
        content = cells.get(key)
        computed = _computed(layout, key, values)
        if any(k in notes.unread for k in layout.edition.sums[key].right):
            notes.unread.add(key)
        if content is None:
            continue
        found, why = _spelled(layout, key, content)
        if why and not content.formula:
            notes.refuse(key, f"{why}，没有采用", display.CURE)
            continue
        if not content.formula and found.value is not None:
            values[key] = found.value
            notes.unread.discard(key)
            overwritten.append(key)
            continue
        if computed is not None:
            values[key] = computed
            ours.add(key)
        if not content.formula:
            lost_formula.append(key)
            continue
        if _bare(content.formula) != expected[key]:
            changed.append(key)
        if computed is None or not _filled(layout, key, typed):
            continue
        if content.value is None:
            without.append(key)
        elif not cures.over_text(layout.edition, key, cells):
            held = _cached_value(layout, key, content)
            if held is None or abs(Decimal(held) - Decimal(computed)) > _TOLERANCE:
                stale.append(key)
            elif why and not _shows(layout, key, content, computed):
                notes.hint("W3", [key], f"{why}；报告按重算的{spell(computed)}", "这一格的格式改为“常规”，与报告对照")
    how = f"合计以重算为准；要恢复公式，请{cures.REPAIR}"
    notes.hint(
        "W2",
        overwritten,
        "合计格的公式被数字盖掉，已采用所填的数字",
        "核对这个数；恢复公式可从一份新的标准填报表复制这一格",
    )
    notes.hint("W2", lost_formula, "合计格的公式不见了，已按各格重算", how)
    notes.hint("W2", changed, "合计格的公式被改动，已按各格重算", how)
    notes.hint("W3", without, "合计格没有存计算结果，已按各格重算")
    differing = "、".join(f"{shown(cells[k].value)}重算为{values[k]}" for k in stale[:6])
    notes.hint("W3", stale, f"合计格存的结果与按各格重算的不同（{differing}），已采用重算的数", _RECOUNT)
    return ours


def _cached_value(layout: Layout, key: str, content: Content) -> Number | None:
    value = layout.edition.values[key]
    return read_number(content.value, value.kind, value.unit).value


def _shows(layout: Layout, key: str, content: Content, computed: Number) -> bool:
    """Tell whether a total's cell displays the sum, whatever binary fraction it holds."""
    value = layout.edition.values[key]
    read_ = read_number(display.shown(content) or "", value.kind, value.unit)
    hidden = content.look.unseen or read_.value is None
    return not hidden and abs(Decimal(read_.value or 0) - Decimal(computed)) <= _TOLERANCE


def _computed(layout: Layout, key: str, values: Mapping[str, Number]) -> Number | None:
    parts = layout.edition.sums[key].right
    return add(values[k] for k in parts) if all(k in values for k in parts) else None


def _filled(layout: Layout, key: str, typed: frozenset[str]) -> bool:
    """Tell whether anything under a total was typed; the sheet shows nothing where all is blank."""
    sums = layout.edition.sums
    return any(k in typed or (k in sums and _filled(layout, k, typed)) for k in sums[key].right)


@lru_cache(maxsize=32)
def _expected(edition: Edition) -> dict[str, str]:
    """Map each total to its formula, bare."""
    places = layout_of(edition)
    return {key: _bare(total_formula(places, key)) for key in edition.sums}


def _bare(formula: str) -> str:
    return formula.replace("$", "").replace(" ", "").upper()


@lru_cache(maxsize=32)
def _parts_first(edition: Edition) -> dict[str, tuple[str, ...]]:
    """List each sheet's totals so that a total of totals comes after its parts."""
    sums = edition.sums

    def depth(key: str) -> int:
        return 1 + max((depth(k) for k in sums[key].right if k in sums), default=0)

    def totals(sheet: SheetLayout) -> Iterable[str]:
        return (v.key for b in sheet.tables for v in b.table.values if v.key in sums)

    return {sheet.name: tuple(sorted(totals(sheet), key=depth)) for sheet in layout_of(edition).sheets}
