"""Sheets of a workbook in memory: a filled one, and changed in some cells or lines."""

import tempfile
from dataclasses import replace
from pathlib import Path

from books import filled, saved
from nianbao.workbook import quick
from nianbao.workbook.address import parsed
from nianbao.workbook.contents import Content
from nianbao.workbook.package_checks import open_package


class Book:
    """A workbook as its reader asks for it: its sheets by name, and where its edition is named."""

    file, hidden, macros, links = "填报表.xlsx", (), False, False

    def __init__(self, sheets=None, named=("基本信息", 4, 2)):
        self.sheets, self.named = sheets or {}, named
        self.names = tuple(self.sheets)

    def target(self, name):
        return self.named

    def sheet(self, name):
        return self.sheets.get(name)


def sheets():
    """Every sheet of a filled workbook with last year's report."""
    with tempfile.TemporaryDirectory() as folder:
        path = saved(Path(folder), filled(), last_year=filled("2019", year=2020))
        book = quick.opened(open_package(path))
    return {name: book.sheet(name) for name in book.names}


WHOLE = sheets()  # once, since every test only changes some cells of it


def put(sheet, changes):
    """The sheet with other contents in some cells, by address; None empties one."""
    cells = dict(sheet.cells)
    for ref, content in changes.items():
        spot = parsed(f"{sheet.name}!{ref}")
        cells[spot.row, spot.column] = content if isinstance(content, Content) else Content(content)
    return replace(sheet, cells={k: c for k, c in cells.items() if c != Content(None)})


def moved(sheet, at, by, *, columns=False):
    """The sheet with rows (or columns) put in before a line, or as many taken out from it on."""
    cells = {}
    for place, content in sheet.cells.items():
        line = place[columns]
        if at <= line < at - by:
            continue
        to = line + by if line >= at else line
        cells[(place[0], to) if columns else (to, place[1])] = content
    return replace(sheet, cells=cells)
