"""Writing the findings into 校验结果 of the open workbook: same columns, links and fingerprints as a closed copy has.

Reasons typed there stay: beside their finding, or, while that is not found, in a row of their own at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.errors import InputError
from nianbao.pipeline import Checked
from nianbao.reasons import explainable, fingerprints
from nianbao.ribbon.book import Block, Book, Link, Step
from nianbao.workbook import heights
from nianbao.workbook.address import Spot, quoted
from nianbao.workbook.contents import fold
from nianbao.workbook.finding_rows import FindingRow, entries
from nianbao.workbook.layout import REASON, RESULT_HEADINGS, RESULT_ROWS, RESULT_WIDTHS, RESULTS

_LAST_HEAD_ROW = 200
_WIDTH = len(RESULT_HEADINGS)
_PLACE, _REASON, _PRINT = (1 + RESULT_HEADINGS.index(h) for h in ("位置", REASON, "指纹"))
_KEPT = "这条说明是对原来一处问题写的，现在没有查出那处问题；说明保留在这里，再查出时自动用上。"
_INPUT = (0xFF, 0xF8, 0xD6)
_WHITE = (0xFF, 0xFF, 0xFF)


@dataclass(frozen=True)
class TableRow:
    """One row of the table: its texts, the cell it leads to, whether a reason can be typed."""

    texts: tuple[str, ...]
    target: Spot | None = None
    open: bool = False


def write(book: Book, checked: Checked) -> None:
    """Replace the table of findings. Raises InputError when the sheet is not as issued."""
    rows = list(_rows(checked))
    title = _title(book)
    block = book.block(title)
    head = _head(book, block)
    count = max(RESULT_ROWS, len(rows), len(block.values) - head)
    book.write(title, list(_steps(frozenset(book.titles), head, rows, count)), unprotect=True)


def _rows(checked: Checked) -> Iterator[TableRow]:
    reading = checked.reading
    typed = {r.fingerprint: r.text for r in reading.reasons}
    for entry in entries(checked.findings, checked.verdicts, reading):
        yield _row(entry, typed)
    settled = [f for f in checked.findings if explainable(f)]
    current = {p for f in settled for p in fingerprints(f, reading.report)}
    for reason in reading.reasons:
        if reason.fingerprint not in current:
            rule = reason.fingerprint.partition(":")[0]
            yield TableRow(
                ("", "已填说明", rule, "", _KEPT, "不再需要的，可以删去说明", reason.text, reason.fingerprint),
                open=True,
            )


def _row(entry: FindingRow, typed: dict[str, str]) -> TableRow:
    texts = dict(entry.texts)
    written = (typed.get(p, "") for p in entry.prints)
    texts[REASON] = texts[REASON] or next(filter(None, written), "")
    return TableRow(tuple(texts[h] for h in RESULT_HEADINGS), entry.target, open=entry.open)


def _title(book: Book) -> str:
    for title in book.titles:
        if fold(title) == RESULTS:
            return title
    raise InputError(f"“{book.name}”里没有工作表“{RESULTS}”，没有地方写校验结果")


def _head(book: Book, block: Block) -> int:
    for row, values in enumerate(block.values[:_LAST_HEAD_ROW], 1):
        if fold(values[0] or "") == RESULT_HEADINGS[0]:
            return row
    raise InputError(f"“{book.name}”的工作表“{RESULTS}”里找不到“{RESULT_HEADINGS[0]}”一行，没有地方写校验结果")


def _steps(titles: frozenset[str], head: int, rows: Sequence[TableRow], count: int) -> Iterator[Step]:
    first, last = head + 1, head + count
    table = (first, 1, last, _WIDTH)
    yield Step("unlink", table)
    yield Step("format", table, "@")  # so that a message that begins with = stays a text
    blank = ("",) * _WIDTH
    yield Step("values", table, [list(r.texts) for r in rows] + [list(blank)] * (count - len(rows)))
    reasons = (first, _REASON, last, _REASON)
    yield Step("lock", reasons, what=False)
    yield Step("colour", reasons, _INPUT)
    for number, row in enumerate(rows, first):
        if not row.open:
            cell = (number, _REASON, number, _REASON)
            yield Step("lock", cell, what=True)
            yield Step("colour", cell, _WHITE)
        if row.target and row.target.sheet in titles:
            address = f"#{quoted(row.target.sheet)}!{row.target.ref}"
            link = Link(address, row.texts[_PLACE - 1], "点击跳到这一格")
            yield Step("link", (number, _PLACE, number, _PLACE), link)
        yield Step("height", (number, 1, number, 1), _height(row))
    if count > len(rows):
        yield Step("height", (first + len(rows), 1, last, 1), 20.0)


def _height(row: TableRow) -> float:
    needed = (heights.height_of(t, w) for t, w in zip(row.texts[: _PRINT - 1], RESULT_WIDTHS, strict=False))
    return min(400.0, max(20.0, *needed))
