"""Numbers as Chinese administrative texts write them: 36, 1,234, 1.2万, 三十六, 两百, 一千零五, 二〇二二."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

DIGITS = "".join(_DIGITS)
NUMERALS = "".join((*_DIGITS, *_SCALES, "万", "亿"))
"""The characters of Chinese numerals, for use in a character class."""


def chinese(text: str) -> int | None:
    """Return the number that Chinese numerals spell, or None when they spell none (十十, 百三万百)."""
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if text else None
    head, myriad, tail = _split(text)
    if myriad:
        high, low = chinese(head), chinese(tail.removeprefix("零")) if tail else 0
        if high is None or low is None or low >= _MYRIADS[myriad]:
            return None
        return high * _MYRIADS[myriad] + low
    return _below_myriad(text)


def _split(text: str) -> tuple[str, str, str]:
    for myriad in ("亿", "万"):
        if myriad in text:
            return text.partition(myriad)
    return text, "", ""


def _below_myriad(text: str) -> int | None:
    """Read 一千零五, 三十六, 两百, 十; 一百五 is 150."""
    total, digit, scale = 0, None, 10_000
    zero = False
    for char in text:
        if char in _DIGITS:
            if digit is not None:
                return None
            zero = zero or _DIGITS[char] == 0
            digit = _DIGITS[char] or None
            continue
        if _SCALES[char] >= scale or (digit is None and char != "十"):
            return None
        scale = _SCALES[char]
        total += (digit or 1) * scale
        digit, zero = None, False
    if digit is None:
        return total
    return total + digit * (scale // 10 if scale in (100, 1000) and not zero else 1)


def arabic(text: str, scale: str = "") -> Decimal:
    """Return the number that digits spell, thousands marks ignored, times 万, 亿, 千 or 百 where one follows."""
    value = Decimal(text.replace(",", ""))
    return value * {"": 1, "百": 100, "千": 1000, **_MYRIADS}[scale]


def decimals(text: str) -> int:
    """Count the printed decimals of a number."""
    return len(text.partition(".")[2])
