"""Turning a rule's data into a Rule: its cells selected, its identities written out, its faults collected."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from nianbao.form.model import Identity, Rule, Table, Value

Raw = dict[str, Any]

SEVERITIES = ("error", "explain", "hint")
SCOPES = ("report", "history", "workbook", "document", "county", "template", "register", "notice")
_TEXTS = ("id", "name", "statement", "basis", "why", "mend", "kept", "broken")
_KEYS = {*_TEXTS, "class", "explainable", "scope", "from_year", "to_year", "sum", "equal", "check", "select", "beyond"}


def build(raw: Raw, tables: dict[str, Table], problems: list[str]) -> Rule | None:
    """Return the rule, or None with the reasons added to `problems`.

    What a rule that compares two tables does not say in words is said for it.
    """
    name = raw.get("id") or "（无 id）"
    raw = {**_worded(raw, tables), **raw} if "equal" in raw else raw
    faults = [f"规则 {name} 缺少 {k}" for k in _TEXTS if not str(raw.get(k, "")).strip()]
    faults += [f"规则 {name} 的 {k} 不认识" for k in sorted(set(raw) - _KEYS)]
    if raw.get("class") not in SEVERITIES:
        faults.append(f"规则 {name} 的 class 应是 {'、'.join(SEVERITIES)} 之一")
    if raw.get("scope", "report") not in SCOPES:
        faults.append(f"规则 {name} 的 scope 应是 {'、'.join(SCOPES)} 之一")
    ways = [k for k in ("sum", "equal", "check") if k in raw]
    if len(ways) > 1:
        faults.append(f"规则 {name} 不能同时有 {' 和 '.join(ways)}")
    if raw.get("scope", "report") in ("report", "history") and not ways:
        faults.append(f"规则 {name} 没有说明怎样核对（sum、equal 或 check）")
    identities: tuple[Identity, ...] = ()
    if "sum" in raw:
        identities = _identities(name, raw["sum"], tables, faults)
    elif "equal" in raw:
        identities = _equalities(name, raw["equal"], tables, faults)
    cells = _select(name, raw["select"], tables, faults) if "select" in raw else _cells_of(identities)
    if faults:
        problems.extend(faults)
        return None
    # what a reason may let through is 核实 by definition, whatever class a file of one's own gives it
    severity = "explain" if raw["class"] == "error" and raw.get("explainable") else raw["class"]
    return Rule(
        **{k: raw[k] for k in _TEXTS},
        severity=severity,
        scope=raw.get("scope", "report"),
        from_year=raw.get("from_year"),
        to_year=raw.get("to_year"),
        check=raw.get("check", ""),
        cells=cells,
        identities=identities,
        beyond=raw.get("beyond", ""),
    )


def _worded(raw: Raw, tables: dict[str, Table]) -> Raw:
    """Return the texts of a rule that compares the cells of two tables, {} where a table is not there."""
    sides = [tables.get(raw["equal"].get(side, "")) for side in ("left", "right")]
    left, right = (t.word if t else "" for t in sides)
    if not left or not right:
        return {}
    reason = "；都没有错的，写明原因" if raw.get("class") == "explain" else ""
    return {
        "statement": f"{left}填了的，与{right}里同一行、同一列的数相等",
        "basis": "当地的格式",
        "why": "两处填的是同一件事。",
        "mend": f"核对{left}与{right}，改正填错的一处{reason}。",
        "kept": f"{left}填3，{right}填3。",
        "broken": f"{left}填3，{right}填2。",
    }


def _cells_of(identities: Iterable[Identity]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(k for i in identities for k in (*i.left, *i.right)))


def _table(name: str, selection: Raw, tables: dict[str, Table], faults: list[str]) -> Table | None:
    table = tables.get(selection.get("table", ""))
    if table is None:
        faults.append(f"规则 {name} 指的表 {selection.get('table', '')} 不存在")
    return table


def _select(name: str, selection: Raw, tables: dict[str, Table], faults: list[str]) -> tuple[str, ...]:
    """Return the keys a function rule is about; {} means every value."""
    chosen: list[Table] = list(tables.values())
    if "table" in selection:
        table = _table(name, selection, tables, faults)
        if table is None:
            return ()
        chosen = [table]
    values = [v for t in chosen for v in t.values]
    if selection.get("required"):
        values = [v for v in values if v.required]
    for axis in ("rows", "columns"):
        if axis in selection:
            kept = []
            for pattern in selection[axis]:
                matched = [v for v in values if fnmatchcase(v.row if axis == "rows" else v.column, pattern)]
                if not matched:
                    faults.append(f"规则 {name} 的 {axis} 中 {pattern} 没有选中任何格子")
                kept += matched
            order = {v.key: i for i, v in enumerate(values)}
            values = sorted(kept, key=lambda v: order[v.key])
    if not values:
        faults.append(f"规则 {name} 没有选中任何格子")
    return tuple(dict.fromkeys(v.key for v in values))


def _identities(name: str, data: Raw, tables: dict[str, Table], faults: list[str]) -> tuple[Identity, ...]:
    """Write out one identity for each column or each row of the table."""
    table = _table(name, data, tables, faults)
    if table is None:
        return ()
    if data.get("each") not in ("row", "column"):
        faults.append(f"规则 {name} 的 each 应是 row 或 column")
        return ()
    by_column = data["each"] == "column"
    lines: dict[str, list[Value]] = {}
    for value in table.values:
        lines.setdefault(value.column if by_column else value.row, []).append(value)
    identities = []
    for line in lines.values():
        sides = [tuple(_side(name, data.get(side, []), line, by_column, faults)) for side in ("left", "right")]
        identities.append(Identity(name, sides[0], sides[1], line[0].words[1 if by_column else 0]))
    return tuple(identities)


def _equalities(name: str, data: Raw, tables: dict[str, Table], faults: list[str]) -> tuple[Identity, ...]:
    """Write out one identity for each cell of the left table: it equals the same cell of the right one."""
    left, right = (_table(name, {"table": data.get(side, "")}, tables, faults) for side in ("left", "right"))
    if left is None or right is None:
        return ()
    partners = {(v.row, v.column): v.key for v in right.values}
    missing = [v.key for v in left.values if (v.row, v.column) not in partners]
    faults.extend(f"规则 {name}：{key} 在表 {right.id} 中没有对应的格子" for key in missing)
    return tuple(
        Identity(name, (v.key,), (partners[v.row, v.column],), v.place) for v in left.values if v.key not in missing
    )


def _side(name: str, patterns: list[str], line: list[Value], by_column: bool, faults: list[str]) -> list[str]:
    keys: list[str] = []
    if not patterns:
        faults.append(f"规则 {name} 的等式有一侧是空的")
    for pattern in patterns:
        matched = [v.key for v in line if fnmatchcase(v.row if by_column else v.column, pattern)]
        if not matched:
            fault = f"规则 {name} 的等式中 {pattern} 没有选中任何格子"
            if fault not in faults:
                faults.append(fault)
        keys += matched
    if len(set(keys)) != len(keys):
        faults.append(f"规则 {name} 的等式一侧重复选中同一格")
    return keys
