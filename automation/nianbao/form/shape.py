"""What an edition file of one's own may say and of which kind each thing is, told before anything is built of it.

`faults` judges any file of that sort by a TableShape of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from nianbao.form.faults import Fault, Path, nearest

Raw = dict[str, Any]

SHOWN = 40
"""So many characters of a value are quoted."""


@dataclass(frozen=True)
class TableShape:
    """A table of the file: what it must and may have.

    A kind is a type's name, a tuple of the texts allowed, a TableShape, or a list of one of these.
    """

    must: Mapping[str, Any] = field(default_factory=dict)
    may: Mapping[str, Any] = field(default_factory=dict)


MOST = {"number": 31_680, "few": 400}
"""The largest number of each kind: the width of the widest page of Word in twips, which is more than any year; and how
many rows, columns or paragraphs one thing may take up."""

_SAID = {
    "text": ("一段文字", "用半角双引号括起来"),
    **{kind: (f"一个整数，从0到{most}", "写半角数字，不加引号") for kind, most in MOST.items()},
    "yesno": ("是或否", "写 true 或 false，不加引号"),
    "day": ("一个日期", "写成 2026-01-20，不加引号"),
}

_FIELDS = ("text", "year", "choice", "date", "yesno")
_ALIGN = ("left", "center", "both")

_COLUMN = TableShape(
    {"id": "text", "label": "text", "word": "text"},
    {"kind": ("count", "amount", "signed"), "unit": "text", "required": "yesno", "total": "yesno"},
)
_BLOCK = TableShape({"id": "text", "word": "text"})
_ROW = TableShape(
    {},
    {"id": "text", "word": "text", "labels": ["text"], "label_field": "text", "align": _ALIGN, "total": "yesno",
     "height": "number", "band": "text", "head": ["text"], "columns": ["text"], "blocks": [_BLOCK]},
)  # fmt: skip
_FIGURES = TableShape({"id": "text", "word": "text"}, _ROW.may)
_HEADING = TableShape(
    {}, {"text": "text", "column": "text", "columns": "few", "rows": "few", "style": ("head", "corner")}
)
_TABLE = TableShape(
    {"id": "text", "word": "text", "sheet": "text", "widths": ["number"], "rows": [_ROW]},
    {"title": "text", "printed": "yesno", "required": "yesno", "help": "yesno", "label_columns": "few",
     "row_height": "number", "label_align": _ALIGN, "header": [[_HEADING]], "columns": [_COLUMN]},
)  # fmt: skip
_ADDED = TableShape({"id": "text", "word": "text"}, {**_TABLE.must, **_TABLE.may})
_SECTION = TableShape({"id": "text", "heading": "text"}, {"text": "text", "table": "text", "fee_sentence": "yesno"})
_NOTE = {"note": "text"}

CHANGES: Mapping[str, TableShape] = {
    "drop_row": TableShape({"table": "text", "row": "text"}, _NOTE),
    "add_row": TableShape({"table": "text", "after": "text", "row": _FIGURES}, _NOTE),
    "merge_rows": TableShape({"table": "text", "rows": ["text"], "into": _FIGURES}, _NOTE),
    "replace_table": TableShape({"table": "text", "with": _TABLE}, _NOTE),
    "add_table": TableShape({"table": _ADDED}, {"like": "text", "rows": ["text"], "columns": ["text"], **_NOTE}),
    "add_section": TableShape({"after": "text", "section": _SECTION}, _NOTE),
    "drop_section": TableShape({"section": "text"}, _NOTE),
    "set_section": TableShape(
        {"section": "text", "values": TableShape({}, {"heading": "text", **_SECTION.may})}, _NOTE
    ),
    "drop_rule": TableShape({"rule": "text"}, _NOTE),
}

_RULE = TableShape(
    {},
    {**dict.fromkeys(("id", "name", "class", "statement", "basis", "why", "mend", "kept", "broken", "scope", "check",
                      "beyond"), "text"),
     "explainable": "yesno", "from_year": "number", "to_year": "number",
     "sum": TableShape({}, {"table": "text", "each": "text", "left": ["text"], "right": ["text"]}),
     "equal": TableShape({}, {"left": "text", "right": "text"}),
     "select": TableShape({}, {"table": "text", "rows": ["text"], "columns": ["text"], "required": "yesno"})},
)  # fmt: skip

_OWN = {"id": "text", "name": "text"}
_STATUS = ("variant", "prescribed")
_COMMON = {
    "title": "text", "basis": "text", "law": "text", "from_year": "number", "report_title": ["text"],
    "introduction": ["text"], "contact": ["text"], "fee_none": "text", "fee_some": "text", "sheets": ["text"],
    "fields": [TableShape({"id": "text", "label": "text", "prompt": "text"},
                     {"kind": _FIELDS, "required": "yesno", "later": "yesno"})],
    "texts": [TableShape({"id": "text", "label": "text", "sheet": "text", "paragraphs": "few", "prompt": "text"})],
    "sections": [_SECTION], "tables": [_TABLE],
}  # fmt: skip
_LEVELS = [TableShape({"id": "text", "label": "text", "makes_regulations": "yesno"})]
_FREE = {
    "to_year": "number",
    "levels": _LEVELS,
    "introduction_place": "text",
    "include": ["text"],
    "rules": [_RULE],
    "changes": "changes",
}
_CARRIED = {"variant_of": "text", "deviations": ["text"]}
"""What the program itself writes into the whole of an edition that it carries along (ref.py)."""

EXTENDING = TableShape(_OWN, {"extends": "text", "status": _STATUS, **_COMMON, **_FREE})
WHOLE = TableShape({**_OWN, "status": _STATUS, **_COMMON}, {**_FREE, **_CARRIED})


def check(raw: Raw) -> Iterator[Fault]:
    """Yield everything in a file that is of the wrong kind, unknown or missing."""
    yield from faults(raw, EXTENDING if "extends" in raw else WHOLE)


def faults(raw: Raw, shape: TableShape) -> Iterator[Fault]:
    """Yield everything in what a TOML file says that has not this shape."""
    yield from _table(raw, shape, ())


def sound(raw: Raw, faults: Iterable[Fault]) -> Raw:
    """Return the file without what is faulty, to judge the rest; faulty changes and rules are empty."""
    kept = dict(raw)
    places: dict[str | int, set[str | int]] = {}
    for fault in faults:
        if fault.path:
            places.setdefault(fault.path[0], set()).update(fault.path[1:2])
    for key, wrong in places.items():
        items = kept.get(str(key))
        if isinstance(items, list) and wrong and key in ("changes", "rules"):
            kept[str(key)] = [{} if i in wrong else x for i, x in enumerate(items)]
        else:
            kept.pop(str(key), None)
    return kept


def _table(raw: Raw, shape: TableShape, path: Path) -> Iterator[Fault]:
    known = {**shape.must, **shape.may}
    for key in shape.must:
        if key not in raw:
            yield Fault(f"缺少 {key}", "补上这一项", path)
    for key, value in raw.items():
        if key not in known:
            yield Fault(f"不认识 {key}", nearest(key, list(known)), (*path, key))
        else:
            yield from _value(value, known[key], (*path, key))


def _value(value: Any, kind: Any, path: Path) -> Iterator[Fault]:
    if kind == "changes":
        yield from _changes(value, path)
    elif isinstance(kind, list):
        if not isinstance(value, list):
            yield Fault(f"{path[-1]} 应是方括号里的一串", "写成 [ …, … ]", path)
            return
        for i, item in enumerate(value):
            yield from _value(item, kind[0], (*path, i))
    elif isinstance(kind, TableShape):
        if not isinstance(value, dict):
            yield Fault("应是花括号里的几项，或单独的一节", "写成 { 名称 = 内容, … }", path)
            return
        yield from _table(value, kind, path)
    elif isinstance(kind, tuple):
        if value not in kind:
            yield Fault(f"“{_quoted(value)}”不认识", nearest(_quoted(value), kind), path)
    elif not _is(value, kind):
        what, how = _SAID[kind]
        yield Fault(f"“{_quoted(value)}”应是{what}", how, path)


def _quoted(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _is(value: Any, kind: str) -> bool:
    if kind in MOST:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST[kind]
    if kind == "day":
        return isinstance(value, date) and not isinstance(value, datetime)
    return isinstance(value, bool if kind == "yesno" else str)


def _changes(value: Any, path: Path) -> Iterator[Fault]:
    if not isinstance(value, list) or not all(isinstance(x, dict) for x in value):
        yield Fault("changes 应是一节一节的修改", "每处修改以 [[changes]] 单独一行开头", path)
        return
    for i, change in enumerate(value):
        act = change.get("do")
        if act is None:
            yield Fault("没有写 do", f"写明做什么：{'、'.join(CHANGES)}", (*path, i))
        elif not isinstance(act, str) or act not in CHANGES:
            yield Fault(f"do = “{act}” 不认识", nearest(act, list(CHANGES)), (*path, i, "do"))
        else:
            own = {k: v for k, v in change.items() if k != "do"}
            yield from _table(own, CHANGES[act], (*path, i))
