"""What became of the bodies in one run: a fold over what was done for each into one value.

A BodyStep is kept in the journal and may be an earlier run's, so it isn't the result of one file in `nianbao.jobs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from nianbao.county.keeping.journal import Written
from nianbao.county.model import BodyState, Status
from nianbao.county.run.judged_county import JudgedCounty

MADE = (Status.DONE, Status.UNEXPLAINED)
"""Where bodies stand of which documents are made."""


@dataclass(frozen=True)
class BodyStep:
    """What was done for one body (id): files under a key of the journal, or a fault.

    Nothing is `written` where a worker was lost; what an earlier run made is not `fresh`. `notes` is what else to know.
    """

    id: str
    key: str
    written: Written
    fault: str = ""
    fresh: bool = True
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class BookMade:
    """A book of the county: its bytes, made beside the bodies' files, or where an earlier run has left it."""

    kind: str
    key: str
    data: bytes = b""
    earlier: Written = field(default_factory=dict)


@dataclass(frozen=True)
class RunSteps:
    """All steps of a run: each body's files by kind, faults by body, what the journal keeps, the county's books."""

    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Written] = field(default_factory=dict)
    books: Mapping[str, BookMade] = field(default_factory=dict)
    made_now: int = 0
    notes: tuple[str, ...] = ()


def gathered(steps: Iterable[BodyStep | BookMade]) -> RunSteps:
    """Return all steps as one value."""
    files: dict[str, Mapping[str, str]] = {}
    faults: dict[str, str] = {}
    written: dict[str, Written] = {}
    books: dict[str, BookMade] = {}
    notes: dict[str, None] = {}
    made_now = 0
    for step in steps:
        if isinstance(step, BookMade):
            books[step.kind] = step
            continue
        if step.key:
            files[step.id] = {kind: path for kind, (path, _) in step.written.items()}
            written[step.key] = step.written
            made_now += step.fresh
        if step.fault:
            faults[step.id] = step.fault
        notes.update(dict.fromkeys(step.notes))
    return RunSteps(files, faults, written, books, made_now, tuple(notes))


def states(county: JudgedCounty, works: RunSteps) -> Iterator[BodyState]:
    """Yield every body as it stands now, one at a time in memory."""
    for state in county.judged.states(county.store):
        files, fault = works.files.get(state.id, {}), works.faults.get(state.id, "")
        status = Status.RECEIVED if fault and state.status in MADE else state.status
        yield replace(state, files=files, status=status, note="；".join(x for x in (state.note, fault) if x))
