"""Breaking a workbook as people and programs do, in memory, by chance from a seed; names go with cells as in Excel.

`Broken` holds the sheets and names of an opened workbook; each way of breaking changes them.
"""

import random
from dataclasses import dataclass, field, replace

from nianbao.form import load_edition
from nianbao.repair.broken_book import Opened
from nianbao.repair.printed import printed
from nianbao.workbook.address import letters
from nianbao.workbook.contents import Content, Sheet
from nianbao.workbook.sheet_surroundings import boxes

TITLES = ("申请情况", "Sheet1", "表3", "新表", "附件", "2025", "三", "表三改")


def opened(broken):
    """The broken workbook as its reader opens it."""
    return Opened("坏表.xlsx", broken.sheets, {}, tuple(dict.fromkeys(broken.names)), 2)


def of(book):
    """A workbook to break."""
    return Broken(dict(book.sheets), list(book.names))


@dataclass
class Broken:
    """Sheets by title, names with the sheet and area they point at, and what was done."""

    sheets: dict
    names: list
    done: list = field(default_factory=list)

    def remap(self, title, move, *, names=True):
        """Give every cell of a sheet the place that `move` says (None: it is gone)."""
        sheet = self.sheets[title]
        cells = {}
        for place, content in sheet.cells.items():
            to = move(place)
            if to is not None:
                cells[to] = content
        merged = {}
        for top, left, bottom, right in {b for ref in {*sheet.covered.values()} for b in boxes(ref)}:
            area = [m for r in range(top, bottom + 1) for c in range(left, right + 1) if (m := move((r, c)))]
            if area:
                merged |= _covered(area)
        remarks = {m: t for p, t in sheet.remarks.items() if (m := move(p))}
        self.sheets[title] = replace(
            sheet, cells=cells, covered=merged, remarks=remarks, hidden_rows=frozenset(), hidden_columns=frozenset()
        )
        if names:
            self.names = [n for name in self.names if (n := _moved(name, title, move))]

    def put(self, title, place, value):
        """Type something into a cell; a blank one is emptied."""
        sheet = self.sheets[title]
        cells = dict(sheet.cells)
        if value is None:
            cells.pop(place, None)
        else:
            cells[place] = Content(value)
        self.sheets[title] = replace(sheet, cells=cells)


def _covered(area):
    top, bottom = min(r for r, _ in area), max(r for r, _ in area)
    left, right = min(c for _, c in area), max(c for _, c in area)
    ref = f"{letters(left)}{top}:{letters(right)}{bottom}"
    every = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
    return dict.fromkeys(every - {(top, left)}, ref)


def _moved(name, title, move):
    what, sheet, (top, left, bottom, right) = name
    if sheet != title:
        return name
    area = [m for r in range(top, bottom + 1) for c in range(left, right + 1) if (m := move((r, c)))]
    if not area:
        return None
    rows, columns = [r for r, _ in area], [c for _, c in area]
    return what, sheet, (min(rows), min(columns), max(rows), max(columns))


def _line(place, columns):
    return place[1] if columns else place[0]


def _with(place, line, columns):
    return (place[0], line) if columns else (line, place[1])


def _extent(sheet, columns):
    return max((_line(p, columns) for p in sheet.cells), default=1)


def insert(broken, title, chance, *, columns, names=True):
    """Put one to three lines in; something may be typed there."""
    at, many = chance.randint(1, _extent(broken.sheets[title], columns)), chance.randint(1, 3)

    def move(place):
        line = _line(place, columns)
        return _with(place, line + many if line >= at else line, columns)

    broken.remap(title, move, names=names)
    if chance.random() < 0.5:
        there = _extent(broken.sheets[title], not columns)
        broken.put(title, _at(at, chance.randint(1, there), columns), _junk(chance))


def _at(line, other, columns):
    return (other, line) if columns else (line, other)


def _junk(chance):
    return chance.choice([chance.randint(600_000, 999_999), f"已核对{chance.randint(600_000, 999_999)}"])


def delete(broken, title, chance, *, columns):
    """Take one or two lines out."""
    at, many = chance.randint(1, _extent(broken.sheets[title], columns)), chance.randint(1, 2)

    def move(place):
        line = _line(place, columns)
        return None if at <= line < at + many else _with(place, line - many if line >= at else line, columns)

    broken.remap(title, move)


def move_line(broken, title, chance, *, columns, names=True):
    """Cut a line and put it in elsewhere, names or not (as after sorting)."""
    last = _extent(broken.sheets[title], columns)
    source, target = chance.randint(1, last), chance.randint(1, last)

    def move(place):
        line = _line(place, columns)
        if line == source:
            return _with(place, target, columns)
        if source < line <= target:
            return _with(place, line - 1, columns)
        if target <= line < source:
            return _with(place, line + 1, columns)
        return place

    broken.remap(title, move, names=names)


def shift(broken, title, chance):
    """Insert or delete some cells of a few lines, so that the rest of these lines moves along."""
    across = chance.random() < 0.5
    sheet = broken.sheets[title]
    at = chance.randint(1, _extent(sheet, across))
    first = chance.randint(1, _extent(sheet, not across))
    lines = range(first, first + chance.randint(1, 3))
    by = chance.choice((-1, 1))

    def move(place):
        line, along = _line(place, not across), _line(place, across)
        if line not in lines or along < at:
            return place
        if by < 0 and along == at:
            return None
        return _at(line, along + by, not across)

    unmerge(broken, title, chance, part=1.0)  # merged cells that are cut through come apart first
    broken.remap(title, move)


def unmerge(broken, title, chance, *, part=0.5):
    """Unmerge some or all merged cells."""
    sheet = broken.sheets[title]
    gone = {ref for ref in {*sheet.covered.values()} if chance.random() < part}
    broken.sheets[title] = replace(sheet, covered={p: r for p, r in sheet.covered.items() if r not in gone})


def rename(broken, title, chance):
    """Give a sheet another title; names follow."""
    free = [t for t in TITLES if t not in broken.sheets]
    if free:
        _retitle(broken, {title: chance.choice(free)})


def swap(broken, title, chance):
    """Exchange the titles of two sheets."""
    other = chance.choice(list(broken.sheets))
    _retitle(broken, {title: other, other: title})


def _retitle(broken, to):
    broken.sheets = {to.get(t, t): replace(s, name=to.get(t, t)) for t, s in broken.sheets.items()}
    broken.names = [(n, to.get(t, t), a) for n, t, a in broken.names]


def copy(broken, title, chance):
    """Copy a sheet, with or without names of its own; the copy or the sheet may be blank, changed or gone."""
    name = f"{title} ({len(broken.sheets)})"
    broken.sheets[name] = replace(broken.sheets[title], name=name)
    if chance.random() < 0.5:
        broken.names += [(n, name, a) for n, t, a in broken.names if t == title]
    chosen = chance.random()
    if chosen < 0.3:
        numbers = [p for p, c in broken.sheets[name].cells.items() if isinstance(c.value, int) and not c.formula]
        for place in chance.sample(numbers, min(3, len(numbers))):
            broken.put(name, place, chance.randint(600_000, 999_999))
    elif chosen < 0.5:
        sheet = broken.sheets[name]
        cells = {p: c for p, c in sheet.cells.items() if isinstance(c.value, str) or c.formula}
        broken.sheets[name] = replace(sheet, cells=cells)
    elif chosen < 0.7:
        del broken.sheets[title]
        broken.names = [n for n in broken.names if n[1] != title]


def reorder(broken, title, chance):
    """Put the sheets into another order."""
    titles = list(broken.sheets)
    chance.shuffle(titles)
    broken.sheets = {t: broken.sheets[t] for t in titles}


def lose_names(broken, title, chance):
    """Lose all names, those of a sheet, or some."""
    kind = chance.random()
    broken.names = [
        n for n in broken.names if not (kind < 0.3 or (kind < 0.7 and n[1] == title) or chance.random() < 0.2)
    ]


def retype(broken, title, chance):
    """Type over one of the form's printed words, or empty it."""
    ours = printed(load_edition("2021")).with_(printed(load_edition("2019")))
    cells = broken.sheets[title].cells.items()
    places = [p for p, c in cells if isinstance(c.value, str) and not c.formula and ours.says(c.value)]
    words = [p for p in places if 1 < len(broken.sheets[title].cells[p].value) < 40]
    if words:
        other = broken.sheets[title].cells[chance.choice(words)].value
        broken.put(title, chance.choice(words), chance.choice([None, "其他单位", "改了的名称", other]))


def cut_and_paste(broken, title, chance):
    """Cut one figure and paste it over another cell; its name goes with it and the other's is lost."""
    numbers = [p for p, c in broken.sheets[title].cells.items() if isinstance(c.value, int) and not c.formula]
    if len(numbers) > 1:
        source, target = chance.sample(numbers, 2)
        content = broken.sheets[title].cells[source]
        broken.names = [n for n in broken.names if n[1] != title or n[2] != (*target, *target)]
        broken.names = [
            (w, t, (*target, *target)) if t == title and a == (*source, *source) else (w, t, a)
            for w, t, a in broken.names
        ]
        broken.put(title, source, None)
        broken.put(title, target, content.value)


def scribble(broken, title, chance):
    """Write notes and figures beside the form's cells."""
    last_row, last_column = (_extent(broken.sheets[title], c) for c in (False, True))
    for _ in range(chance.randint(1, 4)):
        place = chance.randint(1, last_row + 2), chance.randint(1, last_column + 2)
        if place not in broken.sheets[title].cells and place not in broken.sheets[title].covered:
            broken.put(title, place, _junk(chance))


def merge(broken, title, chance):
    """Merge some cells over others, which are no longer seen."""
    places = [p for p in broken.sheets[title].cells if p not in broken.sheets[title].covered] or [(1, 1)]
    row, column = chance.choice(places)
    sheet = broken.sheets[title]
    area = [(row, column), (row + chance.randint(0, 1), column + chance.randint(1, 2))]
    new = _covered(area)
    if not {*new, (row, column)} & {*sheet.covered, *(boxes(r)[0][:2] for r in sheet.covered.values())}:
        broken.sheets[title] = replace(sheet, covered={**sheet.covered, **new})


def drop_sheet(broken, title, chance):
    """Delete a sheet."""
    if len(broken.sheets) > 2:
        del broken.sheets[title]
        broken.names = [n for n in broken.names if n[1] != title]


def foreign_sheet(broken, title, chance):
    """Put a sheet of one's own in."""
    cells = {(r, c): Content(chance.randint(600_000, 999_999)) for r in range(2, 5) for c in range(1, 4)}
    cells |= {(1, c): Content(t) for c, t in enumerate(("月份", "自然人", "总计"), 1)}
    broken.sheets["统计"] = Sheet("统计", cells, frozenset(), frozenset())


WAYS = {
    "insert rows": lambda b, t, c: insert(b, t, c, columns=False),
    "insert columns": lambda b, t, c: insert(b, t, c, columns=True),
    "insert rows, names stay": lambda b, t, c: insert(b, t, c, columns=False, names=False),
    "delete rows": lambda b, t, c: delete(b, t, c, columns=False),
    "delete columns": lambda b, t, c: delete(b, t, c, columns=True),
    "move a row": lambda b, t, c: move_line(b, t, c, columns=False),
    "move a column": lambda b, t, c: move_line(b, t, c, columns=True),
    "move a row, names stay": lambda b, t, c: move_line(b, t, c, columns=False, names=False),
    "shift cells": shift,
    "unmerge": unmerge,
    "unmerge all": lambda b, t, c: unmerge(b, t, c, part=1.0),
    "rename": rename,
    "swap titles": swap,
    "copy": copy,
    "reorder": reorder,
    "lose names": lose_names,
    "type over a label": retype,
    "cut and paste": cut_and_paste,
    "scribble": scribble,
    "merge": merge,
    "drop a sheet": drop_sheet,
    "own sheet": foreign_sheet,
}
GUESSWORK = {"shift cells", "cut and paste"}
"""After these only a name tells whose figure it is: they are not tried where names are lost as well."""


def broken_by(book, seed):
    """A workbook broken in one to five ways; which, stands in `done`."""
    chance = random.Random(seed)
    found = of(book)
    while len(found.done) < chance.randint(1, 5):
        way = chance.choice(list(WAYS))
        if (way in GUESSWORK and {"lose names", "copy"} & {*found.done}) or (
            way in ("lose names", "copy") and GUESSWORK & {*found.done}
        ):
            continue
        title = chance.choice(
            [t for t in found.sheets if t not in ("填报说明", "逐格核对", "校验结果")] or [*found.sheets]
        )
        if way == "cut and paste" and title == "上年数据":
            continue  # locked, and without names: what stands at a label there is what the label says
        if way.startswith("move a row") and title in ("总体情况", "问题与其他"):
            continue  # a paragraph, or a row the clerk names, is of the text or the row that it is moved to
        WAYS[way](found, title, chance)
        found.done.append(way)
    return found
