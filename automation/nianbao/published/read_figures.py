"""From the cells found to figures, places and findings: the figures half of a Reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nianbao.numbers import Number, spell
from nianbao.published import figure_text
from nianbao.published.expected import ExpectedRow
from nianbao.published.figure_text import CellFigure
from nianbao.published.found_cells import Found, FoundCell
from nianbao.published.model import GridCell
from nianbao.published.notes import Notes, shown
from nianbao.unicodes import quotation


def places(found: Found) -> dict[str, str]:
    """Return where each figure stands, in the file's own terms: 表三 第8行第4列; in a PDF 第3页 表三 第8行第4列."""
    return {key: _at(found, found.edition.values[key].table, spot) for key, spot in found.cells.items()}


def _at(found: Found, table: str, spot: FoundCell) -> str:
    return " ".join(x for x in (spot.page, found.edition.table[table].word, spot.cell.place) if x)


def read(found: Found, notes: Notes) -> dict[str, Number]:
    """Return the figures surely read; everything else is noted."""
    doubted = {k: s.cell for k, s in found.cells.items() if s.cell.doubt}
    read_ = {
        k: figure_text.read(s.cell.text, found.edition.values[k]) for k, s in found.cells.items() if k not in doubted
    }
    _say_doubted(found, doubted, notes)
    _say_unreadable(found, read_, notes)
    _say_noted(found, read_, notes)
    _say_refused(found, notes)
    _say_missing(found, notes)
    _say_extras(found, notes)
    _say_headless(found, notes)
    _say_worded(found, notes)
    _say_relaid(found, notes)
    return {k: read_[k].value for k in found.edition.values if k in read_ and read_[k].value is not None}  # type: ignore[misc]


def _say_doubted(found: Found, doubted: Mapping[str, GridCell], notes: Notes) -> None:
    """Refuse the cells that may not show what they hold, those alike together."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for key, cell in doubted.items():
        alike.setdefault((found.edition.values[key].table, cell.doubt, cell.text), []).append(key)
    for (_, why, text), keys in alike.items():
        held = f"文件中写的是{shown(text)}，" if text.strip() else ""
        notes.refuse(keys, f"{held}这里{why}，看到的不一定是这个数字，没有采用")


def _say_unreadable(found: Found, read_: dict[str, CellFigure], notes: Notes) -> None:
    by_text: dict[tuple[str, str], list[str]] = {}
    for key, figure in read_.items():
        if figure.value is None and figure.noted:
            by_text.setdefault((found.edition.values[key].table, figure.noted), []).append(key)
    for (_, text), keys in by_text.items():
        notes.refuse(keys, f"这里写的是{shown(text)}，读不出确定的数字，没有采用")


def _say_noted(found: Found, read_: dict[str, CellFigure], notes: Notes) -> None:
    by_table: dict[str, list[str]] = {}
    for key, figure in read_.items():
        if figure.value is not None and figure.noted:
            by_table.setdefault(found.edition.values[key].table, []).append(key)
    for keys in by_table.values():
        taken = "、".join(f"{shown(read_[k].noted)}按{spell(read_[k].value or 0)}" for k in keys[:6])
        notes.cells("R2", keys, f"这里的数字带有说明、单位或不是通常的写法，含义确定，已采用（{taken}）")


def _say_refused(found: Found, notes: Notes) -> None:
    by_reason: dict[tuple[str, str], list[int]] = {}
    for i, refused in enumerate(found.refused):
        by_reason.setdefault((refused.row.table, refused.why), []).append(i)
    for (table, why), indexes in by_reason.items():
        refusals = [found.refused[i] for i in indexes]
        keys = [k for r in refusals for k in r.row.keys]
        notes.unread.update(keys)
        names = "、".join(_name(found, r.row) for r in refusals[:6]) + ("等" if len(refusals) > 6 else "")
        place = _at(found, table, refusals[0].spot)
        notes.say("R1", place, f"{why}；没有采用", keys=keys, where=f"{place}（{names}）")


def _name(found: Found, row: ExpectedRow) -> str:
    return quotation(row.label) if row.label else f"{found.edition.table[row.table].word}的数字行"


def _say_missing(found: Found, notes: Notes) -> None:
    by_table: dict[str, list[ExpectedRow]] = {}
    for row in found.missing:
        by_table.setdefault(row.table, []).append(row)
    there = {found.edition.values[k].table for k in found.cells} | {r.row.table for r in found.refused}
    for table, rows in by_table.items():
        word = found.edition.table[table].word
        keys = [k for r in rows for k in r.keys]
        notes.unread.update(keys)
        if table not in there:
            notes.say("R1", word, f"文件中没有找到{word}，这张表的数字都没有", keys=keys)
        else:
            names = "、".join(_name(found, r) for r in rows)
            notes.say("R3", word, f"没有找到{names}{'这一行' if len(rows) == 1 else f'这{len(rows)}行'}", keys=keys)


def _say_extras(found: Found, notes: Notes) -> None:
    for extra in found.extras:
        name = shown(extra.label) if extra.label else "没有名称"
        place = " ".join(x for x in (extra.spot.page, extra.spot.grid.place, extra.spot.cell.place) if x)
        notes.say("R3", place, f"这里有一行（{name}）不在格式“{found.edition.name}”的行中，它的数字没有采用")


def _say_headless(found: Found, notes: Notes) -> None:
    for table in sorted(found.headless):
        word = found.edition.table[table].word
        what = "没有找到列标题；各行的格数与格式的列数相同，已按格式的列序采用"
        notes.say("R3", word, what, how="对照原文核对各列")


def _say_worded(found: Found, notes: Notes) -> None:
    for place, listed in _grouped(
        (_where(w.spot), f"{quotation(w.label)}写作{shown(w.written)}") for w in found.worded
    ):
        notes.say("R4", place, "；".join(listed) + "；已按格式的名称采用")


def _say_relaid(found: Found, notes: Notes) -> None:
    for table, spot in found.relaid.items():
        word = found.edition.table[table].word
        what = f"{word}的排法与格式不同（分成几张表，或行与列对调），已按各个数字的名称采用"
        notes.say("R4", " ".join(x for x in (spot.page, word) if x), what)


def _where(spot: FoundCell) -> str:
    return " ".join(x for x in (spot.page, spot.grid.place) if x)


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return list(found.items())
