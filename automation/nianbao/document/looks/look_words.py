"""Sizes, lengths, spaces and colours in the words that Word and WPS show to a clerk."""

from __future__ import annotations

import colorsys

from nianbao.visible import colours
from nianbao.visible.word.formats import SINGLE

_NUMBERED = {
    84: "初号", 72: "小初", 52: "一号", 48: "小一", 44: "二号", 36: "小二", 32: "三号", 30: "小三", 28: "四号",
    24: "小四", 21: "五号", 18: "小五", 15: "六号", 13: "小六", 11: "七号", 10: "八号",
}  # fmt: skip
_ALIGNED = {"left": "左对齐", "right": "右对齐", "center": "居中", "both": "两端对齐", "distribute": "分散对齐"}
_PAPERS = {(210, 297): "A4", (297, 420): "A3", (148, 210): "A5", (182, 257): "B5", (176, 250): "B5",
           (184, 260): "16开", (216, 279): "Letter", (216, 356): "Legal"}  # fmt: skip
_HUES = ((15, "红色"), (45, "橙色"), (70, "黄色"), (165, "绿色"), (195, "青色"), (260, "蓝色"), (330, "紫色"),
         (360, "红色"))  # fmt: skip
_PALE, _LIGHT = 0.15, 0.75


def plain(number: float) -> str:
    """Return a number with at most two decimals and no trailing zeros."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def size(half_points: int) -> str:
    """Return a size of letters: 三号, or 10磅 where it has no number."""
    return _NUMBERED.get(half_points) or f"{plain(half_points / 2)}磅"


def millimetres(twips: int) -> str:
    """Return a length in millimetres with one decimal at most: 37毫米."""
    return f"{plain(round(twips * 25.4 / 1440, 1))}毫米"


def points(twips: int) -> str:
    """Return a length in points: 28.9磅."""
    return f"{plain(twips / 20)}磅"


def aligned(align: str) -> str:
    """Return how a paragraph is aligned: 两端对齐."""
    return _ALIGNED.get(align, "另一种对齐")


def spacing(line: int, rule: str) -> str:
    """Return the distance of lines: 固定值28.9磅, 1.5倍行距."""
    if rule in ("exact", "atLeast"):
        return f"{'固定值' if rule == 'exact' else '最小值'}{points(line)}"
    return "单倍行距" if line == SINGLE else f"{plain(line / SINGLE)}倍行距"


def paper(width: int, height: int) -> str:
    """Return a size of paper (twips): A4（210毫米×297毫米）, with 横向 where it lies."""
    exact = f"{millimetres(width)}×{millimetres(height)}"
    short, long = sorted(round(x * 25.4 / 1440) for x in (width, height))
    name = next((n for (a, b), n in _PAPERS.items() if abs(a - short) <= 1 and abs(b - long) <= 1), "")
    lies = "横向" if width > height else ""
    return f"{name}{lies}（{exact}）" if name or lies else exact


def colour(ink: str) -> str:
    """Return the name of a colour (six hexadecimal digits): 红色."""
    red, green, blue = (x / 255 for x in colours.parts(ink) or (0, 0, 0))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < _PALE:
        return "白色" if value == 1 else "浅灰色" if value > _LIGHT else "灰色" if value else "黑色"
    return next(name for end, name in _HUES if hue * 360 <= end)
