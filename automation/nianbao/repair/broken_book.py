"""A broken workbook as it was opened, of whatever kind its file is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from nianbao.published.lookup import Lookup
from nianbao.repair.view import Area, View
from nianbao.workbook.bounds import FORM
from nianbao.workbook.contents import Sheet
from nianbao.workbook.unpacking import too_large

UNSEEN_FORMULA = "=?"
"""The formula of a cell in a file whose reader tells that there is one, but not which."""


@dataclass(frozen=True)
class Opened:
    """The sheets by title, those that are damaged with what was said of them, and the names with their areas.

    `version` is that of the form's layout. `unseen` says what the file's reader cannot see in it, '' for nothing.
    """

    file: str
    sheets: Mapping[str, Sheet]
    damaged: Mapping[str, str]
    names: tuple[tuple[str, str, Area], ...]
    version: int
    unseen: str = ""

    def views(self, lookup: Lookup) -> dict[str, View]:
        """Return the sheets as the words of an edition show them."""
        views = {title: View(title, sheet, lookup.words) for title, sheet in self.sheets.items()}
        for name, title, (top, left, bottom, right) in self.names:
            if title in views and (top, left) == (bottom, right):
                views[title].names.setdefault((top, left), set()).add(name)
            elif title in views:
                views[title].areas.append((name, (top, left, bottom, right)))
        return views

    def rows(self, title: str) -> Iterator[tuple[object, ...]]:
        """Yield the values of a sheet's rows."""
        cells = self.sheets[title].cells
        bottom, right = (max((p[i] for p in cells), default=0) for i in (0, 1))
        for row in range(1, bottom + 1):
            yield tuple(self.sheets[title].at(row, column).value for column in range(1, right + 1))


def bounded(name: str, sheets: Iterable[Sheet]) -> dict[str, Sheet]:
    """Return sheets by title. Raises InputError where together they hold more cells than a form's."""
    found: dict[str, Sheet] = {}
    cells = 0
    for sheet in sheets:
        cells += len(sheet.cells) + len(sheet.covered)
        if sheet.name in found or cells > FORM.cells:
            raise too_large(name, FORM)
        found[sheet.name] = sheet
    return found


def layout_version(told: str) -> int:
    """Return the version of the form's layout that a workbook's name for it says; the first did not say any."""
    bare = told.removeprefix("=").strip()
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 6 else 1
