"""The tables of one edition in a grid that is at hand, such as a workbook's sheet: the same geometry as for a page."""

from __future__ import annotations

from functools import lru_cache

from nianbao.form import Edition, edition_names, load_edition
from nianbao.published import edition_choice, table_search
from nianbao.published.expected import ExpectedRow, Segment, labelled_segments
from nianbao.published.found_cells import Found
from nianbao.published.labels import LabelVocabulary
from nianbao.published.model import Grid


class Lookup:
    """Finds the figures of an edition's tables, those that only serve checking among them, by their labels.

    Tables whose rows are named by the clerk have no labels and are not looked for.
    """

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._segments = labelled_segments(edition)
        others = [load_edition(n) for n in edition_names() if n != edition.id]
        of_each = {id(e): labelled_segments(e) for e in (edition, *others)}
        self._vocabulary = LabelVocabulary(edition_choice.words((edition, *others), of_each))
        every = (r for s in of_each.values() for g in s for r in g.rows)
        self._groups = {r.label: r.labels[-2] for r in every if len(r.labels) > 1}
        self.words = table_search.words_of(self._segments, self._vocabulary)
        self.where = {
            key: (segment, row, column)
            for segment in self._segments
            for row in segment.rows
            for column, key in enumerate(row.keys)
        }
        """Map each key to its segment, its row and which of the segment's columns it stands in."""

    def find(self, grid: Grid) -> Found:
        """Return where the figures stand in this grid."""
        return table_search.find(self.edition, self._segments, [grid], self._vocabulary, self._groups)

    def path(self, key: str) -> tuple[ExpectedRow, tuple[str, ...]] | None:
        """Return a figure's row and the headings over it; None for one without labels."""
        found = self.where.get(key)
        segment: Segment
        if found is None:
            return None
        segment, row, column = found
        return row, segment.paths[column]


@lru_cache(maxsize=16)
def lookup_of(edition: Edition) -> Lookup:
    """Return the lookup of an edition, made once."""
    return Lookup(edition)
