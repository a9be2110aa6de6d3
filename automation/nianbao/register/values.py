"""What stands in a register's cells: days as people type them, types, results, amounts. Nothing is ever guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from nianbao import dates
from nianbao.form import Edition, Kind
from nianbao.numbers import read_number
from nianbao.register import vocabulary
from nianbao.register.model import OPEN, Entry, EntryState
from nianbao.register.sheet_name import fold
from nianbao.register.vocabulary import Vocabulary
from nianbao.unicodes import plain_form

FIRST_DAY = datetime.date(2008, 5, 1)
"""The day 条例 came into force: no application is older."""
_LAST_DAY = datetime.date(2099, 12, 31)

_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_TIME = re.compile(r"(?:\s*T\s*|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_EPOCH = datetime.date(1899, 12, 30)
_LONGEST_DAY = 80
"""Characters; in a long text with many blanks looking for a time of day would take minutes."""
_QUOTED = re.compile(r'="(.*)"', re.DOTALL)
_NONE = ("", "-", "--", "—", "——", "–", "/", "\\", "无")

BLANK_DAY: Entry[datetime.date] = Entry(EntryState.BLANK)
_BLANK_WORD: Entry[str] = Entry(EntryState.BLANK)


def plain(raw: object) -> str:
    """Return a cell's content as folded text; exports write ="2025-3-1" to keep Excel from changing it."""
    text = plain_form(str(raw)).strip()
    match = _QUOTED.fullmatch(text)
    return match[1].strip() if match else text


def day_of(raw: object) -> Entry[datetime.date]:
    """Return the day a cell holds or spells, times of day dropped.

    2025-3-1, 2025/3/1, 2025.3.1, 2025年3月1日, 20250301 and serial numbers of Excel are understood; a year of two
    digits, 3/1/2025, a day before 2008-05-01 or after 2099 are not.
    """
    if isinstance(raw, datetime.date):
        return _likely(raw.date() if isinstance(raw, datetime.datetime) else raw)
    if raw is None or (isinstance(raw, str) and plain(raw) in _NONE):
        return BLANK_DAY
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return _unknown_day()
    return _spelled(plain(int(raw) if isinstance(raw, float) and raw.is_integer() else raw))


def _spelled(typed: str) -> Entry[datetime.date]:
    if len(typed) > _LONGEST_DAY:
        return _unknown_day()
    text = _TIME.sub("", typed)
    numbers = dates.spelled(text)
    if numbers is None:
        return _likely(_EPOCH + datetime.timedelta(int(float(text)))) if _SERIAL.fullmatch(text) else _unknown_day()
    day = dates.day(numbers)
    return _unknown_day() if day is None else _likely(day)


def _unknown_day() -> Entry[datetime.date]:
    return Entry(EntryState.UNKNOWN)


def _likely(day: datetime.date) -> Entry[datetime.date]:
    return Entry(EntryState.GIVEN, day) if FIRST_DAY <= day <= _LAST_DAY else _unknown_day()


def amount_of(raw: object) -> Entry[Decimal]:
    """Return an amount in 元, not negative."""
    if isinstance(raw, str) and plain(raw) in _NONE:
        return Entry(EntryState.BLANK)
    read = read_number(raw, Kind.AMOUNT, "元")
    if read.value is not None:
        return Entry(EntryState.GIVEN, Decimal(read.value)) if read.value >= 0 else Entry(EntryState.UNKNOWN)
    return Entry(EntryState.BLANK) if raw is None else Entry(EntryState.UNKNOWN)


class Matcher:
    """Recognises the types and results of one edition by official words and listed names only."""

    def __init__(self, edition: Edition, words: Vocabulary) -> None:
        columns, rows = vocabulary.type_columns(edition), vocabulary.result_rows(edition)
        self._types = _entries(vocabulary.type_words(edition))
        self._results = _entries(vocabulary.result_words(edition))
        _add(self._types, ((n, c) for c, names in words.types.items() for n in names if c in columns))
        placed = ((n, _placed(r, rows)) for r, names in words.results.items() for n in names)
        _add(self._results, ((n, r) for n, r in placed if r))
        _add(self._results, ((n, OPEN) for n in words.open))
        self._open = frozenset(map(fold, words.open))

    def type_of(self, raw: object) -> Entry[str]:
        """Return the applicant's column of 表三."""
        return _looked_up(self._types, raw)

    def result_of(self, raw: object) -> Entry[str]:
        """Return the result's row of 表三, or OPEN."""
        return _looked_up(self._results, raw)

    def answered_on(self, raw: object) -> Entry[datetime.date]:
        """Return the day of the answer; 办理中 and the like are blank."""
        found = day_of(raw)
        if found.state is EntryState.UNKNOWN and isinstance(raw, str) and fold(raw) in self._open:
            return BLANK_DAY
        return found


def _placed(row: str, rows: tuple[str, ...]) -> str:
    """Return the edition's row for this one: itself, or the single row its group has in some editions."""
    parent = row.partition(".")[0]
    return row if row in rows else parent if parent in rows else ""


def _entries(index: dict[str, tuple[str, ...]]) -> dict[str, Entry[str]]:
    return {
        k: Entry(EntryState.GIVEN, ids[0]) if len(ids) == 1 else Entry(EntryState.GROUP) for k, ids in index.items()
    }


def _add(entries: dict[str, Entry[str]], names: Iterable[tuple[str, str]]) -> None:
    """Add listed names; official words stay as they are, a name listed for two things is recognised as neither."""
    official = set(entries)
    for name, item in names:
        key = fold(name)
        if key in official:
            continue
        known = entries.get(key)
        entries[key] = (
            Entry(EntryState.GIVEN, item)
            if known in (None, Entry(EntryState.GIVEN, item))
            else Entry(EntryState.UNKNOWN)
        )


def _looked_up(entries: dict[str, Entry[str]], raw: object) -> Entry[str]:
    if raw is None:
        return _BLANK_WORD
    text = plain(raw)
    if text in _NONE:
        return _BLANK_WORD
    return entries.get(fold(text), Entry(EntryState.UNKNOWN))
