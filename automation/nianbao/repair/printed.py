"""What a standard workbook says by itself: its printed texts and formulas, which nobody typed and nobody misses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.form import Edition
from nianbao.repair.earlier import EARLIER, EARLIER_FORMULAS
from nianbao.report import Report
from nianbao.workbook import beside
from nianbao.workbook.address import Spot
from nianbao.workbook.builder import contents, draw
from nianbao.workbook.cell_styles import BODY_LINE, LINK, CellStyle, ConditionalStyle
from nianbao.workbook.contents import fold
from nianbao.workbook.formsheet import table_note
from nianbao.workbook.formulas import Result
from nianbao.workbook.layout import layout
from nianbao.workbook.pen import Pen

_REF = re.compile(r"(?:(?:'[^']*'|[^\W\d]\w*)!)?\$?[A-Z]{1,3}\$?[0-9]{1,7}|(?:(?:'[^']*'|[^\W\d]\w*)!)?#REF!")
_RUN = re.compile(r"@(?:[:,@]+@)*")
_LINE = re.compile("[0-9]+")
_POWER = re.compile(r"(?<![\w$])[0-9]+E\+?[0-9]+")
_TRUTH = re.compile(r"\b(TRUE|FALSE)\(\)")
_PARAGRAPH = "nianbao"
_LONG = 12
"""Characters of a sentence, which may name a row; shorter texts may be somebody's figure."""


@dataclass(frozen=True)
class PrintedTexts:
    """The folded texts and the formulas without their references, numbers in them left out."""

    texts: frozenset[str]
    formulas: frozenset[str]

    def with_(self, other: PrintedTexts) -> PrintedTexts:
        """Return both."""
        return PrintedTexts(self.texts | other.texts, self.formulas | other.formulas)

    def says(self, text: str) -> bool:
        """Tell whether a text is one that the form prints."""
        return _line(text) in self.texts and not text.strip().isdecimal()

    def computes(self, formula: str) -> bool:
        """Tell whether a formula is one of the form's, whatever cells it now names."""
        return pattern(formula) in self.formulas


class _Listener(Pen):
    """Hears what is drawn and puts on no looks, which is what takes the time."""

    def __init__(self, sheet: Worksheet, texts: set[str], formulas: set[str]) -> None:
        super().__init__(sheet)
        self._texts, self._formulas = texts, formulas

    def dress(self, spot: Spot, look: CellStyle, rows: int = 1, columns: int = 1) -> None:
        """Leave the cells as they are."""

    def text(self, spot: Spot, text: str, look: CellStyle = BODY_LINE, rows: int = 1, columns: int = 1) -> None:
        """Hear a text."""
        self._texts.add(_line(text))

    def formula(
        self, spot: Spot, formula: str, result: Result, look: CellStyle, rows: int = 1, columns: int = 1
    ) -> None:
        """Hear a formula."""
        self._formulas.add(pattern(formula))

    def link(self, spot: Spot, text: str, to: Spot, look: CellStyle = LINK) -> None:
        """Hear a link's text."""
        self._texts.add(_line(text))

    def mark(self, areas: Iterable[str], formula: str, mark: ConditionalStyle) -> None:
        """Mark nothing."""


@lru_cache(maxsize=8)
def printed(edition: Edition) -> PrintedTexts:
    """Return what the workbook of an edition prints, and what earlier layouts printed."""
    places = layout(edition)
    notes = [table_note(b) for s in places.sheets for b in s.tables]  # where they once stood in cells of their own
    texts = {*map(_line, EARLIER), *map(_line, notes), *map(_line, beside.CHOICES)}
    formulas = set(map(pattern, EARLIER_FORMULAS))
    empty = Report(edition.id, None, {}, {}, {})
    full = {t.id: "\n".join([_PARAGRAPH] * t.paragraphs) for t in edition.texts}
    last = Report(edition.id, None, {f.id: f.label for f in edition.fields}, {}, full)
    for last_year in (None, last):
        book = Workbook()
        pens = {name: _Listener(book.create_sheet(name), texts, formulas) for name in places.sheet_names}
        draw(pens, places, contents(places, empty, last_year))
    texts.discard(_line(_PARAGRAPH))
    return PrintedTexts(frozenset(texts), frozenset(formulas))


def pattern(formula: str) -> str:
    """Return a formula with one sign for any list of cells and any number: what stays when lines are moved."""
    bare = _TRUTH.sub(r"\1", formula.replace(" ", "").replace("\n", ""))
    bare = _POWER.sub("#", bare)
    return _LINE.sub("#", _RUN.sub("@", _REF.sub("@", bare)))


def _line(text: str) -> str:
    """Fold a text, numbers of rows that it leads to left out."""
    folded = fold(text)
    return _LINE.sub("#", folded) if len(folded) > _LONG else folded
