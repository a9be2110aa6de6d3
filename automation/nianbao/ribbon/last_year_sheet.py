"""上年数据: filling the sheet of that name of the open workbook from last year's file."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.report import Report
from nianbao.ribbon.book import Area, Book, Step
from nianbao.workbook.address import runs
from nianbao.workbook.contents import area, fold
from nianbao.workbook.lastyear import Drawing, drawing
from nianbao.workbook.layout import LAST_YEAR


def write(book: Book, report: Report) -> None:
    """Replace the contents of 上年数据 and protect it again. Raises InputError without that sheet."""
    drawn = drawing(report, load_edition(report.edition))
    title = next((t for t in book.titles if fold(t) == LAST_YEAR), None)
    if title is None:
        raise InputError(f"“{book.name}”里没有工作表“{LAST_YEAR}”，没有地方放上年数据")
    book.write(title, list(_steps(drawn)), unprotect=True)


def _steps(drawn: Drawing) -> Iterator[Step]:
    bottom, right = len(drawn.cells), len(drawn.cells[0])
    whole: Area = (1, 1, bottom, right)
    yield Step("clear", whole)
    for top, end in runs(drawn.texts):
        yield Step("format", (top, 1, end, right), "@")  # 064306 and 2025 are texts there
    yield Step("values", whole, [list(r) for r in drawn.cells])
    for ref in drawn.merged:
        named = area(f"{LAST_YEAR}!{ref}")
        if named:
            yield Step("merge", named[1])
    yield Step("dress", (4, 2, bottom, right))
    for column, width in drawn.widths.items():
        yield Step("width", (1, column, 1, column), width)
    yield Step("hide", (1, 1, 1, 1))
