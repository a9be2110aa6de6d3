"""图解: one picture of the year's key figures for the public, and a small one for the page. As SVG and as PNG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nianbao.errors import OutputError
from nianbao.numbers import spell
from nianbao.publish import picture_parts as parts
from nianbao.publish.canvas import Canvas, width_of
from nianbao.publish.picture_figures import KINDS, FigureLine, KeyFigure, KeyFigures, key_figures
from nianbao.publish.picture_parts import ACCENT, DEEP, SOFT, Area
from nianbao.report import Reading

WIDTH, MARGIN = 210.0, 14.0
SMALL_WIDTH = 160.0
DPI, SMALL_DPI = 200, 150
"""Sharp when printed on A4; 945 pixels wide on a page."""

DRAFT = "草稿未通过校验，不得公布"
_SUM = ("+", "=", "+")
_REVIEWS = "行政复议、行政诉讼"


@dataclass(frozen=True)
class Picture:
    """A finished picture: its title and words for those who can't see it, and the sheet it is drawn on."""

    title: str
    description: str
    canvas: Canvas
    dpi: int

    def svg(self) -> bytes:
        """Return it as SVG."""
        return self.canvas.svg(self.title, self.description)

    def png(self) -> bytes:
        """Return it as PNG."""
        return self.canvas.png(self.title, self.dpi)


@dataclass(frozen=True)
class _Part:
    """A part of the page: its height, the room below it, how it is drawn at a given height."""

    height: float
    below: float
    draw: Callable[[Canvas, float], object]


def whole(reading: Reading, *, draft: bool = False) -> Picture:
    """Return the picture on a sheet as wide as A4 and as high as its contents.

    Raises OutputError when the report holds none of the figures, and without library or Chinese font.
    """
    figures = _some(reading)
    area = Area(MARGIN, WIDTH - MARGIN)
    drawn = [
        _head(figures, draft=draft),
        *_requests(figures, area),
        *_documents(figures, area),
        *_reviews(figures, area),
        *_foot(figures, area),
    ]
    canvas = Canvas(WIDTH, sum(p.height + p.below for p in drawn))
    y = 0.0
    for part in drawn:
        part.draw(canvas, y)
        y += part.height + part.below
    return Picture(_title(figures) + "图解", describe(figures), canvas, DPI)


def small(reading: Reading, *, draft: bool = False) -> Picture:
    """Return the small picture for a web page: the flow of requests and their results. Raises as `whole`."""
    figures = _some(reading)
    area = Area(8, SMALL_WIDTH - 8)
    title = f"{figures.year or ''}年政府信息公开申请办理情况" if figures.year else "政府信息公开申请办理情况"
    drawn = [_Part(10, 3, lambda c, y: _small_head(c, area, y, title, draft=draft))]
    requests = _requests(figures, area, applicants=False)
    drawn += requests or [_Part(15, 8, lambda c, y: parts.sentence(c, area, y, "年报中没有填写申请办理的数字"))]
    canvas = Canvas(SMALL_WIDTH, 6 + sum(p.height + p.below for p in drawn))
    y = 6.0
    for part in drawn:
        part.draw(canvas, y)
        y += part.height + part.below
    return Picture(f"{figures.name}{title}", describe(figures, only_requests=True), canvas, SMALL_DPI)


def _some(reading: Reading) -> KeyFigures:
    figures = key_figures(reading)
    if not (figures.flow or figures.results or figures.documents or figures.decisions or figures.reviews):
        raise OutputError("年报里没有可以画成图解的数字，没有生成图解")
    return figures


def _title(figures: KeyFigures) -> str:
    year = f"{figures.year}年" if figures.year else ""
    return f"{figures.name}{year}{figures.kind}"


def _head(figures: KeyFigures, *, draft: bool) -> _Part:
    def draw(canvas: Canvas, y: float) -> None:
        canvas.box(0, y, WIDTH, 46, DEEP)
        canvas.box(0, y + 46, WIDTH, 1.6, ACCENT)
        middle = WIDTH / 2
        name = figures.name or "政府信息公开"
        canvas.text(middle, y + 11, name, canvas.fitted(name, 17, WIDTH - 2 * MARGIN), "#FFFFFF", align="center")
        year = f"{figures.year}年" if figures.year else ""
        line = f"{year}{figures.kind}图解"
        canvas.text(middle, y + 24, line, 25, "#FFFFFF", bold=True, align="center")
        if figures.year:
            span = f"数据统计期限：{figures.year}年1月1日至{figures.year}年12月31日"
            canvas.text(middle, y + 36.5, span, 10.5, "#D6E4F2", align="center")
        if draft:
            canvas.box(0, y + 47.6, WIDTH, 8, "#FFF4EC")
            canvas.text(middle, y + 51.6, DRAFT, 12, ACCENT, bold=True, align="center")

    return _Part(47.6 + (8 if draft else 0), 9, draw)


def _small_head(canvas: Canvas, area: Area, y: float, title: str, *, draft: bool) -> None:
    canvas.box(area.left, y, 1.6, 6.6, ACCENT)
    canvas.text(area.left + 4, y + 3.3, title, canvas.fitted(title, 14, area.width - 6), DEEP, bold=True)
    if draft:
        canvas.text(area.right, y + 3.3, DRAFT, 9, ACCENT, bold=True, align="right")


def _requests(figures: KeyFigures, area: Area, *, applicants: bool = True) -> list[_Part]:
    drawn: list[_Part] = []
    if applicants and (figures.flow or figures.results or figures.applicants):
        drawn.append(_Part(10, 0, lambda c, y: parts.heading(c, area, y, "政府信息公开申请", "单位：件")))
    if figures.flow:
        signs = _SUM if _adds_up(figures.flow) else ()
        high = parts.tile_height(figures.last)
        drawn.append(_Part(high, 6, lambda c, y: parts.tiles(c, area, y, figures.flow, figures.last, signs)))
    panels = [("办理结果", figures.results), ("申请人（本年新收）", figures.applicants if applicants else ())]
    panels = [(title, found) for title, found in panels if found]
    if not panels:
        return drawn
    if all(not f.now and not f.before for _, found in panels for f in found):
        drawn.append(_Part(15, 9, lambda c, y: parts.sentence(c, area, y, _nothing(figures))))
        return drawn
    high = max(parts.bars_height(found, figures.last) for _, found in panels)
    if figures.last:
        years = (f"{figures.year}年" if figures.year else "本年", figures.last)
        drawn.append(_Part(4, 0, lambda c, y: parts.legend(c, area.right, y + 1, years)))
    drawn.append(_Part(high, 8, lambda c, y: _panels(c, area, y, panels, figures.last)))
    return drawn


def _panels(canvas: Canvas, area: Area, y: float, panels: Sequence[tuple[str, Sequence[KeyFigure]]], last: str) -> None:
    gap = 10.0
    wide = (area.width - gap * (len(panels) - 1)) / len(panels)
    for i, (title, found) in enumerate(panels):
        left = area.left + i * (wide + gap)
        label = max(width_of(f.label, 10.5) for f in found) + 4
        parts.bars(canvas, Area(left, left + wide), y, title, found, last, min(label, 30.0))


def _adds_up(flow: Sequence[KeyFigure]) -> bool:
    """Tell whether all four are known and the identity of the form holds, so that signs may stand between them."""
    numbers = [f.now for f in flow]
    if len(numbers) != 4 or any(n is None for n in numbers):
        return False
    new, carried, done, left = (n for n in numbers if n is not None)
    return new + carried == done + left


def _nothing(figures: KeyFigures) -> str:
    """Say of a year without requests what its zeros say, and no more."""
    when = f"{figures.year}年" if figures.year else "本年"
    known = {f.label: f.now for f in figures.flow}
    if known.get("本年新收") == 0 and known.get("上年结转") == 0:
        return f"{when}没有收到政府信息公开申请，也没有上年结转的申请"
    return f"{when}各项办理结果均为 0 件" if figures.results else f"{when}各类申请人均为 0 件"


def _documents(figures: KeyFigures, area: Area) -> list[_Part]:
    if not figures.documents and not figures.decisions:
        return []
    drawn = [_Part(10, 0, lambda c, y: parts.heading(c, area, y, "主动公开政府信息", "单位：件"))]
    if figures.documents:
        high = 8 + parts.row_height(figures.last) * len(figures.documents)
        drawn.append(_Part(high, 6, lambda c, y: parts.rows(c, area, y, figures.documents, figures.last, lead=0)))
    if figures.decisions:
        named = [KeyFigure(f"{f.label}处理决定", f.now, f.before, f.unit) for f in figures.decisions]
        high = parts.tile_height(figures.last)
        drawn.append(_Part(high, 9, lambda c, y: parts.tiles(c, area, y, named, figures.last, ())))
    return drawn


def _reviews(figures: KeyFigures, area: Area) -> list[_Part]:
    if not figures.reviews:
        return []
    quiet = _all_zero(figures.reviews)
    note = "" if quiet else "单位：件"
    drawn = [_Part(10, 0, lambda c, y: parts.heading(c, area, y, _REVIEWS, note))]
    if quiet:
        when = f"{figures.year}年" if figures.year else "本年"
        text = f"{when}没有因政府信息公开引起的行政复议和行政诉讼"
        if any(word.startswith(tuple(KINDS.values())) for word in figures.blank):
            text = f"{when}已填写的各项均为 0 件"
        drawn.append(_Part(15, 8, lambda c, y: parts.sentence(c, area, y, text)))
    else:
        high = 8 + parts.row_height(figures.last) * len(figures.reviews)
        drawn.append(_Part(high, 8, lambda c, y: parts.rows(c, area, y, figures.reviews, figures.last, lead=-1)))
    return drawn


def _all_zero(lines: Sequence[FigureLine]) -> bool:
    return all(not f.now and not f.before for line in lines for f in line.figures)


def _foot(figures: KeyFigures, area: Area) -> list[_Part]:
    told = [f"数据来源：《{_title(figures)}》"]
    if figures.blank:
        told += _folded(f"年报中没有填写、图中没有列出的：{'、'.join(figures.blank)}。", area.width, 9)
    high = 6.0 * len(told) + 4

    def draw(canvas: Canvas, y: float) -> None:
        canvas.line(area.left, y, area.right, y, parts.FAINT, 0.8)
        for i, line in enumerate(told):
            canvas.text(area.left, y + 5 + 6 * i, line, canvas.fitted(line, 9, area.width), SOFT)

    return [_Part(high, 6, draw)]


def _folded(text: str, room: float, size: float) -> list[str]:
    """Break a text into lines that fit."""
    lines, line = [], ""
    for char in text:
        if width_of(line + char, size) > room and char not in "、。”":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def describe(figures: KeyFigures, *, only_requests: bool = False) -> str:
    """Return in words what the picture shows."""
    told = [
        _listed("政府信息公开申请", figures.flow, figures.last),
        _listed("办理结果", figures.results, figures.last),
    ]
    if not only_requests:
        told.append(_listed("申请人（本年新收）", figures.applicants, figures.last))
        told += [_listed(line.label, line.figures, figures.last) for line in figures.documents]
        told.append(_listed("处理决定数量", figures.decisions, figures.last))
        told += [_listed(line.label, line.figures, figures.last) for line in figures.reviews]
    return "".join(t for t in told if t)


def _listed(word: str, found: Sequence[KeyFigure], last: str) -> str:
    if not found:
        return ""
    each = [
        f"{f.label}{spell(f.now)}{f.unit}"
        + (f"（{last}{spell(f.before)}{f.unit}）" if last and f.before is not None else "")
        for f in found
        if f.now is not None
    ]
    return f"{word}：{'，'.join(each)}。"
