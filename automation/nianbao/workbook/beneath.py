"""Rule W4: what hangs on cells or lies beneath them: comments that correct a figure, figures under merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from nianbao.findings import Severity
from nianbao.numbers import Number, read_number, spell
from nianbao.patterns import Pattern
from nianbao.workbook.address import column_number
from nianbao.workbook.contents import Sheet
from nianbao.workbook.figures import shown
from nianbao.workbook.layout import Layout
from nianbao.workbook.notes import Notes
from nianbao.workbook.owned import inputs, merged

_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_SIGNED = Pattern(r"^[^\n:：]{1,40}[:：]\s*\n")
"""The author, whom Excel writes on a line of its own above the comment."""
_CORRECTION = Pattern(
    r"(?:应该?[为是填]|应当[为是填]|改[为成填]|更正为|更改为|实际?[为是]|正确[的数字]*[为是])\s*[:：]?\s*"
    r"([-+]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)"
)
_BARE = Pattern(r"([-+]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)\s*[件条项个份次元]?[。.]?")
_SHOWN = 40


def look(layout: Layout, sheets: Mapping[str, Sheet], values: Mapping[str, Number], notes: Notes) -> None:
    """Ask about every comment that gives its figure's cell another figure, and about figures that a merge covers."""
    own = merged(layout.edition)
    for name, sheet in sheets.items():
        if sheet.remarks:
            for key, spot in layout.values.items():
                said = sheet.remarks.get((spot.row, spot.column)) if spot.sheet == name else None
                if said:
                    _correction(layout, key, said, values, notes)
        for area in sorted(sheet.merged - own[name]) if name in own else ():
            _covered(layout, sheet, area, notes)


def _correction(layout: Layout, key: str, said: str, values: Mapping[str, Number], notes: Notes) -> None:
    text = _SIGNED.sub("", said.strip()).strip()
    found = _CORRECTION.search(text) or _BARE.fullmatch(text)
    value = layout.edition.values[key]
    number = read_number(found[1], value.kind, value.unit).value if found else None
    if number is None or number == values.get(key):
        return
    now = f"填的是 {spell(values[key])}" if key in values else "没有可用的数字"
    quoted = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    what = f"这一格的批注写着“{quoted}”，而这里{now}；批注没有采用"
    how = f"应当是 {spell(number)} 的，改填这一格；不是的，删去批注"
    notes.say("W4", Severity.EXPLAIN, (key,), (notes.places.of(key), notes.places.named(key)), what, how)


def _covered(layout: Layout, sheet: Sheet, area: str, notes: Notes) -> None:
    covered = [(p, k) for p, k in _inputs_in(layout, sheet.name, area) if sheet.at(*p).value is not None]
    if covered:
        keys = [key for _, key in covered]
        listed = "、".join(f"{notes.places.of(k).split('!')[-1]}{shown(sheet.at(*p).value)}" for p, k in covered[:6])
        what = f"{area}被合并成一格，盖住的格子里还有内容（{listed}），看不见，已采用"
        how = f"取消{area}的合并，核对各格的数字"
        notes.say("W4", Severity.EXPLAIN, keys, (notes.places.of(keys[0]), notes.places.named(keys[0])), what, how)


def _inputs_in(layout: Layout, name: str, area: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the inputs that a merged area covers, its first cell left out: that one is seen."""
    match = _RANGE.fullmatch(area)
    if match is None:
        return
    left, right, top, bottom = column_number(match[1]), column_number(match[3]), int(match[2]), int(match[4])
    for (row, column), key in inputs(layout.edition)[name].items():
        if top <= row <= bottom and left <= column <= right and (row, column) != (top, left):
            yield (row, column), key
