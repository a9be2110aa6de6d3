"""Reading plain text: cells between bars as web pages leave them, cells between tabs, or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.errors import InputError
from nianbao.published import encoding, labels, rows
from nianbao.published.model import Block, Document, Grid, GridCell, Paragraph
from nianbao.published.published_file import PublishedFile

MAX_BYTES = 4 * 2**20
MAX_LINES = 50_000
LONGEST_CELL = 45
FURTHEST_FIGURE = 32
"""So many lines of headings and labels may stand between two figures of one table."""

_HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,2}\s*[、.．]\s*\S.{2,40}(情况|事项)\s*[。：:]?\s*")
_RULE = re.compile(r"[\s|:+=─━│┃┼├┤┌┐└┘┬┴-]+")


@dataclass(frozen=True)
class _Line:
    number: int
    text: str


def read(source: PublishedFile) -> Document:
    """Return the paragraphs and tables. Raises InputError when the encoding can't be told."""
    if len(source.data) > MAX_BYTES:
        raise InputError(
            f"“{source.name}”有 {len(source.data) // 2**20} MB，不像一份年报的文字，没有读取；请只保存年报正文后再试"
        )
    decoded = encoding.decode(source.name, source.data)
    text = (
        decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("│", "|").replace("┃", "|")
    )
    lines = [_Line(i, t) for i, t in enumerate(text.split("\n")[:MAX_LINES], 1)]
    return Document("txt", tuple(_numbered(_blocks(lines))), (), decoded.remarks)


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    count = 0
    for block in blocks:
        if isinstance(block, Grid):
            count += 1
            yield Grid(block.cells, f"第{count}张表", flat=True)
        else:
            yield block


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    if any(line.text.strip() == "|" or line.text.count("|") > 1 for line in lines):
        return _barred(lines)
    if sum(line.text.count("\t") > 1 for line in lines) > 3:
        return _tabbed(lines)
    return _listed(lines)


def _paragraph(line: _Line) -> Paragraph:
    return Paragraph(line.text.strip(), f"第{line.number}行")


def _grid(rows_: Sequence[Sequence[_Line]]) -> Iterator[Grid]:
    rows_ = _without_blank_columns(rows_)
    cells = [
        GridCell(r, c, 1, 1, cell.text.strip(), f"文件第{cell.number}行")
        for r, row in enumerate(rows_)
        for c, cell in enumerate(row)
    ]
    if cells:
        yield Grid(tuple(cells))


def _without_blank_columns(rows_: Sequence[Sequence[_Line]]) -> Sequence[Sequence[_Line]]:
    """Leave out the columns with nothing in any row, where every row has as many cells."""
    if len({len(row) for row in rows_}) != 1:
        return rows_
    kept = [i for i in range(len(rows_[0])) if any(row[i].text.strip() for row in rows_)]
    return [[row[i] for i in kept] for row in rows_]


def _barred(lines: list[_Line]) -> Iterator[Block]:
    """Cells end with a bar; a line of a single bar begins a row, further bars are the rest of merged cells."""
    rows_: list[list[_Line]] = []
    open_ = False
    held: list[_Line] = []
    for i, line in enumerate(lines):
        text = line.text.strip()
        if text and _RULE.fullmatch(text) and "|" in text:
            open_ = True
            if text == "|":
                rows_.append([])
        elif text.count("|") > 1 or text.startswith("|"):
            open_ = True
            rows_.append([_Line(line.number, t) for t in text.strip("|").split("|")])
            rows_.append([])
        elif text.endswith("|") and open_:
            whole = "".join(h.text.strip() for h in held) + text.rstrip("|")
            held = []
            if not rows_:
                rows_.append([])
            rows_[-1].append(_Line(line.number, whole))
        elif text and open_ and _continues(lines, i):
            held.append(line)
        elif text:
            yield from _grid([r for r in rows_ if r])
            rows_, open_, held = [], False, []
            yield _paragraph(line)
    yield from _grid([r for r in rows_ if r])


def _continues(lines: list[_Line], at: int) -> bool:
    """Tell whether a line without a bar is the beginning of a cell that ends on one of the next two lines."""
    for line in lines[at + 1 : at + 3]:
        text = line.text.strip()
        if "|" in text:
            return text.count("|") == 1 and text.endswith("|") and not _RULE.fullmatch(text)
    return False


def _tabbed(lines: list[_Line]) -> Iterator[Block]:
    rows_: list[list[_Line]] = []
    for line in lines:
        if "\t" in line.text.strip():
            pieces = [_Line(line.number, t) for t in line.text.split("\t")]
            rows_.append([p for p in pieces if p.text.strip()])
        elif line.text.strip():
            yield from _grid(rows_)
            rows_ = []
            yield _paragraph(line)
    yield from _grid(rows_)


def _listed(lines: list[_Line]) -> Iterator[Block]:
    """One cell a line: a table reaches from a section's heading to the last figure before long text or a heading."""
    told = [line for line in lines if line.text.strip()]
    i = 0
    while i < len(told):
        end = _table_end(told, i) if i and _HEADING.fullmatch(told[i - 1].text) else i
        if end > i:
            yield from _grid(list(_split(told[i:end])))
            i = end
        else:
            yield _paragraph(told[i])
            i += 1


def _table_end(told: list[_Line], start: int) -> int:
    end, since = start, 0
    for i in range(start, len(told)):
        text = told[i].text.strip()
        if rows.is_figure(text) and len(text) <= LONGEST_CELL:
            end, since = i + 1, 0
            continue
        since += 1
        if _HEADING.fullmatch(text) or since > FURTHEST_FIGURE or len(labels.plain(text)) > LONGEST_CELL:
            break
    return end


def _split(told: list[_Line]) -> Iterator[list[_Line]]:
    """Begin a new row where a label follows a figure."""
    row: list[_Line] = []
    for line in told:
        if row and rows.is_figure(row[-1].text) and not rows.is_figure(line.text):
            yield row
            row = []
        row.append(line)
    yield row
