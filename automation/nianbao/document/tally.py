"""What was checked and with what result, by rule family: the figures of the 校核单. A rule not evaluated never passes.

Pure counting of a reading and its findings; nothing is checked again but whether sums hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nianbao.checks import history
from nianbao.findings import Finding, Severity
from nianbao.form import Identity, Rule
from nianbao.report import Reading

FAMILIES: Mapping[str, str] = {
    "A": "表内勾稽", "C": "表与表之间", "H": "与上年比较", "N": "正文与表格", "S": "结构与文字",
    "P": "个人信息", "F": "格式与单位信息", "W": "填报表本身", "R": "报告的读入", "V": "成稿与数据",
    "L": "申请台账", "D": "当地通知",
}  # fmt: skip
OTHERS, SUM = "其他规则", "合计"

_OF_OTHERS = ("county", "template")
"""Scopes of rules that judge no single report."""

_READERS = ("R", "V")
"""Families shown only where a published report was read or a finished one compared."""

_WHERE_GIVEN = (*_READERS, "L", "D")
"""Families not shown where there was nothing to judge: no such file, no register of applications, no notice."""

_FEE = "fee.processing_fee.amount_received"
_CHARGES = "proactive.charges.amount"
_ASKED: Mapping[str, tuple[str, ...]] = {
    "overdue_fees_have_notices": ("requests.other.overdue_fee.total",),
    "fee_is_within_charges": (_FEE, _CHARGES),
    "cases_come_from_requests": ("requests.received.total", "requests.pending_start.total"),
    "litigation_follows_reconsideration": ("review.post_reconsideration_litigation.total",),
    "charges_are_in_ten_thousands": (_CHARGES,),
    "delegated_powers_are_confirmed": tuple(f"proactive.{r}.decisions" for r in ("licences", "penalties", "coercions")),
}
"""The figures without which a function sets its rule aside, where the rule's data do not say so."""

_OF_BLANKS = ("numbers_are_proper", "no_value_is_blank", "published_categories_add_up")
_OF_MISSING_TEXTS = ("sections_hold_one_text_each",)
_OF_ANY_LAST_YEAR = ("last_year_is_the_year_before", "cases_come_from_requests", "litigation_follows_reconsideration")
_OF_LEVELS = ("charges_are_in_ten_thousands", "delegated_powers_are_confirmed")
_OF_SAME_TABLE = {"documents_in_force_continue": "proactive"}


@dataclass(frozen=True)
class Tally:
    """One family: rules counted as `checked` (of which `passed`) or `unchecked`, findings by what they still ask.

    `errors` forbid the report, `waiting` want a reason, `explained` have one.
    """

    name: str
    letter: str
    checked: int
    passed: int
    unchecked: int
    errors: int
    waiting: int
    explained: int
    hints: int

    @property
    def verdict(self) -> str:
        """The result in one plain word."""
        said = (
            (self.errors > 0, "不通过"),
            (self.waiting > 0, "待说明"),
            (self.checked == 0, "未核对"),
            (self.unchecked > 0, "部分未核对"),
            (self.hints > 0, "有提示"),
        )
        return next((word for holds, word in said if holds), "通过")


def tallies(reading: Reading, findings: Sequence[Finding]) -> tuple[Tally, ...]:
    """Return the families in the handbook's order, the sum of all last."""
    rules = [r for r in reading.edition.rules if r.scope not in _OF_OTHERS and r.applies_to(reading.report.year)]
    letters = {*map(_letter, (r.id for r in rules)), *(_letter(f.rule) for f in findings)}
    found = []
    for letter in [x for x in FAMILIES if x in letters] + ([""] if letters - set(FAMILIES) else []):
        one = _tally(reading, letter, [r for r in rules if _letter(r.id) == letter], findings)
        if letter not in _WHERE_GIVEN or one.checked or _any(one):
            found.append(one)
    return (*found, _sum(found))


def _letter(rule: str) -> str:
    letter = rule.rstrip("0123456789")
    return letter if letter in FAMILIES else ""


def _any(one: Tally) -> bool:
    return bool(one.errors or one.waiting or one.explained or one.hints)


def _tally(reading: Reading, letter: str, rules: Sequence[Rule], findings: Iterable[Finding]) -> Tally:
    own = [f for f in findings if _letter(f.rule) == letter]
    told = {f.rule for f in own}
    used = [r for r in rules if r.id in told or _applies(r, reading)]
    whole = bool(told) and letter in _READERS
    checked = [r for r in used if whole or r.id in told or _is_evaluated(r, reading)]
    strange = len(told - {r.id for r in rules})
    open_ones = [f for f in own if not f.explanation]
    return Tally(
        name=FAMILIES.get(letter, OTHERS),
        letter=letter,
        checked=len(checked) + strange,
        passed=sum(1 for r in checked if r.id not in told and _holds(r, reading)),
        unchecked=len(used) - len(checked),
        errors=sum(1 for f in open_ones if f.severity is Severity.ERROR),
        waiting=sum(1 for f in open_ones if f.severity is Severity.EXPLAIN),
        explained=len(own) - len(open_ones),
        hints=sum(1 for f in open_ones if f.severity is Severity.HINT),
    )


def _sum(found: Sequence[Tally]) -> Tally:
    return Tally(
        SUM, "",
        *(sum(getattr(t, n) for t in found)
          for n in ("checked", "passed", "unchecked", "errors", "waiting", "explained", "hints")),
    )  # fmt: skip


def _applies(rule: Rule, reading: Reading) -> bool:
    """Tell whether the rule has anything to be about: optional tables left blank are nobody's fault."""
    if rule.identities:
        return bool(_used(rule, reading))
    asked = _asked(rule)
    if not all(k in reading.edition.values for k in asked):
        return False
    return not asked or any(k in reading.report.values or reading.edition.values[k].required for k in asked)


def _used(rule: Rule, reading: Reading) -> list[Identity]:
    """Return the identities that no blank of an optional table sets aside."""
    values, known = reading.report.values, reading.edition.values
    return [i for i in rule.identities if all(k in values or known[k].required for k in (*i.left, *i.right))]


def _asked(rule: Rule) -> tuple[str, ...]:
    return _ASKED.get(rule.check, rule.cells)


def _is_evaluated(rule: Rule, reading: Reading) -> bool:
    """Tell whether the rule could be judged at all with what was read."""
    if rule.scope in ("workbook", "document", "register", "notice"):
        return _is_readers_own(rule, reading)
    if not _has_last_year(rule, reading):
        return False
    if rule.check in _OF_LEVELS and reading.edition.level(reading.report.body.get("level", "")) is None:
        return False
    if _letter(rule.id) in ("N", "S", "P") and rule.check not in _OF_MISSING_TEXTS:
        return any(reading.report.texts.get(t.id, "").strip() for t in reading.edition.texts)
    if rule.check == "year_fits_the_edition":
        return reading.report.year is not None
    keys = [k for i in _used(rule, reading) for k in (*i.left, *i.right)] if rule.identities else _asked(rule)
    return rule.check in _OF_BLANKS or all(k in reading.report.values for k in keys)


def _has_last_year(rule: Rule, reading: Reading) -> bool:
    """Tell whether last year's report is there as far as the rule compares with it."""
    last, year = reading.last_year, reading.report.year
    if rule.check in _OF_ANY_LAST_YEAR:
        return last is not None and year is not None
    if rule.scope != "history":
        return True
    table = _OF_SAME_TABLE.get(rule.check)
    fits = last is not None and year is not None and last.year == year - 1
    return fits and (table is None or table in history.comparable_tables(reading)[0])


def _is_readers_own(rule: Rule, reading: Reading) -> bool:
    """Tell whether the reader of this kind of file judges the rule; a workbook's places look like 表三!D5."""
    if rule.scope in ("register", "notice"):
        return reading.with_register if rule.scope == "register" else reading.notice is not None
    places = reading.places.cells.values()
    if _letter(rule.id) == "R":
        return bool(places) and not any("!" in p for p in places)
    return rule.scope == "workbook" and any("!" in p for p in places)


def _holds(rule: Rule, reading: Reading) -> bool:
    """Tell whether every sum of the rule holds; of connected sums only one has the finding."""
    values = reading.report.values
    return all(sum(values[k] for k in i.left) == sum(values[k] for k in i.right) for i in _used(rule, reading))
