"""Dates as people type them, and as the report prints them (2026年1月12日)."""

from __future__ import annotations

import datetime
import re

from nianbao.unicodes import plain_form

_SPELLED = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


def date_of(raw: object) -> datetime.date | None:
    """Return the day a cell holds or spells (2026-1-12, 2026年1月12日, 20260112), or None."""
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = plain_form(str(raw)).strip()
    match = _SPELLED.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


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
