"""A sheet to draw on in millimetres, from the top left corner: boxes, bars, lines, text. The door to matplotlib.

Text stays text in SVG. Nothing of the clock or of the machine goes into a picture.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from nianbao.errors import OutputError

NO_FONT = (
    "这台电脑上没有画图解可用的中文字体（如微软雅黑、黑体、思源黑体），没有生成图解。"
    "Windows 请安装简体中文字体；Linux 请安装 fonts-noto-cjk 一类的字体后再试"
)

FAMILIES = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN", "思源黑体 CN", "Microsoft YaHei", "PingFang SC",
    "Hiragino Sans GB", "SimHei", "DengXian", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "STHeiti",
    "Noto Serif CJK SC", "SimSun", "AR PL UMing CN",
)  # fmt: skip
"""Fonts with simplified characters, the best first; those after the first stand in for single characters."""

_SHOWN = ", ".join(f"'{f}'" for f in (*FAMILIES[:1], "Microsoft YaHei", "PingFang SC", "SimHei")) + ", sans-serif"
_FONT = re.compile(r"(font(?:-family)?: [^;']*?)'[^;]*?(?=;)")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>\n")
_MM, _POINT = 25.4, 25.4 / 72

_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "nianbao",
    # advances as the font has them, not rounded to whole pixels: lines get no longer than reckoned
    "text.hinting": "none",
    "hatch.linewidth": 0.7,
}


class Canvas:
    """One picture in the making; `height` and `width` in millimetres, sizes of type in points."""

    def __init__(self, width: float, height: float) -> None:
        with _quiet():
            figure, families = _load().figure.Figure, installed()
            self.width, self.height = width, height
            self._figure = figure(figsize=(width / _MM, height / _MM), facecolor="white")
            self._axes = self._figure.add_axes((0, 0, 1, 1))
            self._axes.set_axis_off()
            self._axes.set_xlim(0, width)
            self._axes.set_ylim(height, 0)
        self._families = list(families)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        edge: str = "",
        hatch: str = "",
        line: float = 0.6,
    ) -> None:
        """Draw a rectangle; `hatch` is a pattern in the colour of the edge."""
        patches = _load().patches
        drawn = patches.Rectangle(
            (x, y), width, height, facecolor=fill, edgecolor=edge or "none", linewidth=line if edge else 0, hatch=hatch
        )
        self._axes.add_patch(drawn)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 0.6) -> None:
        """Draw a straight line, `width` in points."""
        self._axes.plot([x1, x2], [y1, y2], color=colour, linewidth=width, solid_capstyle="butt")

    def text(
        self, x: float, y: float, text: str, size: float, colour: str, *, bold: bool = False, align: str = "left"
    ) -> None:
        """Write one line; `y` is the middle of the characters' height, `align` left, center or right of `x`."""
        _refuse_unknown(text)
        self._axes.text(
            x, y + 0.36 * size * _POINT, text, size=size, color=colour, weight="bold" if bold else "normal",
            family=self._families, ha=align, va="baseline", parse_math=False,
        )  # fmt: skip

    def fitted(self, text: str, size: float, room: float, least: float = 6.0) -> float:
        """Return the size, at most `size`, at which a line fits into `room` millimetres."""
        return max(least, min(size, size * room / max(width_of(text, size), 0.01)))

    def svg(self, title: str, description: str) -> bytes:
        """Return the picture as SVG that names itself to those who can't see it."""
        out = io.BytesIO()
        with _quiet(), _load().rc_context(_STYLE):
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            self._figure.savefig(out, format="svg", metadata=nothing)
        text = _FONT.sub(lambda m: m.group(1) + _SHOWN, out.getvalue().decode("utf-8"))
        named = (
            ' role="img" aria-labelledby="title description" lang="zh-CN">\n'
            f' <title id="title">{escape(title)}</title>\n'
            f' <desc id="description">{escape(description)}</desc>'
        )
        text = _DOCTYPE.sub("", text, count=1)  # it names a file on another server
        return re.sub(r"(<svg\b[^>]*)>", lambda m: m.group(1) + named, text, count=1).encode("utf-8")

    def png(self, title: str, dpi: int) -> bytes:
        """Return the picture as PNG."""
        out = io.BytesIO()
        with _quiet(), _load().rc_context(_STYLE):
            self._figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None, "Title": title})
        return out.getvalue()


def width_of(text: str, size: float) -> float:
    """Return the width of a line in millimetres."""
    wide = sum(1.0 if ord(c) > 0x2E7F or c in "“”‘’—…·" else 0.56 for c in text)
    return wide * size * _POINT


@cache
def _load() -> Any:
    """Return matplotlib with what is used of it. Raises OutputError where it is not installed."""
    try:
        import matplotlib  # noqa: PLC0415 - an extra, and slow to load
        import matplotlib.figure  # noqa: PLC0415
        import matplotlib.font_manager  # noqa: PLC0415
        import matplotlib.patches  # noqa: PLC0415
    except ImportError as e:
        raise OutputError(
            "这台电脑上的程序不带画图解的组件，没有生成图解；其他格式不受影响。"
            "要图解的，请管理员照《PDF 和图解》一页装上"
        ) from e
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it reports the building of its caches as warnings
    return matplotlib


@cache
def installed() -> Sequence[str]:
    """Return the fonts to write in: the best one here and those for characters it lacks. Raises OutputError."""
    manager = _load().font_manager
    there = set(manager.fontManager.get_font_names())
    if not there.intersection(FAMILIES):  # the library keeps a list, which may be older than the fonts
        for path in manager.findSystemFonts():
            with _passing_over_broken_fonts():
                manager.fontManager.addfont(path)
        there = set(manager.fontManager.get_font_names())
    found = [f for f in FAMILIES if f in there]
    if not found:
        raise OutputError(NO_FONT)
    return tuple(found[:4])


@contextmanager
def _passing_over_broken_fonts() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, ValueError):  # what FreeType says to files that are no fonts
        return


@cache
def _characters() -> frozenset[int]:
    """Return the characters that can be written."""
    manager = _load().font_manager
    known: set[int] = set()
    for family in installed():
        path = manager.findfont(manager.FontProperties(family=family), fallback_to_default=False)
        known.update(manager.get_font(path).get_charmap())
    return frozenset(known)


def _refuse_unknown(text: str) -> None:
    """Refuse what would come out as an empty box."""
    for char in text:
        if ord(char) not in _characters():
            raise OutputError(
                f"这台电脑上的字体没有“{char}”（U+{ord(char):04X}）这个字，没有生成图解；请安装带有它的字体，或改用别的字"
            )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the library's own English remarks from the user; what matters has been looked at before."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
