"""Sheets beside the form's own that hold the form's tables: a copy nobody reads (W4), or a sheet under another name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.errors import InputError
from nianbao.findings import Severity
from nianbao.patterns import Pattern
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import Sheet, WorkbookSource, fold
from nianbao.workbook.layout import Layout
from nianbao.workbook.owned import inputs
from nianbao.workbook.printed_labels import is_printed_as
from nianbao.workbook.reading_notes import Notes

_SHOWN = 6
_COPIED = Pattern(r"[-_.(\[]*(?:\d{1,2}|副本|备份|复制|复件|copy)\d{0,2}[)\]]*", re.IGNORECASE)
"""What programs and people put behind the name of a sheet that they copy."""


def look(layout: Layout, book: WorkbookSource, sheets: dict[str, Sheet], notes: Notes) -> None:
    """Tell each further sheet that is printed like the form's: asked about where it is named as a copy and differs."""
    for title, name, copy in _alike(layout, book, tuple(sheets)):
        own = sheets[name]
        typed = [*inputs(layout.edition)[name]]
        typed += [(s.row, s.column) for spots in layout.texts.values() for s in spots if s.sheet == name]
        differing = [p for p in typed if copy.at(*p).value is not None and copy.at(*p).value != own.at(*p).value]
        what = f"这张工作表像是“{name}”的副本，程序只读“{name}”，这里的内容没有采用"
        if not differing:
            notes.say("W4", Severity.HINT, (), (title, title), what, "用不着的，删去这张工作表")
            continue
        listed = "、".join(Spot(name, *p).ref for p in differing[:_SHOWN])
        more = f"等{len(differing)}格" if len(differing) > _SHOWN else ""
        what += f"；{listed}{more}与“{name}”不同"
        how = f"以“{name}”为准的，删去这张工作表；以这里为准的，把数字抄到“{name}”，再删去它"
        severity = Severity.EXPLAIN if _is_copy_of(title, name) else Severity.HINT
        notes.say("W4", severity, (), (title, title), what, how)


def renamed(layout: Layout, book: WorkbookSource, name: str) -> str:
    """Return the title of the only sheet that is printed like this missing one, '' when there is none to be sure of."""
    found = [title for title, like, _ in _alike(layout, book, (name,)) if like == name]
    return found[0] if len(found) == 1 else ""


def _is_copy_of(title: str, name: str) -> bool:
    rest = fold(title).removeprefix(fold(name))
    return rest != fold(title) and _COPIED.fullmatch(rest) is not None


def _alike(layout: Layout, book: WorkbookSource, names: tuple[str, ...]) -> Iterator[tuple[str, str, Sheet]]:
    """Yield each sheet not of the form with its content and the form's sheet whose labels it has in their places."""
    known = {fold(n) for n in layout.sheet_names}
    for title in book.names:
        sheet = None if fold(title) in known else _readable(book, title)
        if sheet is not None:
            like = next((n for n in names if _is_copy_of(title, n) or is_printed_as(layout.edition, n, sheet)), None)
            if like is not None:
                yield title, like, sheet


def _readable(book: WorkbookSource, title: str) -> Sheet | None:
    """Return a sheet that is none of the form's; a damaged one concerns nobody."""
    try:
        return book.sheet(title)
    except InputError:
        return None
