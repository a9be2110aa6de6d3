"""Reading a register: the right sheet, its columns, of each row what 表三 needs. Private columns are not looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nianbao.errors import InputError
from nianbao.form import Edition
from nianbao.register import register_rows, vocabulary
from nianbao.register.model import Application, EntryState, Fee, Register
from nianbao.register.register_rows import RegisterTable, Row
from nianbao.register.sheet_name import SHEET, fold
from nianbao.register.title_columns import REQUIRED, Head, find
from nianbao.register.values import Matcher, amount_of, day_of, plain
from nianbao.register.vocabulary import TITLES, Vocabulary

_FEES = ("fee_noticed", "fee_notified", "fee_paid", "fee_received")
_SUMS = frozenset({"合计", "总计", "小计"})


def read(path: Path, edition: Edition, mapping: Path | None = None) -> Register:
    """Return the register in a workbook or .csv; `mapping` is the office's own list of names (.toml).

    A workbook's sheet 申请台账 is the register, else its only sheet with such columns. What is in doubt in a row is
    told by its entries' states. Raises InputError when there is no register to be read.
    """
    vocabulary.refuse_without_requests(edition)
    words = vocabulary.load(mapping, edition)
    with register_rows.opened(path) as sheets:
        sheet, head = _chosen(path.name, sheets, words)
        if sheet.broken():
            raise InputError(
                f"“{path.name}”里有引号没有配对，后面的几行可能并进了同一格，没有计算；"
                "请用 Excel 或 WPS 打开核对，另存为 .xlsx 再试"
            )
        return _read(edition, sheet, head, Matcher(edition, words))


def _chosen(name: str, sheets: tuple[RegisterTable, ...], words: Vocabulary) -> tuple[RegisterTable, Head]:
    named = [s for s in sheets if fold(s.name) == SHEET]
    heads = [(s, head) for s in named or sheets if (head := find(s, words))]
    whole = [(s, head) for s, head in heads if not head.missing]
    if len(whole) > 1:
        raise InputError(f"“{name}”里有 {len(whole)} 张工作表都像申请台账，请把要用的那一张命名为“{SHEET}”")
    if whole:
        return whole[0]
    cure = "请改栏目名称，或用 --mapping 提供对应表"
    if not heads:
        wanted = "、".join(TITLES[c] for c in REQUIRED)
        raise InputError(f"“{name}”里找不到申请台账的栏目行（应有：{wanted}），{cure}")
    missing = min((h.missing for _, h in heads), key=len)
    raise InputError(f"“{name}”的台账缺少栏目：{'、'.join(TITLES[c] for c in missing)}。{cure}")


def _read(edition: Edition, sheet: RegisterTable, head: Head, matcher: Matcher) -> Register:
    fees = any(c in head.at for c in ("fee_notified", "fee_received"))
    applications = []
    numbers: dict[str, list[int]] = {}
    titles: Row = ()
    for row, cells in enumerate(sheet.rows(), 1):
        if row == head.row:
            titles = cells
        if row <= head.row or cells == titles or not _is_application(cells, head):
            continue
        applications.append(_application(row, _Cells(cells, head), matcher, fees))
        number = _Cells(cells, head)["number"]
        if number is not None and plain(number):
            numbers.setdefault(fold(plain(number)) or plain(number), []).append(row)
    doubled = tuple(tuple(rows) for rows in numbers.values() if len(rows) > 1)
    return Register(edition, tuple(applications), doubled, fees=any(a.fee for a in applications))


class _Cells:
    """One row's cells by column id; a column that is not there, or not in this row, is blank."""

    def __init__(self, cells: Row, head: Head) -> None:
        self._cells, self._at = cells, head.at

    def __getitem__(self, column: str) -> object:
        place = self._at.get(column)
        return self._cells[place] if place is not None and place < len(self._cells) else None


def _application(row: int, cells: _Cells, matcher: Matcher, fees: bool) -> Application:
    fee = None
    if fees and any(amount_of(cells[c]).state is not EntryState.BLANK for c in ("fee_notified", "fee_received")):
        noticed, notified, paid, received = (cells[c] for c in _FEES)
        fee = Fee(day_of(noticed), amount_of(notified), day_of(paid), amount_of(received))
    return Application(
        row=row,
        received=day_of(cells["received"]),
        answered=matcher.answered_on(cells["answered"]),
        due=day_of(cells["due"]),
        applicant=matcher.type_of(cells["applicant_type"]),
        result=matcher.result_of(cells["result"]),
        fee=fee,
    )


def _is_application(cells: Row, head: Head) -> bool:
    """Tell whether a row is an application: not blank, not only numbered beforehand, not a line of sums."""
    aside = {head.at.get("serial", -1), head.at.get("number", -1)}
    if not any(_filled(c) for i, c in enumerate(cells) if i not in aside):
        return False
    given = [_filled(cells[head.at[c]]) for c in REQUIRED if head.at[c] < len(cells)]
    return any(given) or not any(isinstance(c, str) and fold(c) in _SUMS for c in cells)


def _filled(cell: object) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def years(register: Register) -> Iterator[int]:
    """Yield the year of receipt of every row that has one."""
    return (a.received.value.year for a in register.applications if a.received.value)
