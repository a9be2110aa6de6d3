"""The desk as JSON, written body by body."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from nianbao import report as reports
from nianbao import verdicts
from nianbao.county.model import (
    AlikeTexts,
    BodyState,
    Category,
    Desk,
    Member,
    Source,
    Stray,
    Total,
    Versions,
)
from nianbao.findings import figure, settled
from nianbao.findings import to_json as findings_json
from nianbao.verdicts import unjudged

FORMAT = 1
"""Raised when a reader of desk.json would misunderstand a newer one."""

BODIES = '"bodies": [\n'
"""The line behind which every line is one body."""

Raw = dict[str, Any]


def dumps(desk: Desk) -> str:
    """Return the desk as JSON."""
    return "".join(pieces(desk, desk.bodies))


def pieces(desk: Desk, bodies: Iterable[BodyState]) -> Iterator[str]:
    """Yield desk.json piece by piece, with `bodies` in place of the desk's own: thousands need no memory."""
    head = {
        "format": FORMAT,
        "county": desk.county,
        "year": desk.year,
        "edition": desk.edition,
        "form": dict(desk.form),
        "deadline": desk.deadline,
        "has_roster": desk.has_roster,
        "totals": [_total(t) for t in desk.totals],
        "last_totals": [_total(t) for t in desk.last_totals],
        "strays": [_stray(s) for s in desk.strays],
        "categories": [_category(c) for c in desk.categories],
        "pairs": [_pair(p) for p in desk.pairs],
        "findings": findings_json("", desk.findings)["findings"],
        "files": dict(desk.files),
    }
    yield _text(head)[:-1] + ",\n" + BODIES.rstrip("\n")
    first = True
    for body in bodies:
        yield ("\n" if first else ",\n") + _text(body_json(body))
        first = False
    yield "\n]}\n"


def _text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def body_json(body: BodyState) -> Raw:
    """Return one body as JSON."""
    listed = findings_json("", body.findings)
    return {
        "id": body.id,
        "member": member_json(body.member),
        "status": body.status.value,
        "status_label": body.status.label,
        "note": body.note,
        "sources": [source_json(s) for s in body.sources],
        "report": reports.to_json(body.report) if body.report else None,
        "last_year": reports.to_json(body.last_year) if body.last_year else None,
        "findings": listed["findings"],
        "summary": listed["summary"] | settled(body.findings),
        "unjudged": unjudged(body.verdicts),
        "verdicts": verdicts.to_json(body.verdicts),
        "files": dict(body.files),
        "versions": _versions_json(body.versions),
        "results": dict(body.results) or None,
    }


def _versions_json(several: Versions | None) -> Raw | None:
    if several is None:
        return None
    return {
        "sources": [source_json(s) for s in several.sources],
        "newer": several.newer,
        "differences": [{"where": d.where, "said": list(d.said)} for d in several.differences],
        "more": several.more,
    }


def member_json(member: Member) -> Raw:
    """Return one line of the roster as JSON."""
    return {**member.__dict__, "former": list(member.former)}


def source_json(source: Source) -> Raw:
    """Return one delivered file as JSON."""
    return dict(source.__dict__)


def _stray(stray: Stray) -> Raw:
    return {
        "source": source_json(stray.source),
        "status": stray.status.value,
        "status_label": stray.status.label,
        "note": stray.note,
        "name": stray.name,
        "year": stray.year,
        "body": stray.body,
    }


def _total(total: Total) -> Raw:
    return {
        "scope": total.scope.id,
        "label": total.scope.label,
        "whole": total.scope.whole,
        "determined": total.determined,
        "values": {k: figure(v) for k, v in total.values.items()},
        "bodies": list(total.bodies),
        "gaps": [{"body": g.body, "name": g.name, "status": g.status.value, "reason": g.reason} for g in total.gaps],
        "undetermined": dict(total.undetermined),
    }


def _category(category: Category) -> Raw:
    named = [{"name": n, "count": figure(c)} for n, c in category.named]
    return {"label": category.label, "count": figure(category.count), "named": named, "lacking": list(category.lacking)}


def _pair(pair: AlikeTexts) -> Raw:
    passages = [{"ours": p.ours, "theirs": p.theirs, "text": p.text} for p in pair.passages]
    return {"ours": pair.ours, "theirs": pair.theirs, "score": round(pair.score, 4), "passages": passages}
