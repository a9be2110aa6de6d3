"""The log of the season: a line for each run that came to its end, with when it was; nobody's name, no machine's.

The only clock among the results. It is appended to after everything else is in place, so that a run that was begun
again leaves one line, and it is shown in 情况一览.xlsx alone: desk.json tells how things stand, not when.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from nianbao.county.intake.folders import STATE
from nianbao.county.keeping import run_changes
from nianbao.county.keeping.journal import as_line
from nianbao.county.model import BodyState, Change, Course, Status
from nianbao.files import explained

RUNS = f"{STATE}/runs.jsonl"

NAMED = 50
"""Bodies newly come that a line names."""


@dataclass(frozen=True)
class SeasonRun:
    """One run: `when` by the office's clock (2026-01-12 09:30), how many bodies stand where, who newly came.

    `came` counts those of whom something newly came, `names` are the first of them. `state` is a mark of how all
    bodies stood: of the same mark as the run before, nobody came.
    """

    when: str
    counts: Mapping[str, int]
    came: int
    names: tuple[str, ...]
    state: str


def earlier(folder: Path) -> tuple[SeasonRun, ...]:
    """Return the runs of a folder, the first one first; a line that a crash tore is left out."""
    try:
        lines = (folder / RUNS).read_bytes().split(b"\n")
    except OSError:
        return ()
    found = []
    for line in lines:
        with contextlib.suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raw = json.loads(line)
            counts = {Status(k).value: int(n) for k, n in raw["counts"].items()}
            names = tuple(str(n) for n in raw["names"])
            found.append(SeasonRun(str(raw["when"]), counts, int(raw["came"]), names, str(raw["state"])))
    return tuple(found)


def this(
    folder: Path, before: Sequence[SeasonRun], states: Iterable[BodyState], since: Iterable[Change], when: datetime
) -> SeasonRun:
    """Return the line of this run; `since` is what changed as the page tells it, also of an earlier run's change."""
    listed = list(states)
    counts = Counter(s.status.value for s in listed)
    state = run_changes.mark(folder)
    shown = {s.id: s.member.shown for s in listed}
    if not before:
        new = [s.member.shown for s in listed if s.status is not Status.MISSING]
    elif before[-1].state == state:
        new = []
    else:
        new = [shown[c.body] for c in since if c.course is Course.NEW and c.body in shown]
    return SeasonRun(f"{when:%Y-%m-%d %H:%M}", dict(counts), len(new), tuple(new[:NAMED]), state)


def append(folder: Path, run: SeasonRun) -> None:
    """Add the line of a run that came to its end. Raises OutputError."""
    path = folder / RUNS
    try:
        torn = path.exists() and path.read_bytes()[-1:] not in (b"", b"\n")
        with path.open("ab") as log:
            log.write((b"\n" if torn else b"") + as_line(asdict(run)))
            log.flush()
            os.fsync(log.fileno())
    except OSError as e:
        raise explained(path, e) from e
