"""Leaving sheets out of a copy of a workbook, with everything elsewhere that shows or keeps what stood in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

_OTHER_FILE = re.compile(r"\[\d+\]")


def leave_out(book: Workbook, cached: Workbook, names: Collection[str]) -> None:
    """Remove these sheets from `book`; `cached` is the same workbook with formulas' results.

    Formulas about them keep their number, never a text. Names, validations and colours about them go; so do pivot
    tables, charts and values kept from other files, which may hold copies of what stood there.
    """
    for name in names:
        if name in book.sheetnames:
            book.remove(book[name])
    mentions = _mentions(names)
    for sheet in book.worksheets:
        _freeze(sheet, cached[sheet.title], mentions)
        _forget(sheet, mentions)
        for kept in (sheet.defined_names, book.defined_names):
            for key in [k for k, n in kept.items() if mentions(n.attr_text or "")]:
                del kept[key]
    book._external_links = []  # type: ignore[attr-defined] # openpyxl offers no other way to drop them


def _mentions(names: Collection[str]) -> Callable[[str], bool]:
    """Return a test for formulas that point into these sheets or into other files."""
    folded = [n.replace("'", "''").casefold() for n in names]

    def mentions(formula: str) -> bool:
        text = formula.casefold()
        return any(n in text for n in folded) or bool(_OTHER_FILE.search(text))

    return mentions


def _freeze(sheet: Worksheet, cached: Worksheet, mentions: Callable[[str], bool]) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.data_type == "f" and mentions(_formula(cell.value)):
                result = cached[cell.coordinate].value
                number = isinstance(result, int | float) and not isinstance(result, bool)
                cell.value = result if number else None


def _formula(value: object) -> str:
    return str(getattr(value, "text", value) or "")


def _forget(sheet: Worksheet, mentions: Callable[[str], bool]) -> None:
    validations = sheet.data_validations
    validations.dataValidation = [
        v for v in validations.dataValidation if not mentions(f"{v.formula1 or ''} {v.formula2 or ''}")
    ]
    colours = sheet.conditional_formatting
    for area in list(colours):
        area.rules[:] = [r for r in area.rules if not mentions(" ".join(map(str, r.formula)))]
        if not area.rules:
            del colours[str(area.sqref)]
    sheet._pivots = []  # type: ignore[attr-defined]
    sheet._charts = []  # type: ignore[attr-defined]
