"""The sum rules (A1-A4): every table's identities together, one root cause shown once."""

from __future__ import annotations

from functools import lru_cache

from nianbao.checks.diagnosis import Diagnosis, Repair, diagnose
from nianbao.checks.judge import addition, finding
from nianbao.findings import Change, Finding
from nianbao.form import Edition, Identity, Rule, Table
from nianbao.numbers import spell
from nianbao.report import Reading

SHOWN = 3
"""Alternatives spelled out in a message; the JSON carries all."""

LOCATED = 3
"""More single cells than this that would each settle it: the cell counts as not located."""


def sums(reading: Reading, rules: list[Rule]) -> list[Finding]:
    """Return one finding for each group of connected identities that do not all hold."""
    found = []
    computed = {k: reading.edition.sums[k] for k in reading.computed if k in reading.edition.sums}
    for identities in _groups(reading.edition, tuple(r.id for r in rules)):
        diagnosis = diagnose(identities, reading.report.values, computed)
        if diagnosis.broken:
            table = reading.edition.table[reading.edition.values[identities[0].left[0]].table]
            found += _tell(reading, table, diagnosis)
    return found


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
    repairs = diagnosis.repairs
    rule = reading.edition.rule[diagnosis.broken[0].rule]
    one_cell = bool(repairs) and len(repairs[0]) == 1
    if not repairs or (one_cell and (len(diagnosis.broken) == 1 or len(repairs) > LOCATED)):
        return _not_located(reading, table, diagnosis)
    cells = list(dict.fromkeys(k for repair in repairs for k, _ in repair))
    what = "；".join(_spelled(reading, i) for i in diagnosis.broken[:SHOWN]) + "，两侧应相等"
    if len(diagnosis.broken) > SHOWN:
        what += f"（共{len(diagnosis.broken)}处不平）"
    proposals = tuple(_changes(reading, r) for r in repairs)
    if len(repairs) > 1:
        cells = cells[:1] if len(repairs[0]) == 1 else cells
    where = "、".join(reading.places.named(k) for k, _ in repairs[0])
    return [
        finding(rule, reading, cells, what, where=where, how=_proposed(reading, table, proposals), proposals=proposals)
    ]


def _not_located(reading: Reading, table: Table, diagnosis: Diagnosis) -> list[Finding]:
    """Say what does not add up, once for each line that is not the mere consequence of others."""
    found = []
    for identity in _root_identities(reading, table, diagnosis):
        keys = (*identity.left, *identity.right)
        listed = (reading.places.of(k) + ("所含各格" if k in reading.computed else "") for k in keys)
        how = f"只凭{table.word}无法判断是哪一格有误，请对照台账逐格核对：" + "、".join(dict.fromkeys(listed))
        what = _spelled(reading, identity) + "，两侧应相等"
        rule = reading.edition.rule[identity.rule]
        found.append(finding(rule, reading, keys, what, how=how if len(keys) <= 8 else ""))
    return found


def _root_identities(reading: Reading, table: Table, diagnosis: Diagnosis) -> list[Identity]:
    """Leave out the line of computed totals when the lines it is the sum of are broken themselves."""
    own = [i for i in diagnosis.broken if not all(k in reading.computed for k in (*i.left, *i.right))]
    return own or list(diagnosis.broken)


def _spelled(reading: Reading, identity: Identity) -> str:
    values = reading.report.values
    left, right = (addition(values[k] for k in side) for side in (identity.left, identity.right))
    return f"“{identity.line}” {left}，而 {right}"


def _changes(reading: Reading, repair: Repair) -> tuple[Change, ...]:
    return tuple(Change(k, reading.report.values.get(k), v) for k, v in repair)


def _proposed(reading: Reading, table: Table, proposals: tuple[tuple[Change, ...], ...]) -> str:
    shown = [
        "、".join(f"{_short(reading, c.cell)}由 {spell(c.found or 0)} 改为 {spell(c.value)}" for c in proposal)
        for proposal in proposals[:SHOWN]
    ]
    text = f"若{shown[0]}，则{table.word}各行各列同时平衡"
    if len(proposals) > 1:
        text += "；也可能是" + "，或".join(shown[1:])
        text += f"（共有{len(proposals)}种可能）" if len(proposals) > SHOWN else ""
    return text + "。请对照申请台账核实后改正"


def _short(reading: Reading, key: str) -> str:
    place = reading.places.of(key)
    return place.split("!")[-1] + " " if "!" in place else f"“{reading.edition.values[key].place}”"
