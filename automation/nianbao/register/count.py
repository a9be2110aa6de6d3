"""Counting a register into 表三 of one year.

本年新收: received in the year. 上年结转: received before, not answered before the year began. A result counts in the
year of its answer. 结转下年度: received by the year's end, not answered by it. So every application that concerns the
year stands once on either side, and the identities of 表三 hold by construction.

Knows the national form: the table of the processing fee, which an edition may leave out (表三: vocabulary.py).
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal

from nianbao.checks.single_figures import CHARGED
from nianbao.form import Edition
from nianbao.numbers import Number, normalised
from nianbao.register.model import OPEN, Application, Counted, Entry, EntryState, Fee, Register, Trouble
from nianbao.register.read import years
from nianbao.register.vocabulary import (
    ALL,
    CARRIED_IN,
    CARRIED_OUT,
    DONE,
    RECEIVED,
    TABLE,
    cell,
    result_rows,
    type_columns,
)

WORKING_DAYS = 20
"""Within which an application is answered (条例 art. 33)."""


def usual_year(register: Register) -> int | None:
    """Return the year in which most applications were received, the later of equals; None without any."""
    counts = Counter(years(register))
    return max(counts, key=lambda y: (counts[y], y)) if counts else None


def count(register: Register, year: int) -> Counted:
    """Return 表三 of this year, which rows make up each figure, and which rows could not be counted and why."""
    edition = register.edition
    rows: dict[str, list[int]] = {}
    troubles: dict[Trouble, list[int]] = {}
    counted = 0
    for one in register.applications:
        places, trouble = place(one, year)
        for t in trouble:
            troubles.setdefault(t, []).append(one.row)
        counted += bool(places) and not trouble
        for row in places if not trouble else ():
            rows.setdefault(cell(row, str(one.applicant.value)), []).append(one.row)
    made_of = _with_sums(edition, {k: tuple(r) for k, r in rows.items()})
    values: dict[str, Number] = {k: len(r) for k, r in made_of.items()}
    if register.fees:
        fees, fee_rows, fee_troubles = _fees(register, year)
        values |= fees
        made_of |= fee_rows
        troubles |= fee_troubles
    return Counted(
        edition,
        year,
        values,
        made_of,
        {t: tuple(troubles[t]) for t in Trouble if t in troubles},
        len(register.applications),
        counted,
        late=tuple(a.row for a in register.applications if _is_late(a, year)),
        slow=tuple(a.row for a in register.applications if _is_slow(a, year)),
        waiting=tuple(a.row for a in register.applications if _is_waiting(a, year)),
    )


def place(one: Application, year: int) -> tuple[tuple[str, ...], tuple[Trouble, ...]]:
    """Return the two rows of 表三 an application counts in, and what is in doubt; neither if not of the year."""
    received, answered = one.received.value, one.answered.value
    if received is not None and received.year > year:
        return (), ()
    if received is None:
        before = answered is not None and answered.year < year
        trouble = Trouble.NO_RECEIVED if one.received.state is EntryState.BLANK else Trouble.BAD_RECEIVED
        return (), () if before else (trouble,)
    if one.answered.state is EntryState.UNKNOWN:
        return (), (Trouble.BAD_ANSWERED,)
    if answered is not None and answered < received:
        return (), (Trouble.BEFORE,)
    if answered is not None and answered.year < year:
        return (), ()
    troubles = [*_type_troubles(one), *_result_troubles(one, year)]
    start = RECEIVED if received.year == year else CARRIED_IN
    end = one.result.value if answered is not None and answered.year == year else CARRIED_OUT
    return ((start, end), ()) if not troubles and end else ((), tuple(troubles))


def _type_troubles(one: Application) -> Iterable[Trouble]:
    if one.applicant.state is not EntryState.GIVEN:
        yield Trouble.NO_TYPE if one.applicant.state is EntryState.BLANK else Trouble.BAD_TYPE


def _result_troubles(one: Application, year: int) -> Iterable[Trouble]:
    state, answered = one.result.state, one.answered.value
    if answered is not None and answered.year > year:
        return  # carried over, whatever came of it later
    if state is EntryState.UNKNOWN:
        yield Trouble.BAD_RESULT
    elif answered is None:
        if state is EntryState.GROUP or (state is EntryState.GIVEN and one.result.value != OPEN):
            yield Trouble.NO_ANSWERED
    elif state is EntryState.BLANK:
        yield Trouble.NO_RESULT
    elif state is EntryState.GROUP:
        yield Trouble.GROUP_RESULT
    elif one.result.value == OPEN:
        yield Trouble.OPEN_ANSWERED


def _with_sums(edition: Edition, rows: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return the rows behind every cell of 表三: those of the parts for a total."""
    columns, results = type_columns(edition), result_rows(edition)
    found: dict[str, tuple[int, ...]] = {}
    for value in edition.table[TABLE].values:
        across = columns if value.column == ALL else (value.column,)
        down = results if value.row == DONE else (value.row,)
        found[value.key] = tuple(sorted(r for d in down for c in across for r in rows.get(cell(d, c), ())))
    return found


def weekdays(start: datetime.date, end: datetime.date) -> int:
    """Count Mondays to Fridays after `start` up to and including `end`; public holidays are not known here."""
    weeks, rest = divmod(max(0, (end - start).days), 7)
    first = start.weekday()
    return weeks * 5 + sum((first + i) % 7 < 5 for i in range(1, rest + 1))


def _is_slow(one: Application, year: int) -> bool:
    received, answered = one.received.value, one.answered.value
    if received is None or answered is None or answered.year != year or answered < received:
        return False
    if one.due.value is not None:
        return answered > one.due.value
    return weekdays(received, answered) > WORKING_DAYS


def _is_waiting(one: Application, year: int) -> bool:
    received, end = one.received.value, datetime.date(year, 12, 31)
    if received is None or received > end or one.answered.state is not EntryState.BLANK:
        return False
    return one.due.value < end if one.due.value is not None else weekdays(received, end) > WORKING_DAYS


def _is_late(one: Application, year: int) -> bool:
    return any(d is not None and d.year > year + 1 for d in (one.received.value, one.answered.value))


_FEE = "fee.processing_fee"
_NOTICES, _NOTIFIED, _RECEIVED = (f"{_FEE}.{c}" for c in CHARGED)


def _fees(
    register: Register, year: int
) -> tuple[dict[str, Number], dict[str, tuple[int, ...]], dict[Trouble, list[int]]]:
    """Return the processing fee of the year, where the form asks for it and every amount is surely of one year."""
    sums: dict[str, Decimal] = {_NOTIFIED: Decimal(0), _RECEIVED: Decimal(0)}
    rows: dict[str, list[int]] = {_NOTICES: [], _NOTIFIED: [], _RECEIVED: []}
    troubles: dict[Trouble, list[int]] = {}
    for one in register.applications:
        received, answered = one.received.value, one.answered.value
        if one.fee is None or (answered and answered.year < year) or (received and received.year > year):
            continue
        trouble = _fee_of(one, one.fee, year, sums, rows)
        if trouble:
            troubles.setdefault(trouble, []).append(one.row)
    if troubles:
        return {}, {}, troubles
    values: dict[str, Number] = {_NOTICES: len(rows[_NOTICES])} | {k: normalised(v) for k, v in sums.items()}
    asked = [k for k in values if k in register.edition.values]
    return {k: values[k] for k in asked}, {k: tuple(rows[k]) for k in asked}, {}


def _fee_of(
    one: Application, fee: Fee, year: int, sums: dict[str, Decimal], rows: dict[str, list[int]]
) -> Trouble | None:
    if EntryState.UNKNOWN in (e.state for e in (fee.noticed, fee.notified, fee.paid, fee.received)):
        return Trouble.BAD_FEE
    told = ((fee.notified, fee.noticed, _NOTIFIED), (fee.received, fee.paid, _RECEIVED))
    for amount, day, key in told:
        if not amount.value:
            continue
        when = _year_of(one, day)
        if when is None:
            return Trouble.FEE_YEAR
        if when == year:
            sums[key] += amount.value
            rows[key].append(one.row)
            if key == _NOTIFIED:
                rows[_NOTICES].append(one.row)
    return None


def _year_of(one: Application, day: Entry[datetime.date]) -> int | None:
    """Return the year of a fee: its own day's, else that of an application received and answered in one year."""
    if day.value is not None:
        return day.value.year
    received, answered = one.received.value, one.answered.value
    return received.year if received and answered and received.year == answered.year else None
