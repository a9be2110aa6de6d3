"""What a variant changes in the edition it extends: rows, tables, sections, rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nianbao.form.catalogue import is_of_program
from nianbao.form.faults import Fault, nearest

Raw = dict[str, Any]


class _AbsentError(Exception):
    """A change names something that is not there to be changed."""

    def __init__(self, key: tuple[str | int, ...], what: str, how: str) -> None:
        super().__init__(what)
        self.key, self.what, self.how = key, what, how


def apply(raw: Raw, change: Raw, index: int) -> tuple[str, Fault | None]:
    """Carry out one change on `raw`: return the Chinese sentence that names the deviation, or '', and what was wrong.

    A faulty change changes nothing. Its own shape is sound: see shape.py.
    """
    try:
        return CHANGES[change["do"]](raw, change), None
    except _AbsentError as e:
        return "", Fault(e.what, e.how, ("changes", index, *e.key))
    except KeyError:  # what is extended lacks it, and is said to be faulty
        return "", None


def _find(items: list[Raw], wanted: str, key: tuple[str | int, ...], what: str) -> int:
    """Return the place of the item with this id."""
    known: dict[str, str] = {}
    for i, item in enumerate(items):
        if item.get("id") == wanted:
            return i
        if "id" in item:
            known[item["id"]] = _label(item)
    raise _AbsentError(key, f"没有 id 为“{wanted}”的{what}", nearest(wanted, known))


def _label(item: Raw) -> str:
    return str(item.get("word") or item.get("heading") or item.get("name") or "")


def _table(raw: Raw, change: Raw) -> Raw:
    return raw["tables"][_find(raw["tables"], change["table"], ("table",), "表")]  # type: ignore[no-any-return]


def _named(row: Raw) -> str:
    labels = row.get("labels") or [row.get("word", "")]
    return str(labels[-1])


def _drop_row(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    row = table["rows"].pop(_find(table["rows"], change["row"], ("row",), "行"))
    return f"{table['word']}没有“{_named(row)}”一行"


def _add_row(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    row = change["row"]
    table["rows"].insert(_find(table["rows"], change["after"], ("after",), "行") + 1, row)
    return f"{table['word']}增加了“{_named(row)}”一行"


def _merge_rows(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    into = change["into"]
    places = [_find(table["rows"], r, ("rows",), "行") for r in change["rows"]]
    if not places:
        raise _AbsentError(("rows",), "没有写要合并哪几行", "写明各行的 id")
    table["rows"][min(places)] = into
    for place in sorted(set(places) - {min(places)}, reverse=True):
        table["rows"].pop(place)
    return f"{table['word']}“{_named(into)}”的{len(change['rows'])}行并为1行"


def _replace_table(raw: Raw, change: Raw) -> str:
    at = _find(raw["tables"], change["table"], ("table",), "表")
    was_printed = raw["tables"][at].get("printed", True)
    raw["tables"][at] = change["with"]
    return f"{change['with']['word']}的行列与规定格式不同" if was_printed else ""


def _add_section(raw: Raw, change: Raw) -> str:
    section = change["section"]
    raw["sections"].insert(_find(raw["sections"], change["after"], ("after",), "部分") + 1, section)
    return f"增加了“{section['heading']}”部分"


def _drop_section(raw: Raw, change: Raw) -> str:
    section = raw["sections"].pop(_find(raw["sections"], change["section"], ("section",), "部分"))
    return f"没有“{section['heading']}”部分"


def _set_section(raw: Raw, change: Raw) -> str:
    section = raw["sections"][_find(raw["sections"], change["section"], ("section",), "部分")]
    before = section["heading"]
    section.update(change["values"])
    after = section["heading"]
    return "" if after == before else f"“{before}”部分的标题写作“{after}”"


def _drop_rule(raw: Raw, change: Raw) -> str:
    if is_of_program(change["rule"]):
        what = f"规则 {change['rule']} 是程序自己的，任何格式都有，不能去掉"
        raise _AbsentError(("rule",), what, "删去这一节 [[changes]]")
    raw["rules"].pop(_find(raw["rules"], change["rule"], ("rule",), "规则"))
    return ""


CHANGES: Mapping[str, Callable[[Raw, Raw], str]] = {
    "drop_row": _drop_row,
    "add_row": _add_row,
    "merge_rows": _merge_rows,
    "replace_table": _replace_table,
    "add_section": _add_section,
    "drop_section": _drop_section,
    "set_section": _set_section,
    "drop_rule": _drop_rule,
}
