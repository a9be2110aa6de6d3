"""Dates as people type them: taken when they are a day, never guessed."""

import datetime

import pytest

from nianbao import dates
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


NUMBERS = (2026, 1, 12)


@pytest.mark.parametrize(
    ("read", "text", "numbers"),
    [(dates.spelled, "2026 年 1 月 12 日", NUMBERS), (dates.spelled, "2026年1月12日 08:00", None),
     (dates.spelled, "2026-13-40", (2026, 13, 40)), (dates.timed, "2026-01-12 00:00:00", NUMBERS),
     (dates.timed, "2026年1月12日", NUMBERS), (dates.timed, "2026 年1月12日", None), (dates.timed, "20260112", None),
     (dates.signed, "二〇二六年一月十二日", NUMBERS), (dates.signed, "2026年十月二十日", (2026, 10, 20)),
     (dates.signed, "二零二六年12月三十一日", (2026, 12, 31)), (dates.signed, "2026-1-12", None),
     (dates.signed, "2026年四十月1日", None)],
)  # fmt: skip
def test_each_place_reads_a_day_in_its_own_ways(read, text, numbers):
    assert read(text) == numbers


def test_numbers_that_no_calendar_has_are_no_day():
    assert [dates.day(n) for n in (NUMBERS, (2026, 2, 30), (2026, 13, 1), (0, 1, 1), None)] == [DAY, *[None] * 4]
