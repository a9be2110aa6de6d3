"""Several forms of one body side by side: where they differ, and which is newer by what the files say. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nianbao.county.desk_json import report_of
from nianbao.county.matching import Delivered
from nianbao.county.model import Difference, Versions
from nianbao.dates import date_of
from nianbao.form import Edition, load_edition
from nianbao.numbers import Number, spell
from nianbao.report import Report

MOST = 60
"""Differences that are kept; the rest are counted."""

_LONGEST = 80
_BLANK = "（空）"
_NONE = "（没有）"
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def versions(files: Sequence[Delivered], records: Sequence[Mapping[str, Any]]) -> Versions:
    """Return what differs between forms of one body, whose records these are, and which is newer, in words."""
    reports = [r for record in records if (r := report_of(record["report"]))]
    lasts = [report_of(record["last_year"]) for record in records]
    edition = load_edition(reports[0].edition)
    found = [Difference(where, said) for where, said in _all(edition, reports, lasts, records) if len(set(said)) > 1]
    told = tuple(d.source for d in files)
    return Versions(told, _newer(files, reports), tuple(found[:MOST]), max(0, len(found) - MOST))


def _all(
    edition: Edition,
    reports: Sequence[Report],
    lasts: Sequence[Report | None],
    records: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every place with what each form says there."""
    yield "年度", tuple(str(r.year or _BLANK) for r in reports)
    yield "格式", tuple(r.edition for r in reports)
    for field in edition.fields:
        yield field.label, tuple(r.body.get(field.id, "").strip() or _BLANK for r in reports)
    yield from _figures(edition, "", [r.values for r in reports])
    for text in edition.texts:
        yield text.label, _passages([r.texts.get(text.id, "") for r in reports])
    yield "上年数据", tuple("（有）" if last else _NONE for last in lasts)
    if all(lasts):
        yield from _figures(edition, "上年数据 ", [last.values for last in lasts if last])
    yield "写明的原因", tuple(_cut("；".join(t for _, t in r["reasons"])) or _NONE for r in records)


def _figures(
    edition: Edition, before: str, all_values: Sequence[Mapping[str, Number]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    keys = dict.fromkeys((*edition.values, *(k for values in all_values for k in values)))
    for key in keys:
        value = edition.values.get(key)
        where = f"{edition.table[value.table].word}“{value.place}”" if value else key
        yield before + where, tuple(spell(v[key]) if key in v else _BLANK for v in all_values)


def _passages(texts: Sequence[str]) -> tuple[str, ...]:
    """Return of each text its part around the first character in which they differ."""
    if len(set(texts)) == 1:
        return tuple(texts)
    shortest = min(map(len, texts))
    at = next((i for i in range(shortest) if len({t[i] for t in texts}) > 1), shortest)
    start = max(0, at - 10)
    return tuple(_cut(("…" if start else "") + t[start:]) or _BLANK for t in texts)


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _newer(files: Sequence[Delivered], reports: Sequence[Report]) -> str:
    """Return which is newer by the date the form bears and by when the file says it was saved, in words."""
    signed = _latest([_day(r) for r in reports])
    saved = _latest([d.examined.saved for d in files])
    if signed is None and saved is None:
        return "文件里看不出哪一份较新"
    told = []
    if signed is not None:
        told.append(f"成文日期较晚的是{files[signed].source.quoted}（{_day(reports[signed])}）")
    if saved is not None:
        told.append(f"最后保存的是{files[saved].source.quoted}（{_hour(files[saved].examined.saved)}）")
    if signed is not None and saved is not None and signed != saved:
        told.append("两样说的不是同一份，请问清")
    return "；".join(told)


def _latest(said: Sequence[str]) -> int | None:
    """Return which is later than every other; None where two are the latest or one says nothing."""
    if not all(said):
        return None
    last = max(said)
    return said.index(last) if said.count(last) == 1 else None


def _day(report: Report) -> str:
    day = date_of(report.body.get("signed_on", ""))
    return day.isoformat() if day else ""


def _hour(saved: str) -> str:
    return datetime.datetime.fromisoformat(saved).astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M")
