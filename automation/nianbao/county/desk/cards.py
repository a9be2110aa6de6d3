"""A body as the desk holds thousands of them at once: how it stands, without its figures, texts and findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from nianbao import verdicts
from nianbao.county.desk.measures import measured
from nianbao.county.model import AlikeTexts, BodyState, Status
from nianbao.county.totals import alike
from nianbao.findings import Finding, Severity, stopped, tally
from nianbao.form import Edition
from nianbao.verdicts import State, Verdict

ASKED = 3
"""Things to mend named in a reminder; the slip has all."""

_LONGEST = 80


@dataclass(frozen=True)
class Broken:
    """A rule a body breaks: its gravest class, how many findings, how many of them have a written reason."""

    rule: str
    severity: Severity
    count: int
    explained: int


@dataclass(frozen=True)
class Card:
    """One body. `state` lacks what is large, `first` is what to do first.

    `blocking` counts the findings that block, `asks` are the first of them in short. `score` is how many of 100 judged
    rules it keeps, None without a report; `unjudged` says why others could not be judged. `now` and `before` are its
    measures this year and last. `texts` are those that are compared, where a neighbour's are alike.
    """

    state: BodyState
    level: str
    first: str
    blocking: int
    asks: tuple[str, ...]
    counts: Mapping[str, int]
    broken: tuple[Broken, ...]
    unjudged: tuple[str, ...]
    score: int | None
    now: Mapping[str, int]
    before: Mapping[str, int]
    texts: str = ""

    @property
    def id(self) -> str:
        """The body's id."""
        return self.state.id

    @property
    def done(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.state.status is Status.DONE


def cards(states: Iterable[BodyState], edition: Edition, pairs: Iterable[AlikeTexts] = ()) -> Iterator[Card]:
    """Yield the cards of bodies; of those in `pairs` with their texts."""
    compared = {body for p in pairs for body in (p.ours, p.theirs)}
    for state in states:
        texts = alike.joined(state.report.texts) if state.report and state.id in compared else ""
        yield card(state, edition, texts)


def card(state: BodyState, edition: Edition, texts: str = "") -> Card:
    """Return the card of a body."""
    level = edition.level(state.member.level)
    blocking = [f for f in state.findings if f.blocks]
    there = replace(state.report, body={}, values={}, texts={}) if state.report else None
    return Card(
        state=replace(state, report=there, last_year=None, findings=(), verdicts=()),
        level=level.label if level else state.member.level,
        first=first(state),
        blocking=len(blocking),
        asks=tuple(_question(f, state) for f in blocking[:ASKED]),
        counts=tally(state.findings),
        broken=_broken(state.findings),
        unjudged=tuple(verdicts.unjudged(state.verdicts)),
        score=score(state.findings, state.verdicts),
        now=measured(state.report.values) if state.report else {},
        before=measured(state.last_year.values) if state.last_year else {},
        texts=texts,
    )


def first(state: BodyState) -> str:
    """Return the first thing that keeps a body from being done, and how many there are."""
    blocking = [f for f in state.findings if f.blocks]
    if not blocking:
        return state.note
    told = blocking[0].what if blocking[0].where == state.member.name else blocking[0].problem.rstrip("。")
    return told + (f"（共 {len(blocking)} 处）" if len(blocking) > 1 else "")


def score(findings: Iterable[Finding], judged: Sequence[Verdict]) -> int | None:
    """Return how many of 100 judged rules are kept, or broken with a reason or a hint only; None where none was judged.

    The county's own rules about the body have no verdict; those that block are among the judged ones. Rounded down: 100
    says that nothing blocks.
    """
    blocked = {f.rule: None for f in findings if f.blocks}
    rules = {v.rule: None for v in judged if v.state is not State.UNJUDGED} | (blocked if judged else {})
    return 100 * sum(r not in blocked for r in rules) // len(rules) if rules else None


def _question(finding: Finding, state: BodyState) -> str:
    what = stopped(finding.what).rstrip("。")
    where = "" if finding.where == state.member.name else finding.where or finding.place
    told = f"{where}：{what}" if where else what
    return told if len(told) <= _LONGEST else told[: _LONGEST - 1] + "…"


def _broken(findings: Iterable[Finding]) -> tuple[Broken, ...]:
    order = list(Severity)
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.rule, []).append(finding)
    made = []
    for rule, listed in found.items():
        gravest = min((f.severity for f in listed), key=order.index)
        made.append(Broken(rule, gravest, len(listed), sum(bool(f.explanation) for f in listed)))
    return tuple(made)
