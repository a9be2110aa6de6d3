"""Opening a broken workbook: every sheet that can be read, every name, and which edition and layout it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from nianbao.errors import InputError, UnknownEditionError
from nianbao.form import Edition, edition_names, load_edition
from nianbao.published.lookup import lookup_of
from nianbao.repair import ods, xls
from nianbao.repair.broken_book import Opened, layout_version
from nianbao.repair.figure_cells import FigureCells
from nianbao.repair.last_year_rescue import is_last_year
from nianbao.repair.view import View, said
from nianbao.workbook.address import Spot
from nianbao.workbook.contents import MAX_COLUMN, MAX_ROW, Sheet, fold
from nianbao.workbook.layout import EDITION_LABEL, EDITION_NAME, LAYOUT_NAME
from nianbao.workbook.package_checks import file_bytes, open_package
from nianbao.workbook.thorough import damage_named, opened

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9+._-]{0,39}")
"""What an edition may be called; anything else in that cell has come there by mistake."""


def open_broken(path: Path) -> Opened:
    """Return what can be read of a workbook file, of whatever kind its content is.

    Raises InputError where it is none or may mean two things.
    """
    data = file_bytes(path)
    if ods.is_ods(data):
        return ods.read(path.name, data)
    if xls.is_xls(data):
        return xls.read(path.name, data)
    package = open_package(path)
    with opened(package) as book:
        sheets: dict[str, Sheet] = {}
        damaged: dict[str, str] = {}
        for title in book.names:
            try:
                with damage_named(f"“{book.file}”的工作表“{title}”"):
                    sheets[title] = book.read(title, title, MAX_ROW, MAX_COLUMN)
            except InputError as e:
                damaged[title] = str(e)
        names = tuple((name, sheet, area) for name, sheet, area in book.areas())
        version = layout_version(book.constant(LAYOUT_NAME))
        return Opened(book.file, sheets, damaged, tuple(dict.fromkeys(names)), version)


def edition_of(book: Opened, asked: Edition | None) -> Edition:
    """Return the edition of a broken workbook: the one it names, else the one whose cells are there.

    `asked` is the edition of the new workbook, where one was asked for. Raises InputError for no form of ours,
    UnknownEditionError for one of somebody's own that is not at hand.
    """
    named = _edition_named(book)
    if asked is not None and named == asked.id:
        return asked
    if named in edition_names():
        return load_edition(named)
    if named and asked is None:
        raise UnknownEditionError(
            named,
            f"“{book.file}”写的格式版本“{named[:40]}”不是程序自带的，"
            "如果是当地的格式，请用“--edition 格式文件.toml”指明",
        )
    candidates = [load_edition(n) for n in edition_names()]
    candidates += [asked] if asked is not None and asked.id not in edition_names() else []
    counted = [(_sure(book, e), -len(e.values), i) for i, e in enumerate(candidates)]
    best = max(counted)
    if not best[0]:
        raise InputError(f"“{book.file}”里没有一处认得出是标准填报表的内容，没有可以转到新表的")
    return candidates[best[2]]


def _sure(book: Opened, edition: Edition) -> int:
    lookup = lookup_of(edition)
    finder = FigureCells(lookup)
    views = book.views(lookup).values()
    return len({k for view in views if not is_last_year(view) for k in finder.known(view).sure})


def edition_cells(view: View) -> Iterator[Spot]:
    """Yield the cells where a sheet names its edition."""
    named = [place for place, names in view.names.items() if EDITION_NAME in names]
    named += [(r, c + 1) for r, texts in view.by_row.items() for c, t in texts.items() if fold(t) == EDITION_LABEL]
    yield from (view.spot(place) for place in named if _ID.fullmatch(view.text(place).strip()))


def _edition_named(book: Opened) -> str:
    for name, title, (row, column, *_) in book.names:
        if name == EDITION_NAME and title in book.sheets:
            found = said(book.sheets[title].at(row, column).value).strip()
            if found in edition_names() or _ID.fullmatch(found):
                return found
    told = {
        said(sheet.at(row, column + 1).value).strip()
        for sheet in book.sheets.values()
        if not any(said(c.value).startswith("table:") for c in sheet.cells.values())
        for (row, column), content in sheet.cells.items()
        if content.value is not None and fold(said(content.value)) == EDITION_LABEL
    }
    told = {t for t in told if _ID.fullmatch(t)}
    return told.pop() if len(told) == 1 else ""
