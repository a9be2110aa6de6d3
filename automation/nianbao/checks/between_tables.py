"""One table against another (C1-C6).

Knows the national form: which cells of 表二, 表三, 表四 and the processing fee depend on each other, and which levels
are towns. A table or row that the edition lacks leaves the rule aside; so does a blank, which has its own finding (A6).
"""

from __future__ import annotations

from decimal import Decimal

from nianbao.checks.rule_findings import BLANK, NO_LAST_YEAR, NO_LEVEL, blank, finding
from nianbao.checks.single_figures import CHARGED, RECEIVED
from nianbao.findings import Severity
from nianbao.form import Rule
from nianbao.numbers import Number, spell
from nianbao.report import Reading, Report
from nianbao.verdicts import NOTHING_TO_JUDGE, Told

YUAN_PER_UNIT = 10_000
TOWN_CHARGES = 1000
FEE = "fee.processing_fee."
CHARGES = "proactive.charges.amount"
UNIT = "万元"
TOWNS = ("town", "street")
OVERDUE = "requests.other.overdue_fee.total"
REQUESTS = ("requests.received.total", "requests.pending_start.total")
AFTERWARDS = "review.post_reconsideration_litigation.total"
DECIDED = tuple(f"review.reconsideration.{c}" for c in ("upheld", "corrected", "other"))
POWERS = tuple(f"proactive.{row}.decisions" for row in ("licences", "penalties", "coercions"))


def _get(reading: Reading, key: str) -> Number | None:
    return reading.report.values.get(key)


def _charges(reading: Reading) -> Number | None:
    """Return the charges in 万元, where the edition counts money and not items."""
    value = reading.edition.values.get(CHARGES)
    return _get(reading, CHARGES) if value and value.unit == UNIT else None


def _level(reading: Reading) -> str:
    level = reading.edition.level(reading.report.body.get("level", ""))
    return level.id if level else ""


def overdue_fees_have_notices(rule: Rule, reading: Reading) -> Told:
    """C1: requests closed for unpaid fees need at least as many notices, and money still owed."""
    key, overdue = OVERDUE, _get(reading, OVERDUE)
    if not overdue:
        return blank(reading, (key,))
    notices, notified, received = (_get(reading, FEE + c) for c in CHARGED)
    cells = [key, *(FEE + c for c in CHARGED)]
    if notices is None or notified is None or received is None:
        what = f"有 {spell(overdue)} 件逾期未缴费，信息处理费的情况没有填全，不能核对"
        return [finding(rule, reading, cells, what, severity=Severity.HINT)]
    if notices < overdue:
        what = f"有 {spell(overdue)} 件逾期未缴费，收费通知却只有 {spell(notices)} 件"
        return [finding(rule, reading, cells[:2], what)]
    if received >= notified:
        what = f"有 {spell(overdue)} 件逾期未缴费，实际收取 {spell(received)} 元却不少于通知收取 {spell(notified)} 元"
        return [finding(rule, reading, cells, what)]
    return []


def fee_is_within_charges(rule: Rule, reading: Reading) -> Told:
    """C2: the fee received, in 万元, is part of the administrative charges."""
    received, charges = _get(reading, FEE + RECEIVED), _charges(reading)
    if received is None or charges is None:
        return blank(reading, (FEE + RECEIVED, CHARGES)) or [NOTHING_TO_JUDGE]
    if Decimal(received) / YUAN_PER_UNIT <= charges:
        return []
    what = (
        f"实际收取信息处理费 {spell(received)} 元（{spell(Decimal(received) / YUAN_PER_UNIT)} 万元），"
        f"多于行政事业性收费 {spell(charges)} 万元"
    )
    return [finding(rule, reading, [FEE + RECEIVED, CHARGES], what)]


def cases_come_from_requests(rule: Rule, reading: Reading) -> Told:
    """C3: no requests this year and last, but cases in 表四. Not evaluated without last year."""
    table = reading.edition.table.get("review")
    if table is None or not all(k in reading.edition.values for k in REQUESTS):
        return [NOTHING_TO_JUDGE]
    if reading.last_year is None:
        return [NO_LAST_YEAR]
    now, before = _requests(reading.report), _requests(reading.last_year)
    if now is None or before is None:
        return [BLANK]
    if now or before:
        return []
    keys = [v.key for v in table.values if v.total and (_get(reading, v.key) or 0) > 0]
    if not keys:
        return []
    shown = "、".join(f"{reading.edition.values[k].words[0]} {spell(reading.report.values[k])} 件" for k in keys)
    return [finding(rule, reading, keys, f"今年和上年都没有申请，表四却有{shown}")]


def _requests(report: Report) -> Number | None:
    """Return received plus carried in, or None when either is unknown."""
    parts = [report.values.get(k) for k in REQUESTS]
    return None if None in parts else sum(p for p in parts if p is not None)


def litigation_follows_reconsideration(rule: Rule, reading: Reading) -> Told:
    """C4: lawsuits after reconsideration need decided reconsiderations. Not evaluated without last year."""
    key, total = AFTERWARDS, _get(reading, AFTERWARDS)
    if key not in reading.edition.values:
        return [NOTHING_TO_JUDGE]
    if reading.last_year is None:
        return [NO_LAST_YEAR]
    if not total:
        return blank(reading, (key,))
    figures = [report.values.get(k) for report in (reading.report, reading.last_year) for k in DECIDED]
    decided = sum(f for f in figures if f is not None)
    if total <= decided:
        return []
    if None in figures:  # as many may stand there
        return blank(reading, DECIDED) or [NO_LAST_YEAR]
    what = f"复议后起诉 {spell(total)} 件，今年和上年已审结的行政复议共 {spell(decided)} 件"
    return [finding(rule, reading, [key], what, evidence=(spell(decided),))]


def charges_are_in_ten_thousands(rule: Rule, reading: Reading) -> Told:
    """C5: an amount that looks like 元 typed where 万元 is meant; higher bodies do have such amounts."""
    charges, level = _charges(reading), _level(reading)
    if charges is None:
        return blank(reading, (CHARGES,)) or [NOTHING_TO_JUDGE]
    if not level:
        return [NO_LEVEL]
    if charges < TOWN_CHARGES or level == "higher":
        return []
    if level in TOWNS or charges % TOWN_CHARGES == 0:
        in_units = Decimal(charges) / YUAN_PER_UNIT
        what = f"填的是 {spell(charges)} 万元，可能是把元填成了万元（{spell(charges)} 元是 {spell(in_units)} 万元）"
        return [finding(rule, reading, [CHARGES], what)]
    return []


def delegated_powers_are_confirmed(rule: Rule, reading: Reading) -> Told:
    """C6: a town with licences, penalties or coercions has, or has not, the delegated power."""
    level = _level(reading)
    if not any(k in reading.edition.values for k in POWERS):
        return [NOTHING_TO_JUDGE]
    if not level:
        return [NO_LEVEL]
    if level not in TOWNS:
        return []
    filled = [k for k in POWERS if (_get(reading, k) or 0) > 0]
    if not filled:
        return []
    shown = "、".join(f"{reading.edition.values[k].words[0]} {spell(reading.report.values[k])} 件" for k in filled)
    return [finding(rule, reading, filled, f"填了{shown}，请确认有赋权依据")]


CHECKS = (
    overdue_fees_have_notices,
    fee_is_within_charges,
    cases_come_from_requests,
    litigation_follows_reconsideration,
    charges_are_in_ten_thousands,
    delegated_powers_are_confirmed,
)
"""The functions that rules may name."""
