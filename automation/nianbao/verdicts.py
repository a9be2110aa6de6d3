"""What was judged: of every rule that applies whether it is kept, broken, or could not be judged, and then why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from nianbao.findings import Finding, settled


class State(StrEnum):
    """HELD: judged, nothing against it; BROKEN: it has a finding; UNJUDGED: it could not be judged."""

    HELD = "held"
    BROKEN = "broken"
    UNJUDGED = "unjudged"


@dataclass(frozen=True)
class Unjudged:
    """Said by a check instead of nothing when it could not judge: `why` is a short piece of Chinese (缺上年数据).

    An empty `why` says that the report has nothing the rule could be about, so that it gets no verdict at all.
    """

    why: str


NOTHING_TO_JUDGE = Unjudged("")

Told = Sequence[Finding | Unjudged]
"""What a check returns: its findings and what it could not judge; nothing of either is: kept."""


@dataclass(frozen=True)
class Verdict:
    """The verdict on one rule; `why` is '' but where it could not be judged."""

    rule: str
    state: State
    why: str = ""


def counted(verdicts: Iterable[Verdict]) -> dict[State, int]:
    """Count verdicts by state, every state present."""
    listed = [v.state for v in verdicts]
    return {s: listed.count(s) for s in State}


def summary(verdicts: Sequence[Verdict]) -> str:
    """Return one Chinese clause: 核对了 40 条：36 条相符，2 条有问题，2 条没有核对（缺上年数据）."""
    count = counted(verdicts)
    told = f"核对了 {len(verdicts)} 条：{count[State.HELD]} 条相符，{count[State.BROKEN]} 条有问题"
    if not count[State.UNJUDGED]:
        return told
    return f"{told}，{count[State.UNJUDGED]} 条没有核对（{missing(verdicts)}）"


def sentences(unjudged: Mapping[str, Sequence[str]], named: Callable[[str], str] = str) -> list[str]:
    """Return a sentence for each reason that rules could not be judged (缺上年数据，没有核对：H1、H2)."""
    return [f"{why}，没有核对：{'、'.join(map(named, rules))}。" for why, rules in unjudged.items()]


def unjudged(verdicts: Iterable[Verdict]) -> dict[str, list[str]]:
    """Return the rules that could not be judged by why, in their order."""
    found: dict[str, list[str]] = {}
    for one in verdicts:
        if one.state is State.UNJUDGED:
            found.setdefault(one.why, []).append(one.rule)
    return found


def missing(verdicts: Iterable[Verdict]) -> str:
    """Return why rules could not be judged, most frequent first: 缺上年数据 11 条，没有写明级别 1 条."""
    whys = {why: len(rules) for why, rules in unjudged(verdicts).items()}
    if len(whys) == 1:
        return next(iter(whys))
    return "，".join(f"{why} {n} 条" for why, n in sorted(whys.items(), key=lambda w: -w[1]))


def with_verdicts(told: dict[str, Any], findings: Iterable[Finding], verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Return the Findings JSON with `verdicts` and in `summary` how many are unjudged, explained and not yet so."""
    more = {"unjudged": counted(verdicts)[State.UNJUDGED], **settled(findings)}
    return {**told, "verdicts": to_json(verdicts), "summary": {**told["summary"], **more}}


def to_json(verdicts: Iterable[Verdict]) -> list[dict[str, str]]:
    """Return verdicts as JSON: rule, verdict, why."""
    return [{"rule": v.rule, "verdict": v.state.value, "why": v.why} for v in verdicts]


def of_json(raw: Iterable[Mapping[str, str]]) -> tuple[Verdict, ...]:
    """Return verdicts from their JSON."""
    return tuple(_verdict(v["rule"], v["verdict"], v["why"]) for v in raw)


@lru_cache(maxsize=2048)
def _verdict(rule: str, state: str, why: str) -> Verdict:
    """Return one verdict; thousands of bodies have most of theirs in common."""
    return Verdict(rule, State(state), why)
