"""A county in the middle of a run: everything collected and judged, nothing made yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nianbao.county.keeping.store import Store
from nianbao.county.roster import Roster
from nianbao.county.run.collect import Collected, Wish
from nianbao.county.run.judge import CountyJudgement
from nianbao.report import Report


@dataclass(frozen=True)
class JudgedCounty:
    """What all that is made is made of.

    `last_year` is last year's report of the whole county (None: not given); `form` tells of an edition that does not
    come with the program what `Desk.form` tells of it, nothing of one that does.
    """

    store: Store
    collected: Collected
    judged: CountyJudgement
    roster: Roster | None
    wish: Wish
    last_year: Report | None = None
    form: Mapping[str, str] = field(default_factory=dict)
