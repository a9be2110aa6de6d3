"""Where a paragraph stands, as a clerk counts: 总体情况 第3段, 表三第5行; and many of them in few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao.document import prose
from nianbao.document.opened_docx import OpenedCell
from nianbao.form import CellKind, Edition, PartKind, Table
from nianbao.report import Report

TITLE, NAME, DATE, CONTACT, INTRODUCTION = "标题", "落款单位", "成文日期", "联系方式", "引言"

_HEADING, _BODY = "各部分的标题", "正文"
_LEVELS = {2: "二级标题", 3: "三级标题", 4: "四级标题"}
ROLES = {_BODY: "全部{}段", _HEADING: "（{}个）", **dict.fromkeys(_LEVELS.values(), "（{}个）")}
"""What there is much of, and how all of it is counted."""

_SHOWN = 6
"""Places named one by one; of more it is said how many there are."""

_QUOTED = 16


@dataclass(frozen=True)
class Spot:
    """One place: a label with a number counted from 1 (总体情况, 3), or a label alone (0).

    `role` is one of ROLES for what there is much of; `table` is the word of the table it is in, `row` its row there.
    """

    label: str
    number: int = 0
    role: str = ""
    table: str = ""
    row: int = 0


def of_paragraphs(edition: Edition, report: Report, paragraphs: Sequence[str]) -> list[Spot]:
    """Return the place of each paragraph (without blanks) of a document that was made of a report."""
    spots = [Spot(f"“{text[:_QUOTED]}{'…' if len(text) > _QUOTED else ''}”一段") for text in paragraphs]
    at = 0
    for text, spot in _expected(edition, report):
        folded = "".join(text.split())
        found = next((i for i in range(at, len(paragraphs)) if paragraphs[i] == folded), None)
        if folded and found is not None:
            spots[found] = spot
            at = found + 1
    return spots


def _expected(edition: Edition, report: Report) -> Iterator[tuple[str, Spot]]:
    """Yield what a report prints in its order, each with its place."""
    lines = len(prose.title_lines(edition, report))
    yield from ((p.text, _spot(p, lines)) for p in prose.printed_paragraphs(edition, report))
    dated = next((w for f in edition.fields if f.id == "signed_on" for w in (_word(edition, report, f.label),)), "")
    if dated:
        yield report.name, Spot(NAME)
        yield dated, Spot(DATE)


def _word(edition: Edition, report: Report, label: str) -> str:
    return prose.words(edition, report).get(label, "")


def _spot(printed: prose.Printed, lines: int) -> Spot:
    """Return the place of a paragraph that the report prints; `lines` are those of its title."""
    part = printed.part
    if part.kind is PartKind.TITLE:
        return Spot(TITLE, printed.number if lines > 1 else 0)
    if part.kind is PartKind.HEADING:
        return Spot(f"标题“{printed.text}”", role=_HEADING)
    if part.kind is PartKind.CONTACT:
        return Spot(CONTACT, printed.number, _BODY)
    return Spot(part.text.label if part.text else INTRODUCTION, printed.number, _LEVELS.get(printed.level, _BODY))


def of_cell(edition: Edition, table: Table, cell: OpenedCell) -> tuple[Spot, str]:
    """Return the place of a table's cell, and the key of its figure, '' for none."""
    at = (cell.row, cell.column)
    key = next((c.key for c in table.cells if (c.row, c.column) == at and c.kind is CellKind.VALUE), "")
    named = f"（{edition.values[key].place}）" if key else f"第{cell.row + 1}行第{cell.column + 1}列"
    return Spot(f"{table.word}{named}", table=table.word, row=cell.row + 1), key


def told(spots: Iterable[Spot], everywhere: Sequence[Spot]) -> str:
    """Name places together; `everywhere` are all that were looked at."""
    listed = list(dict.fromkeys(spots))
    words: list[str] = []
    for role, counted in ROLES.items():
        own = [s for s in listed if s.role == role]
        if len(own) == sum(s.role == role for s in everywhere) > 1:
            words.append(role + counted.format(len(own)))
            listed = [s for s in listed if s.role != role]
    for label in dict.fromkeys(s.table or s.label for s in listed):
        group = [s for s in listed if (s.table or s.label) == label]
        total = sum((s.table or s.label) == label for s in everywhere)
        words += _cells(group, total) if group[0].table else _numbers(label, [s.number for s in group], total)
    if len(words) > _SHOWN:
        return f"{'、'.join(words[:_SHOWN])}等{len(words)}处"
    return "、".join(words)


def _numbers(label: str, numbers: list[int], total: int) -> list[str]:
    if numbers == [0] or (label == TITLE and len(numbers) == total):
        return [label]
    unit = "行" if label == TITLE else "段"
    ranges = [f"第{a}{unit}{f'到第{b}{unit}' if b > a else ''}" for a, b in _ranges(sorted(numbers))]
    more = f"等{len(numbers)}{unit}" if len(ranges) > _SHOWN else ""
    return [f"{label} {'、'.join(ranges[:_SHOWN])}{more}"]


def _ranges(numbers: Sequence[int]) -> list[tuple[int, int]]:
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b > a + 1)]
    ends = [*(a for a, b in pairwise(numbers) if b > a + 1), numbers[-1]]
    return list(zip(starts, ends, strict=True))


def _cells(spots: Sequence[Spot], total: int) -> list[str]:
    """Name cells of one table: all of it, whole rows, or each."""
    if len(spots) == total > 1:
        return [f"{spots[0].table}各格"]
    rows: dict[int, list[Spot]] = {}
    for spot in spots:
        rows.setdefault(spot.row, []).append(spot)
    single = [s.label for own in rows.values() if len(own) == 1 for s in own]
    many = {r: len(own) for r, own in rows.items() if len(own) > 1}
    table = spots[0].table
    joined = []
    for first, last in _ranges(sorted(many)) if many else ():
        count = sum(many[r] for r in range(first, last + 1))
        joined.append(f"{table}第{first}行{f'到第{last}行' if last > first else ''}（{count}格）")
    return [*joined, *single]
