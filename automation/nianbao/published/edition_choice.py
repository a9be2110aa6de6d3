"""Which edition a published report follows: the one whose tables it has most nearly, or the one asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.form import Edition, edition_names, load_edition
from nianbao.form.model import CellKind, plain
from nianbao.published import labels, split_rows, table_search
from nianbao.published.expected import Segment, segments
from nianbao.published.found_cells import Found
from nianbao.published.labels import LabelVocabulary
from nianbao.published.model import MAX_CELLS, Document, Grid, Paragraph

_KNOWN_EXTRA = 2.0
"""A row of another edition speaks more against an edition than a row that is missing."""

_LOST = 3.0
_OTHER_YEAR = 1.5
_VARIANT = 0.5
_WORDED = 0.1
_HEADING = 40


def choose(document: Document, year: int | None, edition_name: str = "", known: Sequence[str] = ()) -> Found | None:
    """Return what was found of the nearest edition's tables, or None when none of its rows is there.

    `known` are editions of one's own to choose from besides the program's. Raises EditionError for an unknown edition.
    """
    grids = [b for b in document.blocks if isinstance(b, Grid) and len(b.cells) <= MAX_CELLS]
    asked = [load_edition(edition_name)] if edition_name else []
    shipped = [load_edition(n) for n in (*edition_names(), *known)]
    of_each = {id(e): segments(e) for e in (*shipped, *asked)}
    vocabulary = LabelVocabulary(words((*asked, *shipped), of_each))  # what is asked for says what a word means
    groups = {r.label: r.labels[-2] for s in of_each.values() for g in s for r in g.rows if len(r.labels) > 1}
    grids = split_rows.joined(grids, vocabulary.exactly)
    leads = _leads(document)
    found = [table_search.find(e, of_each[id(e)], grids, vocabulary, groups, leads) for e in (asked or shipped)]
    there = [f for f in found if f.cells or f.refused]
    headed = _headed(document, [*shipped, *asked])
    return min(there, key=lambda f: cost(f, year, headed)) if there else None


def _leads(document: Document) -> list[list[Paragraph]]:
    """Return for each table the paragraphs between it and the one before."""
    leads: list[list[Paragraph]] = []
    before: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            before.append(block)
        else:
            if len(block.cells) <= MAX_CELLS:
                leads.append(before)
            before = []
    return leads


def _headed(document: Document, editions: Iterable[Edition]) -> frozenset[str]:
    """Return the ids of the sections with a table whose heading stands in the document."""
    told = {labels.fold(b.text).core for b in document.blocks if isinstance(b, Paragraph) and len(b.text) < _HEADING}
    sections = [s for e in editions for s in e.sections if s.table]
    return frozenset(s.id for s in sections if labels.fold(s.heading).core in told)


def cost(found: Found, year: int | None, headed: frozenset[str]) -> float:
    """Return how far a document is from an edition: rows missing, rows and sections of other editions, other years."""
    edition = found.edition
    fits = year is None or edition.from_year <= year <= (edition.to_year or year)
    known = sum(1 for e in found.extras if e.known)
    strange = headed - {s.id for s in edition.sections}
    return (
        sum(_of_table(found, s.table) for s in edition.sections if s.table)
        + _KNOWN_EXTRA * known
        + (_LOST + 1) * len(strange)
        + _WORDED * len(found.worded)
        + (0 if fits else _OTHER_YEAR)
        + (0 if edition.status == "prescribed" else _VARIANT)
    )


def _of_table(found: Found, table: str) -> float:
    """Return the cost of one table's lost rows; how many rows a table has that is lost altogether says nothing."""
    missing = sum(r.table == table for r in found.missing)
    refused = sum(r.row.table == table for r in found.refused)
    size = found.sizes[table]
    return (_LOST if missing == size else missing) + _LOST * refused / size


def words(editions: Iterable[Edition], of_each: dict[int, tuple[Segment, ...]]) -> Iterable[str]:
    """List all words that tables print: labels first, since a heading may be spelt like one."""
    listed = list(editions)
    for edition in listed:
        for segment in of_each[id(edition)]:
            yield from (label for row in segment.rows for label in row.labels)
    for edition in listed:
        for segment in of_each[id(edition)]:
            yield from (h for h in (*segment.heads, segment.corner) if h)
        yield from (plain(c.text) for t in edition.tables for c in t.cells if c.kind is CellKind.BAND)
