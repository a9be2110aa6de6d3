"""Glyphs of a page → the text of cells, lines and paragraphs, in reading order over all pages. Pure geometry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nianbao.published.model import Paragraph

_CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。、；：？！“”‘’（）《》〈〉【】〔〕…—]")
_OPENING, _CLOSING = "（《〈【〔“‘", "，。、；：？！”’）》〉】〕"


@dataclass(frozen=True)
class Glyph:
    """One printed character: its box, the height of its middle, its size, and why it may not be seen as it is."""

    char: str
    left: float
    right: float
    bottom: float
    top: float
    middle: float
    size: float
    doubt: str = ""


@dataclass(frozen=True)
class TextLine:
    """One line of text outside tables; `head` is how wide its first word is, which no line breaks."""

    page: int
    text: str
    left: float
    right: float
    middle: float
    size: float
    head: float = 0.0


def lines_of(page: int, glyphs: list[Glyph]) -> list[TextLine]:
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
    """Tell whether a glyph stands on a line: its middle lies within a line's characters, or theirs within it.

    A high quotation mark and a low comma are far apart by their ink; the boxes of their font are level.
    """
    largest = max(line, key=lambda g: g.size)
    reach = max(largest.size, glyph.size) * 0.45
    return (
        abs(largest.middle - glyph.middle) <= reach
        or any(abs(g.middle - glyph.middle) <= min(g.size, glyph.size) * 0.4 for g in line[-2:])
        or any(_level(g, glyph) for g in (largest, line[-1]))
    )


def _level(one: Glyph, other: Glyph) -> bool:
    """Tell whether the font's boxes of two glyphs stand beside each other; those of neighbouring lines overlap less."""
    shared = min(one.top, other.top) - max(one.bottom, other.bottom)
    return shared >= 0.8 * max(one.top - one.bottom, other.top - other.bottom)


def _line(page: int, glyphs: list[Glyph], blanks: list[Glyph]) -> TextLine:
    near = [b for b in blanks if abs(b.middle - glyphs[0].middle) < glyphs[0].size]
    text = glyphs[0].char
    for before, glyph in pairwise(glyphs):
        text += f" {glyph.char}" if _apart(before, glyph, near) else glyph.char
    sizes = sorted(g.size for g in glyphs)
    middle = sum(g.middle for g in glyphs) / len(glyphs)
    left, right = glyphs[0].left, max(g.right for g in glyphs)
    return TextLine(page, text, left, right, middle, sizes[len(sizes) // 2], _head(glyphs, near) - left)


def _head(glyphs: list[Glyph], blanks: list[Glyph]) -> float:
    """Return where the first character ends, or the first word of letters, with the marks that stay on its line."""
    last = 0
    for i, (before, glyph) in enumerate(pairwise(glyphs), 1):
        western = not _CHINESE.match(before.char) and not _CHINESE.match(glyph.char)
        whole = western and not _apart(before, glyph, blanks)
        if not (whole or before.char in _OPENING or glyph.char in _CLOSING):
            break
        last = i
    return glyphs[last].right


def _apart(before: Glyph, glyph: Glyph, blanks: list[Glyph]) -> bool:
    """Tell whether a blank belongs between two characters: never beside a Chinese one, else where there is room."""
    if _CHINESE.match(before.char) or _CHINESE.match(glyph.char):
        return False
    gap = glyph.left - before.right
    typed = any(before.left < b.left < glyph.right for b in blanks)
    return gap > 0.25 * glyph.size or (typed and gap > 0.1 * glyph.size)


def margins(told: list[TextLine]) -> tuple[float, float]:
    """Return where full lines begin and end: the outermost ends that two long lines share."""
    long = [line for line in told if len(line.text) > 12]
    lefts = Counter(round(line.left / 2) * 2 for line in long)
    rights = Counter(round(line.right / 4) * 4 for line in long)
    left = min((x for x, n in lefts.items() if n > 1), default=min(lefts, default=0))
    right = max((x for x, n in rights.items() if n > 1), default=max(rights, default=0))
    return float(left), float(right)


def paragraphs(told: list[TextLine], margins: tuple[float, float]) -> Iterator[Paragraph]:
    """Join lines: one without room for the next one's first word goes on there, unless that one is indented."""
    left, right = margins
    groups: list[list[TextLine]] = []
    for line in told:
        before = groups[-1][-1] if groups else None
        if (
            before is not None
            and before.right >= right - max(1.6 * before.size, line.head)
            and line.left <= left + 0.9 * line.size
            and abs(line.size - before.size) < 0.3 * before.size
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    yield from (Paragraph(_joined(group), f"第{group[0].page}页") for group in groups)


def _joined(group: list[TextLine]) -> str:
    """Join the lines of a paragraph, with a blank after a word of letters."""
    text = group[0].text
    for line in group[1:]:
        blank = " " if text[-1].isascii() and text[-1].isalpha() and line.text[0].isascii() else ""
        text += blank + line.text
    return text
