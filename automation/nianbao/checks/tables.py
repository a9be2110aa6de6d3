"""One table against another (C1-C6).

A table or row that the edition has not, or a blank, leaves the rule aside: blanks have their own finding (A6).
"""

from __future__ import annotations

from decimal import Decimal

from nianbao.checks.judge import finding
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.numbers import Number, spell
from nianbao.report import Reading, Report

YUAN_PER_UNIT = 10_000
TOWN_CHARGES = 1000
_FEE = "fee.processing_fee."
_CHARGES = "proactive.charges.amount"
_TOWNS = ("town", "street")


def _get(reading: Reading, key: str) -> Number | None:
    return reading.report.values.get(key)


def _charges(reading: Reading) -> Number | None:
    """Return the charges in 万元, where the edition counts money and not items."""
    value = reading.edition.values.get(_CHARGES)
    return _get(reading, _CHARGES) if value and value.unit == "万元" else None


def _level(reading: Reading) -> str:
    level = reading.edition.level(reading.report.body.get("level", ""))
    return level.id if level else ""


def overdue_fees_have_notices(rule: Rule, reading: Reading) -> list[Finding]:
    """C1: requests closed for unpaid fees need at least as many notices, and money still owed."""
    key = "requests.other.overdue_fee.total"
    overdue = _get(reading, key)
    if not overdue:
        return []
    notices, notified, received = (_get(reading, _FEE + c) for c in ("notices", "amount_notified", "amount_received"))
    cells = [key, _FEE + "notices", _FEE + "amount_notified", _FEE + "amount_received"]
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


def fee_is_within_charges(rule: Rule, reading: Reading) -> list[Finding]:
    """C2: the fee received, in 万元, is part of the administrative charges."""
    received, charges = _get(reading, _FEE + "amount_received"), _charges(reading)
    if not received or charges is None or Decimal(received) / YUAN_PER_UNIT <= charges:
        return []
    what = (
        f"实际收取信息处理费 {spell(received)} 元（{spell(Decimal(received) / YUAN_PER_UNIT)} 万元），"
        f"多于行政事业性收费 {spell(charges)} 万元"
    )
    return [finding(rule, reading, [_FEE + "amount_received", _CHARGES], what)]


def cases_come_from_requests(rule: Rule, reading: Reading) -> list[Finding]:
    """C3: no requests this year and last, but cases in 表四. Not evaluated without last year."""
    if reading.last_year is None or _requests(reading.report) != 0 or _requests(reading.last_year) != 0:
        return []
    keys = [v.key for v in reading.edition.table["review"].values if v.total and (_get(reading, v.key) or 0) > 0]
    if not keys:
        return []
    shown = "、".join(f"{reading.edition.values[k].words[0]} {spell(reading.report.values[k])} 件" for k in keys)
    return [finding(rule, reading, keys, f"今年和上年都没有申请，表四却有{shown}")]


def _requests(report: Report) -> Number | None:
    """Return received plus carried in, or None when either is unknown."""
    parts = [report.values.get(f"requests.{row}.total") for row in ("received", "pending_start")]
    return None if None in parts else sum(p for p in parts if p is not None)


def _decided(report: Report) -> Number:
    return sum(report.values.get(f"review.reconsideration.{c}", 0) for c in ("upheld", "corrected", "other"))


def litigation_follows_reconsideration(rule: Rule, reading: Reading) -> list[Finding]:
    """C4: lawsuits after reconsideration need decided reconsiderations. Not evaluated without last year."""
    key = "review.post_reconsideration_litigation.total"
    total = _get(reading, key)
    if reading.last_year is None or not total:
        return []
    decided = _decided(reading.report) + _decided(reading.last_year)
    if total <= decided:
        return []
    what = f"复议后起诉 {spell(total)} 件，今年和上年已审结的行政复议共 {spell(decided)} 件"
    return [finding(rule, reading, [key], what, evidence=(spell(decided),))]


def charges_are_in_ten_thousands(rule: Rule, reading: Reading) -> list[Finding]:
    """C5: an amount that looks like 元 typed where 万元 is meant; higher bodies do have such amounts."""
    charges, level = _charges(reading), _level(reading)
    if charges is None or charges < TOWN_CHARGES or level in ("", "higher"):
        return []
    if level in _TOWNS or charges % TOWN_CHARGES == 0:
        in_units = Decimal(charges) / YUAN_PER_UNIT
        what = f"填的是 {spell(charges)} 万元，可能是把元填成了万元（{spell(charges)} 元是 {spell(in_units)} 万元）"
        return [finding(rule, reading, [_CHARGES], what)]
    return []


def delegated_powers_are_confirmed(rule: Rule, reading: Reading) -> list[Finding]:
    """C6: a town with licences, penalties or coercions has, or has not, the delegated power."""
    if _level(reading) not in _TOWNS:
        return []
    keys = [f"proactive.{row}.decisions" for row in ("licences", "penalties", "coercions")]
    filled = [k for k in keys if (_get(reading, k) or 0) > 0]
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
