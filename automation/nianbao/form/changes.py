"""What a variant changes in the edition it extends: rows, tables, sections, rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nianbao.form.catalogue import is_of_program
from nianbao.form.faults import Fault, nearest
from nianbao.unicodes import quotation

Raw = dict[str, Any]


_LABEL_WIDTH, _FIGURE_WIDTH = 3240, 1200
"""Of a table cut out of another, in twips."""


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


def _row_name(row: Raw) -> str:
    labels = row.get("labels") or [row.get("word", "")]
    return str(labels[-1])


def _drop_row(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    row = table["rows"].pop(_find(table["rows"], change["row"], ("row",), "行"))
    return f"{table['word']}没有{quotation(_row_name(row))}一行"


def _add_row(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    row = change["row"]
    table["rows"].insert(_find(table["rows"], change["after"], ("after",), "行") + 1, row)
    return f"{table['word']}增加了{quotation(_row_name(row))}一行"


def _merge_rows(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    into = change["into"]
    places = [_find(table["rows"], r, ("rows",), "行") for r in change["rows"]]
    if not places:
        raise _AbsentError(("rows",), "没有写要合并哪几行", "写明各行的 id")
    table["rows"][min(places)] = into
    for place in sorted(set(places) - {min(places)}, reverse=True):
        table["rows"].pop(place)
    return f"{table['word']}{quotation(_row_name(into))}的{len(change['rows'])}行并为1行"


def _replace_table(raw: Raw, change: Raw) -> str:
    at = _find(raw["tables"], change["table"], ("table",), "表")
    was_printed = raw["tables"][at].get("printed", True)
    raw["tables"][at] = change["with"]
    return f"{change['with']['word']}的行列与规定格式不同" if was_printed else ""


def _add_table(raw: Raw, change: Raw) -> str:
    """Add a table; one that no section prints only serves checking, and its blanks never mean 0."""
    known = {t["id"]: _label(t) for t in raw["tables"]}
    if change["table"]["id"] in known:
        what = f"已经有 id 为“{change['table']['id']}”的表"
        raise _AbsentError(("table", "id"), what, "换一个 id；要换掉原来的表，用 replace_table")
    cut = _cut(raw, change) if "like" in change else {}
    table = {"sheet": change["table"]["word"], "printed": False, **cut, **change["table"]}
    for key in ("widths", "columns", "rows"):
        if key not in table:
            what = f"没有写 {key}"
            raise _AbsentError(("table",), what, '补上这一项；各行各列与已有的表相同的，写 like = "那张表的 id" 就行')
    if not table["printed"]:
        table = {"required": False, "help": True, **table}
    raw["tables"].append(table)
    if table["sheet"] not in raw["sheets"]:
        raw["sheets"].append(table["sheet"])
    return ""


def _cut(raw: Raw, change: Raw) -> Raw:
    """Return a plain table of some rows and columns of another: the same ids, so that `equal` can compare the two."""
    model = raw["tables"][_find(raw["tables"], change["like"], ("like",), "表")]
    columns = {c["id"]: c for c in model["columns"]}
    current, filled = list(columns), {}
    for row in model["rows"]:
        current = row.get("columns", current)
        if "id" in row and "word" in row and "labels" in row:
            filled[row["id"]] = (row, current)
    wanted = change.get("rows", list(filled))
    for row_id in wanted:
        if row_id not in filled:
            how = nearest(row_id, {k: row["word"] for k, (row, _) in filled.items()})
            raise _AbsentError(("rows",), f"“{change['like']}”没有 id 为“{row_id}”的行", how)
    there = [c for c in columns if any(c in filled[r][1] for r in wanted)]
    chosen = change.get("columns", there)
    for column in chosen:
        lacking = [r for r in wanted if column not in filled[r][1]]
        if column not in columns or lacking:
            row_said = f"的行“{lacking[0]}”" if lacking and column in columns else ""
            what = f"“{change['like']}”{row_said}没有 id 为“{column}”的列"
            raise _AbsentError(("columns",) if "columns" in change else ("rows",), what, nearest(column, there))
    if not wanted or not chosen:
        raise _AbsentError(("rows",) if not wanted else ("columns",), "没有写要哪几行、哪几列", "写明各自的 id")
    return {
        "title": f"{change['table']['word']}（供核对，不印入报告；不用可全部空着）",
        "widths": [_LABEL_WIDTH, *(_FIGURE_WIDTH for _ in chosen)],
        "label_columns": 1,
        "label_align": "left",
        "header": [[{"text": "项目"}, *({"column": c} for c in chosen)]],
        "columns": [{k: v for k, v in columns[c].items() if k != "total"} for c in chosen],
        "rows": [{"id": r, "word": filled[r][0]["word"], "labels": filled[r][0]["labels"][-1:]} for r in wanted],
    }


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
    "add_table": _add_table,
    "add_section": _add_section,
    "drop_section": _drop_section,
    "set_section": _set_section,
    "drop_rule": _drop_rule,
}
