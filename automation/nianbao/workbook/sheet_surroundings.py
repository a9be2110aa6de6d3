"""What stands around a sheet's cells and decides how they are seen: merged cells, columns, views, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from nianbao.workbook.address import column_number
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW, CellLook, Content, Sheet
from nianbao.workbook.looks import ConditionalLook, WorkbookLooks, change_of
from nianbao.workbook.xml_nodes import BrokenError, Node, tree

_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", re.IGNORECASE)
_TRUE = ("1", "true", "on")
_THIN_COLUMN, _THIN_ROW = 0.5, 2.0
"""Characters and points: in less nothing can be read."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

Box = tuple[int, int, int, int]
"""First row and column, last row and column."""


@dataclass(frozen=True)
class Condition:
    """A conditional format that changes what is seen of the cells in some boxes."""

    boxes: tuple[Box, ...]
    change: ConditionalLook
    always: bool
    operator: str
    limits: tuple[str, ...]


@dataclass(frozen=True)
class Surroundings:
    """The hidden columns, cells under merged ones (with the range), whether zeros are hidden or formulas shown."""

    hidden_columns: frozenset[int]
    covered: Mapping[tuple[int, int], str]
    no_zeros: bool
    formulas: bool
    conditions: tuple[Condition, ...]


@lru_cache(maxsize=64)
def around(xml: bytes, styles: WorkbookLooks) -> Surroundings:
    """Read a sheet's part without its rows. Raises BrokenError, and InputError where it may mean two things."""
    root = tree(xml)
    if root.name != "worksheet":
        raise BrokenError
    views = list(root.all("sheetView"))
    return Surroundings(
        _hidden_columns(c for cols in root.children if cols.name == "cols" for c in cols.children),
        MappingProxyType(_covered(root.all("mergeCell"))),
        any(v.get("showZeros", "1").strip() not in _TRUE for v in views),
        any(v.get("showFormulas").strip() in _TRUE for v in views),
        tuple(_conditions(root, styles)),
    )


def sheet_of(
    name: str,
    cells: dict[tuple[int, int], Content],
    hidden_rows: Iterable[int],
    about: Surroundings,
    remarks: Mapping[tuple[int, int], str],
) -> Sheet:
    """Return a sheet of these cells and comments, what is around them applied to the cells' looks."""
    if about.no_zeros or about.formulas or about.conditions:
        cells = {place: _changed(place, content, about) for place, content in cells.items()}
    rows = frozenset(r for r in hidden_rows if r <= MAX_ROW)
    return Sheet(name, MappingProxyType(cells), rows, about.hidden_columns, about.covered, remarks)


def is_thin_row(height: str) -> bool:
    """Tell whether a row is too low for anything to be read in it."""
    return _less(height, _THIN_ROW)


def _less(size: str, least: float) -> bool:
    try:
        return bool(size) and float(size) < least
    except ValueError:
        return False


def _hidden_columns(columns: Iterable[Node]) -> frozenset[int]:
    found: set[int] = set()
    for told in columns:
        if told.get("hidden").strip() in _TRUE or _less(told.get("width"), _THIN_COLUMN):
            first, last = (told.get(n).strip() for n in ("min", "max"))
            if not (first.isdecimal() and last.isdecimal()):
                raise BrokenError
            found.update(range(max(1, int(first)), min(MAX_COLUMN, int(last)) + 1))
    return frozenset(found)


def boxes(said: str) -> tuple[Box, ...]:
    """Return the areas that a list of references names (D7:I8 J9)."""
    found = []
    for part in said.split():
        match = _RANGE.fullmatch(part)
        if match is None:
            continue
        left, top = column_number(match[1].upper()), int(match[2])
        right, bottom = (column_number(match[3].upper()), int(match[4])) if match[3] else (left, top)
        found.append((min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
    return tuple(found)


def _covered(merges: Iterable[Node]) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for merge in merges:
        for top, left, bottom, right in boxes(merge.get("ref")):
            for row in range(top, min(bottom, MAX_ROW) + 1):
                for column in range(left, min(right, MAX_COLUMN) + 1):
                    if (row, column) != (top, left):
                        found[row, column] = merge.get("ref")
    return found


def _conditions(root: Node, styles: WorkbookLooks) -> Iterable[Condition]:
    for rule, areas in _rules(root):
        inline = next((c for c in rule.children if c.name.endswith("dxf")), None)
        index = rule.get("dxfId").strip()
        change = ConditionalLook()
        if inline is not None:
            change = change_of(_bare(inline), styles.theme)
        elif index.isdecimal() and int(index) < len(styles.changes):
            change = styles.changes[int(index)]
        for bar in rule.children:
            if bar.name.split()[-1] in ("dataBar", "iconSet") and bar.get("showValue", "1").strip() not in _TRUE:
                change = ConditionalLook("", "只显示图形，不显示数字")
                yield Condition(boxes(areas), change, True, "", ())
                break
        else:
            if change.code or change.unseen:
                limits = tuple(f.text.strip() for f in rule.children if f.name.split()[-1] in ("formula", "f"))
                said = rule.get("operator") if rule.get("type") == "cellIs" else ""
                always = rule.get("type") == "expression" and limits in (("TRUE",), ("1",), ("TRUE()",))
                yield Condition(boxes(areas), change, always, said, limits)


def _rules(root: Node) -> Iterable[tuple[Node, str]]:
    for node in _every(root):
        if node.name.split()[-1:] == ["conditionalFormatting"]:
            areas = node.get("sqref") or " ".join(c.text for c in node.children if c.name.endswith("sqref"))
            for rule in node.children:
                if rule.name.split()[-1:] == ["cfRule"]:
                    yield rule, areas


def _every(node: Node) -> Iterable[Node]:
    for child in node.children:
        yield child
        yield from _every(child)


def _bare(node: Node) -> Node:
    """Return a node with the names of the usual namespace, whatever namespace it is in."""
    return Node(node.name.split()[-1], node.attributes, [_bare(c) for c in node.children], node.text)


def _changed(place: tuple[int, int], content: Content, about: Surroundings) -> Content:
    look = content.look
    number = isinstance(content.value, int | float) and not isinstance(content.value, bool)
    if about.no_zeros and number and content.value == 0:
        look = replace(look, unseen="这张工作表设置了不显示零值")
    if about.formulas and content.formula:
        look = replace(look, unseen="这张工作表设置了显示公式，看不到结果")
    for condition in about.conditions:
        if any(t <= place[0] <= b and left <= place[1] <= r for t, left, b, r in condition.boxes):
            look = _under(condition, look, content.value)
    return content if look is content.look else replace(content, look=look)


def _under(condition: Condition, look: CellLook, value: object) -> CellLook:
    holds = condition.always or _holds(condition, value)
    if holds is False:
        return look
    change = condition.change
    if holds is None:
        return replace(look, doubt=change.unseen or f"把显示格式改为“{change.code}”")
    unseen = look.unseen or (f"条件格式{change.unseen}" if change.unseen else "")
    return replace(look, code=change.code or look.code, unseen=unseen)


def _holds(condition: Condition, value: object) -> bool | None:  # noqa: PLR0911 - one for each operator
    """Tell whether a condition on a cell's own number holds; None when it can't be told."""
    if not isinstance(value, int | float) or not all(_NUMBER.fullmatch(x) for x in condition.limits):
        return None
    limits = [float(x) for x in condition.limits]
    match condition.operator, limits:
        case "equal", [x]:
            return value == x
        case "notEqual", [x]:
            return value != x
        case "lessThan", [x]:
            return value < x
        case "lessThanOrEqual", [x]:
            return value <= x
        case "greaterThan", [x]:
            return value > x
        case "greaterThanOrEqual", [x]:
            return value >= x
        case "between", [x, y]:
            return min(x, y) <= value <= max(x, y)
        case "notBetween", [x, y]:
            return not min(x, y) <= value <= max(x, y)
    return None
