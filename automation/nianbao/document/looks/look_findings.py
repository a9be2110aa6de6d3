"""Findings on looks: what is the same in many places is said once, what one paragraph has of it in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.document.looks import places
from nianbao.document.looks.differing import LookDifference
from nianbao.document.looks.places import Spot
from nianbao.findings import Finding, tell
from nianbao.form import program_rule

_NAMED = 4
"""What differs most, named of a document of another template."""

_SHORT = ("有", "没有", "是", "不是")
"""What says all in a word."""


@dataclass(frozen=True)
class PlacedDifference:
    """One difference at one place; `key` is the figure there, if it is one."""

    spot: Spot
    difference: LookDifference
    key: str = ""


def of_another(told: Sequence[PlacedDifference], lines: int, standard: str) -> Finding:
    """Return the one sentence on a document that another template made, of so many compared paragraphs."""
    common = Counter(t.difference.aspect for t in told).most_common(_NAMED)
    aspects, unlike = "、".join(aspect for aspect, _ in common), len({t.spot for t in told})
    what = f"{lines}段中有{unlike}段的{aspects}等与{standard}不同，像是用别的模板做的，没有逐处列出"
    return tell(program_rule("V9"), "整个文档", what)


def findings(told: Sequence[PlacedDifference], everywhere: Sequence[Spot], standard: str) -> Iterator[Finding]:
    """Yield the findings in the order of their rules.

    `everywhere` are all places that were looked at, `standard` what it is called that they are compared with.
    """
    grouped: dict[tuple[str, tuple[str, ...]], list[Spot]] = {}
    keys: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (rule, spot), ones in _by_place(told).items():
        said = tuple(dict.fromkeys(_sentence(t.difference, standard) for t in ones))
        grouped.setdefault((rule, said), []).append(spot)
        keys.setdefault((rule, said), []).extend(t.key for t in ones if t.key)
    for (rule, said), spots in sorted(grouped.items(), key=lambda g: g[0][0]):
        where = places.told(spots, everywhere)
        yield tell(program_rule(rule), where, "；".join(said), where=where, cells=dict.fromkeys(keys[rule, said]))


def _by_place(told: Sequence[PlacedDifference]) -> dict[tuple[str, Spot], list[PlacedDifference]]:
    found: dict[tuple[str, Spot], list[PlacedDifference]] = {}
    for one in told:
        found.setdefault((one.difference.rule, one.spot), []).append(one)
    return found


def _sentence(one: LookDifference, standard: str) -> str:
    part = f"{one.part}的" if one.part else ""
    should = standard + (one.standard if one.standard in _SHORT else f"是{one.standard}")
    if one.found in _SHORT:
        return f"{one.part}{one.found}{one.aspect}，{should}"
    if one.found.startswith("有"):
        return f"{part}{one.aspect}{one.found}，{should}"
    return f"{part}{one.aspect}是{one.found}，{should}"
