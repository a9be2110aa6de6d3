"""校验结果 of a broken workbook: the reasons that were written, each under its heading beside its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nianbao.repair.view import View
from nianbao.report import Reason, clean_text
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import fold
from nianbao.workbook.layout import REASON, RESULT_HEADINGS

_PRINT = RESULT_HEADINGS[-1]


def head_row(view: View) -> Mapping[str, int]:
    """Return the columns of the table of findings by heading; empty where there is no such table."""
    wanted = {fold(h): h for h in RESULT_HEADINGS}
    for texts in view.by_row.values():
        told = {wanted[fold(t)]: c for c, t in texts.items() if fold(t) in wanted}
        if REASON in told and len(told) > len(wanted) // 2:
            return told
    return {}


def read(view: View, columns: Mapping[str, int]) -> dict[Spot, Reason | None]:
    """Return each reason by its cell; None where it cannot be told what it is about."""
    found: dict[Spot, Reason | None] = {}
    for row, texts in view.by_row.items():
        text = texts.get(columns[REASON], "")
        if not text.strip() or fold(text) == fold(REASON):
            continue
        spot = view.spot((row, columns[REASON]))
        fingerprint = texts.get(columns.get(_PRINT, 0), "")
        found[spot] = Reason(fingerprint.strip(), clean_text(text, spot.place)) if fingerprint.strip() else None
    return found


def told_there(view: View, columns: Mapping[str, int]) -> Iterator[Spot]:
    """Yield the cells that the program wrote below the headings of the table of findings."""
    head = next(r for r, texts in view.by_row.items() if fold(texts.get(columns[REASON], "")) == fold(REASON))
    written = [c for h, c in columns.items() if h != REASON]
    yield from (view.spot((r, c)) for r, c in view.sheet.cells if r > head and c in written)
