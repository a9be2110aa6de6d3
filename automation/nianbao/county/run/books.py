"""The county's books, made of the bodies as they stand: the detail and, where it may be, the county's own workbook."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import partial

from nianbao.county.keeping.names import Names
from nianbao.county.model import FORM, TOTALS
from nianbao.county.run import rollup
from nianbao.county.run.county import County
from nianbao.county.run.produce import Book
from nianbao.county.run.works import Works, states

_WORDS = {"detail": "明细", "rollup": FORM}
KINDS = tuple(_WORDS)
"""The books in the order they are told of."""


def books(county: County, works: Works, known: Container[str] = ()) -> Iterator[Book]:
    """Yield the books as things stand, without those `known`; the one that takes longest first."""
    judged, collected = county.judged, county.collected
    whole = judged.totals[-1]
    beside = county.store.folder / TOTALS
    if "detail" not in known:
        yield Book("detail", rollup.detail_book(county.store, judged, collected.county, states(county, works), beside))
    if "rollup" not in known and (whole.determined or county.wish.partial) and whole.bodies:
        report = rollup.whole_report(judged, collected.county)
        yield Book("rollup", partial(rollup.workbook_of, report, county.last_year))


def path_of(county: County, kind: str) -> str:
    """Return where a book lies below the folder of results."""
    named = f"{county.collected.county or county.judged.totals[-1].scope.label}{county.collected.year or ''}年汇总"
    return f"{TOTALS}/{Names().unique(named)}{_WORDS[kind]}.xlsx"
