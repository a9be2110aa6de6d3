"""A copy of a filled workbook with the findings in 校验结果 and at their cells. The original is only read."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.worksheet import Worksheet

from nianbao.errors import InputError
from nianbao.findings import Finding
from nianbao.report import Reading
from nianbao.verdicts import Verdict
from nianbao.workbook import cell_styles, drop_sheets, grafting, heights, marks, saved_package
from nianbao.workbook.address import Spot
from nianbao.workbook.cell_styles import CellStyle
from nianbao.workbook.contents import fold
from nianbao.workbook.finding_rows import FindingRow, entries
from nianbao.workbook.formulas import Result
from nianbao.workbook.layout import INFO, LAST_YEAR, REASON, RESULT_HEADINGS, RESULT_ROWS, RESULT_WIDTHS, RESULTS
from nianbao.workbook.package_checks import open_package, packed
from nianbao.workbook.pen import Pen
from nianbao.workbook.saved_package import Additions
from nianbao.workbook.thorough import damage_named

_LAST_HEAD_ROW = 200


def annotate(
    path: Path,
    reading: Reading,
    findings: Iterable[Finding],
    verdicts: Sequence[Verdict] = (),
    *,
    leave_out: Collection[str] = frozenset(),
    day: date | None = None,
) -> bytes:
    """Return the workbook at `path` as .xlsx bytes, its table of findings replaced by these.

    Below the findings stand the rules that could not be judged, and why, and how many of each there are.
    `leave_out` are sheets that the copy must not have, nor anything taken from them; `day` is named as that of the
    check, where the copy is to say it. Reasons already given stand with their findings. Raises InputError when the
    sheet 校验结果 is not as issued.
    """
    found = list(findings)
    package_ = open_package(path)
    listed = entries(found, verdicts, reading, day)
    at_cells = {s: m for s, m in marks.marks_of(found).items() if s.sheet not in (*leave_out, RESULTS)}
    if not leave_out:
        made = grafting.grafted(package_, [_line(e, reading) for e in listed])
        if made is not None:
            return packed(marks.marked(made, at_cells))
    data = path.read_bytes()
    with damage_named(f"“{path.name}”"):
        book = load_workbook(io.BytesIO(data))
        cached = load_workbook(io.BytesIO(data), data_only=True)
    if RESULTS not in book.sheetnames:
        raise InputError(f"“{path.name}”里没有工作表“{RESULTS}”，没有地方写校验结果")
    if leave_out or book._external_links:  # type: ignore[attr-defined] # known to openpyxl, not to its stubs
        drop_sheets.leave_out(book, cached, leave_out)
    sheet = book[RESULTS]
    pen = Pen(sheet)
    head = _head(path.name, sheet)
    looks = [_look_of(pen, head.by(RESULT_ROWS, i)) for i in range(len(RESULT_HEADINGS))]
    for i in range(max(RESULT_ROWS, len(listed))):
        _row(pen, head.by(1 + i, 0), listed[i] if i < len(listed) else None, looks)
    book.active = book.sheetnames.index(RESULTS)
    for other in book.worksheets:
        other.sheet_view.tabSelected = other.title == RESULTS
    return packed(marks.marked(_saved(book, cached), at_cells))


def _line(entry: FindingRow, reading: Reading) -> grafting.GraftedRow:
    """Return one row as the table shows it."""
    texts, target = entry.texts, entry.target
    known = (INFO, LAST_YEAR, RESULTS, *reading.edition.sheets)
    needed = [heights.height_of(texts[h], RESULT_WIDTHS[i]) for i, h in enumerate(RESULT_HEADINGS[:-1])]
    return grafting.GraftedRow(
        [texts[h] for h in RESULT_HEADINGS],
        target if target and target.sheet in known else None,
        entry.open,
        min(max(20.0, *needed), 400.0),
    )


def _head(name: str, sheet: Worksheet) -> Spot:
    """Find the heading of the table of findings."""
    for row in range(1, _LAST_HEAD_ROW):
        if fold(sheet.cell(row, 1).value or "") == RESULT_HEADINGS[0]:
            return Spot(RESULTS, row, 1)
    raise InputError(f"“{name}”的工作表“{RESULTS}”里找不到“{RESULT_HEADINGS[0]}”一行，没有地方写校验结果")


def _look_of(pen: Pen, spot: Spot) -> CellStyle:
    """Return the look of a cell of the table that is as issued."""
    cell = pen.cell(spot)
    fill = str(cell.fill.fgColor.rgb)[-6:] if cell.fill.fill_type == "solid" else cell_styles.PLAIN
    parts = (copy(getattr(cell, part)) for part in ("font", "border", "alignment", "protection"))
    font, border, alignment, protection = parts
    return CellStyle(font, fill, border, alignment, protection, "@")


def _row(pen: Pen, start: Spot, entry: FindingRow | None, looks: Sequence[CellStyle]) -> None:
    """Write one row, or clear it."""
    cells = [pen.cell(start.by(0, i)) for i in range(len(RESULT_HEADINGS))]
    if entry is None and all(c.value is None and c.hyperlink is None for c in cells):
        return  # as it was issued
    texts = entry.texts if entry else {}
    height = 20.0
    for i, heading in enumerate(RESULT_HEADINGS):
        spot = start.by(0, i)
        cell = cells[i]
        cell.value, cell.hyperlink, cell.fill = None, None, PatternFill()
        closed = heading == REASON and entry is not None and not entry.open
        look = looks[i - 1] if closed else looks[i]
        text = texts.get(heading, "")
        target = entry.target if entry and heading == "位置" else None
        if target and target.sheet in pen.sheet.parent.sheetnames:  # type: ignore[union-attr]
            pen.link(spot, text, target, replace(cell_styles.LINK, border=cell_styles.BOX))
        else:
            pen.text(spot, text, look)
        height = max(height, heights.height_of(text, RESULT_WIDTHS[i]) if heading != RESULT_HEADINGS[-1] else 0)
    pen.sheet.row_dimensions[start.row].height = min(height, 400.0)


def _saved(book: Workbook, cached: Workbook) -> dict[str, bytes]:
    """Return the parts of the copy with the results the original had beside its formulas, which openpyxl would drop."""
    book.calculation = book.calculation or CalcProperties()  # a workbook need not have any
    book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    book.save(out)
    additions = {
        sheet.path.lstrip("/"): Additions(_results(sheet, cached[sheet.title]), frozenset())
        for sheet in book.worksheets
    }
    return saved_package.completed(out.getvalue(), additions)


def _results(sheet: Worksheet, cached: Worksheet) -> Mapping[str, Result]:
    found: dict[str, Result] = {}
    for row in sheet.iter_rows():
        for cell in row:
            result = cached[cell.coordinate].value if cell.data_type == "f" else None
            if isinstance(result, str | int) and not isinstance(result, bool):
                found[cell.coordinate] = result
            elif isinstance(result, float):
                found[cell.coordinate] = Decimal(str(result))
    return found
