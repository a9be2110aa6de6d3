"""The desk as JSON (desk.json, contract in docs/developers/contracts.md), written body by body, and read back."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from nianbao import report as reports
from nianbao import verdicts
from nianbao.checks.similarity import Passage
from nianbao.county.model import (
    AlikeTexts,
    BodyState,
    Category,
    Desk,
    Difference,
    Gap,
    Member,
    Scope,
    Source,
    Status,
    Stray,
    Total,
    Versions,
)
from nianbao.errors import InputError
from nianbao.findings import Change, Finding, Severity, figure, settled
from nianbao.findings import to_json as findings_json
from nianbao.numbers import Number
from nianbao.report import Report
from nianbao.verdicts import State, Verdict, unjudged

FORMAT = 1
"""Raised when a reader of desk.json would misunderstand a newer one."""

_BODIES = '"bodies": [\n'
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
    yield _text(head)[:-1] + ",\n" + _BODIES.rstrip("\n")
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


def _versions_of(raw: Raw | None) -> Versions | None:
    if raw is None:
        return None
    found = tuple(Difference(d["where"], tuple(d["said"])) for d in raw["differences"])
    return Versions(tuple(Source(**s) for s in raw["sources"]), raw["newer"], found, raw["more"])


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


def _category_of(raw: Raw) -> Category:
    named = tuple((n["name"], _sure(n["count"])) for n in raw["named"])
    return Category(raw["label"], _sure(raw["count"]), named, tuple(raw["lacking"]))


def _pair(pair: AlikeTexts) -> Raw:
    passages = [{"ours": p.ours, "theirs": p.theirs, "text": p.text} for p in pair.passages]
    return {"ours": pair.ours, "theirs": pair.theirs, "score": round(pair.score, 4), "passages": passages}


def loads(text: str) -> Desk:
    """Read desk.json back. Raises InputError when it is none."""
    with _told():
        raw = json.loads(text)
        return replace(_head(raw), bodies=tuple(body_state(b) for b in raw["bodies"]))


def read(data: bytes) -> tuple[Desk, Iterator[BodyState]]:
    """Return the head of a desk.json (no bodies) and its bodies, which are made one at a time.

    Raises InputError when it is none, also while the bodies are taken; UnicodeDecodeError.
    """
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="\n")
    first, second = lines.readline(), lines.readline()
    if second != _BODIES:  # written by something else
        desk = loads(data.decode("utf-8"))
        return desk, iter(desk.bodies)
    with _told():
        return _head(json.loads(first.removesuffix(",\n") + "}")), _bodies(lines)


def _bodies(lines: Iterable[str]) -> Iterator[BodyState]:
    with _told():
        for line in lines:
            if line.startswith("]"):
                return
            if line.strip():
                yield body_state(json.loads(line.rstrip().removesuffix(",")))


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as e:
        raise InputError("文件不是县级汇总的数据（desk.json），请重新运行 nianbao batch") from e


def _head(raw: Raw) -> Desk:
    if raw["format"] != FORMAT:
        raise InputError("desk.json 是另一个版本的程序写的，请重新运行 nianbao batch")
    return Desk(
        county=raw["county"],
        year=raw["year"],
        edition=raw["edition"],
        form=raw.get("form", {}),
        deadline=raw["deadline"],
        has_roster=raw["has_roster"],
        bodies=(),
        strays=tuple(
            Stray(Source(**s["source"]), Status(s["status"]), s["note"], s["name"], s["year"], body=s.get("body", ""))
            for s in raw["strays"]
        ),
        totals=tuple(_total_of(t) for t in raw["totals"]),
        last_totals=tuple(_total_of(t) for t in raw["last_totals"]),
        pairs=tuple(
            AlikeTexts(p["ours"], p["theirs"], p["score"], tuple(Passage(**x) for x in p["passages"]))
            for p in raw["pairs"]
        ),
        findings=findings_of(raw["findings"]),
        files=raw["files"],
        categories=tuple(_category_of(c) for c in raw.get("categories", ())),
    )


def body_state(raw: Raw) -> BodyState:
    """Return one body from its JSON."""
    return BodyState(
        id=raw["id"],
        member=member_of(raw["member"]),
        status=Status(raw["status"]),
        note=raw["note"],
        sources=tuple(Source(**s) for s in raw["sources"]),
        report=report_of(raw["report"]),
        last_year=report_of(raw["last_year"]),
        findings=findings_of(raw["findings"]),
        files=raw["files"],
        verdicts=_verdicts(raw),
        versions=_versions_of(raw.get("versions")),
        results=raw.get("results") or {},
    )


def _verdicts(raw: Raw) -> tuple[Verdict, ...]:
    """Return a body's verdicts; results of earlier versions have only the rules that were not judged."""
    if "verdicts" in raw:
        return verdicts.of_json(raw["verdicts"])
    told = raw.get("unjudged", {})
    return tuple(Verdict(rule, State.UNJUDGED, why) for why, rules in told.items() for rule in rules)


def member_of(raw: Raw) -> Member:
    """Return one line of the roster from its JSON."""
    return Member(**{**raw, "former": tuple(raw["former"])})


def report_of(raw: Raw | None) -> Report | None:
    """Return a report from its JSON; the edition it names need not be at hand."""
    if raw is None:
        return None
    return Report(raw["edition"], raw["year"], raw["body"], _values(raw["values"]), raw["texts"])


def findings_of(raw: list[Raw]) -> tuple[Finding, ...]:
    """Return findings from their JSON; amounts in proposals come back as decimals."""
    return tuple(
        Finding(
            f["rule"],
            Severity(f["class"]),
            tuple(f["cells"]),
            f["place"],
            f.get("where", ""),
            f["what"] if "what" in f else f["message"],  # results of earlier versions have the sentence only
            f.get("why", ""),
            f.get("how", ""),
            tuple(f.get("evidence", ())),
            tuple(tuple(Change(c["cell"], _plain(c["found"]), _sure(c["value"])) for c in p) for p in f["proposals"]),
            f["explanation"],
            f.get("remark", ""),
        )
        for f in raw
    )


def _plain(value: int | str | None) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value


def _sure(value: int | str) -> Number:
    return Decimal(value) if isinstance(value, str) else value


def _values(raw: Mapping[str, int | str]) -> dict[str, Number]:
    return {k: _sure(v) for k, v in raw.items()}


def _total_of(raw: Raw) -> Total:
    return Total(
        Scope(raw["scope"], raw.get("label", ""), raw.get("whole", raw["scope"] == "county")),
        _values(raw["values"]),
        tuple(raw["bodies"]),
        tuple(Gap(g["body"], g["name"], Status(g["status"]), g["reason"]) for g in raw["gaps"]),
        raw["undetermined"],
    )
