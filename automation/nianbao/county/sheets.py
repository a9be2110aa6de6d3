"""Plain workbooks of the county (名册, 明细): rows read, a large one written. The county's door to openpyxl."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path

from openpyxl import Workbook, load_workbook

from nianbao.errors import InputError
from nianbao.ooxml import archive, zips
from nianbao.workbook import saved_package
from nianbao.workbook.package_checks import MARKS, open_package
from nianbao.workbook.plain_books import new_book, saved
from nianbao.workbook.saved_package import MADE
from nianbao.workbook.thorough import damage_named

__all__ = ["new_book", "read_rows", "saved", "saved_large"]

MAX_ROWS, MAX_COLUMNS = 5_000, 40
"""No roster is larger; whatever a file claims beyond is refused."""


def read_rows(path: Path, sheet: str, most: int = 0) -> list[tuple[object, ...]]:
    """Return the rows of the named sheet, of the first where there is none of that name; formulas as their results.

    There may be `most` rows (0: as in a roster). Raises InputError for a file that is no sound workbook.
    """
    most = most or MAX_ROWS
    data = open_package(path).repacked()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of extensions it drops; nothing of them is needed
        with damage_named(f"“{path.name}”"):
            book = load_workbook(data, read_only=True, data_only=True, keep_links=False)
            source = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
            rows: list[tuple[object, ...]] = [
                tuple(r) for r in source.iter_rows(max_row=most + 1, max_col=MAX_COLUMNS, values_only=True)
            ]
            book.close()
    if len(rows) > most and any(v is not None for v in rows[most]):
        raise InputError(f"“{path.name}”超过 {most} 行，不像一份{sheet}")
    return rows


def saved_large(book: Workbook, title: str, largest: str) -> bytes:
    """Return a write-only workbook as .xlsx bytes; same content, same bytes. The sheet `largest` is never in memory."""
    properties = book.properties
    properties.creator, properties.title = "nianbao", title
    properties.created = properties.modified = MADE
    with tempfile.TemporaryFile(prefix="nianbao-") as raw:
        book.save(raw)
        part = book[largest].path.lstrip("/")
        with zips.opened(raw) as source, source.open(part) as sheet:
            rest = [n for n in source.namelist() if n != part]
            entries = [archive.deflated(n, saved_package.whole(n, source.read(n), {})) for n in rest]
            return archive.written((*entries, archive.poured(part, sheet)), MARKS)
