"""The rows of a register: of a workbook's sheets, or of a .csv in the encodings and with the marks that offices have.

The register's door to openpyxl for reading.
"""

from __future__ import annotations

import codecs
import csv
import io
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nianbao import files
from nianbao.errors import InputError

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
class Sheet:
    """One table of a file; `rows` starts again from the first row each time it is called."""

    name: str
    rows: Callable[[], Iterator[Row]]


@contextmanager
def opened(path: Path) -> Iterator[tuple[Sheet, ...]]:
    """Open a register. A .csv gives one sheet for each mark its fields may be divided by. Raises InputError."""
    suffix = path.suffix.lower()
    if suffix in TEXTS:
        text = _text(path)
        yield tuple(Sheet(mark, _csv_rows(path.name, text, mark)) for mark in MARKS if mark in text) or (
            Sheet(",", _csv_rows(path.name, text, ",")),
        )
    elif suffix in WORKBOOKS:
        with _workbook(path) as sheets:
            yield sheets
    else:
        raise InputError(f"“{path.name}”不是台账能用的文件，请另存为 .xlsx 或 .csv 再试")


@contextmanager
def _workbook(path: Path) -> Iterator[tuple[Sheet, ...]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - only where a register is a workbook

    from nianbao.workbook.source import REGISTER, open_package  # noqa: PLC0415
    from nianbao.workbook.thorough import damage_named  # noqa: PLC0415

    package = open_package(path, REGISTER)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions and odd dates; a cell not understood is found
        with damage_named(f"“{path.name}”"):
            book = load_workbook(package.repacked(), read_only=True, data_only=True, keep_links=False)

        def rows_of(title: str) -> Callable[[], Iterator[Row]]:
            def rows() -> Iterator[Row]:
                with damage_named(f"“{path.name}”"):
                    sheet = next(s for s in book.worksheets if s.title == title)
                    sheet.reset_dimensions()
                    yield from _bounded(path.name, sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True))

            return rows

        try:
            yield tuple(Sheet(s.title, rows_of(s.title)) for s in book.worksheets)
        finally:
            book.close()


def _bounded(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number <= MAX_ROWS:
            yield row
        elif number > _EXCEL_ROWS:  # openpyxl makes up every row that is left out
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


def _text(path: Path) -> str:
    """Return the text of a .csv: UTF-8, UTF-16 with its mark, or GBK (GB 18030)."""
    try:
        data = files.read(path, MAX_CSV)
    except files.TooLargeError as e:
        raise InputError(f"“{path.name}”有 {e.size // 2**20} MB，太大了，不像一份申请台账") from e
    except FileNotFoundError as e:
        raise InputError(f"找不到文件“{path}”") from e
    except OSError as e:
        raise InputError(f"“{path}”打不开（{e.strerror or e}），请关闭正在使用它的程序后再试") from e
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
