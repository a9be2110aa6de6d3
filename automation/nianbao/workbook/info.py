"""The sheet 基本信息: facts about the body, each with its prompt beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from nianbao.dates import date_of
from nianbao.form import Edition, Field
from nianbao.workbook import entry, heights, styles
from nianbao.workbook.address import Spot
from nianbao.workbook.facts import ZERO
from nianbao.workbook.layout import EDITION, EDITION_LABEL, INFO, NO, YES, Layout
from nianbao.workbook.pen import Pen
from nianbao.workbook.styles import BOX, OPEN, Look, aligned, font

_WIDTHS = {1: 18.0, 2: 44.0, 3: 66.0}
_LABEL = replace(styles.LABEL, font=font(11, bold=True), fill=styles.HEADING, alignment=aligned("left", indent=1))
_FACT = Look(font(11), styles.INPUT, BOX, aligned("left", indent=1), OPEN, "@")
_PROMPT = replace(styles.NOTE, border=BOX, alignment=aligned("left", indent=1))


def draw(pen: Pen, layout: Layout, body: Mapping[str, str], year: int | None, *, blank_means_zero: bool) -> None:
    """Draw the sheet with these facts."""
    edition = layout.edition
    pen.widths(_WIDTHS)
    pen.text(Spot(INFO, 1, 1), INFO, styles.SHEET_TITLE, 1, 3)
    pen.text(Spot(INFO, 2, 1), "黄色格填写，填写要求见右边；带 * 的必须填。", styles.NOTE, 1, 3)
    pen.height(1, 30)
    heads = ("项目", "填写", "填写要求")
    for i, head in enumerate(heads):
        pen.text(Spot(INFO, 3, 1 + i), head, styles.COLUMN_HEAD)
    pen.height(3, 20)
    _edition(pen, edition)
    for field in edition.fields:
        _field(pen, edition, field, layout.fields[field.id], _content(field, body, year, blank_means_zero))
    last = EDITION.row + len(edition.fields)
    pen.sheet.freeze_panes = "A4"
    pen.begin_at(next((s for s in layout.fields.values() if pen.cell(s).value is None), layout.fields["name"]))
    pen.finish(last, 3, landscape=True)


def _edition(pen: Pen, edition: Edition) -> None:
    pen.text(EDITION.by(0, -1), EDITION_LABEL, _LABEL)
    pen.text(EDITION, edition.id, replace(_FACT, fill=styles.TOTAL, protection=styles.LOCKED))
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


def _field(pen: Pen, edition: Edition, field: Field, spot: Spot, content: str) -> None:
    pen.text(spot.by(0, -1), field.label, _LABEL)
    mark = "* " if field.required else ""
    pen.text(spot.by(0, 1), mark + field.prompt, _PROMPT)
    pen.height(spot.row, max(24, heights.height_of(mark + field.prompt, _WIDTHS[3], 9.5)))
    day = date_of(content) if field.kind == "date" else None
    if field.kind == "year" and content:
        pen.number(spot, int(content), replace(_FACT, number_format="0"))
    elif field.kind == "date" and (day or not content):
        pen.cell(spot).value = day
        pen.dress(spot, replace(_FACT, number_format='yyyy"年"m"月"d"日"'))
    else:
        level = edition.level(content) if field.kind == "choice" and content else None
        kind = {"year": "0"}.get(field.kind, "@")
        pen.text(spot, level.label if level else content, replace(_FACT, number_format=kind))
    validation = entry.for_field(edition, field)
    if validation:
        pen.sheet.add_data_validation(validation)
        validation.add(spot.ref)
