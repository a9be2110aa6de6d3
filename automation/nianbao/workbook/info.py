"""The sheet 基本信息: facts about the body, each with its prompt beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from openpyxl.utils.datetime import to_excel

from nianbao.dates import date_of
from nianbao.form import Edition, Field
from nianbao.numbers import Number
from nianbao.workbook import cell_styles, entry, heights
from nianbao.workbook.address import Spot
from nianbao.workbook.cell_styles import BOX, OPEN, CellStyle, aligned, font
from nianbao.workbook.facts import ZERO
from nianbao.workbook.layout import EDITION, EDITION_LABEL, INFO, NO, YES, Layout
from nianbao.workbook.pen import Pen
from nianbao.workbook.report_contents import Held

_WIDTHS = {1: 18.0, 2: 44.0, 3: 66.0}
_LABEL = replace(
    cell_styles.LABEL, font=font(11, bold=True), fill=cell_styles.HEADING, alignment=aligned("left", indent=1)
)
_FACT = CellStyle(font(11), cell_styles.INPUT, BOX, aligned("left", indent=1), OPEN, "@")
_PROMPT = replace(cell_styles.NOTE, border=BOX, alignment=aligned("left", indent=1))


def holds(layout: Layout, body: Mapping[str, str], year: int | None, *, blank_means_zero: bool) -> Held:
    """Return what the sheet holds of these facts; it opens with the first that is not known."""
    texts: dict[str, str] = {}
    numbers: dict[str, Number | None] = {}
    blank, odd = [], set()
    for field in layout.edition.fields:
        ref, content = layout.fields[field.id].ref, _content(field, body, year, blank_means_zero)
        day = date_of(content) if field.kind == "date" else None
        if field.kind == "year" and content:
            numbers[ref] = int(content)
        elif field.kind == "date" and (day or not content):
            numbers[ref] = int(to_excel(day)) if day else None  # type: ignore[no-untyped-call]
        else:
            level = layout.edition.level(content) if field.kind == "choice" and content else None
            texts[ref] = level.label if level else content
            odd |= {ref} if field.kind == "date" else set()
        if not content:
            blank.append(ref)
    cursor = blank[0] if blank else layout.fields["name"].ref
    return Held({}, numbers, texts, odd=frozenset(odd), cursor=cursor)


def draw(pen: Pen, layout: Layout, held: Held) -> None:
    """Draw the sheet with the facts it holds."""
    edition = layout.edition
    pen.widths(_WIDTHS)
    pen.text(Spot(INFO, 1, 1), INFO, cell_styles.SHEET_TITLE, 1, 3)
    pen.text(Spot(INFO, 2, 1), "黄色格填写，填写要求见右边；带 * 的必须填。", cell_styles.NOTE, 1, 3)
    pen.height(1, 30)
    heads = ("项目", "填写", "填写要求")
    for i, head in enumerate(heads):
        pen.text(Spot(INFO, 3, 1 + i), head, cell_styles.COLUMN_HEAD)
    pen.height(3, 20)
    _edition(pen, edition)
    for field in edition.fields:
        _field(pen, edition, field, layout.fields[field.id], held)
    last = EDITION.row + len(edition.fields)
    pen.sheet.freeze_panes = "A4"
    pen.begin_at(held.cursor)
    pen.finish(last, 3, landscape=True)


def _edition(pen: Pen, edition: Edition) -> None:
    pen.text(EDITION.by(0, -1), EDITION_LABEL, _LABEL)
    pen.text(EDITION, edition.id, replace(_FACT, fill=cell_styles.TOTAL, protection=cell_styles.LOCKED))
    said = f"{edition.name}（{edition.title}，{edition.basis}）。由程序填写，请不要改动。"
    pen.text(EDITION.by(0, 1), said, _PROMPT)
    pen.height(EDITION.row, max(24, heights.height_of(said, _WIDTHS[3], 9.5)))


def _content(field: Field, body: Mapping[str, str], year: int | None, blank_means_zero: bool) -> str:
    if field.kind == "yesno":
        chosen = blank_means_zero if field.id == ZERO else body.get(field.id) == YES
        return YES if chosen else NO
    if field.kind == "year":
        return "" if year is None else str(year)
    return body.get(field.id, "")


def _field(pen: Pen, edition: Edition, field: Field, spot: Spot, held: Held) -> None:
    pen.text(spot.by(0, -1), field.label, _LABEL)
    mark = "* " if field.required else ""
    pen.text(spot.by(0, 1), mark + field.prompt, _PROMPT)
    pen.height(spot.row, max(24, heights.height_of(mark + field.prompt, _WIDTHS[3], 9.5)))
    if spot.ref in held.numbers:
        kind = 'yyyy"年"m"月"d"日"' if field.kind == "date" else "0"
        pen.number(spot, held.numbers[spot.ref], replace(_FACT, number_format=kind))
    else:
        kind = {"year": "0"}.get(field.kind, "@")
        pen.text(spot, held.texts[spot.ref], replace(_FACT, number_format=kind))
    validation = entry.for_field(edition, field)
    if validation:
        pen.sheet.add_data_validation(validation)
        validation.add(spot.ref)
