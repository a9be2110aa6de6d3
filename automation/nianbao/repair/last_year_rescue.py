"""上年数据 of a broken workbook: its rows name themselves in their first column, its tables are known by labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from nianbao.form import CellKind, Edition, edition_names, load_edition, plain
from nianbao.numbers import Number
from nianbao.published.lookup import lookup_of
from nianbao.repair.figure_cells import FigureCells
from nianbao.repair.view import Place, View
from nianbao.report import Report, clean_text
from nianbao.workbook import display
from nianbao.workbook.contents import fold
from nianbao.workbook.lastrows import TABLE_MARK, placed
from nianbao.workbook.layout import LAST_YEAR

_TITLE_ROWS = 4


@dataclass
class RescuedYear:
    """Last year's report as far as it is sure, and the cells that it and its marks stood in."""

    report: Report | None = None
    edition: Edition | None = None
    used: set[Place] = field(default_factory=set)
    marks: set[Place] = field(default_factory=set)


def is_last_year(view: View) -> bool:
    """Tell whether a sheet is 上年数据, under whatever name: its figures must never be taken for this year's."""
    titled = (t for r in range(1, _TITLE_ROWS + 1) for t in view.by_row.get(r, {}).values())
    marked = any(t.startswith(TABLE_MARK) for texts in view.by_row.values() for t in texts.values())
    return marked or fold(view.title) == LAST_YEAR or any(fold(t) == LAST_YEAR for t in titled)


def read(view: View, own: Edition, named: str) -> RescuedYear:
    """Return last year's report; none where the sheet does not say of which edition it is.

    `own` is this year's edition, `named` how it was asked for.
    """
    found = RescuedYear()
    first = {r: next(iter(texts.items())) for r, texts in view.by_row.items()}
    columns = Counter(c for c, t in first.values() if _is_mark(t))
    own_column = columns.most_common(1)[0][0] if columns else 0
    marks = {r: (c, t) for r, (c, t) in first.items() if c == own_column}
    facts: dict[str, tuple[Place, str]] = {}
    for row, (column, mark) in marks.items():
        after = [c for c in view.by_row[row] if c > column]
        if mark.startswith("body:") or mark in ("edition", "year"):
            found.used.add((row, column))
            if len(after) > 1:
                facts[mark] = (row, after[1]), view.text((row, after[1]))
    found.marks = {(r, c) for r, (c, t) in marks.items() if _is_mark(t)}
    found.used |= found.marks
    if any((r, c + 1) not in view.spans for r, (c, t) in marks.items() if _is_mark(t)):
        return found  # what was merged came apart: only then can cells have been moved along their labels
    edition = _edition(facts.get("edition", ((0, 0), ""))[1], own)
    if edition is None:
        return found
    found.edition = edition
    found.used |= {place for place, _ in facts.values()}
    body = {m.removeprefix("body:"): t.strip() for m, (_, t) in facts.items() if m.startswith("body:")}
    level = edition.level(body.get("level", ""))
    body |= {"level": level.id} if level else {}
    year = facts["year"][1] if "year" in facts else ""
    values: dict[str, Number] = {}
    texts: dict[str, str] = {}
    paragraphs: dict[str, list[str]] = {}
    for row, (column, mark) in marks.items():
        if mark.startswith(TABLE_MARK) and mark.removeprefix(TABLE_MARK) in edition.table:
            found.used.add((row, column))
            _whole(view, edition, mark.removeprefix(TABLE_MARK), (row, column), found, values, texts)
        elif mark.startswith("text:"):
            beside = next((c for c in view.by_row[row] if c > column), 0)
            found.used |= {(row, column), (row, beside)}
            paragraphs.setdefault(mark.removeprefix("text:"), []).append(view.text((row, beside)))
    for key, place in FigureCells(lookup_of(edition)).known(view).sure.items():
        if key not in values:
            _figure(view, edition, key, place, found, values)
    known = {t.id for t in edition.texts}
    texts |= {k: clean_text("\n".join(filter(None, p)), view.title) for k, p in paragraphs.items() if k in known}
    name = named if edition is own else edition.id
    found.report = Report(name, int(year) if year.isdecimal() else None, body, values, texts)
    return found


def _is_mark(text: str) -> bool:
    return text.startswith((TABLE_MARK, "body:", "text:")) or text in ("edition", "year")


def _edition(name: str, own: Edition) -> Edition | None:
    if name == own.id:
        return own
    return load_edition(name) if name in edition_names() else None


def _whole(
    view: View, edition: Edition, table_id: str, mark: Place, found: RescuedYear, values: dict[str, Number],
    texts: dict[str, str],
) -> None:  # fmt: skip
    """Take a table that stands below its mark with every label in its place."""
    table = edition.table[table_id]
    places: dict[str, Place] = {}
    for cell in table.cells:
        spot, _ = placed(table, cell, mark[0] + 1)
        place = spot.row, spot.column + mark[1] - 1
        if cell.kind in (CellKind.VALUE, CellKind.TYPED):
            places[cell.key] = place
        elif fold(view.text(place)) != fold(plain(cell.text)):
            return
    for key, place in places.items():
        if key in edition.values:
            _figure(view, edition, key, place, found, values)
        elif view.text(place).strip():
            texts[key] = clean_text(view.text(place), view.title)
            found.used.add(place)


def _figure(
    view: View, edition: Edition, key: str, place: Place, found: RescuedYear, values: dict[str, Number]
) -> None:
    value = edition.values[key]
    number = display.figure(view.content(place), value.kind, value.unit)[0].value
    if number is not None and place not in view.tops:
        values[key] = number
        found.used.add(place)
