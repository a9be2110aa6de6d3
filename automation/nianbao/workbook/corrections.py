"""Rule W4: comments that give a cell another figure than stands in it."""

from __future__ import annotations

from collections.abc import Mapping

from nianbao.findings import Severity
from nianbao.numbers import Number, read_number, spell
from nianbao.patterns import Pattern
from nianbao.workbook.contents import Sheet
from nianbao.workbook.layout import Layout
from nianbao.workbook.reading_notes import Notes

_SIGNED = Pattern(r"^(?:\[[^\]]+\][^\0]*?\n(?:批注|注释|Comment)[:：]|[^\n:：]{1,40}[:：]\s*\n)")
"""The author, whom Excel writes on a line of its own above the comment; what it writes above one that may be answered.
"""
_CORRECTION = Pattern(
    r"(?:应该?[为是填]|应当[为是填]|改[为成填]|更正为|更改为|实际?[为是]|正确[的数字]*[为是])\s*[:：]?\s*"
    r"([-+]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)"
)
_BARE = Pattern(r"([-+]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]+)?)\s*[件条项个份次元]?[。.]?")
_SHOWN = 40


def look(layout: Layout, sheets: Mapping[str, Sheet], values: Mapping[str, Number], notes: Notes) -> None:
    """Ask about every comment that gives its cell another figure."""
    for name, sheet in sheets.items():
        if sheet.remarks:
            for key, spot in layout.values.items():
                said = sheet.remarks.get((spot.row, spot.column)) if spot.sheet == name else None
                if said:
                    _correction(layout, key, said, values, notes)


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
