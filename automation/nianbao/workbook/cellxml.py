"""One cell of a sheet's part as openpyxl writes it and saved_package.py leaves it, byte for byte. No openpyxl is asked.

Held to it by tests/workbook/test_filling.py: every part of a filled workbook is the same as of a drawn one.
"""

from __future__ import annotations

from nianbao.numbers import Number
from nianbao.workbook.celltext import FORMULA_LIKE, cell_text
from nianbao.workbook.formulas import Result
from nianbao.xmltext import escape


class UnusualContentError(Exception):
    """A content for which a cell gets another look than its sheet was drawn with."""


def number(head: bytes, value: Number | None) -> bytes:
    """Return a cell with a figure; `head` is its tag with address and style, still open: `<c r="B5" s="3"`."""
    if value is None:
        return b'%b t="n"/>' % head
    return b'%b t="n"><v>%b</v></c>' % (head, (b"%.16g" % value))


def text(head: bytes, said: str, place: str) -> bytes:
    """Return a cell with a text. Raises UnusualContentError, and InputError naming `place` when no cell can hold it."""
    if not said:
        return b'%b t="n"/>' % head
    if said.startswith(FORMULA_LIKE):
        raise UnusualContentError(place)
    held = cell_text(said, place)
    if not held:
        return b'%b t="inlineStr"/>' % head
    space = b' xml:space="preserve"' if held != held.strip() else b""
    return b'%b t="inlineStr"><is><t%b>%b</t></is></c>' % (head, space, escape(held).encode())


def formula(head: bytes, written: bytes, result: Result) -> bytes:
    """Return a cell with a formula (`<f>…</f>`) and what it comes to. Raises UnusualContentError for odd line ends."""
    if isinstance(result, str):
        if "\r" in result or "\v" in result:
            raise UnusualContentError(result)
        return b'%b t="str">%b<v>%b</v></c>' % (head, written, escape(result).encode())
    shown = str(result) if isinstance(result, int) else format(result, "f")
    return b"%b>%b<v>%b</v></c>" % (head, written, shown.encode())


def row_marks(line: int, points: float | None, *, soft: bool = False) -> bytes:
    """Return what stands in a row's tag."""
    if points is None:
        return b' r="%d"' % line
    return b' r="%d" ht="%.16g"%b' % (line, points, b"" if soft else b' customHeight="1"')
