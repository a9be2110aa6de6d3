"""The standard workbook for many bodies: drawn once, then each further body's contents are put into what was drawn.

What is not surely the same but for its contents, is drawn like the first. Whichever way, the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from nianbao.errors import InputError
from nianbao.form import Edition
from nianbao.notice import Notice
from nianbao.report import Report
from nianbao.workbook import lastxml, lastyear, packing
from nianbao.workbook.builder import EMPTY, Contents, DrawnWorkbook, contents, drawn
from nianbao.workbook.celltext import FORMULA_LIKE
from nianbao.workbook.cellxml import UnusualContentError
from nianbao.workbook.cut_sheets import CutSheet, cut
from nianbao.workbook.layout import LAST_YEAR, Layout, layout

_BOOK = "xl/workbook.xml"
_LAST_AREA = re.compile(rf"('{LAST_YEAR}'!\$A\$1:\$[A-Z]+\$)[0-9]+".encode())
_MOST = 8
"""Kept at once: a roster's bodies have a handful of editions, with and without last year's."""


@dataclass(frozen=True)
class _Stencil:
    """A drawn workbook whose contents can be exchanged; it is cut up when the next body comes."""

    made: DrawnWorkbook
    drawn_of: Contents

    @cached_property
    def _sheets(self) -> Mapping[str, CutSheet]:
        held, names = self.drawn_of.held, self.made.names
        return {title: cut(title, self.made.parts[names[title]], of_sheet) for title, of_sheet in held.items()}

    @cached_property
    def _around(self) -> lastxml.SheetFrame:
        return lastxml.around(self.made.parts[self.made.names[LAST_YEAR]], self.made.looks)

    @cached_property
    def _packer(self) -> packing.Packer:
        return packing.Packer(self.made.parts)

    def filled(self, found: Contents) -> bytes:
        """Return the workbook with other contents. Raises UnusualContentError, InputError."""
        parts, names = dict(self.made.parts), self.made.names
        for title, held in found.held.items():
            parts[names[title]] = self._sheets[title].filled(held)
        if found.last_year is not None:
            parts[names[LAST_YEAR]] = self._around.filled(found.before, found.last_year)
            parts[_BOOK] = _LAST_AREA.sub(rb"\g<1>%d" % found.before.bottom, parts[_BOOK])
        return self._packer.packed(parts)


class Filling:
    """Makes workbooks for one edition after another, keeping what was drawn for the next of its kind."""

    def __init__(self) -> None:
        self._stencils: dict[Hashable, _Stencil] = {}

    def build(
        self,
        edition: Edition,
        report: Report | None = None,
        last_year: Report | None = None,
        notice: Notice | None = None,
        *,
        blank_means_zero: bool = False,
    ) -> bytes:
        """Return what `builder.build` returns for these. Raises InputError for texts no cell can hold."""
        places = layout(edition)
        found = contents(places, report or EMPTY, last_year, blank_means_zero=blank_means_zero)
        key = (edition, notice, found.before.edition, found.before.looks)
        stencil = self._stencils.get(key)
        if stencil is not None:
            try:
                return stencil.filled(found)
            except (UnusualContentError, InputError):
                pass  # drawing it tells what is wrong with it, if anything
        made = drawn(places, found, notice=notice)
        if stencil is None and _is_usual(places, found):
            if len(self._stencils) == _MOST:
                self._stencils.clear()
            self._stencils[key] = _Stencil(made, found)
        return packing.packed(made.parts)


def _is_usual(places: Layout, found: Contents) -> bool:
    """Tell whether every cell has the look that it has with most contents, and every total its formula."""
    said = [text for held in found.held.values() for text in held.texts.values()]
    if found.last_year is not None:
        said += [lastyear.text(put, found.last_year) for put in found.before.puts if not put.is_figure]
    totals = (places.values[key] for key in places.edition.sums)
    return not (
        any(text.startswith(FORMULA_LIKE) for text in said)
        or any(held.odd for held in found.held.values())
        or any(spot.ref in found.held[spot.sheet].numbers for spot in totals)
    )
