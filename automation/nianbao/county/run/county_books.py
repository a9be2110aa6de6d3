"""The county's books, made of the bodies as they stand: the detail and, where it may be, the county's own workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator
from functools import partial

from nianbao import __version__
from nianbao.county.keeping.file_names import FileNames
from nianbao.county.model import FORM, TOTALS
from nianbao.county.run import rollup
from nianbao.county.run.judged_county import JudgedCounty
from nianbao.county.run.produce import CountyBook
from nianbao.county.run.run_steps import BookMade, RunSteps, states
from nianbao.form import edition_ref

_WORDS = {"detail": "明细", "rollup": FORM}
KINDS = tuple(_WORDS)
"""The books in the order they are told of."""


def books(county: JudgedCounty, works: RunSteps, known: Container[str] = ()) -> Iterator[CountyBook]:
    """Yield the books as things stand, without those `known`; the one that takes longest first."""
    judged, collected = county.judged, county.collected
    whole = judged.totals[-1]
    beside = county.store.folder / TOTALS
    if "detail" not in known:
        detail = rollup.detail_book(county.store, judged, collected.county, states(county, works), beside)
        yield CountyBook("detail", detail, _key(county, "detail", detail))
    if "rollup" not in known and (whole.determined or county.wish.partial) and whole.bodies:
        report = rollup.whole_report(judged, collected.county)
        make = partial(rollup.workbook_of, report, county.last_year)
        yield CountyBook("rollup", make, _key(county, "rollup", report, county.last_year))


def earlier(county: JudgedCounty, book: CountyBook) -> BookMade | None:
    """Return a book that an earlier run made of the same, if it still lies there as it was written."""
    before = county.store.made(book.key)
    return BookMade(book.kind, book.key, earlier=before) if before is not None else None


def made(county: JudgedCounty, book: CountyBook) -> BookMade:
    """Return a book as an earlier run made it, or make it."""
    return earlier(county, book) or BookMade(book.kind, book.key, book())


def _key(county: JudgedCounty, kind: str, *content: object) -> str:
    """Return what a book depends on: the program, the form, the place, and all that it is made of."""
    name = county.judged.edition_name
    form = edition_ref(name).digest if name.endswith(".toml") else name
    told = repr((__version__, form, path_of(county, kind), content))
    return f"book:{hashlib.sha256(told.encode('utf-8', 'backslashreplace')).hexdigest()}"


def path_of(county: JudgedCounty, kind: str) -> str:
    """Return where a book lies below the folder of results."""
    named = f"{county.collected.county or county.judged.totals[-1].scope.label}{county.collected.year or ''}年汇总"
    return f"{TOTALS}/{FileNames().unique(named)}{_WORDS[kind]}.xlsx"
