"""What a person sees in a place of a printed page: the glyphs there (PDFium), and their ink as poppler draws it."""

from __future__ import annotations

import subprocess
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2

DPI = 144
INK = 40
"""Of 255: less than this from the ground in all three colours, and nobody sees it."""

RULED = "FF00FF"
"""The colour of the lines between cells; nothing else on a page has it in long lines."""

UNSEEN = ("no ink", "off")

LEGIBLE = 2.2
"""Points; a digit lower than this is read by nobody."""

APART = 1.5
"""Of their height; what stands further apart is not one number."""

NARROW = 0.12
"""Of its height; no digit is drawn as narrow as this but 1."""


AWAY, FEW = 64, 24
"""Of 255, and pixels: two pictures that differ by no more show the same, drawn a little otherwise."""

THIN = 6
"""Dots; of figures as narrow as this the curves are pale."""

ON_LINE = 0.08
"""Of its height; a figure of which so much is beyond a line stands on it, in no cell."""

TALL = 40.0
"""Points; no figure is wider."""

LOWER, LINE = 24, 1.5
"""Dots by which a row may stand lower on paper than in the window; points that the lines around a cell take."""

ROOM = 2.5
"""Widths of a figure: where less is left of a line, the next pieces may have had no room."""

Picture = np.ndarray
"""Rows of pixels, each red, green, blue."""


class Box(NamedTuple):
    """A place on a page (counted from 0): left, bottom, right, top in points."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class Shown(NamedTuple):
    """What is seen in a place: the text, its lines and what stands far apart parted; `why` it isn't plainly seen."""

    text: str
    why: str


@dataclass
class Glyph:
    char: str
    loose: tuple[float, float, float, float]
    tight: tuple[float, float, float, float]

    @property
    def height(self) -> float:
        return self.tight[3] - self.tight[1]


class Print:
    """A PDF as it is seen."""

    def __init__(self, pdf: Path, first: int = 0) -> None:
        """`first`: the page from which on it is looked at."""
        document = pypdfium2.PdfDocument(pdf)
        try:
            self.heights = [page.get_height() for page in document]
            self.glyphs = [list(_glyphs(page)) for page in document]
        finally:
            document.close()
        self._middles = [
            (np.array([g.loose[0] + g.loose[2] for g in own]) / 2, np.array([g.tight[1] + g.tight[3] for g in own]) / 2)
            for own in self.glyphs
        ]
        self._pages = _drawn(pdf, len(self.heights), first)

    def places(self, numbers: Container[str]) -> dict[str, Box]:
        """Where each of these numbers is printed, each by itself."""
        found = {}
        for at, glyphs in enumerate(self.glyphs):
            for word in _words(glyphs):
                text = "".join(g.char for g in word)
                if text in numbers:
                    found[text] = Box(at, word[0].loose[0], word[0].loose[1], word[-1].loose[2], word[0].loose[3])
        return found

    def around(self, box: Box) -> Box:
        """The cell that lines make around what stands in a place. Raises AssertionError where there is none."""
        ruled, scale = _ruled(self._pages[box.page]), DPI / 72
        row = round((self.heights[box.page] - (box.bottom + box.top) / 2) * scale)
        column = round((box.left + box.right) / 2 * scale)
        across, down = np.flatnonzero(ruled[row]), np.flatnonzero(ruled[:, column])
        sides = across[across < column], across[across > column], down[down < row], down[down > row]
        assert all(s.size for s in sides), f"no cell around {box}"
        left, right, top, bottom = sides[0][-1] + 1, sides[1][0], sides[2][-1] + 1, sides[3][0]
        tall = self.heights[box.page]
        return Box(box.page, *map(float, (left / scale, tall - bottom / scale, right / scale, tall - top / scale)))

    def is_ruled(self, box: Box) -> bool:
        """Tell whether a cell has its lines where this box ends above and below: whether it stands there."""
        if box.page >= len(self.heights):
            return False
        scale, tall = DPI / 72, self.heights[box.page]
        across = slice(round(box.left * scale), round(box.right * scale))
        rows = (round((tall - y) * scale) for y in (box.bottom, box.top))
        edges = (_ruled(self._pages[box.page][max(0, r - 3) : r + 3, across]) for r in rows)
        return all(edge.mean(axis=1).max(initial=0) > 0.6 for edge in edges)

    def place_of(self, box: Box, window: Picture) -> Box | None:
        """Where on the first page what a picture of the window (DPI dots to 72 points) shows in a place is printed.

        There, or where it looks the same a little higher or lower, lines and all; None where it looks otherwise.
        """
        wanted = _Wanted(self._of(window, 0, _wider(box)).astype(np.int16))
        for dots in sorted(range(-LOWER, LOWER + 1), key=abs):
            there = box._replace(bottom=box.bottom - dots * 72 / DPI, top=box.top - dots * 72 / DPI)
            if wanted.is_like(self._of(self._pages[0], 0, _wider(there)).astype(np.int16)):
                return there
        return None

    def is_full(self, box: Box) -> bool:
        """Tell whether the first of the lines in a place goes on to where little room is left."""
        own = self._inside(box)
        first = [g for g in own if g.loose[3] > max(x.tight[1] for x in own)]
        widest = max(g.loose[2] - g.loose[0] for g in own)
        return max(g.loose[2] for g in first) + ROOM * widest > box.right

    def _inside(self, box: Box) -> list[Glyph]:
        left, bottom, right, top = box[1:]
        x, y = self._middles[box.page]
        inside = (left <= x) & (x <= right) & (bottom <= y) & (y <= top)
        return [self.glyphs[box.page][i] for i in np.flatnonzero(inside)]

    def is_crossed(self, box: Box) -> bool:
        """Tell whether a figure stands on a line at the side of a place."""
        level = self._inside(box._replace(left=box.left - TALL, right=box.right + TALL))
        sides = [(g.loose[0], g.loose[2], 0.1 * (g.loose[2] - g.loose[0])) for g in level if g.char.isdigit()]
        return any(left + near < x < right - near for left, right, near in sides for x in (box.left, box.right))

    def at(self, box: Box, *, alone: bool = False) -> Shown:
        """What is seen in a place; not `alone`, with the figures beside it that stand as close as those of a number."""
        if box.page >= len(self.glyphs):
            return Shown("", "")
        _, _, bottom, _, top = box
        here = self._inside(box)
        here = [g for g in here if not _is_across(g, bottom, top)]
        here += [] if alone else self._standing_out(box.page, here)
        inked = {id(g): self._ink(box.page, g) for g in here}
        seen = [g for g in here if inked[id(g)] not in UNSEEN]
        if here and not seen:
            return Shown("", "no ink")
        return Shown(_text(seen), next((w for g in seen if (w := inked[id(g)])), "") or _why(seen))

    def _standing_out(self, page: int, here: list[Glyph]) -> list[Glyph]:
        """The figures that go on from those in a place over a line at its side: one number set a little out of it."""
        found: list[Glyph] = []
        digits = [g for g in here if g.char.isdigit()]
        others = [g for g in self.glyphs[page] if g.char.isdigit() and all(g is not x for x in here)] if digits else []
        while near := [g for g in others if any(_goes_on(g, d) for d in (*digits, *found))]:
            found += near
            others = [g for g in others if all(g is not x for x in near)]
        return found

    def _ink(self, page: int, glyph: Glyph) -> str:
        left, bottom, right, top = glyph.tight
        advance = glyph.loose
        seen = self._cut(page, (min(left, advance[0]), bottom, max(right, advance[2]), top))
        if seen.size == 0:
            return "off"
        colours = (seen.astype(np.int32) * (65536, 256, 1)).sum(axis=2)
        values, counts = np.unique(colours, return_counts=True)
        most = int(values[counts.argmax()])
        ground = np.array((most >> 16, most >> 8 & 255, most & 255))
        away = np.abs(seen.astype(np.int32) - ground).max(axis=2) * ~_ruled(seen)  # the lines are no ink
        if away.max() < INK:
            return "no ink"
        high, wide = away.shape
        ink = away >= max(INK / 2, (0.35 if wide > THIN else 0.15) * away.max())
        end = high * 11 // 20 if glyph.char in "4４" else high * 13 // 20 + 1  # a 4 has a line of its own below
        lines = (away >= 0.6 * away.max()).all(axis=1)
        a_ground = lines.sum() >= high // 3 or lines[0] or lines[-1]  # it ends within the figure, and crosses none
        if high > 9 and wide > 6 and lines[high * 3 // 10 : end].any() and not a_ground:
            return "struck"
        if high > 8 and not (ink[: high // 4].any() and ink[-(high // 4) :].any()):
            return "cut"
        return ""

    def _cut(self, page: int, box: tuple[float, float, float, float]) -> np.ndarray:
        return self._of(self._pages[page], page, box)

    def _of(self, picture: Picture, page: int, box: tuple[float, ...]) -> Picture:
        scale = DPI / 72
        left, bottom, right, top = box
        tall = self.heights[page]
        rows = slice(max(0, round((tall - top) * scale)), max(0, round((tall - bottom) * scale)))
        return picture[rows, max(0, round(left * scale)) : max(0, round(right * scale))]


def _wider(box: Box) -> tuple[float, ...]:
    """A place with the lines around it."""
    return box.left - LINE, box.bottom - LINE, box.right + LINE, box.top + LINE


class _Wanted:
    """A picture that is looked for among others."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._near: dict[tuple[int, int], tuple[Picture, Picture]] = {}

    def is_like(self, other: Picture) -> bool:
        """Tell whether each colour of either picture stands near its place in the other, but for a few pixels."""
        one = self._picture
        if abs(one.shape[0] - other.shape[0]) > 1 or abs(one.shape[1] - other.shape[1]) > 1:
            return False
        high, wide = size = (min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1]))
        one, other = one[:high, :wide], other[:high, :wide]
        if not one.size:
            return True
        if size not in self._near:
            self._near[size] = _near(one)
        return _missing(other, self._near[size]) <= FEW and _missing(one, _near(other)) <= FEW


def _near(picture: Picture) -> tuple[Picture, Picture]:
    """The darkest and the lightest that stands near each place of a picture."""
    low, high = picture, picture
    for axis in (0, 1):
        low = np.minimum.reduce([np.roll(low, k, axis) for k in range(-2, 3)])
        high = np.maximum.reduce([np.roll(high, k, axis) for k in range(-2, 3)])
    return low, high


def _missing(picture: Picture, near: tuple[Picture, Picture]) -> int:
    """How many pixels of a picture have a colour that the other has nowhere near."""
    low, high = near
    return int(((picture < low - AWAY) | (picture > high + AWAY)).any(axis=2).sum())


def _goes_on(one: Glyph, other: Glyph) -> bool:
    """Tell whether two figures stand as close on one line as those of a number."""
    level = abs(one.tight[1] - other.tight[1]) < 0.2 * max(one.height, other.height)
    return level and min(abs(one.loose[0] - other.loose[2]), abs(other.loose[0] - one.loose[2])) < 0.05 * one.height


def _is_across(glyph: Glyph, bottom: float, top: float) -> bool:
    """Tell whether a glyph was moved onto the line above or below: it stands in no cell."""
    return max(bottom - glyph.tight[1], glyph.tight[3] - top) > ON_LINE * glyph.height


def _ruled(picture: np.ndarray) -> np.ndarray:
    """Which pixels have the colour of the lines between cells."""
    red, green, blue = (picture[:, :, i] for i in range(3))
    return (red > 190) & (green < 110) & (blue > 190)


def _why(glyphs: list[Glyph]) -> str:
    """Why figures that have ink are not plainly one number."""
    digits = [g for g in glyphs if g.char.isdigit()]
    for g in digits:
        wide = g.tight[2] - g.tight[0]
        if g.height < LEGIBLE or (wide < NARROW * g.height and g.char not in "1１"):
            return "tiny"
    for one, other in pairwise(digits):
        higher = one.tight[1] - other.tight[1]
        wrapped = higher > max(one.height, other.height) and other.loose[0] < one.loose[0]
        if abs(higher) > 0.3 * max(one.height, other.height) and not wrapped:
            return "raised"
        if min(one.height, other.height) < 0.65 * max(one.height, other.height):
            return "uneven"
        common = min(one.tight[2], other.tight[2]) - max(one.tight[0], other.tight[0])
        if common > 0.4 * min(one.tight[2] - one.tight[0], other.tight[2] - other.tight[0]):
            return "printed over"
    return ""


def _words(glyphs: list[Glyph]) -> Iterator[list[Glyph]]:
    """The glyphs that stand side by side."""
    word: list[Glyph] = []
    for g in glyphs:
        if word and (abs(g.loose[1] - word[-1].loose[1]) > 1 or abs(g.loose[0] - word[-1].loose[2]) > 2):
            yield word
            word = []
        word.append(g)
    if word:
        yield word


def _glyphs(page):
    text = page.get_textpage()
    for i in range(text.count_chars()):
        char = text.get_text_range(i, 1)
        if char and not char.isspace() and char != "\ufffe":
            yield Glyph(char, text.get_charbox(i, loose=True), text.get_charbox(i))
    text.close()


def _text(glyphs: list[Glyph]) -> str:
    """The glyphs as lines from the top, each from the left."""
    lines: list[list[Glyph]] = []
    for g in sorted(glyphs, key=lambda g: -(g.loose[1] + g.loose[3])):
        middle = (g.tight[1] + g.tight[3]) / 2
        line = next((x for x in lines if x[0].loose[1] <= middle <= x[0].loose[3]), None)
        if line is None:
            lines.append([g])
        else:
            line.append(g)
    return "\n".join(_line(sorted(x, key=lambda g: g.loose[0])) for x in lines)


def _line(glyphs: list[Glyph]) -> str:
    text = glyphs[0].char
    for one, other in pairwise(glyphs):
        size = max(one.loose[3] - one.loose[1], other.loose[3] - other.loose[1], 1.0)
        text += ("  " if other.loose[0] - one.loose[2] > APART * size else "") + other.char
    return text


def _drawn(pdf: Path, pages: int, first: int) -> list[np.ndarray]:
    """Every page from the first on as poppler draws it, nothing for those before it."""
    stem = pdf.with_suffix("")
    command = ["pdftoppm", "-f", str(first + 1), "-r", str(DPI), str(pdf), str(stem)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    found = [np.zeros((0, 0, 3), np.uint8)] * first
    for path in sorted(pdf.parent.glob(f"{stem.name}-*.ppm")):
        data = path.read_bytes()
        path.unlink()
        _, size, _, rest = data.split(b"\n", 3)
        wide, high = map(int, size.split())
        found.append(np.frombuffer(rest, np.uint8).reshape(high, wide, 3))
    assert len(found) == pages
    return found
