"""Until when bodies report, as rosters say it: days with and without a year; the year a day is the deadline of."""

from __future__ import annotations

import datetime
import re

from nianbao.dates import date_of
from nianbao.unicodes import plain_form

_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?")
_AFTER = re.compile(r"(?:\s*(?:\d{1,2}[:：]\d{2}(?::\d{2})?|[上下]午|下班))?\s*(?:之?前|以前|止|截止)?\s*$")
_YEAR_ENDS = 11
"""From this month on a deadline is one for the year that is ending."""
_LAST = 6
"""Until this month a deadline is one for the year before; a day between belongs to no year for sure."""


def deadline_of(text: str, year: int | None) -> datetime.date | None:
    """Return the day a deadline names (2026-1-20, 2026年1月20日前, 1月20日), or None.

    A day without a year is one for the report of `year`; None where that is not known.
    """
    said = _AFTER.sub("", plain_form(text).strip())
    day = date_of(said)
    match = None if day else _DAY.fullmatch(said)
    if match is None or year is None:
        return day
    month = int(match[1])
    try:
        return datetime.date(year if month >= _YEAR_ENDS else year + 1, month, int(match[2]))
    except ValueError:
        return None


def lacks_year(text: str) -> bool:
    """Tell whether a deadline is a day without a year."""
    return bool(_DAY.fullmatch(_AFTER.sub("", plain_form(text).strip())))


def year_of(deadline: str) -> int | None:
    """Return the report year that a deadline (ISO, or '') is for, None where it may be another."""
    if not deadline:
        return None
    year, month = int(deadline[:4]), int(deadline[5:7])
    if month >= _YEAR_ENDS:
        return year
    return year - 1 if month <= _LAST else None
