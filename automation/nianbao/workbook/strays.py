"""Rule W4: what stands in none of the form's own cells is named, for nobody reads it.

A figure beside or under the one blank cell that it can be meant for is told together with that cell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from nianbao.findings import Severity
from nianbao.form import Edition
from nianbao.numbers import read_number
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import Content, Sheet, fold
from nianbao.workbook.figures import shown
from nianbao.workbook.layout import INFO, NO, YES, Layout
from nianbao.workbook.owned import inputs, owned, within
from nianbao.workbook.reading_notes import Notes

_SHOWN = 6

Place = tuple[int, int]


def look(
    layout: Layout, sheets: Mapping[str, Sheet], lost: frozenset[str], notes: Notes, *, blank_means_zero: bool
) -> None:
    """Tell what stands outside the form's cells: each displaced entry with its cell, the rest once for a sheet.

    Sheets with something moved or changed are left alone: what stands where is told by rule W1.
    """
    unclear = {s.sheet for k, s in _spots(layout).items() if k in lost} if lost else set()
    for name, places in owned(layout.edition).items():
        if name in unclear:
            continue
        found = {
            place: content
            for place, content in sheets[name].cells.items()
            if not content.formula and (place not in places or not _own(content, places[place])) and _says(content)
        }
        if found:
            _tell(layout, sheets[name], dict(sorted(found.items())), notes, blank_means_zero)


def _spots(layout: Layout) -> dict[str, Spot]:
    return {**layout.values, **layout.typed, **layout.fields, **{k: s[0] for k, s in layout.texts.items()}}


def _own(content: Content, begins: tuple[str, ...]) -> bool:
    return not begins or content.value is None or fold(content.value).startswith(begins)


def _says(content: Content) -> bool:
    return content.value is not None and not content.formula and bool(str(content.value).strip())


def _tell(layout: Layout, sheet: Sheet, found: dict[Place, Content], notes: Notes, zero: bool) -> None:
    meant = _strays_by_cell(layout.edition, sheet, found)
    for place, key in meant.items():
        _tell_displaced(layout, key, Spot(sheet.name, *place), found[place].value, notes, zero)
    for key, places in _below(layout, sheet, found).items():
        first = Spot(sheet.name, *places[0]).place
        what = f"正文写到了应填的格子下面（{_listed(sheet, found, places)}），没有采用"
        how = "移到上面的格子里，一格可以写几段（按 Alt＋Enter 换行）；不要的，删去"
        notes.say("W4", Severity.EXPLAIN, (key,), (first, first), what, how)
        meant |= dict.fromkeys(places, key)
    rest = [place for place in found if place not in meant]
    if rest:
        what = f"填报的格子之外还有内容（{_listed(sheet, found, rest)}），没有采用"
        how = "是填错了位置的，移到应填的格子里；是草稿、批注的，删去"
        first = Spot(sheet.name, *rest[0]).place
        notes.say("W4", Severity.HINT, (), (first, first), what, how)


def _listed(sheet: Sheet, found: Mapping[Place, Content], places: list[Place]) -> str:
    listed = "、".join(f"{Spot(sheet.name, *p).ref}{shown(found[p].value)}" for p in places[:_SHOWN])
    return listed + (f"等{len(places)}处" if len(places) > _SHOWN else "")


def _below(layout: Layout, sheet: Sheet, found: Mapping[Place, Content]) -> dict[str, list[Place]]:
    """Return what goes on right below the last cell of each text that is written to its end."""
    below: dict[str, list[Place]] = {}
    for key, spots in layout.texts.items():
        row, column = spots[-1].row, spots[-1].column
        if spots[-1].sheet == sheet.name and _says(sheet.at(row, column)):
            while (row + 1, column) in found:
                row += 1
                below.setdefault(key, []).append((row, column))
    return below


def _tell_displaced(layout: Layout, key: str, stray: Spot, value: object, notes: Notes, zero: bool) -> None:
    """Tell one entry that stands beside its blank cell: an error only where the blank itself is one (rule A6)."""
    field, figure = layout.edition.values.get(key), shown(value)
    own = _spots(layout)[key].ref
    what = f"这一格空着，而{stray.ref}写着{figure}，没有采用"
    how = f"{figure}是这一格的，移到{own}；不是的，删去{stray.ref}，{own}照实填写"
    fact = next((f for f in layout.edition.fields if f.id == key), None)
    if field is not None and field.required and not zero:
        notes.refuse(key, what, how + "，没有发生的填0")
    elif fact is not None and fact.required:
        notes.refuse(key, what, how)
    else:
        notes.say("W4", Severity.EXPLAIN, (key,), (notes.places.of(key), notes.places.named(key)), what, how)


def _strays_by_cell(edition: Edition, sheet: Sheet, found: Mapping[Place, Content]) -> dict[Place, str]:
    """Return the strays that are surely near one blank cell, each with the key of that cell; no cell twice."""
    blank = {p: k for p, k in inputs(edition)[sheet.name].items() if sheet.at(*p).value is None}
    meant: dict[Place, str] = {}
    for place, content in found.items():
        near = [blank[p] for p in _near(edition, sheet.name, place, blank) if _fits(edition, blank[p], content)]
        if near:
            meant[place] = near[0]
    times = Counter(meant.values())
    return {p: k for p, k in meant.items() if times[k] == 1}


def _near(edition: Edition, name: str, place: Place, blank: Mapping[Place, str]) -> list[Place]:
    """List the blank cells an entry here may be meant for: the merged one over it, the only one of the row, the next.

    In 基本信息 a row is one fact, in a table two blanks as near as each other are nobody's guess.
    """
    row, column = place
    if name == INFO:
        return [p for p in blank if p[0] == row]
    over = within(edition)[name].get(place)
    if over is not None:
        return [over] if over in blank else []
    aside = [p for p in blank if p[0] == row]
    if len(aside) == 1:
        return aside
    beside = [p for p in ((row, column - 1), (row, column + 1)) if p in blank]
    stacked = [p for p in ((row - 1, column), (row + 1, column)) if p in blank]
    return next(([*near] for near in (beside, stacked) if len(near) == 1), [])


def _fits(edition: Edition, key: str, content: Content) -> bool:
    value = edition.values.get(key)
    if value is not None:
        return read_number(content.value, value.kind, value.unit).value is not None
    return content.value not in (YES, NO)
