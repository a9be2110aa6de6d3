"""desk.json read back, body by body; what an earlier version of the program wrote as well."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from nianbao import verdicts
from nianbao.checks.similarity import Passage
from nianbao.county.desk_json.writing import BODIES, FORMAT, Raw
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
from nianbao.findings import Change, Finding, Severity
from nianbao.numbers import Number
from nianbao.report import Report
from nianbao.verdicts import State, Verdict


def _versions_of(raw: Raw | None) -> Versions | None:
    if raw is None:
        return None
    found = tuple(Difference(d["where"], tuple(d["said"])) for d in raw["differences"])
    return Versions(tuple(Source(**s) for s in raw["sources"]), raw["newer"], found, raw["more"])


def _category_of(raw: Raw) -> Category:
    named = tuple((n["name"], _sure(n["count"])) for n in raw["named"])
    return Category(raw["label"], _sure(raw["count"]), named, tuple(raw["lacking"]))


def loads(text: str) -> Desk:
    """Read desk.json back. Raises InputError when it is none."""
    with _refusing():
        raw = json.loads(text)
        return replace(_head(raw), bodies=tuple(body_state(b) for b in raw["bodies"]))


def read(data: bytes) -> tuple[Desk, Iterator[BodyState]]:
    """Return the head of a desk.json (no bodies) and its bodies, which are made one at a time.

    Raises InputError when it is none, also while the bodies are taken; UnicodeDecodeError.
    """
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="\n")
    first, second = lines.readline(), lines.readline()
    if second != BODIES:  # written by something else
        desk = loads(data.decode("utf-8"))
        return desk, iter(desk.bodies)
    with _refusing():
        return _head(json.loads(first.removesuffix(",\n") + "}")), _bodies(lines)


def _bodies(lines: Iterable[str]) -> Iterator[BodyState]:
    with _refusing():
        for line in lines:
            if line.startswith("]"):
                return
            if line.strip():
                yield body_state(json.loads(line.rstrip().removesuffix(",")))


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
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
    return {k: Decimal(v) if isinstance(v, str) else v for k, v in raw.items()}  # of each body, seven times a run


def _total_of(raw: Raw) -> Total:
    return Total(
        Scope(raw["scope"], raw.get("label", ""), raw.get("whole", raw["scope"] == "county")),
        _values(raw["values"]),
        tuple(raw["bodies"]),
        tuple(Gap(g["body"], g["name"], Status(g["status"]), g["reason"]) for g in raw["gaps"]),
        raw["undetermined"],
    )
