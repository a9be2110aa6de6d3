"""The page's charts as SVG, drawn once on the server: bars, dots, changes. Colours are the style sheet's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from nianbao.county.desk.outliers import LevelPoints, Point
from nianbao.county.desk.svg import Chart, element, picture, share
from nianbao.numbers import Number, spell

LABELLED = 5
"""Bodies far out named in one group of dots; the table below the chart has them all."""

SHOWN_JUMPS = 10
"""Changes drawn; the table has them all."""

LONGEST = 16
"""Characters of a name in a drawing; the table has it in full."""

_BAR, _THIN, _GAP = 13, 6, 17
_LABEL = 19
_DOT, _STEP, _LANE = 4.5, 9.5, 130
_INSET = 0.985
_BINS = 34
"""Dots stand side by side in so many columns: on a phone each is as wide as a dot."""


@dataclass(frozen=True)
class YearPair:
    """One thing counted this year and last (None: not known)."""

    label: str
    now: Number | None
    before: Number | None = None


def bars(identity: str, title: str, note: str, pairs: Sequence[YearPair], years: tuple[str, str]) -> Chart:
    """Draw two bars for each thing: this year's broad, last year's thin; last year's are left out when unknown."""
    both = any(p.before is not None for p in pairs)
    most = max((float(n) for p in pairs for n in (p.now, p.before) if n is not None), default=0) or 1
    drawn: list[Markup] = []
    y = 0.0
    for pair in pairs:
        drawn.append(_text(pair.label, "0", y + 13, "name"))
        drawn.append(_amounts(pair, both, y + 13))
        drawn += _bar(pair.now, most, y + _LABEL, _BAR, "now")
        if both:
            drawn += _bar(pair.before, most, y + _LABEL + _BAR + 2, _THIN, "before")
        end = y + _LABEL + _BAR + (2 + _THIN if both else 0)
        drawn.append(element("line", x1="0.5", x2="0.5", y1=y + _LABEL - 2, y2=end + 2, class_="axis"))
        y = end + _GAP
    head = ("项目", years[0], years[1]) if both else ("项目", years[0])
    rows = tuple((p.label, _spelt(p.now), *((_spelt(p.before),) if both else ())) for p in pairs)
    return Chart(identity, title, note, picture(identity, title, _in_words(head, rows), y, drawn), head, rows, key=both)


def dots(identity: str, title: str, note: str, groups: Sequence[LevelPoints]) -> Chart:
    """Draw every body as a dot by its figure, one lane a group; those far out are named."""
    most = max((p.now for g in groups for p in g.points), default=0) or 1
    drawn: list[Markup] = []
    y = 0.0
    for group in groups:
        told = f"{len(group.points)} 个单位，中位数 {group.middle:g} 件"
        drawn += [_text(group.label, "0", y + 13, "name"), _text(told, "100%", y + 13, "small", "end")]
        drawn_lane, y = _lane(group, most, y + 20)
        drawn += drawn_lane
    drawn += [_text("0 件", "0", y - 4, "small"), _text(f"{most} 件", "100%", y - 4, "small", "end")]
    head = ("级别", "单位", "本年新收", "明显偏多")
    rows = tuple(
        (g.label, p.name, str(p.now), "是" if p.far_out else "") for g in groups for p in reversed(g.points) if p.now
    )
    far = [f"{p.name} {p.now} 件" for g in groups for p in reversed(g.points) if p.far_out]
    words = "；".join(f"{g.label}{len(g.points)} 个，中位数 {g.middle:g} 件" for g in groups)
    desc = f"{words}。" + (f"明显偏多的有：{'、'.join(far)}。" if far else "没有明显偏多的单位。")
    return Chart(identity, title, note, picture(identity, title, desc, y + 2, drawn), head, rows)


def changes(identity: str, title: str, note: str, points: Sequence[Point]) -> Chart:
    """Draw last year's and this year's figure of each body and the way between them."""
    shown = points[:SHOWN_JUMPS]
    most = max((n for p in shown for n in (p.now, p.before or 0)), default=0) or 1
    drawn: list[Markup] = []
    for i, point in enumerate(shown):
        y = i * 44.0
        before = point.before or 0
        drawn += [
            _text(_short(point.name), "0", y + 13, "name"),
            _amounts(YearPair(point.name, point.now, before), True, y + 13),
        ]
        ends = {"y1": y + 26, "y2": y + 26}
        drawn.append(element("line", x1="0", x2="100%", class_="lane", **ends))
        drawn.append(element("line", x1=_at(before, most), x2=_at(point.now, most), class_="way", **ends))
        drawn.append(element("circle", cx=_at(before, most), cy=y + 26, r=4, class_="before"))
        drawn.append(element("circle", cx=_at(point.now, most), cy=y + 26, r=6, class_="now"))
    head = ("单位", "本年新收", "上年新收")
    rows = tuple((p.name, str(p.now), str(p.before)) for p in points)
    return Chart(
        identity, title, note, picture(identity, title, _in_words(head, rows), 44 * len(shown), drawn), head, rows
    )


def tally(identity: str, title: str, parts: Sequence[tuple[str, str, int]]) -> Markup:
    """Draw how many of all bodies stand where, as one bar; parts are (class, word, count)."""
    whole = sum(n for _, _, n in parts) or 1
    drawn, at = [], 0
    for name, _, count in parts:
        if count:
            drawn.append(
                element("rect", x=share(at / whole), width=share(count / whole), y=0, height=14, class_=f"part {name}")
            )
            at += count
    told = "，".join(f"{word} {count}" for _, word, count in parts)
    return picture(identity, title, told, 14, drawn)


def _lane(group: LevelPoints, most: int, top: float) -> tuple[list[Markup], float]:
    """Draw the dots of one group from `top` on; return them and where the next group may begin."""
    named = [p for p in reversed(group.points) if p.far_out][:LABELLED]
    stacks: dict[int, int] = {}
    for point in group.points:
        stacks[_bin(point, most)] = stacks.get(_bin(point, most), 0) + 1
    tallest = max(stacks.values())
    step = min(_STEP, (_LANE - 2 * _DOT) / max(tallest - 1, 1))
    height = 2 * _DOT + step * (tallest - 1)
    base = top + max(height, 15 * len(named) + 2 * _DOT + 4)
    drawn = [element("line", x1="0", x2="100%", y1=base + 1, y2=base + 1, class_="lane")]
    used: dict[int, int] = {}
    for point in group.points:
        column = _bin(point, most)
        at = _at(point.now, most) if point.far_out else _at(column, _BINS)
        y = base - _DOT - step * used.get(column, 0)
        used[column] = used.get(column, 0) + 1
        drawn.append(element("circle", cx=at, cy=y, r=_DOT, class_="dot far" if point.far_out else "dot"))
    for i, point in enumerate(named):
        y = base - 2 * _DOT - 6 - 15 * (len(named) - 1 - i)
        x = _at(point.now, most)
        drawn.append(element("line", x1=x, x2=x, y1=y + 2, y2=base - 2 * _DOT - 1, class_="lead"))
        side = "end" if point.now > most / 2 else "start"
        drawn.append(_text(f"{_short(point.name)} {point.now}", x, y, "small halo", side))
    return drawn, base + 30


def _bin(point: Point, most: int) -> int:
    return round(point.now / most * _BINS)


def _at(number: float, most: float) -> str:
    return share((1 - _INSET) + (2 * _INSET - 1) * number / most)


def _bar(number: Number | None, most: float, y: float, height: float, name: str) -> list[Markup]:
    if not number:
        return []
    return [element("rect", x="0", y=y, width=share(float(number) / most), height=height, class_=f"bar {name}")]


def _text(words: str, x: str, y: float, name: str, anchor: str | None = None) -> Markup:
    return element("text", words, x=x, y=y, class_=name, text_anchor=anchor)


def _amounts(pair: YearPair, both: bool, y: float) -> Markup:
    """Write this year's figure, and last year's behind it, at the right end of a line."""
    spans = [element("tspan", _spelt(pair.now), class_="figure")]
    if both:
        spans.append(element("tspan", f"　上年 {_spelt(pair.before)}", class_="small"))
    return element("text", *spans, x="100%", y=y, text_anchor="end")


def _short(name: str) -> str:
    """Return a name that leaves room for its figures on a phone."""
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _spelt(number: Number | None) -> str:
    return "—" if number is None else spell(number)


def _in_words(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Say the rows in one sentence for those who can't see the picture."""
    told = ["，".join([row[0], *(f"{h} {c}" for h, c in zip(head[1:], row[1:], strict=True))]) for row in rows]
    return "；".join(told) + "。" if told else ""
