"""Why the figures of a ruled table may not be what they seem: by how they stand beside each other and to its lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product

from nianbao.published.glyph_lines import Glyph
from nianbao.published.ruling import Ruled, RuledCell
from nianbao.visible import signs

FAR_APART = 1.5
"""Of their size; figures that stand further apart are not one number."""

TOUCHING = 0.3
"""Of their size; figures that stand nearer are one number, whatever line of few rows is drawn between them."""

MEETING = 0.03
"""The same where most rows have the line, if they are of one size and on one level: they meet on it."""

ACROSS = 0.25
"""Of its width; a figure of which so much stands beyond a line stands on it."""

Held = Mapping[RuledCell, Sequence[Glyph]]
"""What stands in each cell."""


def of_cell(glyphs: Sequence[Glyph], *, parted: bool) -> str:
    """Return why a cell's figures may not be seen as they are, '' where nothing is found against them."""
    told = [g.doubt for g in glyphs if g.doubt]
    digits = [g for g in glyphs if g.char.isdecimal()]
    if parted and digits:
        told.append(signs.PARTED)
    if len(digits) < 12:
        if signs.uneven([g.size for g in digits], [g.bottom for g in digits]):
            told.append(signs.RAISED)
        if any(_over(a, b) for i, a in enumerate(digits) for b in digits[:i]):
            told.append(signs.COVERED)
        if any(_apart(a, b) for a, b in pairwise(sorted(glyphs, key=lambda g: g.left))):
            told.append(signs.APART)
    return "，".join(dict.fromkeys(told))


def parted(ruled: Ruled, held: Held) -> set[RuledCell]:
    """Return the cells whose figures a line parts: one on which a figure stands, or one that is none of the table's."""
    return {*_torn(ruled, held), *_stacked(ruled, held), *_around(ruled), *_across(ruled, held)}


def _across(ruled: Ruled, held: Held) -> Iterator[RuledCell]:
    """Yield the cells on both sides of an upright line on which a figure stands."""
    for box, own in held.items():
        digits = [g for g in own if g.char.isdecimal()]
        over_left = any(box.left - g.left > ACROSS * (g.right - g.left) for g in digits)
        over_right = any(g.right - box.right > ACROSS * (g.right - g.left) for g in digits)
        if over_left or over_right:
            yield box
        for b in ruled.boxes if over_left or over_right else ():
            level = b.row < box.row + box.rows and box.row < b.row + b.rows
            before, behind = b.column + b.columns == box.column, b.column == box.column + box.columns
            if level and ((over_left and before) or (over_right and behind)):
                yield b


def _torn(ruled: Ruled, held: Held) -> Iterator[RuledCell]:
    """Yield cells whose figures stand side by side as those of one number do, very close at a border of most rows."""
    rows = len(ruled.ys) - 1
    ends = Counter[int]()
    for b in ruled.boxes:
        ends[b.column + b.columns] += b.rows
    digits = sorted(((g.left, i, g, b) for b, own in held.items() for i, g in enumerate(own) if g.char.isdecimal()),
                    key=lambda x: x[:2])  # fmt: skip
    lefts = [d[0] for d in digits]
    for _, _, glyph, box in digits:
        of_few = ends[box.column + box.columns] < rows / 2
        near = (TOUCHING if of_few else MEETING) * glyph.size
        beside = slice(bisect_left(lefts, glyph.right - near), bisect_right(lefts, glyph.right + near))
        for _, _, other, its in digits[beside]:
            level = abs(glyph.middle - other.middle) < 0.5 * min(glyph.size, other.size)
            alike = max(abs(glyph.bottom - other.bottom), abs(glyph.top - other.top)) < MEETING * glyph.size
            if its != box and (level if of_few else alike):
                yield from (box, its)


def _stacked(ruled: Ruled, held: Held) -> Iterator[RuledCell]:
    """Yield cells with figures above each other where the line between them parts neither a name nor the whole row."""
    columns = len(ruled.xs) - 1
    figures = [b for b, own in held.items() if any(g.char.isdecimal() for g in own)]
    named = {b.row + b.rows for b, own in held.items() if any(g.char.isalpha() for g in own)}
    ends = Counter[int]()
    for b in ruled.boxes:
        ends[b.row + b.rows] += b.columns
    above = {(b.row + b.rows, b.column, b.columns): b for b in figures}
    for b in figures:
        over = above.get((b.row, b.column, b.columns))
        if over is not None and b.row not in named and ends[b.row] < columns:
            yield from (over, b)


def _around(ruled: Ruled) -> Iterator[RuledCell]:
    """Yield cells that lie around another, and those within them: lines drawn around a figure."""
    owner: dict[tuple[int, int], RuledCell] = {}
    for b in ruled.boxes:
        for field in product(range(b.row, b.row + b.rows), range(b.column, b.column + b.columns)):
            if (other := owner.setdefault(field, b)) is not b:
                yield from (other, b)


def _apart(one: Glyph, other: Glyph) -> bool:
    """Tell whether two figures of one line stand too far apart to be one number's."""
    level = abs(one.middle - other.middle) < 0.5 * min(one.size, other.size)
    far = other.left - one.right > FAR_APART * max(one.size, other.size)
    return level and far and one.char.isdecimal() and other.char.isdecimal()


def _over(one: Glyph, other: Glyph) -> bool:
    """Tell whether one figure is printed over another."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.top, other.top) - max(one.bottom, other.bottom)
    narrower = min(one.right - one.left, other.right - other.left)
    return wide > 0.5 * narrower and high > 0.5 * min(one.size, other.size)
