"""From the sure cells to what they say: they are put where the form has them, and its own reader reads them there.

So a figure, a fact or a paragraph of a broken workbook is taken exactly as that of a sound one would be, and what
that reader refuses is not carried over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from nianbao.findings import Places, Severity
from nianbao.form import Edition
from nianbao.numbers import Number
from nianbao.repair.view import View
from nianbao.workbook import facts, figures
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import PLAIN, Content, Sheet
from nianbao.workbook.facts import BodyFacts
from nianbao.workbook.layout import Layout, layout
from nianbao.workbook.reading_notes import Notes


@dataclass(frozen=True)
class ReadBack:
    """What the form's reader makes of the cells put into their places; `refused` are the cells it did not take."""

    facts: BodyFacts
    values: Mapping[str, Number]
    texts: Mapping[str, str]
    refused: Mapping[Spot, str]


class StandardForm:
    """An empty form of an edition that takes cells of broken sheets."""

    def __init__(self, edition: Edition, views: Mapping[str, View]) -> None:
        self.places: Layout = layout(edition)
        self.edition, self.views = edition, views
        self._cells: dict[Spot, Content] = {}
        self._covered: dict[Spot, str] = {}
        self.origin: dict[Spot, Spot] = {}

    def put(self, spot: Spot, came: Spot) -> None:
        """Put the cell that stands at `came` in the broken workbook into this place of the form."""
        view = self.views[came.sheet]
        place = came.row, came.column
        self._cells[spot] = view.content(place)
        self.origin[spot] = came
        if place in view.tops:
            self._covered[spot] = view.sheet.covered[place]

    def put_text(self, key: str, came: Sequence[Spot]) -> list[Spot]:
        """Put paragraphs into a text's cells, the last taking what there is no cell for; return those left over."""
        due = self.places.texts[key]
        for spot, cell in zip(due, came, strict=False):
            self.put(spot, cell)
        rest = came[len(due) :]
        plain = [self.views[s.sheet].content((s.row, s.column)) for s in (*came[len(due) - 1 : len(due)], *rest)]
        if not rest:
            return []
        if not all(isinstance(c.value, str) and c.look is PLAIN and not c.formula and not c.marked for c in plain):
            return list(rest)
        self._cells[due[-1]] = Content("\n".join(str(c.value) for c in plain))
        return []

    def read(self) -> ReadBack:
        """Read what was put."""
        sheets = {
            name: Sheet(
                name,
                {(s.row, s.column): c for s, c in self._cells.items() if s.sheet == name},
                frozenset(),
                frozenset(),
                {(s.row, s.column): ref for s, ref in self._covered.items() if s.sheet == name},
            )
            for name in ({s.sheet for s in self.places.fields.values()} | {s.name for s in self.places.sheets})
        }
        notes = Notes(self.edition, Places(self.edition, self.places.places))
        nothing: frozenset[str] = frozenset()
        about = facts.read_facts(self.places, sheets, nothing, notes)
        numbers = figures.read(self.places, sheets, nothing, notes, blank_means_zero=False)
        written = facts.read_texts(self.places, sheets, nothing, notes)
        values = {k: v for k, v in numbers.values.items() if k not in numbers.computed}
        return ReadBack(replace(about), values, written.texts, self._refused(notes))

    def _refused(self, notes: Notes) -> dict[Spot, str]:
        by_place = {s.place: s for s in self.origin}
        refused: dict[Spot, str] = {}
        for told in notes.findings:
            if told.severity is not Severity.ERROR:
                continue
            spots = [by_place[told.place]] if told.place in by_place else []
            spots += [self.places.values[k] for k in told.cells if k in self.places.values]
            for spot in spots:
                if spot in self.origin:
                    refused[spot] = told.what.removesuffix("，没有采用")
        return refused
