"""Plain workbooks beside the form (名册, 申请台账): an empty one to draw in, and its bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping

from openpyxl import Workbook

from nianbao.workbook import saved_package
from nianbao.workbook.pen import Pen
from nianbao.workbook.saved_package import MADE, Additions


def new_book(*names: str) -> tuple[Workbook, dict[str, Pen]]:
    """Return an empty workbook with these sheets and a pen for each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book, {name: Pen(book.create_sheet(name)) for name in names}


def saved(book: Workbook, pens: Mapping[str, Pen], title: str) -> bytes:
    """Return the workbook as .xlsx bytes; same content, same bytes."""
    properties = book.properties
    properties.creator, properties.title = "nianbao", title
    properties.created = properties.modified = MADE
    out = io.BytesIO()
    book.save(out)
    additions = {
        s.path.lstrip("/"): Additions(pens[s.title].results, frozenset(pens[s.title].soft_rows))
        for s in book.worksheets
    }
    return saved_package.finished(out.getvalue(), additions)
