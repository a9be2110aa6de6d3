"""The register as kept in memory: of each application its row, days, categories and amounts. No text anybody typed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

from nianbao.form import Edition
from nianbao.numbers import Number

T = TypeVar("T")


class EntryState(Enum):
    """What a cell of the register gave: a value, nothing, something not recognised, a group of results only."""

    GIVEN = "given"
    BLANK = "blank"
    UNKNOWN = "unknown"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """One cell as understood; `value` is there only when the state is GIVEN."""

    state: EntryState
    value: T | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """The processing fee of one application: day of the notice, amount notified, day paid, amount received (元)."""

    noticed: Entry[datetime.date]
    notified: Entry[Decimal]
    paid: Entry[datetime.date]
    received: Entry[Decimal]


@dataclass(frozen=True, slots=True)
class Application:
    """One row of the register. `result` is a row id of 表三, OPEN for words such as 办理中."""

    row: int
    received: Entry[datetime.date]
    answered: Entry[datetime.date]
    due: Entry[datetime.date]
    applicant: Entry[str]
    result: Entry[str]
    fee: Fee | None = None


OPEN = "open"


@dataclass(frozen=True)
class Register:
    """A register read for an edition. `doubled` are groups of rows with the same number, `fees`: it tells of a fee."""

    edition: Edition
    applications: tuple[Application, ...]
    doubled: tuple[tuple[int, ...], ...]
    fees: bool


class Trouble(Enum):
    """Why a row can't be counted, or not its fee. Judged for one reporting year, see count.py."""

    NO_RECEIVED = "no_received"
    BAD_RECEIVED = "bad_received"
    BAD_ANSWERED = "bad_answered"
    BEFORE = "before"
    NO_TYPE = "no_type"
    BAD_TYPE = "bad_type"
    NO_RESULT = "no_result"
    BAD_RESULT = "bad_result"
    GROUP_RESULT = "group_result"
    OPEN_ANSWERED = "open_answered"
    NO_ANSWERED = "no_answered"
    BAD_FEE = "bad_fee"
    FEE_YEAR = "fee_year"

    @property
    def about_fee(self) -> bool:
        """Tell whether only the fee is in doubt, not the place in 表三."""
        return self in (Trouble.BAD_FEE, Trouble.FEE_YEAR)


@dataclass(frozen=True)
class Counted:
    """表三 of one year as the register gives it. `values` and `rows` are by cell key; `rows` are what a figure counts.

    A row with a trouble is counted nowhere. `applications` is how many rows there are, `counted` how many of them
    count for the year. `late` are rows dated after the year that follows, `slow` those answered, `waiting` those
    unanswered at the year's end after more than the lawful time.
    """

    edition: Edition
    year: int
    values: Mapping[str, Number]
    rows: Mapping[str, tuple[int, ...]]
    troubles: Mapping[Trouble, tuple[int, ...]]
    applications: int
    counted: int
    late: tuple[int, ...]
    slow: tuple[int, ...]
    waiting: tuple[int, ...]

    @property
    def uncounted(self) -> tuple[int, ...]:
        """The rows that could not be placed in 表三."""
        return tuple(sorted({r for t, rows in self.troubles.items() if not t.about_fee for r in rows}))
