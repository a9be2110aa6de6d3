"""Dates as people type them: taken when they are a day, never guessed."""

import datetime

import pytest

from nianbao.dates import date_of, printed

DAY = datetime.date(2026, 1, 12)


@pytest.mark.parametrize(
    "raw",
    [DAY, datetime.datetime(2026, 1, 12, 8, 30, tzinfo=datetime.UTC), "2026-1-12", "2026-01-12", "2026/1/12",
     "2026.1.12", "2026年1月12日", "2026年1月12", " 2026 年 1 月 12 日 ", "２０２６－１－１２", "20260112", 20260112,
     20260112.0],
    ids=repr,
)  # fmt: skip
def test_a_day_is_read_as_it_is_written_or_held(raw):
    read = date_of(raw)
    assert read == DAY
    assert type(read) is datetime.date


@pytest.mark.parametrize(
    "raw",
    [None, "", "一月十二日", "2026年1月", "26-1-12", "2026-13-1", "2026-2-30", "2026-1-123", "202601120", 46034, 1.5,
     "2026-1-12前", True],
    ids=repr,
)  # fmt: skip
def test_what_is_no_day_of_the_calendar_is_not_read(raw):
    assert date_of(raw) is None


def test_a_date_is_printed_without_leading_zeros():
    assert printed(datetime.date(2026, 3, 4)) == "2026年3月4日"
