"""Reading back what the workbook carries besides the form: last year's report (上年数据), reasons (校验结果)."""

from __future__ import annotations

from collections import defaultdict

from nianbao.form import CellKind, Edition, edition_names, load_edition
from nianbao.numbers import Number
from nianbao.report import Reason, Report, clean_text
from nianbao.workbook import display
from nianbao.workbook.contents import Sheet
from nianbao.workbook.lastrows import FIRST_ROW, TABLE_MARK, placed
from nianbao.workbook.layout import RESULT_HEADINGS


def last_year(sheet: Sheet, this_year: Edition, named: str) -> Report | None:
    """Return last year's report, or None when the sheet carries none or one of an edition that is not at hand.

    `named` is how this year's edition was asked for: an id, or a .toml file that last year's may be of too.
    """
    marks = {
        row: str(content.value)
        for (row, column), content in sorted(sheet.cells.items())
        if column == 1 and row >= FIRST_ROW and content.value is not None
    }
    facts = defaultdict(str, {mark: _text_at(sheet, row, 4) for row, mark in marks.items()})
    edition = _edition(facts["edition"], this_year)
    if edition is None:
        return None
    values: dict[str, Number] = {}
    texts: dict[str, str] = {}
    paragraphs = defaultdict[str, list[str]](list)
    for row, mark in marks.items():
        if mark.startswith(TABLE_MARK):
            _table(sheet, row + 1, edition, mark.removeprefix(TABLE_MARK), values, texts)
        elif mark.startswith("text:"):
            paragraphs[mark.removeprefix("text:")].append(_text_at(sheet, row, 2))
    texts |= {key: "\n".join(filter(None, said)) for key, said in paragraphs.items()}
    body = {m.removeprefix("body:"): t for m, t in facts.items() if m.startswith("body:") and t}
    level = edition.level(facts["body:level"])
    if level:
        body["level"] = level.id
    year = facts["year"]
    name = named if edition is this_year else edition.id
    return Report(name, int(year) if year.isdecimal() else None, body, values, texts)


def reasons(sheet: Sheet) -> tuple[Reason, ...]:
    """Return the reasons written into the table of findings, each with its finding's fingerprint."""
    columns = {name: 1 + i for i, name in enumerate(RESULT_HEADINGS)}
    text_at, print_at = columns["说明（请填写）"], columns["指纹"]
    found = []
    for row in sorted({row for row, _ in sheet.cells}):
        fingerprint, text = _text_at(sheet, row, print_at), _text_at(sheet, row, text_at)
        if fingerprint and text and fingerprint != "指纹":
            found.append(Reason(fingerprint, text))
    return tuple(found)


def _edition(name: str, this_year: Edition) -> Edition | None:
    if name == this_year.id:
        return this_year
    return load_edition(name) if name in edition_names() else None


def _text_at(sheet: Sheet, row: int, column: int) -> str:
    content = sheet.at(row, column)
    return "" if content.value is None else clean_text(str(content.value), f"{sheet.name} 第{row}行")


def _table(
    sheet: Sheet, top: int, edition: Edition, table_id: str, values: dict[str, Number], texts: dict[str, str]
) -> None:
    table = edition.table.get(table_id)
    if table is None:
        return
    for cell in table.cells:
        spot, _ = placed(table, cell, top)
        if cell.kind is CellKind.VALUE:
            value = edition.values[cell.key]
            number = display.figure(sheet.at(spot.row, spot.column), value.kind, value.unit)[0].value
            if number is not None:
                values[cell.key] = number
        elif cell.kind is CellKind.TYPED:
            said = _text_at(sheet, spot.row, spot.column)
            if said:
                texts[cell.key] = said
