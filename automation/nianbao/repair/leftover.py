"""What is not carried over: every cell that somebody typed and that found no place, with its value and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from nianbao.repair.broken_book import UNSEEN_FORMULA
from nianbao.repair.model import Left
from nianbao.repair.printed import PrintedTexts
from nianbao.repair.view import View, said
from nianbao.workbook import display
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import Content

_UNKNOWN = "认不出是填报表的哪一格"
_LONGEST = 200


class Leftover:
    """Collects in the order of the sheets; a cell is told once, with the first reason given."""

    def __init__(self, views: Mapping[str, View], printed: PrintedTexts, private: Collection[str]) -> None:
        self.views, self.printed, self.private = views, printed, private
        self._why: dict[Spot, str] = {}
        self._known: set[Spot] = set()
        self._whole: list[Left] = [
            Left(t, "", "申请台账不转到新的填报表，请留在原来的文件里") for t in views if t in private
        ]
        self._remarks: list[Left] = []

    def damaged(self, sheets: Mapping[str, str]) -> None:
        """Tell of sheets that cannot be read at all."""
        self._whole += [Left(title, "", why) for title, why in sheets.items()]

    def known(self, spots: Iterable[Spot]) -> None:
        """Remember cells that need not be told: carried over, or computed by the form."""
        self._known.update(spots)

    def doubt(self, spot: Spot, why: str) -> None:
        """Tell of a cell that is not sure; a blank one says nothing."""
        content = self.views[spot.sheet].content((spot.row, spot.column))
        if said(content.value).strip() and not (content.formula and self._computes(content)):
            self._why.setdefault(spot, why)

    def refuse(self, cells: Mapping[Spot, str]) -> None:
        """Tell of cells whose place is sure but whose content is not."""
        for spot, why in cells.items():
            self.doubt(spot, why)

    def rest(self, views: Iterable[View], why: str = _UNKNOWN) -> None:
        """Tell of everything else that was typed into these sheets and nobody knows."""
        for view in views:
            for (row, column), content in view.sheet.cells.items():
                spot = Spot(view.title, row, column)
                text = said(content.value)
                ours = self._computes(content) if content.formula else _prints(self.printed, content)
                if text.strip() and spot not in self._known and not ours:
                    self._why.setdefault(spot, why)
            self._tell_remarks(view)

    def _computes(self, content: Content) -> bool:
        """Tell whether a formula is the form's own, or one that cannot be seen: its result nobody typed."""
        return content.formula == UNSEEN_FORMULA or self.printed.computes(content.formula)

    def _tell_remarks(self, view: View) -> None:
        for (row, column), text in view.sheet.remarks.items():
            place = Spot(view.title, row, column).place
            self._remarks.append(Left(place, _cut(text), "批注不转入新表"))

    def anything_of(self, title: str) -> bool:
        """Tell whether anything on the sheet of this title was not carried over."""
        return any(s.sheet == title for s in self._why)

    def all(self) -> tuple[Left, ...]:
        """Return everything that was not carried over, sheet by sheet."""
        order = {title: i for i, title in enumerate(self.views)}
        spots = sorted(self._why, key=lambda s: (order[s.sheet], s.row, s.column))
        cells = [Left(s.place, self._shown(s), self._why[s]) for s in spots]
        return (*cells, *self._remarks, *self._whole)

    def _shown(self, spot: Spot) -> str:
        """Return what a person sees in the cell, else what it holds."""
        content = self.views[spot.sheet].content((spot.row, spot.column))
        return _cut(display.shown(content) or said(content.value))


def _prints(printed: PrintedTexts, content: object) -> bool:
    value = getattr(content, "value", None)
    return isinstance(value, str) and printed.says(value)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
