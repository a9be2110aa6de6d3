"""Finding where in an edition file a fault comes from that showed only when the whole form was put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from nianbao.form.faults import Fault, Path
from nianbao.form.toml_lines import index, line_of

Raw = dict[str, Any]

_RULE = re.compile(r"规则 (\S+?)(?: |：)")
_TOTAL = re.compile(r"合计 \S+ 没有规则核对")


def located(faults: Iterable[Fault], text: str) -> tuple[Fault, ...]:
    """Return the faults with their lines, in the order of the file; what belongs to no line comes last."""
    lines = index(text)
    placed = [f if f.line or not f.path else replace(f, line=line_of(f.path, lines)) for f in faults]
    return tuple(sorted(dict.fromkeys(placed), key=lambda f: f.line or len(text)))


def explained(problems: Iterable[str], own: Raw, told: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the problems of a form as faults of the file `own`, at what in it they speak of.

    An inherited rule that no longer fits is told once. What is `told` already is no origin of anything.
    """
    rules = _rules(own.get("rules"))
    faulty = {f.path[:2] for f in told}
    inherited: set[str] = set()
    for problem in dict.fromkeys(problems):
        rule = _RULE.match(problem)
        if own.get("extends") and rule and rule[1] not in rules:
            if rule[1] in inherited:
                continue
            inherited.add(rule[1])
        yield Fault(problem, _advice(problem, own, rules), _origin(problem, own, faulty))


def _rules(written: Any) -> set[str]:
    """Return the ids of the rules a file writes itself, as far as they are any."""
    listed = written if isinstance(written, list) else []
    return {r["id"] for r in listed if isinstance(r, dict) and isinstance(r.get("id"), str)}


def _advice(problem: str, own: Raw, rules: set[str]) -> str:
    """Say what a variant can do about a rule it has inherited."""
    found = _RULE.match(problem)
    if own.get("extends") and found and found[1] not in rules:
        return f'这条规则来自“{own["extends"]}”，用不上的加一节 [[changes]]，写 do = "drop_rule"、rule = "{found[1]}"'
    if _TOTAL.match(problem):
        return "补一条核对它的规则（[[rules]]，用 sum 写明它等于哪几格之和）"
    return ""


def _origin(problem: str, own: Raw, faulty: set[Path]) -> Path:
    """Return the item of the file that speaks most of what the problem names."""
    best: tuple[int, Path] = (0, ())
    for path, item in _items(own):
        if path in faulty:
            continue
        named = [(p, v) for p, v in _texts(item, path) if len(v) > 1 and _names(problem, v)]
        score = sum(len(v) for v in {v for _, v in named})
        if score > best[0]:
            longest = max(named, key=lambda n: len(n[1]))[0]
            best = (score, longest)
    return best[1]


def _items(own: Raw) -> Iterator[tuple[Path, Any]]:
    for key, value in own.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield from (((key, i), item) for i, item in enumerate(value))
        elif key not in ("extends", "id"):
            yield (key,), value


def _texts(item: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(item, str):
        yield path, item
    elif isinstance(item, dict):
        for key, value in item.items():
            if key not in ("do", "note"):
                yield from _texts(value, (*path, key))
    elif isinstance(item, Sequence):
        for i, value in enumerate(item):
            yield from _texts(value, (*path, i))


def _names(problem: str, word: str) -> bool:
    # most words are not in it at all, and a whole form of one's own has a thousand
    return (
        word in problem and re.search(rf"(?<![\w.]){re.escape(word)}(?![\w])|“{re.escape(word)}”", problem) is not None
    )
