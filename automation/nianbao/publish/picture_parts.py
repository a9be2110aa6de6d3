"""The parts that pictures are put together from: tiles, bars, lines of figures, a sentence in a frame.

Every part says how high it is before it is drawn. Colours hold for the colour-blind and in grey: this year is dark and
plain, last year light and hatched, and each bar has its number beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.numbers import Number, spell
from nianbao.publish.canvas import Canvas, width_of
from nianbao.publish.picture_figures import FigureLine, KeyFigure

INK, SOFT, FAINT = "#1F2A37", "#55606E", "#D5DCE5"
BLUE, DEEP, PALE, ACCENT = "#0072B2", "#0B3C6F", "#F1F6FB", "#D55E00"
"""#0072B2 and #D55E00 are of Okabe and Ito's set, which all kinds of colour vision tell apart."""

_BOLD, _UNIT_GAP = 1.06, 1.4
"""How much wider bold figures run, and the millimetres before a unit."""

BEFORE_FILL, BEFORE_EDGE, HATCH = "#FFFFFF", "#7A8694", "//////"


@dataclass(frozen=True)
class Area:
    """Where a part may draw: left and right edge in millimetres."""

    left: float
    right: float

    @property
    def width(self) -> float:
        """The width between the edges."""
        return self.right - self.left


def heading(canvas: Canvas, area: Area, y: float, text: str, note: str = "") -> float:
    """Draw the title of a section; return the height it took."""
    canvas.box(area.left, y, 1.6, 6.2, ACCENT)
    canvas.text(area.left + 4, y + 3.1, text, 14, DEEP, bold=True)
    if note:
        canvas.text(area.right, y + 3.4, note, 9, SOFT, align="right")
    return 10.0


def legend(canvas: Canvas, right: float, y: float, years: tuple[str, str]) -> None:
    """Draw what dark and hatched bars mean, ending at `right`."""
    now, before = years
    x = right - width_of(before, 9.5)
    canvas.text(right, y, before, 9.5, SOFT, align="right")
    canvas.box(x - 8, y - 1.4, 6.5, 2.8, BEFORE_FILL, BEFORE_EDGE, HATCH)
    x -= 11
    canvas.text(x, y, now, 9.5, INK, align="right")
    canvas.box(x - width_of(now, 9.5) - 8, y - 1.4, 6.5, 2.8, BLUE)


def tile_height(last: str) -> float:
    """Return the height of tiles, which hold last year's figure too where it is known."""
    return 29.0 if last else 24.0


def tiles(
    canvas: Canvas, area: Area, y: float, figures: Sequence[KeyFigure], last: str, between: Sequence[str]
) -> None:
    """Draw figures side by side; `between` are signs that stand between them, or ''."""
    gap = 8.0
    wide = (area.width - gap * (len(figures) - 1)) / len(figures)
    high = tile_height(last)
    size = min(_amount_size(canvas, wide - 5, f) for f in figures)
    for i, figure in enumerate(figures):
        x = area.left + i * (wide + gap)
        middle = x + wide / 2
        canvas.box(x, y, wide, high, PALE, FAINT)
        canvas.text(middle, y + 5.6, figure.label, canvas.fitted(figure.label, 11, wide - 4), INK, align="center")
        _amount(canvas, middle, y + 14.6, size, figure)
        if last:
            before = f"{last} {_number_text(figure.before)}"
            canvas.text(middle, y + 24, before, canvas.fitted(before, 9, wide - 4), SOFT, align="center")
        if i and between:
            canvas.text(x - gap / 2, y + high / 2, between[i - 1], 17, SOFT, align="center")


def _amount_size(canvas: Canvas, room: float, figure: KeyFigure) -> float:
    return canvas.fitted(_number_text(figure.now), 24, (room - _UNIT_GAP - width_of(figure.unit, 10)) / _BOLD)


def _amount(canvas: Canvas, middle: float, y: float, size: float, figure: KeyFigure) -> None:
    """Write a large number with its small unit behind it, both together in the middle."""
    number = _number_text(figure.now)
    whole = width_of(number, size) * _BOLD + _UNIT_GAP + width_of(figure.unit, 10)
    left = middle - whole / 2
    canvas.text(left, y, number, size, BLUE, bold=True)
    canvas.text(left + whole, y + 0.36 * (size - 10) * 0.35, figure.unit, 10, SOFT, align="right")


def bars_height(figures: Sequence[KeyFigure], last: str) -> float:
    """Return the height of a panel of bars."""
    return 9 + len(figures) * _step(last) + 1


def _step(last: str) -> float:
    return 12.2 if last else 9.4


def bars(
    canvas: Canvas, area: Area, y: float, title: str, figures: Sequence[KeyFigure], last: str, label: float
) -> None:
    """Draw a bar for each figure, last year's below it; `label` is the room for their names."""
    canvas.text(area.left, y + 3, title, 11, INK, bold=True)
    y += 9
    most = max((float(n) for f in figures for n in (f.now, f.before) if n is not None), default=0) or 1
    longest = max(width_of(_number_text(n), 11) for f in figures for n in (f.now, f.before if last else None))
    start = area.left + label
    room = area.right - start - longest - 3
    step = _step(last)
    for i, figure in enumerate(figures):
        top = y + i * step
        middle = top + (5.2 if last else 3.6)
        canvas.text(start - 2.5, middle, figure.label, canvas.fitted(figure.label, 10.5, label - 3), INK, align="right")
        _bar(canvas, start, top + 0.4, 5.4, room * float(figure.now or 0) / most, now=True)
        canvas.text(
            start + room * float(figure.now or 0) / most + 1.8, top + 3.1, _number_text(figure.now), 11, INK, bold=True
        )
        if last and figure.before is not None:
            length = room * float(figure.before) / most
            _bar(canvas, start, top + 6.6, 3.2, length, now=False)
            canvas.text(start + length + 1.8, top + 8.2, _number_text(figure.before), 8.5, SOFT)
    canvas.line(start, y - 1, start, y + len(figures) * step - 1, SOFT, 0.8)


def _bar(canvas: Canvas, x: float, y: float, high: float, length: float, *, now: bool) -> None:
    if length <= 0:
        return
    if now:
        canvas.box(x, y, max(length, 0.4), high, BLUE)
    else:
        canvas.box(x, y, max(length, 0.4), high, BEFORE_FILL, BEFORE_EDGE, HATCH, 0.5)


def sentence(canvas: Canvas, area: Area, y: float, text: str) -> float:
    """Write a sentence in a calm frame, for what did not happen; return the height it took."""
    high = 15.0
    canvas.box(area.left, y, area.width, high, PALE, FAINT)
    size = canvas.fitted(text, 12, area.width - 12)
    canvas.text((area.left + area.right) / 2, y + high / 2, text, size, INK, align="center")
    return high


def row_height(last: str) -> float:
    """Return the height of one line of figures."""
    return 15.5 if last else 13.0


def rows(canvas: Canvas, area: Area, y: float, lines: Sequence[FigureLine], last: str, *, lead: int | None) -> float:
    """Write lines of figures below the names of their columns; return the height.

    `lead` is the column that counts most. A figure that a line lacks leaves its place empty.
    """
    columns = list(dict.fromkeys(f.label for line in lines for f in line.figures))
    name = 48.0
    step = (area.width - name) / len(columns)
    canvas.box(area.left, y, area.width, 8, "#E1EAF4")
    for i, column in enumerate(columns):
        middle = area.left + name + (i + 0.5) * step
        canvas.text(middle, y + 4, column, canvas.fitted(column, 10, step - 2), INK, align="center")
    high = row_height(last)
    for r, line in enumerate(lines):
        top = y + 8 + r * high
        if r % 2:
            canvas.box(area.left, top, area.width, high, PALE)
        size = canvas.fitted(line.label, 11.5, name - 6)
        canvas.text(area.left + 3, top + high / 2, line.label, size, INK, bold=True)
        by_label = {f.label: f for f in line.figures}
        for i, column in enumerate(columns):
            if column in by_label:
                middle = area.left + name + (i + 0.5) * step
                counts = lead is not None and i == lead % len(columns)
                _cell(canvas, middle, top, high, step - 3, by_label[column], last, counts=counts)
        canvas.line(area.left, top + high, area.right, top + high, FAINT)
    return 8 + high * len(lines)


def _cell(
    canvas: Canvas, middle: float, top: float, high: float, room: float, figure: KeyFigure, last: str, *, counts: bool
) -> None:
    number = _number_text(figure.now)
    known = last and figure.before is not None
    size = canvas.fitted(number, 17 if counts else 14, room)
    at = top + (high * 0.38 if known else high / 2)
    canvas.text(middle, at, number, size, BLUE if counts else INK, bold=counts, align="center")
    if known:
        before = f"{last} {_number_text(figure.before)}"
        canvas.text(middle, top + high * 0.79, before, canvas.fitted(before, 8.5, room), SOFT, align="center")


def _number_text(number: Number | None) -> str:
    return "—" if number is None else spell(number)
