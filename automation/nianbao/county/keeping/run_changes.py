"""What changed since the run before: who came, who mended, who stands worse; kept beside the journal, without clocks.

What is kept is how things stand and how they stood before they last changed, so that a run that changes nothing, or is
begun again, tells the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nianbao.county.intake.folders import STATE
from nianbao.county.keeping.own_files import put
from nianbao.county.model import BodyState, Change, Course, Member, Status, Stray
from nianbao.county.roster import fold

STANDS = f"{STATE}/stands.json"

_ORDER = (Status.DONE, Status.RECEIVED, Status.UNEXPLAINED, Status.WRONG, Status.ASKED, Status.DOUBLED,
          Status.WRONG_YEAR, Status.UNREADABLE, Status.MISSING)  # fmt: skip
"""How far a body is from being done."""

Raw = dict[str, Any]


@dataclass(frozen=True)
class Stand:
    """How a body stands: status, findings that block, its files' marks."""

    status: Status
    open: int
    files: tuple[str, ...]


def since(folder: Path, states: Iterable[tuple[BodyState, int]], strays: Sequence[Stray]) -> tuple[Change, ...]:
    """Return what changed since the run before in this folder, and keep how things stand now. Raises OutputError.

    `states` are the bodies with how many findings block each. Nothing changed where there was no run before. A body is
    known by its code, or its name, level and county.
    """
    kept = _read(folder)
    shown: dict[str, str] = {}
    now: dict[str, Stand] = {}
    for state, blocking in states:
        key = key_of(state.member)
        shown[key] = state.id
        files = tuple(sorted(s.mark for s in state.sources))
        now[key] = Stand(state.status, blocking, files)
    told: Raw = {"bodies": {k: [s.status.value, s.open, list(s.files)] for k, s in now.items()},
                 "strays": sorted(s.source.mark for s in strays)}  # fmt: skip
    before = kept.get("before") if kept.get("now") == told else kept.get("now")
    if kept.get("now") != told:
        put(folder / STANDS, json.dumps({"now": told, "before": before}, ensure_ascii=False).encode("utf-8"))
    if not isinstance(before, dict):
        return ()
    stood = _stands(before)
    changes = [_change(shown[k], stood[k], s) for k, s in now.items() if k in stood and stood[k] != s]
    known = {*before.get("strays", ()), *(m for s in stood.values() for m in s.files)}
    fresh = [Change("", Course.NEW, f"{s.source.place}：{s.note}") for s in strays if s.source.mark not in known]
    return (*changes, *fresh)


def _change(body: str, before: Stand, now: Stand) -> Change:
    was, is_ = before.status, now.status
    words = f"{was.label}→{is_.label}"
    if was is Status.MISSING:
        return Change(body, Course.NEW, f"新收到，{is_.label}")
    rank = (_ORDER.index(is_) - _ORDER.index(was)) or (now.open - before.open)
    if was is is_:
        words = f"{is_.label}，还有 {now.open} 处（原来 {before.open} 处）" if rank else f"换了文件，仍是{is_.label}"
    return Change(body, Course.WORSE if rank > 0 else Course.MENDED if rank else Course.REPLACED, words)


def key_of(member: Member) -> str:
    """Return what a body is known by from run to run: its code, or its name, level and county."""
    return member.code or "\n".join((fold(member.name), member.level, fold(member.county)))


def _stands(raw: Mapping[str, Any]) -> dict[str, Stand]:
    return {k: Stand(Status(s), n, tuple(f)) for k, (s, n, f) in raw["bodies"].items()}


def _read(folder: Path) -> Raw:
    """Return what is kept; what is torn or of another version counts as no run before."""
    try:
        kept = json.loads((folder / STANDS).read_text(encoding="utf-8"))
        for stood in (kept["now"], kept["before"]):
            if stood is not None:
                _stands(stood)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return dict(kept)


def mark(folder: Path) -> str:
    """Return what the bodies' standing is known by, '' where none is kept."""
    now = _read(folder).get("now")
    return hashlib.sha256(json.dumps(now, sort_keys=True).encode()).hexdigest() if now else ""
