"""Rule W4: nothing lies hidden in the workbook, and nothing comes from outside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nianbao.findings import Severity
from nianbao.workbook.address import letters
from nianbao.workbook.contents import Sheet, WorkbookSource
from nianbao.workbook.layout import Layout
from nianbao.workbook.reading_notes import Notes

_SHOWN = 12
_SHOW = "取消隐藏，核对后再报"


def look(layout: Layout, book: WorkbookSource, sheets: Mapping[str, Sheet], notes: Notes) -> None:
    """Add a hint for each sheet with hidden inputs, for hidden sheets, external links and macros."""
    spots = [*layout.values.values(), *layout.typed.values(), *layout.fields.values()]
    spots += [s for cells in layout.texts.values() for s in cells]
    for name, sheet in sheets.items():
        here = [s for s in spots if s.sheet == name]
        rows = sorted({s.row for s in here} & sheet.hidden_rows)
        columns = sorted({s.column for s in here} & sheet.hidden_columns)
        if rows:
            _say(notes, name, f"第{_listed(str(r) for r in rows)}行被隐藏，里面有要填的格子", _SHOW)
        if columns:
            _say(notes, name, f"{_listed(letters(c) for c in columns)}列被隐藏，里面有要填的格子", _SHOW)
    for name in book.hidden:
        _say(notes, name, "这张工作表被隐藏", _SHOW)
    if book.links:
        _say(notes, book.file, "文件里有指向别的文件的链接，那些数会随别的文件变化", "把链接改为数字，核对后再报")
    if book.macros:
        _say(notes, book.file, "文件里有宏，程序没有运行它", "另存为 .xlsx")


def _listed(items: Iterable[str]) -> str:
    found = list(items)
    return "、".join(found[:_SHOWN]) + ("等" if len(found) > _SHOWN else "")


def _say(notes: Notes, where: str, what: str, how: str) -> None:
    notes.say("W4", Severity.HINT, (), (where, where), what, how)
