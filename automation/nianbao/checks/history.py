"""This year against last year (H1-H6, H8, H9). Only what means the same in both editions is compared.

Knows the national form: the rows of applications carried over, the documents in force, the cases pending, the figures
whose jumps are asked about. Of a table or row that the edition lacks nothing is judged.
"""

from __future__ import annotations

from decimal import Decimal

from nianbao.checks.rule_findings import BLANK, NO_LAST_YEAR, NO_YEAR, finding
from nianbao.checks.single_figures import STOCK
from nianbao.errors import EditionError
from nianbao.findings import Finding
from nianbao.form import Edition, Rule, Value, load_edition
from nianbao.numbers import Number, spell
from nianbao.report import Reading, Report
from nianbao.verdicts import NOTHING_TO_JUDGE, Told, Unjudged

OTHER_YEAR = Unjudged("上年数据不是上一年度的")
OTHER_TABLE = Unjudged("上年的表与今年不同")

JUMP_SHARE = 2
JUMP_UNITS = 10
SAME_FIGURES = 3
"""So few equal non-zero figures are no sign of copying."""

CARRIED_IN, CARRIED_OUT = "requests.pending_start.", "requests.pending_end."
"""How the cells begin of what came over from last year, and of what goes over to the next."""

_JUMPS = ("requests.received.total", "requests.total.total", f"{CARRIED_OUT}total")


def comparable_tables(reading: Reading) -> tuple[set[str], list[str]]:
    """Return the ids of the tables whose columns are the same in both years, and the words of those that differ."""
    last = _edition_of(reading.last_year)
    if last is None:
        return set(), []
    same, other = set(), []
    for table in reading.edition.tables:
        before = last.table.get(table.id)
        if before and {v.column for v in before.values} == {v.column for v in table.values}:
            same.add(table.id)
        elif table.printed:
            other.append(table.word)
    return same, other


def _edition_of(report: Report | None) -> Edition | None:
    if report is None:
        return None
    try:
        return load_edition(report.edition)
    except EditionError:
        return None


def _fits(reading: Reading) -> Report | None:
    """Return last year's report when it really is the year before (H9 says so otherwise)."""
    last, year = reading.last_year, reading.report.year
    return last if last is not None and year is not None and last.year == year - 1 else None


def _set_aside(reading: Reading) -> list[Unjudged]:
    """Say why nothing can be compared with the year before."""
    if reading.report.year is None:
        return [NO_YEAR]
    return [NO_LAST_YEAR] if reading.last_year is None else [OTHER_YEAR]


def _pair(reading: Reading, last: Report, now_key: str, last_key: str) -> tuple[Number, Number] | None:
    now, before = reading.report.values.get(now_key), last.values.get(last_key)
    return None if now is None or before is None else (now, before)


def last_year_is_the_year_before(rule: Rule, reading: Reading) -> Told:
    """H9: nothing else is compared when the year does not fit."""
    last, year = reading.last_year, reading.report.year
    if last is None or year is None:
        return _set_aside(reading)
    found = []
    if last.year != year - 1:
        told = f"{last.year}年度" if last.year else "没有写明年度"
        what = f"报告年度是 {year}，上年数据却是{told}的，没有同它比较"
        found.append(finding(rule, reading, ["year"], what, evidence=(str(year), told)))
    if last.name and reading.report.name and last.name != reading.report.name:
        what = f"上年数据的单位是“{last.name}”，本单位是“{reading.report.name}”"
        found.append(finding(rule, reading, ["name"], what, evidence=(last.name, reading.report.name)))
    return found


def carried_over_requests_continue(rule: Rule, reading: Reading) -> Told:
    """H1: the total carried in is the total carried out a year ago; the columns that differ are named."""
    now_key, last_key = carried_over("total")
    if not _has(reading, now_key, last_key):
        return [NOTHING_TO_JUDGE]
    last = _fits(reading)
    if last is None:
        return _set_aside(reading)
    pair = _pair(reading, last, now_key, last_key)
    if pair is None:
        return [BLANK]
    if pair[0] == pair[1]:
        return []
    cells = [now_key, *_differing_columns(reading, last)]
    detail = "；不同的是" + "、".join(reading.places.named(k) for k in cells[1:]) if len(cells) > 1 else ""
    what = f"填的是 {spell(pair[0])}，而上年报告“结转下年度继续办理”的总计是 {spell(pair[1])}{detail}"
    before = [_spelled_before(last, k) for k in cells]
    return [finding(rule, reading, cells, what, evidence=before)]


def carried_over(column: str) -> tuple[str, str]:
    """Return the cell of 上年结转 in a column, and the cell of last year's report that it continues."""
    return f"{CARRIED_IN}{column}", f"{CARRIED_OUT}{column}"


def _has(reading: Reading, *keys: str) -> bool:
    return all(k in reading.edition.values for k in keys)


def _spelled_before(last: Report, key: str) -> str:
    """Spell what a cell of 上年结转 continues."""
    return spell(last.values[key.replace(CARRIED_IN, CARRIED_OUT)])


def _differing_columns(reading: Reading, last: Report) -> list[str]:
    pairs = [(v.key, _pair(reading, last, *carried_over(v.column))) for v in _by_applicant(reading.edition)]
    return [key for key, pair in pairs if pair and pair[0] != pair[1]]


def _by_applicant(edition: Edition) -> list[Value]:
    return [v for v in edition.values.values() if v.key.startswith(CARRIED_IN) and not v.total]


def applicants(edition: Edition) -> list[str]:
    """List the columns in which H2 compares what was carried over, in the order of their ids."""
    return sorted({v.column for v in _by_applicant(edition)})


def carried_over_applicants_continue(rule: Rule, reading: Reading) -> Told:
    """H2: the same for each kind of applicant; when the total differs too, H1 has said so."""
    if not _has(reading, *carried_over("total")):
        return [NOTHING_TO_JUDGE]
    last = _fits(reading)
    if last is None:
        return _set_aside(reading)
    total = _pair(reading, last, *carried_over("total"))
    if total is None:
        return [BLANK]
    if total[0] != total[1]:
        return []
    keys = _differing_columns(reading, last)
    if not keys:
        return []
    shown = "、".join(
        f"{reading.edition.values[k].words[1]} {spell(reading.report.values[k])}（上年结转下年度 "
        f"{_spelled_before(last, k)}）"
        for k in keys
    )
    before = [_spelled_before(last, k) for k in keys]
    return [finding(rule, reading, keys, f"总计与上年相同，分申请人却不同：{shown}", evidence=before)]


def documents_in_force_continue(rule: Rule, reading: Reading) -> Told:
    """H3: the stock in force follows from last year's, row by row."""
    stems = dict.fromkeys(f"proactive.{v.row}." for v in reading.edition.values.values() if v.table == "proactive")
    rows = [r for r in ([stem + c for c in STOCK] for stem in stems) if _has(reading, *r)]
    if not rows:
        return [NOTHING_TO_JUDGE]
    last = _fits(reading)
    if last is None:
        return _set_aside(reading)
    if "proactive" not in comparable_tables(reading)[0]:
        return [OTHER_TABLE]
    found: list[Finding | Unjudged] = []
    for keys in rows:
        now = [reading.report.values.get(k) for k in keys]
        before = last.values.get(keys[0])
        if None in now or before is None:
            found.append(BLANK)
            continue
        in_force, issued, repealed = (n for n in now if n is not None)
        expected = before + issued - repealed
        if in_force != expected:
            what = (
                f"填的是 {spell(in_force)}，而上年有效 {spell(before)} + 制发 {spell(issued)} - "
                f"废止 {spell(repealed)} = {spell(expected)}"
            )
            found.append(finding(rule, reading, keys, what, evidence=(spell(before),)))
    return found


def pending_cases_reappear(rule: Rule, reading: Reading) -> Told:
    """H4: no block of 表四 has fewer cases than were pending in it a year ago."""
    rows = dict.fromkeys(v.row for v in reading.edition.values.values() if v.table == "review")
    asked = [(f"review.{r}.total", f"review.{r}.pending") for r in rows]
    asked = [pair for pair in asked if _has(reading, *pair)]
    if not asked:
        return [NOTHING_TO_JUDGE]
    last = _fits(reading)
    if last is None:
        return _set_aside(reading)
    found: list[Finding | Unjudged] = []
    for total, pending in asked:
        pair = _pair(reading, last, total, pending)
        if pair is None:
            found.append(BLANK)
        elif pair[0] < pair[1]:
            what = f"上年有 {spell(pair[1])} 件尚未审结，今年这一段总计只有 {spell(pair[0])} 件"
            found.append(finding(rule, reading, [total], what, evidence=(spell(pair[1]),)))
    return found


def figures_are_not_last_years(rule: Rule, reading: Reading) -> Told:
    """H5: not every non-zero figure of the comparable tables equals last year's."""
    last = _fits(reading)
    if last is None:
        return _set_aside(reading)
    same_form, _ = comparable_tables(reading)
    tables = [t for t in reading.edition.tables if t.id in same_form and not t.help]
    keys = [v.key for t in tables for v in t.values]
    now = {k: reading.report.values.get(k, 0) for k in keys if not reading.edition.values[k].total}
    before = {k: last.values.get(k, 0) for k in now}
    alike = [k for k, v in now.items() if v]
    if now != before or len(alike) < SAME_FIGURES:
        return []
    what = f"{len(alike)} 个非零数字与上年（{last.year}年度）完全相同"
    return [finding(rule, reading, alike, what, where="整份报告", evidence=(str(last.year),))]


def main_figures(edition: Edition) -> list[str]:
    """List the figures whose jumps are asked about."""
    return [
        k
        for k, v in edition.values.items()
        if v.table == "proactive" or k in _JUMPS or (v.table == "review" and v.total)
    ]


def no_unexplained_jump(rule: Rule, reading: Reading) -> Told:
    """H6: main figures changed by more than half and by more than ten units."""
    main = main_figures(reading.edition)
    if not main:
        return [NOTHING_TO_JUDGE]
    last = _fits(reading)
    if last is None:
        return _set_aside(reading)
    same_form, _ = comparable_tables(reading)
    found: list[Finding | Unjudged] = []
    for key in main:
        value = reading.edition.values[key]
        pair = _pair(reading, last, key, key) if value.table in same_form else None
        if pair is None:
            continue
        change = abs(Decimal(pair[0]) - pair[1])
        if change > JUMP_UNITS and change * JUMP_SHARE > pair[1]:
            now, before, moved = (spell(n) + value.unit for n in (*pair, change))
            what = f"今年 {now}，上年 {before}，变化 {moved}"
            found.append(finding(rule, reading, [key], what, evidence=(before,)))
    return found


def tables_not_compared_are_named(rule: Rule, reading: Reading) -> Told:
    """H8: which tables could not be compared with last year's because the form changed."""
    last = _fits(reading)
    _, other = comparable_tables(reading)
    if last is None:
        return _set_aside(reading)
    if not other:
        return []
    before = _edition_of(last)
    name = before.name if before else last.edition
    what = f"上年用的是“{name}”，{'、'.join(other)}的栏目与今年不同，没有逐格比较"
    return [finding(rule, reading, [], what)]


CHECKS = (
    last_year_is_the_year_before,
    carried_over_requests_continue,
    carried_over_applicants_continue,
    documents_in_force_continue,
    pending_cases_reappear,
    figures_are_not_last_years,
    no_unexplained_jump,
    tables_not_compared_are_named,
)
"""The functions that rules may name."""
