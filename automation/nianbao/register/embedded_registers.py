"""Registers inside other workbooks: a standard workbook's own sheet, and what must not be passed on with a copy.

Looking for sheets by name costs a millisecond and imports nothing of weight: every check and make does it.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import files
from nianbao.errors import InputError
from nianbao.ooxml import zips
from nianbao.register.sheet_name import SHEET, fold

if TYPE_CHECKING:
    from nianbao.register.register_rows import RegisterTable, Row

_BOOK = "xl/workbook.xml"
_MOST = 4 * 2**20
_LARGEST = 64 * 2**20
"""Bytes of the file: no reader takes a larger workbook."""


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets; none where the file is no sound workbook (its reader will say so)."""
    from nianbao.ooxml import trees  # noqa: PLC0415 - needed by whoever opens the workbook, but not to ask about other files

    try:
        with zips.opened(io.BytesIO(files.read(path, _LARGEST))) as package:
            if package.getinfo(_BOOK).file_size > _MOST:
                return ()
            part = package.read(_BOOK)
        root = trees.parsed(part)
    except (*zips.BROKEN, KeyError, trees.BrokenError):
        return ()
    return tuple(s.get("name", "") for s in root.iter("{*}sheet"))


def has_register(path: Path) -> bool:
    """Tell whether a workbook has a sheet 申请台账."""
    return any(fold(name) == SHEET for name in sheet_names(path))


def private_sheets(path: Path, form: Collection[str]) -> tuple[str, ...]:
    """Return the sheets that may hold applicants: 申请台账 by name, any other that is titled as a register is.

    `form` are the sheets of the standard workbook. Raises InputError when the file can't be read.
    """
    foreign = [n for n in sheet_names(path) or _opened_names(path) if n not in form]
    by_name = [n for n in foreign if SHEET in fold(n)]
    others = [n for n in foreign if n not in by_name]
    if others:
        from nianbao.register import register_rows  # noqa: PLC0415 - openpyxl only where a sheet must be looked into
        from nianbao.register.title_columns import looks_private  # noqa: PLC0415
        from nianbao.register.vocabulary import shipped  # noqa: PLC0415

        with register_rows.opened(path) as sheets:
            by_name += [s.name for s in sheets if s.name in others and looks_private(s.rows(), shipped())]
    return tuple(n for n in foreign if n in by_name)


def private_among(
    titles: Iterable[str], rows: Callable[[str], Iterable[Row]], form: Collection[str]
) -> tuple[str, ...]:
    """Return the same of a workbook that is open; `rows` gives those of a sheet by its title."""
    from nianbao.register.title_columns import looks_private  # noqa: PLC0415
    from nianbao.register.vocabulary import shipped  # noqa: PLC0415

    foreign = (n for n in titles if n not in form)
    return tuple(n for n in foreign if SHEET in fold(n) or looks_private(rows(n), shipped()))


def _opened_names(path: Path) -> tuple[str, ...]:
    """Return the names as openpyxl reads them, where they can't be read cheaply: what is private is never missed."""
    from nianbao.register import register_rows  # noqa: PLC0415

    with register_rows.opened(path) as sheets:
        return tuple(s.name for s in sheets)


def sent_along(path: Path, form: Collection[str]) -> tuple[str, ...]:
    """Return the private sheets that hold something below their titles. Raises InputError."""
    found = private_sheets(path, form)
    if not found:
        return ()
    from nianbao.register import register_rows  # noqa: PLC0415

    with register_rows.opened(path) as sheets:
        return tuple(s.name for s in sheets if s.name in found and _holds_rows(s))


def _holds_rows(sheet: RegisterTable) -> bool:
    from nianbao.register.title_columns import find  # noqa: PLC0415
    from nianbao.register.vocabulary import shipped  # noqa: PLC0415

    try:
        head = find(sheet, shipped())
    except InputError:  # two columns of one title: not our concern here
        head = None
    first = head.row if head else 1
    rows = (row for number, row in enumerate(sheet.rows(), 1) if number > first)
    return any(v is not None and str(v).strip() for row in rows for v in row)
