"""Faults planted in an invented county's files: each is named with the rule and cell by which it must be found.

Knows the national form: the invented county reports in it and in no other.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from nianbao import workbook
from nianbao.county.demo.invented import YEAR, with_totals
from nianbao.county.model import Member
from nianbao.form import Edition
from nianbao.numbers import Number
from nianbao.ooxml import archive
from nianbao.report import Report

_MARKS = archive.Marks((2026, 1, 10), archive.UNIX, archive.OWNER, in_utf8=False)


@dataclass(frozen=True)
class Planted:
    """One planted fault: the body, what kind, the rule and cell by which it must be found."""

    body: str
    kind: str
    rule: str
    cell: str = ""


Files = dict[str, bytes]
Fault = Callable[[Edition, Member, Report, random.Random], tuple[Files, Planted]]


def renamed(report: Report, name: str) -> Report:
    """Return the same report under another body's name."""
    return replace(report, body={**report.body, "name": name})


def changed(report: Report, key: str, number: Number | None) -> Report:
    """Return the report with one figure replaced, or blank."""
    values = {k: v for k, v in report.values.items() if k != key}
    return replace(report, values=values if number is None else {**values, key: number})


def _wrong_sum(edition: Edition, member: Member, report: Report, _: random.Random) -> tuple[Files, Planted]:
    key = "requests.full_grant.natural_person"
    values = {k: v for k, v in report.values.items() if k not in edition.sums}
    spoiled = with_totals(edition, {**values, key: report.values[key] + 5})
    kept = {k: v for k, v in report.values.items() if k in edition.sums}
    data = workbook.build(edition, replace(report, values={**spoiled, **kept, key: spoiled[key]}))
    return {f"{member.shown}.xlsx": data}, Planted(member.name, "wrong sum", "A2", key)


def _blank(edition: Edition, member: Member, report: Report, _: random.Random) -> tuple[Files, Planted]:
    key = "proactive.penalties.decisions"
    data = workbook.build(edition, changed(report, key, None))
    return {f"{member.shown}.xlsx": data}, Planted(member.name, "blank", "A6", key)


def _text(edition: Edition, member: Member, report: Report, _: random.Random) -> tuple[Files, Planted]:
    received = report.values["requests.received.total"]
    said = report.texts["overview"].replace(
        f"收到政府信息公开申请{received}件", f"收到政府信息公开申请{received + 7}件"
    )
    data = workbook.build(edition, replace(report, texts={**report.texts, "overview": said}))
    return {f"{member.shown}.xlsx": data}, Planted(member.name, "text", "N1", "requests.received.total")


def _missing(_: Edition, member: Member, report: Report, rng: random.Random) -> tuple[Files, Planted]:
    del report, rng
    return {}, Planted(member.name, "missing", "G1")


def _doubled(edition: Edition, member: Member, report: Report, _: random.Random) -> tuple[Files, Planted]:
    values = {k: v for k, v in report.values.items() if k not in edition.sums}
    values["proactive.coercions.decisions"] = 3
    other = replace(report, values=with_totals(edition, values))
    both = {"": report, "（改）": other}
    made = {f"{member.shown}{mark}.xlsx": workbook.build(edition, r) for mark, r in both.items()}
    return made, Planted(member.name, "doubled", "G1")


def _wrong_year(edition: Edition, member: Member, report: Report, _: random.Random) -> tuple[Files, Planted]:
    data = workbook.build(edition, replace(report, year=YEAR - 1))
    return {f"{member.shown}.xlsx": data}, Planted(member.name, "wrong year", "G1")


def _corrupt(edition: Edition, member: Member, report: Report, _: random.Random) -> tuple[Files, Planted]:
    data = workbook.build(edition, report)
    return {f"{member.shown}.xlsx": data[: len(data) // 2]}, Planted(member.name, "corrupt", "G1")


def _encrypted(_: Edition, member: Member, report: Report, rng: random.Random) -> tuple[Files, Planted]:
    """A stand-in: the signature of an encrypted workbook, with the name of its one telling stream."""
    del report, rng
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    return {f"{member.shown}.xlsx": data}, Planted(member.name, "encrypted", "G1")


def _zipped(edition: Edition, member: Member, report: Report, _: random.Random) -> tuple[Files, Planted]:
    """No fault of the report: it comes in an archive as Windows makes them, its file named in GBK."""
    data = zipped({f"{member.shown}填报表.xlsx": workbook.build(edition, report)})
    return {f"{member.shown}附件.zip": data}, Planted(member.name, "zipped", "")


FAULTS: tuple[Fault, ...] = (
    _wrong_sum, _blank, _text, _missing, _doubled, _wrong_year, _corrupt, _encrypted, _zipped,
)  # fmt: skip


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive whose file names are in GBK without a word about it."""
    return archive.written((archive.stored(name.encode("gb18030"), data) for name, data in files.items()), _MARKS)


def alike(edition: Edition, pair: Sequence[Member], reports: Mapping[str, Report], planted: list[Planted]) -> Files:
    """Return the second body's workbook with the first one's texts, only names and counts replaced."""
    one, two = pair
    texts = {k: t.replace(one.shown, two.shown) for k, t in reports[one.name].texts.items()}
    theirs = reports[two.name].values
    for row in ("received", "pending_start", "total", "pending_end"):
        key = f"requests.{row}.total"
        texts["overview"] = _swap(texts["overview"], row, reports[one.name].values[key], theirs[key])
    own_last = reports[two.name].texts["overview"].rpartition("\n")[2]
    texts["overview"] = texts["overview"].rpartition("\n")[0] + "\n" + own_last
    planted.append(Planted(two.name, "alike", "G5"))
    return {f"乡镇/{two.shown}.xlsx": workbook.build(edition, replace(reports[two.name], texts=texts))}


def _swap(text: str, row: str, ours: Number, theirs: Number) -> str:
    word = {"received": "公开申请", "pending_start": "上年结转", "total": "办结", "pending_end": "下年度"}[row]
    return text.replace(f"{word}{ours}件", f"{word}{theirs}件")
