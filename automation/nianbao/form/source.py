"""Reading an edition's TOML: `extends`, `include` and `changes` resolved into one plain dictionary.

What the dictionary means is judged in loader.py.
"""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import Any

from nianbao.errors import EditionError

Raw = dict[str, Any]

_INHERITED_ONLY_ONCE = ("changes", "extends", "include")


def shipped_names() -> list[str]:
    """List the ids of the editions that come with the program."""
    folder = resources.files("nianbao.form") / "editions"
    names = [f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml")]
    return sorted(n for n in names if not n.startswith("rules"))


def read(name: str) -> tuple[Raw, list[str]]:
    """Return the resolved data of an edition and its deviations from the prescribed form it extends.

    `name` is a shipped edition's id or the path of a .toml file. Raises EditionError.
    """
    return _resolve(name, seen=())


def _resolve(name: str, seen: tuple[str, ...]) -> tuple[Raw, list[str]]:
    if name in seen:
        raise EditionError(name, ["extends 互相引用：" + " → ".join((*seen, name))])
    own = _parse(name)
    for included in own.get("include", []):
        own["rules"] = own.get("rules", []) + _parse(included.removesuffix(".toml")).get("rules", [])
    if "extends" not in own:
        return own, []
    base, deviations = _resolve(own["extends"], (*seen, name))
    merged = copy.deepcopy(base)
    merged["rules"] = merged.get("rules", []) + own.get("rules", [])
    merged.update({k: v for k, v in own.items() if k not in (*_INHERITED_ONLY_ONCE, "rules")})
    merged["extends"] = own["extends"]
    for change in own.get("changes", []):
        said = _apply(merged, change, name)
        if said:
            deviations.append(said)
    if merged.get("status") == "prescribed":
        deviations = []
    return merged, deviations


def _parse(name: str) -> Raw:
    try:
        if name.endswith(".toml"):
            text = Path(name).read_text(encoding="utf-8-sig")
        else:
            if name not in shipped_names() and not name.startswith("rules"):
                raise EditionError(name, [f"没有这个格式；随程序提供的有 {'、'.join(shipped_names())}"])
            text = (resources.files("nianbao.form") / "editions" / f"{name}.toml").read_text(encoding="utf-8")
        return tomllib.loads(text)
    except OSError as e:
        raise EditionError(name, [f"文件打不开（{e.strerror or '路径无效'}）"]) from e
    except UnicodeDecodeError as e:
        raise EditionError(name, ["文件不是 UTF-8 编码"]) from e
    except tomllib.TOMLDecodeError as e:
        raise EditionError(name, [f"文件不是正确的 TOML（{e}）"]) from e


def _apply(raw: Raw, change: Raw, name: str) -> str:
    """Carry out one change on `raw`; return the Chinese sentence that names the deviation, or ''."""
    act = _CHANGES.get(change.get("do", ""))
    if act is None:
        raise EditionError(name, [f"changes 中的 do = “{change.get('do', '')}” 不认识；可用的有 {'、'.join(_CHANGES)}"])
    try:
        return act(raw, change)
    except KeyError as e:
        raise EditionError(name, [f"changes 中的 {change['do']} 缺少或指错了 {e.args[0]}"]) from e


def _find(items: list[Raw], item_id: str) -> int:
    for i, item in enumerate(items):
        if item.get("id") == item_id:
            return i
    raise KeyError(item_id)


def _table(raw: Raw, change: Raw) -> Raw:
    return raw["tables"][_find(raw["tables"], change["table"])]  # type: ignore[no-any-return]


def _drop_row(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    row = table["rows"].pop(_find(table["rows"], change["row"]))
    return f"{table['word']}没有“{row['labels'][-1]}”一行"


def _add_row(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    table["rows"].insert(_find(table["rows"], change["after"]) + 1, change["row"])
    return f"{table['word']}增加了“{change['row']['labels'][-1]}”一行"


def _merge_rows(raw: Raw, change: Raw) -> str:
    table = _table(raw, change)
    at = _find(table["rows"], change["rows"][0])
    for row_id in change["rows"]:
        table["rows"].pop(_find(table["rows"], row_id))
    table["rows"].insert(at, change["into"])
    return f"{table['word']}“{change['into']['labels'][-1]}”的{len(change['rows'])}行并为1行"


def _replace_table(raw: Raw, change: Raw) -> str:
    at = _find(raw["tables"], change["table"])
    was_printed = raw["tables"][at].get("printed", True)
    raw["tables"][at] = change["with"]
    return f"{change['with']['word']}的行列与规定格式不同" if was_printed else ""


def _add_section(raw: Raw, change: Raw) -> str:
    raw["sections"].insert(_find(raw["sections"], change["after"]) + 1, change["section"])
    return f"增加了“{change['section']['heading']}”部分"


def _drop_section(raw: Raw, change: Raw) -> str:
    section = raw["sections"].pop(_find(raw["sections"], change["section"]))
    return f"没有“{section['heading']}”部分"


def _set_section(raw: Raw, change: Raw) -> str:
    section = raw["sections"][_find(raw["sections"], change["section"])]
    before = section["heading"]
    section.update(change["values"])
    after = section["heading"]
    return "" if after == before else f"“{before}”部分的标题写作“{after}”"


def _drop_rule(raw: Raw, change: Raw) -> str:
    raw["rules"].pop(_find(raw["rules"], change["rule"]))
    return ""


_CHANGES: dict[str, Callable[[Raw, Raw], str]] = {
    "drop_row": _drop_row,
    "add_row": _add_row,
    "merge_rows": _merge_rows,
    "replace_table": _replace_table,
    "add_section": _add_section,
    "drop_section": _drop_section,
    "set_section": _set_section,
    "drop_rule": _drop_rule,
}
