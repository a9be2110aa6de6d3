"""The detail workbook (明细): the county's tables, each figure leading to who contributed, and bodies × values.

Rows are streamed, so that thousands of bodies need no memory. Every figure is a plain number: nothing here is typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook

from nianbao.county.model import Category, Total
from nianbao.county.sheets import saved_large
from nianbao.county.totals.detail_sheets import (
    BODY_WIDTHS,
    DETAIL,
    FIGURE_WIDTH,
    FIRST_WIDTHS,
    KIND_WIDTHS,
    KINDS,
    SOURCES,
    SUM_WIDTH,
    WIDE,
    DetailLine,
    bodies_sheet,
    county_table,
    kinds_sheet,
    places_of,
    sources_sheet,
    widths_of,
)
from nianbao.county.totals.scope_sums import Contribution
from nianbao.county.writer import Writer
from nianbao.errors import NianbaoError
from nianbao.form import Edition
from nianbao.workbook.address import letters


def detail(
    edition: Edition,
    county: str,
    year: int | None,
    totals: Sequence[Total],
    contributions: Mapping[str, Contribution],
    lines: Iterable[DetailLine],
    below: Sequence[DetailLine] = (),
    categories: Sequence[Category] = (),
) -> bytes:
    """Return the detail workbook as .xlsx bytes; same bodies, same bytes. `contributions` has every cell key.

    `below` are the lines of places that have a detail workbook of their own: each has a column beside the sums, and a
    click on its figure leads to its bodies there. `categories` have a sheet where there are any.
    """
    book = Workbook(write_only=True)
    tables = [t for t in edition.tables if not t.help]
    keys = [v.key for t in tables for v in t.values]
    places = places_of(edition)
    whole = totals[-1]
    label = whole.scope.label
    title = f"{county or label}{f' {year}年度' if year else ''}{edition.report_name}汇总"
    try:
        for table in tables:
            widths = {letters(i): width for i, width in enumerate(widths_of(table), 1)}
            county_table(Writer(book, f"{label}{table.word}", widths), title, table, whole, places)
        columns = [*FIRST_WIDTHS, *[SUM_WIDTH] * (len(totals) + len(below)), WIDE]
        widths = {letters(i): width for i, width in enumerate(columns, 1)}
        sources_sheet(Writer(book, SOURCES, widths), edition, keys, totals, contributions, below)
        if categories:
            kinds_sheet(Writer(book, KINDS, dict(zip("ABCD", KIND_WIDTHS, strict=True))), label, categories)
        widths = {letters(i): w for i, w in enumerate((*BODY_WIDTHS, *[FIGURE_WIDTH] * len(keys)), 1)}
        bodies_sheet(Writer(book, DETAIL, widths), edition, keys, totals, lines)
    except NianbaoError:
        for sheet in book.worksheets:
            sheet.close()  # else each complains on stderr that it was left open
        raise
    return saved_large(book, title, DETAIL)
