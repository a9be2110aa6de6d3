"""The rows of a register: of a workbook, or of a .csv in the encodings and with the marks that offices have."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from nianbao import files
from nianbao.errors import InputError
from nianbao.form import Kind
from nianbao.numbers import read_number
from nianbao.oserrors import why
from nianbao.workbook import display
from nianbao.workbook.contents import Content
from nianbao.workbook.number_formats import digits15

MAX_COLUMNS = 80
MAX_ROWS = 30_000
_EXCEL_ROWS = 2**20
MAX_CSV = 8 * 2**20
CELL_LIMIT = 1_000_000
"""Characters of one field of a .csv; a cell of Excel holds 32,767."""

WORKBOOKS, TEXTS = (".xlsx", ".xlsm"), (".csv", ".tsv", ".txt")
MARKS = (",", "\t", ";", "|", "，")

Row = tuple[object, ...]


@dataclass(frozen=True)
class RegisterTable:
    """One table of a file; `rows` starts again from the first row each time it is called.

    `broken` tells whether its quotes may have swallowed rows.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    broken: Callable[[], bool] = lambda: False


@contextmanager
def opened(path: Path) -> Iterator[tuple[RegisterTable, ...]]:
    """Open a register. A .csv gives one sheet for each mark its fields may be divided by. Raises InputError."""
    suffix = path.suffix.lower()
    if suffix in TEXTS:
        text = _text(path)
        yield tuple(
            RegisterTable(mark, _csv_rows(path.name, text, mark), partial(_is_broken, text, mark))
            for mark in MARKS
            if mark in text or mark == ","
        )
    elif suffix in WORKBOOKS:
        with _workbook(path) as sheets:
            yield sheets
    else:
        raise InputError(f"“{path.name}”不是台账能用的文件，请另存为 .xlsx 或 .csv 再试")


@contextmanager
def _workbook(path: Path) -> Iterator[tuple[RegisterTable, ...]]:
    from nianbao.workbook.bounds import REGISTER  # noqa: PLC0415 - only where a register is a workbook
    from nianbao.workbook.package_checks import open_package  # noqa: PLC0415
    from nianbao.workbook.thorough import damage_named, opened  # noqa: PLC0415

    with opened(open_package(path, REGISTER)) as book:

        def rows_of(title: str) -> Callable[[], Iterator[Row]]:
            def rows() -> Iterator[Row]:
                with damage_named(f"“{path.name}”"):
                    cells = book.read(title, title, _EXCEL_ROWS + 1, MAX_COLUMNS).cells
                yield from _bounded(path.name, _in_order(path.name, cells))

            return rows

        yield tuple(RegisterTable(title, rows_of(title)) for title in book.names)


def _in_order(name: str, cells: Mapping[tuple[int, int], Content]) -> Iterator[Row]:
    """Yield the rows from the first on, blank ones included."""
    by_row: dict[int, dict[int, object]] = {}
    for (row, column), content in cells.items():
        value = _displayed(content, f"{row}-{column}")
        if value not in (None, ""):
            by_row.setdefault(row, {})[column] = value
    last = max(by_row, default=0)
    if last > _EXCEL_ROWS:
        raise InputError(f"“{name}”里有 Excel 没有的行号，文件可能已损坏，请用 Excel 或 WPS 打开，另存后再试")
    for row in range(1, min(last, MAX_ROWS) + 1):
        held = by_row.get(row, {})
        yield tuple(held.get(column) for column in range(1, max(held, default=0) + 1))
    if last > MAX_ROWS:
        raise InputError(f"“{name}”超过 {MAX_ROWS} 行，请只留报告年度用得着的申请")


@dataclass(frozen=True)
class Unsure:
    """What is in a cell, and can't be told: a formula never calculated, struck text, a format that shows another."""

    place: str


def _displayed(content: Content, place: str) -> object:
    """Return a cell's value where that is what is displayed; Unsure where it is not."""
    value = content.value
    if (content.formula and value is None) or content.marked or "删除线" in content.look.unseen:
        return Unsure(place)
    if isinstance(value, str):
        return value if display.shown(content) == value else Unsure(place)
    if isinstance(value, int | float) and not isinstance(value, bool):
        held, text = digits15(value), display.shown(content)
        read = read_number((text or "").strip(), Kind.AMOUNT, "元").value
        return value if held is not None and read == held else Unsure(place)
    return value


def _bounded(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number <= MAX_ROWS:
            yield row
        elif number > _EXCEL_ROWS:
            raise InputError(f"“{name}”里有 Excel 没有的行号，文件可能已损坏，请用 Excel 或 WPS 打开，另存后再试")
        elif row.count(None) != len(row) and any(v not in (None, "") for v in row):  # most often all are None
            raise InputError(f"“{name}”超过 {MAX_ROWS} 行，请只留报告年度用得着的申请")


def _csv_rows(name: str, text: str, mark: str) -> Callable[[], Iterator[Row]]:
    def rows() -> Iterator[Row]:
        csv.field_size_limit(CELL_LIMIT)
        try:
            read = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
            yield from _bounded(name, (tuple(r[:MAX_COLUMNS]) for r in read))
        except csv.Error as e:
            raise InputError(f"“{name}”的格式有误（多半是引号没有配对），请用 Excel 或 WPS 另存为 .xlsx 再试") from e

    return rows


def _is_broken(text: str, mark: str) -> bool:
    """Tell whether a quotation mark that is not paired may have swallowed lines of a .csv."""
    csv.field_size_limit(CELL_LIMIT)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        return True
    widths = Counter(len(r) for r in rows if any(r))
    usual = widths.most_common(1)[0][0] if widths else 0
    for row in rows:
        over = [f for f in row if "\n" in f or "\r" in f]
        breaks = sum(len(f"{f}.".splitlines()) - 1 for f in over)
        # of each line that was swallowed nearly all marks are still there, in the fields or between them
        marks = sum(f.count(mark) for f in over) + len(row) - usual
        if over and marks >= breaks * max(1, usual - 2):
            return True
    return False


def _text(path: Path) -> str:
    """Return the text of a .csv: UTF-8, UTF-16 with its mark, or GBK (GB 18030)."""
    try:
        data = files.read(path, MAX_CSV)
    except files.TooLargeError as e:
        raise InputError(f"“{path.name}”有 {e.size // 2**20} MB，太大，不像一份申请台账") from e
    except FileNotFoundError as e:
        raise InputError(f"找不到文件“{path}”") from e
    except OSError as e:
        raise InputError(f"“{path}”打不开（{why(e)}），请关闭正在使用它的程序后再试") from e
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError(f"“{path.name}”的文字编码认不出来，请用 Excel 或 WPS 打开，另存为 .xlsx 再试")
