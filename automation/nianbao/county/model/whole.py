"""The whole desk after a run, what changed, which texts are alike, as frozen values; where it lies in the results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nianbao.checks.similarity import Passage
from nianbao.county.model.bodies import BodyState, Stray
from nianbao.county.model.sums import Category, Total
from nianbao.findings import Finding

DESK, PAGE, TOTALS = "desk.json", "总览.html", "汇总"
"""Among the results: the state of all bodies as data, the page on which one sees it, the folder of what was summed."""

FORM = "填报表"
"""How the name of the whole's own form ends, in TOTALS."""

UNFINISHED = "（不完整汇总，不得公布）"
"""Stands in the body's name of a sum that is not final, so that it is printed on whatever is made of it."""

OVERVIEW = "情况一览.xlsx"
"""The workbook among the results in which the officer settles whose a file is."""

AGAIN = "保存后再汇总一次（用命令的，也可以加 --assign 指明）"
"""What is to be done when it is settled, in words that follow how; 年报台 puts its own in their place."""


@dataclass(frozen=True)
class AlikeTexts:
    """Two bodies (ids) whose texts are alike; `score` is the share of ours found again in theirs.

    The passages' paragraphs count in 总体情况 and 问题 joined by a line feed.
    """

    ours: str
    theirs: str
    score: float
    passages: tuple[Passage, ...]

    @property
    def percent(self) -> int:
        """The score as it is shown."""
        return int(100 * round(self.score, 4) + 0.5)


class Course(StrEnum):
    """How a body stands beside the run before."""

    NEW = "new"
    MENDED = "mended"
    REPLACED = "replaced"
    WORSE = "worse"

    @property
    def label(self) -> str:
        """The Chinese word shown to users."""
        return {"new": "新收到", "mended": "改好", "replaced": "换了文件", "worse": "变差"}[self.value]


@dataclass(frozen=True)
class Change:
    """What changed since the run before: of a body (id), or of a file that is nobody's ('')."""

    body: str
    course: Course
    what: str


@dataclass(frozen=True)
class Desk:
    """The whole desk after a run. No clock is in it: the same inputs always give the same desk.

    `edition` is the one the totals are in; `form` tells of one that does not come with the program its `id`, its
    `digest`, the `source` it came from and the `file` below the output folder that carries it.

    `deadline` is the latest deadline of the roster (ISO) or ''.
    `has_roster` tells whether completeness could be judged. `last_totals` sum the bodies' last-year reports.
    `files` maps `rollup`, `detail` to paths below the output folder. `findings` are about no single body. `changes`
    since the run before are shown, but are no part of desk.json, which says how things stand.
    """

    county: str
    year: int | None
    edition: str
    deadline: str
    has_roster: bool
    bodies: tuple[BodyState, ...]
    strays: tuple[Stray, ...] = ()
    totals: tuple[Total, ...] = ()
    last_totals: tuple[Total, ...] = ()
    pairs: tuple[AlikeTexts, ...] = ()
    findings: tuple[Finding, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    categories: tuple[Category, ...] = ()

    @property
    def whole(self) -> str:
        """What is summed up, in the place's own word: 全县, 全区, 全市."""
        return self.totals[-1].scope.label if self.totals else "全县"
