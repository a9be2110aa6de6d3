"""Characters that show another number than they seem to, in text of any kind of file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

STRUCK = "有划掉的字"
RAISED = "有抬高或压低的字（上标、下标）"
UNSEEN = "有看不见的字（颜色与底色相近、太小、透明或在版面之外）"
HIDDEN = "有隐藏的字"
TURNED = "有改变书写方向的字，显示的顺序与文件中的不同"
APART = "有隔得很开的数字，看上去不是一个数"
COVERED = "有字被别的东西盖住"
PARTED = "有线把数字隔开，看不出是一个数还是几个数"
PICTURED = "有图片或图形"
FIELD = "有由域算出的字，显示的可能是另一个数"
BOUND = "有连着别处数据的内容控件，显示的可能是另一个数"
NUMBERED = "有自动编号"
SYMBOL = "有按符号显示的字"
NOTED = "有注释的标记或注音"
FORMULA = "有公式"
EITHER = "有因软件而异的内容，不同的软件显示不同的字"
GENERATED = "有网页样式另外加上或改变的字"
INPUT = "有可以填写的框"

PROSE = (STRUCK, UNSEEN, BOUND)
"""What makes a text, not only a figure, another one than it seems."""

_SYMBOL_FONTS = ("symbol", "opensymbol", "starsymbol", "wingdings", "webdings", "mt extra", "monotype sorts", "zapf",
                 "dingbats", "bookshelf", "marlett")  # fmt: skip
"""How fonts begin that show signs in the place of figures."""

_SILENT = set("\u200b\u200c\u200d\u200e\u2060\u2061\u2062\u2063\u2064\ufeff")
"""Characters of format that neither show nor move others (a mark from left to right moves no figure).

A soft hyphen shows where a line ends at it.
"""

_COUNTING = set("-−–－﹣.．,，万亿千减降")

_TURNS = re.compile("[\u061c\u200f\u202a-\u202e\u2066-\u2069]")


def counts(char: str) -> bool:
    """Tell whether a character is a figure, or makes another number of figures beside it: a minus, a point, 万."""
    return char.isdecimal() or char in _COUNTING


def is_symbol_font(name: str) -> bool:
    """Tell whether a font of this name shows signs in the place of figures."""
    return name.strip().lower().startswith(_SYMBOL_FONTS)


def turned(text: str) -> bool:
    """Tell whether a text holds characters that change the order in which others are shown."""
    return _TURNS.search(text) is not None


def moves_from_right(text: str) -> bool:
    """Tell whether signs of a text stand elsewhere where it is written from the right (UAX 9): -5 shows as 5-.

    Figures and letters keep their order, and so does what stands between two figures, as in 1,234.
    """
    kinds = [unicodedata.bidirectional(c) for c in text.strip()]
    around = zip(["", *kinds], kinds, [*kinds[1:], ""], strict=False)
    return any(
        kind not in ("EN", "L", "ET", "BN") and not (kind in ("CS", "ES") and before == after == "EN")
        for before, kind, after in around
    )


def only_plain_digits(text: str) -> bool:
    """Tell whether all digits are 0–9 or ０–９, and nothing else stands for a number or moves one.

    ①, ², ½, Ⅳ and digits of other scripts are no plain digits; neither are marks that are shown, or that turn digits.
    """
    if text.isascii():
        return True
    for char in text:
        kind = unicodedata.category(char)
        if kind[0] == "N" and not ("0" <= char <= "9" or "０" <= char <= "９"):
            return False
        if kind == "Cf" and char not in _SILENT:
            return False
    return True


def uneven(sizes: Sequence[float], feet: Sequence[float]) -> bool:
    """Tell whether of a cell's figures (their sizes and lower ends) some are raised, lowered or set small."""
    if len(sizes) < 2:
        return False
    largest = max(sizes)
    raised = any(0.15 * largest < abs(a - b) < 0.7 * largest for a in feet for b in feet)
    return min(sizes) < 0.8 * largest or raised
