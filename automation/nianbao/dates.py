"""Dates as people type them, and as the report prints them (2026年1月12日): every single day is read here.

What a rule asks of the days in a text, damaged ones too, is the rule's own.
"""

from __future__ import annotations

import datetime
import re

from nianbao.unicodes import plain_form

Numbers = tuple[int, int, int]
"""A year, a month and a day as they stand there, whether or not the calendar has such a day."""

_SHAPE = "({year}){gap}{ends[0]}{gap}({part}){gap}{ends[1]}{gap}({part}){gap}{ends[2]}"
_TYPED = {"year": r"\d{4}", "part": r"\d{1,2}", "ends": ("[-/.年]", "[-/.月]", "日?")}
_SPELLED = re.compile(_SHAPE.format(**_TYPED, gap=r"\s*"))
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIMED = _SHAPE.format(**_TYPED, gap="") + r"(?:[ T]\S*)?"
_SIGNED = _SHAPE.format(
    year=r"\d{4}|二[〇○零][一二三四五六七八九〇○零]{2}",
    part=r"\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]",
    ends="年月日",
    gap="",
)
_DIGITS = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○Oo", "0")


def date_of(raw: object) -> datetime.date | None:
    """Return the day a cell holds or spells (2026-1-12, 2026年1月12日, 20260112), or None."""
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = plain_form(str(raw)).strip()
    return day(spelled(text))


def day(numbers: Numbers | None) -> datetime.date | None:
    """Return the day of the calendar with these numbers, None where there is none."""
    try:
        return datetime.date(*numbers) if numbers else None
    except ValueError:
        return None


def spelled(text: str) -> Numbers | None:
    """Return what a folded text spells: 2026-1-12, 2026 年 1 月 12 日, 20260112."""
    return _numbers(_SPELLED.fullmatch(text) or _COMPACT.fullmatch(text))


def timed(text: str) -> Numbers | None:
    """Return what a text spells without blanks, left as it was typed; a time of day may stand behind it."""
    return _numbers(re.fullmatch(_TIMED, text))


def signed(text: str) -> Numbers | None:
    """Return the numbers of a day as it is written below a report: 2026年1月12日, 二〇二六年一月十二日."""
    return _numbers(re.fullmatch(_SIGNED, text))


def _numbers(match: re.Match[str] | None) -> Numbers | None:
    return (year_of(match[1]), _small(match[2]), _small(match[3])) if match else None


def year_of(raw: str) -> int:
    """Return a year written in digits of either kind."""
    return int("".join(_DIGITS.get(c, c) for c in raw))


def _small(raw: str) -> int:
    """Return a month or day: 12, 十二, 二十."""
    tens, found, ones = raw.partition("十")
    if not found:
        return year_of(raw)
    return int(_DIGITS.get(tens, "1")) * 10 + (int(_DIGITS[ones]) if ones else 0)


_BEFORE_ALL = datetime.date(2026, 11, 1)
"""The program was written after this day: a clock that shows an earlier one has stopped, or never been set."""


def today() -> datetime.date | None:
    """Return today where the program runs, the day that dates are judged by; None where the clock is surely wrong."""
    day = datetime.date.today()  # noqa: DTZ011 - the office's own day
    return day if day >= _BEFORE_ALL else None


_LAST_MONTH = 3
"""Until March a year's report is still being made, by counties at least (条例第四十九条)."""


def reported_next(year: int, month: int) -> int:
    """Return the year whose report is made next, or is being made, in a month of a year."""
    return year - (month <= _LAST_MONTH)


def now() -> datetime.datetime | None:
    """Return the moment by the office's own clock; None where the clock is surely wrong."""
    moment = datetime.datetime.now()  # noqa: DTZ005 - the office's own time
    return moment if moment.date() >= _BEFORE_ALL else None


def printed(day: datetime.date) -> str:
    """Return a date as the report prints it, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"
