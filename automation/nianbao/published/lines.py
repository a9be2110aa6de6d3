"""Glyphs of a page → the text of cells, lines and paragraphs, in reading order over all pages. Pure geometry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nianbao.published.model import Block, Grid, GridCell, Paragraph
from nianbao.published.ruling import Box, Ruled

_PAGE_NUMBER = re.compile(r"[-—–－一\s]*\d{1,3}[-—–－一\s]*|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}")
_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。、；：？！“”‘’（）《》〈〉【】〔〕…—]")


@dataclass(frozen=True)
class Glyph:
    """One printed character: its box, the height of its middle, its size."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    middle: float
    size: float


@dataclass(frozen=True)
class Page:
    """One page: its number from 1, its measures, its glyphs and ruled tables."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    tables: tuple[Ruled, ...]


@dataclass(frozen=True)
class Line:
    """One line of text outside tables."""

    page: int
    text: str
    left: float
    right: float
    middle: float
    size: float


def blocks(pages: Sequence[Page]) -> Iterator[Block]:
    """Yield paragraphs and grids in reading order; page numbers and running heads are left out."""
    laid = [_laid_out(p) for p in pages]
    running = _running(pages, laid)
    waiting: list[Line] = []
    margins = _margins([item for page in laid for item in page if isinstance(item, Line)])
    count = 0
    for page, items in zip(pages, laid, strict=True):
        for item in items:
            if isinstance(item, Line):
                if not _is_furniture(page, item, running):
                    waiting.append(item)
            else:
                yield from _paragraphs(waiting, margins)
                waiting = []
                count += 1
                yield Grid(item, f"第{count}张表", f"第{page.number}页")
    yield from _paragraphs(waiting, margins)


def _laid_out(page: Page) -> list[Line | tuple[GridCell, ...]]:
    """Return a page's lines and tables from the top down."""
    inside: dict[int, list[Glyph]] = {}
    outside: list[Glyph] = []
    real = [t for t in page.tables if _is_table(t, page)]
    for glyph in page.glyphs:
        x = (glyph.left + glyph.right) / 2
        at = next((i for i, t in enumerate(real) if t.left <= x <= t.right and t.bottom <= glyph.middle <= t.top), None)
        if at is None:
            outside.append(glyph)
        else:
            inside.setdefault(at, []).append(glyph)
    items: list[tuple[float, Line | tuple[GridCell, ...]]] = [
        (line.middle, line) for line in _lines(page.number, outside)
    ]
    items += [(t.top, _cells(t, inside.get(i, []))) for i, t in enumerate(real)]
    return [item for _, item in sorted(items, key=lambda x: -x[0])]


def _is_table(ruled: Ruled, page: Page) -> bool:
    """Tell a table from the frame around a page and from lines under words."""
    columns = max(b.column + b.columns for b in ruled.boxes)
    framed = len(ruled.boxes) < 4 and ruled.top - ruled.bottom > page.height * 0.7
    return columns > 1 and not framed


def _cells(ruled: Ruled, glyphs: list[Glyph]) -> tuple[GridCell, ...]:
    held: dict[Box, list[Glyph]] = {}
    for glyph in glyphs:
        x = (glyph.left + glyph.right) / 2
        box = ruled.box(x, glyph.middle)
        if box is not None:
            held.setdefault(box, []).append(glyph)
    return tuple(
        GridCell(
            b.row, b.column, b.rows, b.columns, "\n".join(line.text for line in _lines(0, held.get(b, []))),
            f"第{b.row + 1}行第{b.column + 1}列",
        )
        for b in ruled.boxes
    )  # fmt: skip


def _lines(page: int, glyphs: list[Glyph]) -> list[Line]:
    """Return the lines that these glyphs stand on, from the top down."""
    found: list[list[Glyph]] = []
    for glyph in sorted((g for g in glyphs if not g.char.isspace()), key=lambda g: (-g.middle, g.left)):
        line = next((f for f in reversed(found[-3:]) if _on_line(f, glyph)), None)
        if line is None:
            found.append([glyph])
        else:
            line.append(glyph)
    blanks = [g for g in glyphs if g.char.isspace()]
    return [_line(page, sorted(f, key=lambda g: g.left), blanks) for f in found]


def _on_line(line: list[Glyph], glyph: Glyph) -> bool:
    """Tell whether a glyph stands on a line: its middle lies within a line's characters, or theirs within it."""
    largest = max(line, key=lambda g: g.size)
    reach = max(largest.size, glyph.size) * 0.45
    return abs(largest.middle - glyph.middle) <= reach or any(
        abs(g.middle - glyph.middle) <= min(g.size, glyph.size) * 0.4 for g in line[-2:]
    )


def _line(page: int, glyphs: list[Glyph], blanks: list[Glyph]) -> Line:
    pieces: list[str] = []
    for before, glyph in zip([None, *glyphs], glyphs, strict=False):
        if before is not None and _apart(before, glyph, blanks):
            pieces.append(" ")
        pieces.append(glyph.char)
    sizes = sorted(g.size for g in glyphs)
    middle = sum(g.middle for g in glyphs) / len(glyphs)
    return Line(page, "".join(pieces), glyphs[0].left, max(g.right for g in glyphs), middle, sizes[len(sizes) // 2])


def _apart(before: Glyph, glyph: Glyph, blanks: list[Glyph]) -> bool:
    """Tell whether a blank belongs between two characters: never beside a Chinese one, else where there is room."""
    if _CHINESE.match(before.char) or _CHINESE.match(glyph.char):
        return False
    gap = glyph.left - before.right
    typed = any(before.left < b.left < glyph.right and abs(b.middle - glyph.middle) < glyph.size for b in blanks)
    return gap > 0.25 * glyph.size or (typed and gap > 0.1 * glyph.size)


def _margins(told: list[Line]) -> tuple[float, float]:
    """Return where full lines begin and end: the commonest left and right ends, to the point."""
    long = [line for line in told if len(line.text) > 12]
    if not long:
        return 0.0, 1e9
    lefts = Counter(round(line.left) for line in long)
    rights = Counter(round(line.right / 4) for line in long)
    commonest = rights.most_common(1)[0][0] * 4
    best = max(n for _, n in lefts.items())
    left = min(x for x, n in lefts.items() if n >= max(1, best // 3))
    return float(left), float(commonest)


def _running(pages: Sequence[Page], laid: list[list[Line | tuple[GridCell, ...]]]) -> set[str]:
    """Return texts that stand at the same height on most pages: heads and feet."""
    if len(pages) < 3:
        return set()
    seen: Counter[tuple[str, int]] = Counter()
    for items in laid:
        seen.update({(i.text, round(i.middle / 6)) for i in items if isinstance(i, Line)})
    return {text for (text, _), n in seen.items() if n >= max(3, len(pages) * 0.6)}


def _is_furniture(page: Page, line: Line, running: set[str]) -> bool:
    outer = line.middle < page.height * 0.12 or line.middle > page.height * 0.92
    return outer and (line.text in running or _PAGE_NUMBER.fullmatch(line.text) is not None)


def _paragraphs(told: list[Line], margins: tuple[float, float]) -> Iterator[Paragraph]:
    """Join lines: a full line goes on in the next one, unless that one is indented."""
    left, right = margins
    held: Line | None = None
    text, start = "", 0
    for line in told:
        goes_on = (
            held is not None
            and held.right >= right - 1.6 * held.size
            and line.left <= left + 0.9 * line.size
            and abs(line.size - held.size) < 0.3 * held.size
        )
        if goes_on:
            blank = " " if text[-1:].isascii() and text[-1:].isalpha() and line.text[:1].isascii() else ""
            text += blank + line.text
        else:
            if text:
                yield Paragraph(text, f"第{start}页")
            text, start = line.text, line.page
        held = line
    if text:
        yield Paragraph(text, f"第{start}页")
