"""Rules about single figures (A5-A10): proper numbers, no blanks, stocks, 规章, the processing fee.

Knows the national form: what the columns of documents in force and of the processing fee mean, by their ids. A rule
whose cells have not all of these columns has nothing to judge.
"""

from __future__ import annotations

from decimal import Decimal

from nianbao.checks.rule_findings import addition, blank, finding
from nianbao.findings import Finding, Severity
from nianbao.form import Kind, Rule
from nianbao.numbers import Number, spell
from nianbao.report import Reading
from nianbao.verdicts import NOTHING_TO_JUDGE, Told, Unjudged

MANY = 5
"""Blank cells of one table that are still named one by one."""

FEE_STEP = 10
"""Every lawful amount of the fee is a multiple of this many 元 (国办函〔2020〕109号)."""


CHARGED = NOTICES, NOTIFIED, RECEIVED = "notices", "amount_notified", "amount_received"
"""The columns of the processing fee that its rules compare."""

STOCK = "in_force", "issued", "repealed"
"""The columns of documents of which each follows from the others and last year's."""

_HOW = {
    Kind.COUNT: "改填0或正整数",
    Kind.AMOUNT: "改填0或正数，可带小数",
    Kind.SIGNED: "改填整数，减少的前面带负号",
}

OF_CELLS = ("numbers_are_proper", "no_value_is_blank")
"""The functions that judge each cell by itself; all others leave alone what could not be read."""


def numbers_are_proper(rule: Rule, reading: Reading) -> list[Finding]:
    """A5: counts whole and not negative, amounts not negative, signed figures whole."""
    found = []
    for key in rule.cells:
        value = reading.report.values.get(key)
        if value is None or key in reading.computed:
            continue  # a total added up by the reader is as its parts are
        kind = reading.edition.values[key].kind
        what = _improper(value, kind)
        if what:
            found.append(finding(rule, reading, [key], f"填的是 {spell(value)}，{what}", how=_HOW[kind]))
    return found


def is_improper(reading: Reading, key: str) -> bool:
    """Tell whether the figure of a cell can be none of its kind."""
    return bool(_improper(reading.report.values[key], reading.edition.values[key].kind))


def _improper(value: Number, kind: Kind) -> str:
    if kind is not Kind.AMOUNT and value != int(value):
        return "应是整数"
    if kind is not Kind.SIGNED and value < 0:
        return "不应是负数"
    return ""


def no_value_is_blank(rule: Rule, reading: Reading) -> list[Finding]:
    """A6: every required cell has a figure; a total is blank only when all its parts are given."""
    found = []
    for table in reading.edition.tables:
        empty = [k for k in rule.cells if k in table.value_cells and _is_blank(k, reading)]
        if len(empty) > MANY:
            first = "、".join(reading.places.named(k) for k in empty[:3])
            what = f"有 {len(empty)} 格没有填数字（{first}等）"
            found.append(finding(rule, reading, empty, what, where=f"{table.word}"))
        else:
            found += [finding(rule, reading, [k], "没有填数字") for k in empty]
    return found


def _is_blank(key: str, reading: Reading) -> bool:
    values = reading.report.values
    if key in values or key in reading.unread:
        return False
    made_of = reading.edition.sums.get(key)
    return made_of is None or all(k in values for k in made_of.right)


def prior_stock_is_not_negative(rule: Rule, reading: Reading) -> Told:
    """A7: documents in force - issued + repealed, which is last year's stock, is not negative."""
    found: list[Finding | Unjudged] = []
    by_row: dict[str, dict[str, str]] = {}
    for key in rule.cells:
        value = reading.edition.values[key]
        by_row.setdefault(value.row, {})[value.column] = key
    for columns in by_row.values():
        if not set(STOCK) <= set(columns):
            found.append(NOTHING_TO_JUDGE)
            continue
        in_force, issued, repealed = (reading.report.values.get(columns[c]) for c in STOCK)
        if in_force is None or issued is None or repealed is None:
            found += blank(reading, columns.values())
            continue
        stock = in_force - issued + repealed
        if stock < 0:
            what = (
                f"现行有效 {spell(in_force)} - 本年制发 {spell(issued)} + 本年废止 {spell(repealed)} = {spell(stock)}，"
                "推得的上年有效件数不应是负数"
            )
            how = "表二只有这一个关系，无法判断是三个数中的哪一个有误，请对照文件目录核对；" + rule.mend
            found.append(finding(rule, reading, [columns[c] for c in STOCK], what, how=how))
    return found


def lower_bodies_have_no_regulations(rule: Rule, reading: Reading) -> Told:
    """A8: bodies of county level and below have no 规章. Without a level the rule is reported as not evaluated."""
    filled = [k for k in rule.cells if reading.report.values.get(k, 0) > 0]
    if not filled:
        return blank(reading, rule.cells)
    level = reading.edition.level(reading.report.body.get("level", ""))
    if level is None:
        what = "填了规章，但没有写明单位级别，不能核对本单位是否有权制定规章"
        how = "在基本信息的“级别”中选择；县级以下机关的规章各栏应为0"
        return [finding(rule, reading, filled, what, how=how, severity=Severity.HINT)]
    if level.makes_regulations:
        return []
    shown = "、".join(f"{reading.edition.values[k].words[1]} {spell(reading.report.values[k])}" for k in filled)
    return [finding(rule, reading, filled, f"级别是{level.label}，规章却填了{shown}")]


def processing_fee_is_lawful(rule: Rule, reading: Reading) -> Told:
    """A9: fee amounts are multiples of 10 元, notices and amount are zero together.

    More received than notified is a question only: what was notified in December may be paid in January.
    """
    keys = {reading.edition.values[k].column: k for k in rule.cells}
    if not set(CHARGED) <= set(keys):
        return [NOTHING_TO_JUDGE]
    values = {column: reading.report.values.get(key) for column, key in keys.items()}
    notices, notified, received = (values[c] for c in CHARGED)
    found: list[Finding | Unjudged] = [*blank(reading, rule.cells)]
    for column in (NOTIFIED, RECEIVED):
        amount = values[column]
        if amount is not None and amount % FEE_STEP:
            what = f"金额 {spell(amount)} 元不是 {FEE_STEP} 元的整数倍"
            found.append(finding(rule, reading, [keys[column]], what))
    if notified is not None and received is not None and received > notified:
        what = f"实际收取 {spell(received)} 元，多于通知收取 {spell(notified)} 元"
        cells = [keys[RECEIVED], keys[NOTIFIED]]
        found.append(finding(rule, reading, cells, what, severity=Severity.EXPLAIN))
    if notices is not None and notified is not None and (notices == 0) != (notified == 0):
        what = f"通知收取 {spell(notices)} 件，通知金额却是 {spell(notified)} 元，两者应同时为0或同时不为0"
        found.append(finding(rule, reading, [keys[NOTICES], keys[NOTIFIED]], what))
    return found


def published_categories_add_up(rule: Rule, reading: Reading) -> Told:
    """A10: the typed total of published items is the sum of its categories; unused when all are blank."""
    *categories, total_key = rule.cells
    given = [reading.report.values[k] for k in categories if k in reading.report.values]
    total = reading.report.values.get(total_key)
    if not given and total is None:
        return [NOTHING_TO_JUDGE]
    if total is None:
        added = addition(given)
        what = f"填了分类（{added}），没有填合计，不能核对"
        return [finding(rule, reading, [total_key], what, evidence=(added,))]
    if not given or sum(given) == total:
        return []
    difference = Decimal(sum(given)) - Decimal(total)
    what = f"各分类相加 {addition(given)}，而合计填的是 {spell(total)}，相差 {spell(abs(difference))}"
    return [finding(rule, reading, [total_key, *categories], what)]
