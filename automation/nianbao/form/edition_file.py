"""Reading an edition's TOML: `extends`, `include` and `changes` resolved into one plain dictionary.

What the dictionary means is judged in loader.py; what may stand in a file of one's own, in shape.py.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from nianbao import files, toml
from nianbao.errors import EditionError
from nianbao.form import catalogue, changes
from nianbao.form.faults import Fault, nearest
from nianbao.oserrors import why

Raw = dict[str, Any]

MAX_BYTES = 200_000
"""Bytes of an edition's file; the prescribed form has twenty thousand."""

WHOLE = ".whole.toml"
"""How the name of a file ends that the program wrote, with all that an edition of one's own extends and includes."""
MAX_WHOLE = 2 * MAX_BYTES
"""Bytes of such a file; the prescribed form has eighty thousand."""

_EDITIONS = Path(__file__).parent / "editions"
_INHERITED_ONLY_ONCE = ("changes", "extends", "include")
_REPLACED = {"sections": "各部分", "tables": "各表", "report_title": "标题", "introduction_place": "引言的位置"}
"""What a variant may also write out in full instead of changing it; that is a deviation too."""


@dataclass
class Resolved:
    """An edition's data, its deviations from the prescribed form, and the faults met on the way.

    `own` is what the file itself says, `text` its text; both are empty for an edition that comes with the program.
    """

    raw: Raw
    deviations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    own: Raw = field(default_factory=dict)
    text: str = ""


def shipped_names() -> list[str]:
    """List the ids of the editions that come with the program."""
    return list(_shipped())


@lru_cache(maxsize=1)
def _shipped() -> tuple[str, ...]:
    names = [f.stem for f in _EDITIONS.iterdir() if f.suffix == ".toml"]
    return tuple(sorted(n for n in names if not n.startswith("rules")))


@lru_cache(maxsize=1)
def name_in_force() -> str:
    """Return the id of the prescribed edition that is in force without an end."""
    told = ((name, _parsed(name, _text(name))) for name in shipped_names())
    return next(name for name, own in told if own["status"] == "prescribed" and "to_year" not in own)


def read(name: str) -> Resolved:
    """Return the resolved data of an edition.

    `name` is a shipped edition's id or the path of a .toml file. Raises EditionError when nothing can be made of it.
    """
    return _resolve(name, seen=())


def _resolve(name: str, seen: tuple[str, ...]) -> Resolved:
    if name in seen:
        raise EditionError(name, ["extends 互相引用：" + " → ".join((*seen, name))])
    text = _text(name)
    own = _parsed(name, text)
    result = Resolved(own)
    if name.endswith(".toml"):
        from nianbao.form import shape  # noqa: PLC0415 - the editions that come with the program need no such check

        result.own, result.text = copy.deepcopy(own), text
        result.faults += shape.check(own)
        own = result.raw = shape.sound(own, result.faults)
        if "rules" in own:
            own["rules"] = [r for r in own["rules"] if r]
        if own.get("id") in shipped_names():
            result.faults.append(Fault(f"id “{own['id']}”与程序自带的格式相同", "换一个自己的 id", ("id",)))
    _include(own, result)
    if "extends" not in own:
        result.deviations = list(own.get("deviations", []))
        return result
    base = _base(name, own["extends"], (*seen, name), result)
    merged = copy.deepcopy(base.raw)
    merged["rules"] = merged.get("rules", []) + own.get("rules", [])
    merged.update({k: v for k, v in own.items() if k not in (*_INHERITED_ONLY_ONCE, "rules")})
    merged["extends"] = own["extends"]
    if result.own:
        merged["status"] = own.get("status", "variant")  # what is extended may be prescribed; this is not
    result.raw, result.deviations = merged, list(base.deviations)
    if result.own:
        result.deviations += [f"{said}与规定格式不同" for key, said in _REPLACED.items() if key in own]
    for i, change in enumerate(own.get("changes", [])):
        if not change:
            continue  # its shape is wrong, and said to be
        said, fault = changes.apply(merged, change, i)
        result.deviations += [said] if said else []
        result.faults += [fault] if fault else []
    if merged.get("status") == "prescribed" and not result.own:
        result.deviations = []
    return result


def _include(own: Raw, result: Resolved) -> None:
    """Add the rules of the files that an edition includes to its own, each file once."""
    there: set[str] = set()
    for i, included in enumerate(own.get("include", [])):
        name = included.removesuffix(".toml")
        if name in catalogue.FILES:
            continue  # every edition has these; files from the time when it had to ask for them still do
        try:
            rules = _rules(name, there)
        except EditionError as e:
            result.faults.append(Fault(f"include 的“{included}”不能用：{'；'.join(e.problems)}", "", ("include", i)))
            continue
        own["rules"] = own.get("rules", []) + rules


def _rules(name: str, there: set[str]) -> list[Raw]:
    """Return the rules of one of the program's files of rules with those of the files that it includes, in order.

    A file that is `there` already gives none. Raises EditionError.
    """
    if name in there:
        return []
    there.add(name)
    raw = _parsed(name, _text(name))
    rules: list[Raw] = list(raw.get("rules", []))
    own = bool(rules)
    for included in raw.get("include", []):
        rules += _rules(included.removesuffix(".toml"), there)
    families = {f: i for i, f in enumerate(dict.fromkeys(_family(r) for r in rules))}
    return sorted(rules, key=lambda r: (families[_family(r)], _number(r))) if own else rules


def _family(rule: Raw) -> str:
    return str(rule["id"]).rstrip("0123456789")


def _number(rule: Raw) -> int:
    return int(str(rule["id"]).removeprefix(_family(rule)) or 0)


def _base(name: str, extends: str, seen: tuple[str, ...], result: Resolved) -> Resolved:
    """Return what is extended; a file is looked for beside the one that names it. Raises EditionError."""
    beside = Path(name).parent / extends
    if extends.endswith(".toml"):
        base = _resolve(str(beside if name.endswith(".toml") else extends), seen)
        result.faults += [Fault(f"所扩展的“{extends}”有错：{f}", "", ("extends",)) for f in base.faults]
        return base
    if name.endswith(".toml") and extends not in shipped_names():
        from nianbao.form.fault_places import located  # noqa: PLC0415 - only where something is wrong

        wrong = Fault(f"没有“{extends}”这个格式", nearest(extends, shipped_names()), ("extends",))
        raise EditionError(name, located([*result.faults, wrong], result.text))
    return _resolve(extends, seen)


def _text(name: str) -> str:
    try:
        if name.endswith(".toml"):
            return toml.decoded(files.read(Path(name), MAX_WHOLE if name.endswith(WHOLE) else MAX_BYTES))
        if name not in shipped_names() and not name.startswith("rules"):
            raise EditionError(name, [f"没有这个格式；随程序提供的有 {'、'.join(shipped_names())}"])
        return (_EDITIONS / f"{name}.toml").read_text(encoding="utf-8")
    except files.TooLargeError as e:
        raise EditionError(name, ["文件太大，不像一个格式文件"]) from e
    except OSError as e:
        raise EditionError(name, [f"文件打不开（{why(e)}）"]) from e
    except UnicodeDecodeError as e:
        raise EditionError(name, ["文件不是 UTF-8 编码，请用记事本另存，编码选 UTF-8"]) from e
    except ValueError as e:  # a path with a NUL
        raise EditionError(name, ["文件打不开（路径无效）"]) from e


def _parsed(name: str, text: str) -> Raw:
    try:
        return toml.parsed(text) if name.endswith(".toml") else toml.shipped(text)
    except ValueError as e:  # tomllib's own kind, which is loaded only where a file is parsed
        from nianbao.form import syntax  # noqa: PLC0415 - only where a file can't be read

        raise EditionError(name, syntax.explain(text, e)) from e
