"""What a run did, in one value: for the one line of the command line and the page of 年报台."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from nianbao.county.model import Desk, Status
from nianbao.county.run.county_outputs import CountyOutputs
from nianbao.county.run.judged_county import JudgedCounty
from nianbao.county.run.run_steps import RunSteps
from nianbao.findings import tally

SHOWN = 60


@dataclass(frozen=True)
class RunOutcome:
    """What a run did: the desk's head (no bodies), how many bodies stand where, what was done now, what was moved.

    `tally` counts the bodies' findings, `unjudged` the bodies by why a rule could not be judged. `open` are the first
    bodies that are not done: name, status, the first thing that blocks; `notes` what else to know.
    """

    desk: Desk
    counts: Mapping[Status, int]
    read_now: int
    made_now: int
    others: int
    aside: tuple[str, ...]
    faults: tuple[str, ...]
    open: tuple[tuple[str, Status, str], ...]
    tally: Mapping[str, int]
    unjudged: Mapping[str, int]
    notes: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Tell whether every body is done and nothing else asks for action."""
        open_ = [s for s, n in self.counts.items() if n and s is not Status.DONE]
        return not open_ and not self.faults and not any(f.blocks for f in self.desk.findings)


def outcome(county: JudgedCounty, works: RunSteps, told: CountyOutputs, aside: tuple[str, ...]) -> RunOutcome:
    """Return what a run did; `aside` are the files that count no more."""
    counts = Counter(c.state.status for c in told.cards)
    still = [(c.state.member.shown, c.state.status, c.first) for c in told.cards if not c.done]
    found, skipped = Counter(tally(())), Counter[str]()
    for card in told.cards:
        found.update(card.counts)
        skipped.update(card.unjudged)
    collected = county.collected
    return RunOutcome(
        told.desk,
        counts,
        collected.read_now,
        works.made_now,
        collected.others,
        aside,
        tuple(f"{b.member.shown}：{works.faults[b.id]}" for b in collected.match.bodies if b.id in works.faults),
        tuple(still[:SHOWN]),
        found,
        skipped,
        tuple(dict.fromkeys((*works.notes, *told.notes))),
    )
