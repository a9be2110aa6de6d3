"""A stretch of a clause around one figure, and what it may mean; `of_requests` and its neighbours understand it."""

from __future__ import annotations

from dataclasses import dataclass

from nianbao.checks.text.clauses import Chunk, Sentence
from nianbao.checks.text.quantities import Token
from nianbao.checks.text.roles import Role, Sum
from nianbao.patterns import Pattern
from nianbao.report import Report

ITEMS = frozenset(("", "件", "份", "次", "条", "起", "宗", "例", "个", "项", "封", "件次", "桩", "部", "篇"))
"""Units in which requests, cases and documents are counted."""

LISTED = Pattern("其中|包括|包含")
"""Words that open a list of parts."""


@dataclass(frozen=True)
class Meant:
    """One meaning: `label` says of what, `readings` what it may add up, in `columns` (() : the keys are whole).

    `role` is what a frame must be of; `sure` is False where even a frame leaves a doubt; a figure
    that fits a `doubtful` reading is asked. `scale` is how many of the
    text's units (元) make one of the cell's (万元).
    """

    role: str
    label: str
    readings: tuple[Sum, ...]
    columns: tuple[str, ...]
    sure: bool
    scale: int = 1
    doubtful: tuple[Sum, ...] = ()

    @property
    def is_row(self) -> bool:
        """Tell whether a single reason of a group is meant (不掌握), which a text may call by several names."""
        first = self.readings[0].plus
        return len(first) == 1 and first[0].count(".") == 2 and "*" not in first[0]


@dataclass(frozen=True)
class Stretch:
    """A stretch around one figure with all that tells its meaning; `block` is the part of 表四 spoken of last."""

    sentence: Sentence
    chunk: Chunk
    token: Token
    block: str
    report: Report

    @property
    def text(self) -> str:
        """The stretch with its figure as #."""
        return self.chunk.text

    @property
    def before(self) -> str:
        """The sentence's shape up to the figure."""
        return self.sentence.shape.text[: self.chunk.place]

    @property
    def after(self) -> str:
        """The sentence's shape behind the figure."""
        return self.sentence.shape.text[self.chunk.place + 1 :]


def role_of(candidates: tuple[Role, ...], text: str) -> Role | None:
    """Return the role whose words stand before the figure, else the one whose words stand after it."""
    ahead = next((r for r in candidates if r.before.search(text)), None)
    return ahead or next((r for r in candidates if r.after and r.after.search(text)), None)
