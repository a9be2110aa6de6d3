"""The sum rules (A1-A4) and the comparison with control figures (A11).

Every table's identities are judged together, and one root cause is shown once.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from nianbao.checks import terms
from nianbao.checks.diagnosis import Diagnosis, diagnose
from nianbao.checks.rule_findings import finding
from nianbao.findings import Change, Finding
from nianbao.form import Edition, Identity, Rule, Table
from nianbao.numbers import spell
from nianbao.report import Reading

SHOWN = 3
"""Lines spelled out in a message that proposes a repair."""


def sums(reading: Reading, rules: list[Rule]) -> list[Finding]:
    """Return one finding for each root cause of identities that do not all hold."""
    found, rules = _empty_controls(reading, rules)
    computed = {k: reading.edition.sums[k] for k in reading.computed if k in reading.edition.sums}
    for identities in _groups(reading.edition, tuple(r.id for r in rules)):
        diagnosis = diagnose(identities, reading.report.values, computed)
        if diagnosis.broken:
            table = reading.edition.table[reading.edition.values[identities[0].left[0]].table]
            found += _tell(reading, table, diagnosis)
    return found


def _empty_controls(reading: Reading, rules: list[Rule]) -> tuple[list[Finding], list[Rule]]:
    """Return one finding for each table of control figures that holds only zeros, and the rules that are left.

    Such a table was hardly meant: its rule would find every cell. A rule whose findings a written reason lets through
    is judged as usual.
    """
    values, found, kept = reading.report.values, [], []
    for rule in rules:
        left = [i.left[0] for i in rule.identities if i.left[0] in values]
        help_ = bool(left) and reading.edition.table[reading.edition.values[left[0]].table].help
        right = [values.get(i.right[0]) for i in rule.identities if i.left[0] in values]
        if help_ and not rule.explainable and len(left) > 1 and not any(values[k] for k in left) and any(right):
            word = reading.edition.table[reading.edition.values[left[0]].table].word
            what = f"{word}的 {len(left)} 格填的都是0，而{_other(reading, rule)}不是0；{word}只用来核对，可以不填"
            how = f"没有另外统计的，清空{word}的格子；统计了的，改填台账上的总数"
            found.append(finding(rule, reading, left, what, how=how))
        else:
            kept.append(rule)
    return found, kept


def _other(reading: Reading, rule: Rule) -> str:
    return reading.edition.table[reading.edition.values[rule.identities[0].right[0]].table].word


@lru_cache(maxsize=64)
def _groups(edition: Edition, rules: tuple[str, ...]) -> list[list[Identity]]:
    return _connected([i for r in rules for i in edition.rule[r].identities])


def _connected(identities: list[Identity]) -> list[list[Identity]]:
    """Group identities that share cells, directly or through others: 表三 is one group, each block of 表四 its own."""
    groups: list[tuple[set[str], list[Identity]]] = []
    for identity in identities:
        cells, members = {*identity.left, *identity.right}, [identity]
        apart = []
        for group in groups:
            if cells & group[0]:
                cells, members = group[0] | cells, group[1] + members
            else:
                apart.append(group)
        groups = [*apart, (cells, members)]
    return [members for _, members in groups]


def _tell(reading: Reading, table: Table, diagnosis: Diagnosis) -> list[Finding]:
    """Propose a repair only where it is the only smallest one and more than one line speaks for it."""
    repairs = diagnosis.repairs
    if len(repairs) != 1 or (len(repairs[0]) == 1 and len(diagnosis.broken) == 1):
        return _not_located(reading, table, diagnosis)
    rule = reading.edition.rule[diagnosis.broken[0].rule]
    what = "；".join(terms.spelled(reading, i) for i in diagnosis.broken[:SHOWN])
    if len(diagnosis.broken) > SHOWN:
        what += f"（共{len(diagnosis.broken)}处不平）"
    changes = tuple(Change(k, reading.report.values.get(k), v) for k, v in repairs[0])
    cells = [c.cell for c in changes]
    where = "、".join(reading.places.named(k) for k in cells)
    how = _proposed(reading, table, changes)
    return [finding(rule, reading, cells, what, where=where, how=how, proposals=(changes,))]


def _not_located(reading: Reading, table: Table, diagnosis: Diagnosis) -> list[Finding]:
    """Say what does not add up, once for each line that is not the mere consequence of others, at its difference."""
    found = []
    for identity in _root_identities(reading, table, diagnosis):
        rule = reading.edition.rule[identity.rule]
        keys, over = (*identity.left, *identity.right), _typed_over(reading, identity)
        if over:
            what = f"合计格的公式被数字盖掉，{terms.spelled(reading, identity)}"
            how = "各格无误的，恢复这一格的公式（从一份新的标准填报表复制）；这个数无误的，对照台账改正各格"
            found.append(finding(rule, reading, [over, *(k for k in keys if k != over)], what, how=how))
            continue
        if rule.explainable and _compares(reading, identity):
            found.append(finding(rule, reading, [*identity.right, *identity.left], terms.spelled(reading, identity)))
            continue
        line = terms.line(reading, identity)
        how = f"只凭{table.word}无法判断是哪一格有误，请对照台账核对{line}的各格"
        place = reading.places.cells.get(terms.place_key(identity.rule, identity.left[0]), "")
        if not place and len(identity.left) == len(identity.right) == 1:
            place = reading.places.of(identity.left[0])  # a figure set against another: it stands for both
        place = place or table.word
        one = finding(rule, reading, keys, terms.spelled(reading, identity), where=place, how=how)
        found.append(replace(one, place=place))
    return found


def _compares(reading: Reading, identity: Identity) -> bool:
    """Tell whether one cell is held against another of another table: then it is the other that is reported."""
    one, other = identity.left, identity.right
    values = reading.edition.values
    return len(one) == len(other) == 1 and values[one[0]].table != values[other[0]].table


def _typed_over(reading: Reading, identity: Identity) -> str:
    """Return the total of this line whose formula was typed over, where the other totals are still added up."""
    total = identity.left[0]
    own = reading.edition.sums.get(total)
    return total if reading.computed and own == identity and total not in reading.computed else ""


def _root_identities(reading: Reading, table: Table, diagnosis: Diagnosis) -> list[Identity]:
    """Leave out the line of computed totals when the lines it is the sum of are broken themselves."""
    own = [i for i in diagnosis.broken if not all(k in reading.computed for k in (*i.left, *i.right))]
    order = list(reading.edition.values)
    return sorted(own or diagnosis.broken, key=lambda i: order.index(i.left[0]))


def _proposed(reading: Reading, table: Table, changes: tuple[Change, ...]) -> str:
    shown = "、".join(f"{_short(reading, c.cell)}由 {spell(c.found or 0)} 改为 {spell(c.value)}" for c in changes)
    return f"若{shown}，则{table.word}各行各列同时平衡。请对照申请台账核实后改正"


def _short(reading: Reading, key: str) -> str:
    place = reading.places.of(key)
    return place.split("!")[-1] + " " if "!" in place else f"“{reading.edition.values[key].place}”"
