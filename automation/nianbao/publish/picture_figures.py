"""The year's key figures for the public, taken from a report and from last year's. Nothing is drawn here.

A figure is the report's own or the sum of figures of the report; where one of them is blank, the sum is blank too.

Knows the national form: which rows and columns of 表二, 表三 and 表四 are shown and what the public calls them. What
the edition lacks is left out of the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nianbao.form import Edition, Value, load_edition
from nianbao.numbers import Number
from nianbao.report import Reading, Report

FLOW = ("received", "pending_start", "total", "pending_end")
_FLOW_WORDS = {"received": "本年新收", "pending_start": "上年结转", "total": "本年办结", "pending_end": "结转下年"}
_LEADING = {"in_force": 0, "published_total": 0}
"""Columns of 表二 that say how many documents there are; they stand first."""

KINDS = {
    "reconsideration": "行政复议",
    "direct_litigation": "未经复议直接起诉",
    "post_reconsideration_litigation": "复议后起诉",
}
_NUMBERING = re.compile(r"^（[一二三四五六七八九十]+）")
_REMARK = re.compile(r"（[^（）]*[，。][^（）]*）$")


@dataclass(frozen=True)
class KeyFigure:
    """One figure: what it counts, this year's and last year's number; None is blank or not known."""

    label: str
    now: Number | None
    before: Number | None = None
    unit: str = "件"


@dataclass(frozen=True)
class FigureLine:
    """Figures that stand side by side under one name."""

    label: str
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class KeyFigures:
    """All that the picture shows.

    `kind` is what the report is called, `last` what last year is called, '' when its report is not known; `blank`
    names what this year's leaves blank.
    """

    name: str
    kind: str
    year: int | None
    last: str
    flow: tuple[KeyFigure, ...]
    results: tuple[KeyFigure, ...]
    applicants: tuple[KeyFigure, ...]
    documents: tuple[FigureLine, ...]
    decisions: tuple[KeyFigure, ...]
    reviews: tuple[FigureLine, ...]
    blank: tuple[str, ...]


def key_figures(reading: Reading) -> KeyFigures:
    """Return the key figures of a report beside those of last year's, where it was given."""
    now = _Source(reading.edition, reading.report)
    last = reading.last_year
    before = _Source(load_edition(last.edition), last) if last else None
    blank: dict[str, None] = {}

    def known(word: str, figures: Iterable[KeyFigure]) -> tuple[KeyFigure, ...]:
        every = tuple(figures)
        kept = tuple(f for f in every if f.now is not None)
        lost = [f"{word}“{f.label}”" for f in every if f.now is None]
        blank.update(dict.fromkeys(lost if kept else [word] if every else []))
        return kept

    def lines(found: Iterable[FigureLine]) -> tuple[FigureLine, ...]:
        whole = [FigureLine(line.label, known(line.label, line.figures)) for line in found]
        return tuple(line for line in whole if line.figures)

    return KeyFigures(
        name=reading.report.name,
        kind=reading.edition.report_name,
        year=reading.report.year,
        last=(f"{last.year}年" if last.year else "上年") if last else "",
        flow=known("申请的收到和办结", _flow(now, before)),
        results=known("办理结果", _results(now, before)),
        applicants=known("申请人", _applicants(now, before)),
        documents=lines(_documents(now, before)),
        decisions=known("处理决定数量", _decisions(now, before)),
        reviews=lines(_reviews(now, before)),
        blank=tuple(blank),
    )


class _Source:
    """A report with its edition: figures by key, sums of figures."""

    def __init__(self, edition: Edition, report: Report) -> None:
        self.edition = edition
        self.figures: Mapping[str, Number] = report.values

    def values(self, table: str) -> tuple[Value, ...]:
        found = self.edition.table.get(table)
        return found.values if found else ()

    def sum(self, keys: Iterable[str]) -> Number | None:
        """Return the sum of these cells, None when there are none or one is blank."""
        numbers = [self.figures.get(k) for k in keys]
        known = [n for n in numbers if n is not None]
        return sum(known[1:], known[0]) if known and len(known) == len(numbers) else None


def _figure(label: str, now: _Source, before: _Source | None, keys: str | list[str], unit: str = "件") -> KeyFigure:
    listed = [keys] if isinstance(keys, str) else keys
    return KeyFigure(label, now.sum(listed), before.sum(listed) if before else None, unit or "件")


def _flow(now: _Source, before: _Source | None) -> Iterator[KeyFigure]:
    there = {v.row for v in now.values("requests") if v.column == "total"}
    for row in FLOW:
        if row in there:
            yield _figure(_FLOW_WORDS[row], now, before, f"requests.{row}.total")


def _results(now: _Source, before: _Source | None) -> Iterator[KeyFigure]:
    """Yield the results by their first level; last year's form may split one of them differently."""
    earlier = _groups(before) if before else {}
    for group, values in _groups(now).items():
        path = values[0].labels[:-1]
        label = _REMARK.sub("", _NUMBERING.sub("", path[min(1, len(path) - 1)]))
        last = before.sum(v.key for v in earlier.get(group, ())) if before else None
        yield KeyFigure(label, now.sum(v.key for v in values), last)


def _groups(source: _Source) -> dict[str, list[Value]]:
    groups: dict[str, list[Value]] = {}
    for value in source.values("requests"):
        if value.column == "total" and value.row not in FLOW:
            groups.setdefault(value.row.partition(".")[0], []).append(value)
    return groups


def _applicants(now: _Source, before: _Source | None) -> Iterator[KeyFigure]:
    for value in now.values("requests"):
        if value.row == "received" and value.column != "total":
            yield _figure(value.words[1], now, before, value.key, value.unit)


def _documents(now: _Source, before: _Source | None) -> Iterator[FigureLine]:
    rows: dict[str, list[Value]] = {}
    for value in now.values("proactive"):
        rows.setdefault(value.row, []).append(value)
    for values in rows.values():
        if not any(v.column in _LEADING for v in values):
            continue
        ordered = sorted(values, key=lambda v: _LEADING.get(v.column, 1))
        figures = [_figure(v.labels[-1].removesuffix("件数"), now, before, v.key, v.unit) for v in ordered]
        yield FigureLine(values[0].words[0], tuple(figures))


def _decisions(now: _Source, before: _Source | None) -> Iterator[KeyFigure]:
    for value in now.values("proactive"):
        if value.column == "decisions":
            yield _figure(value.words[0], now, before, value.key, value.unit)


def _reviews(now: _Source, before: _Source | None) -> Iterator[FigureLine]:
    kinds: dict[str, list[Value]] = {}
    for value in now.values("review"):
        kinds.setdefault(value.row, []).append(value)
    for kind, values in kinds.items():
        figures = [_figure(v.words[1], now, before, v.key, v.unit) for v in values]
        yield FigureLine(KINDS.get(kind, values[0].words[0]), tuple(figures))
