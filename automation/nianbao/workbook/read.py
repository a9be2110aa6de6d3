"""Reading a filled workbook back: a Reading with the report, what was noticed, and where everything stands.

The user's file is only ever read.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nianbao.checks import terms
from nianbao.errors import InputError, UnknownEditionError
from nianbao.findings import Places, Severity
from nianbao.form import Edition, edition_names, load_edition
from nianbao.report import Reading, Report
from nianbao.workbook import (
    copied_sheets,
    corrections,
    cures,
    facts,
    figures,
    hidden,
    last_year_and_reasons,
    printed_labels,
    quick,
    strays,
)
from nianbao.workbook.contents import Sheet, WorkbookSource, fold, look_alikes, titled
from nianbao.workbook.layout import (
    EDITION,
    EDITION_LABEL,
    EDITION_NAME,
    INFO,
    LAST_YEAR,
    RESULTS,
    Layout,
    layout,
    without,
)
from nianbao.workbook.package_checks import open_package
from nianbao.workbook.parts import named_file
from nianbao.workbook.quickrows import UnusualError
from nianbao.workbook.reading_notes import Notes
from nianbao.workbook.xml_nodes import AmbiguousError

_LABEL_ROWS = 40
"""The label 格式版本 is looked for in so many rows of 基本信息 when the defined name is lost."""


def read(path: Path, edition_name: str = "") -> Reading:
    """Return what a filled workbook says.

    `edition_name`, an edition's id or .toml file, overrides the one the workbook names. Wrong or doubtful contents
    are findings. Raises InputError for a file that is no sound workbook of ours, and EditionError for a faulty
    edition file.
    """
    package = open_package(path)
    try:
        return read_book(quick.opened(package), edition_name)
    except UnusualError:
        from nianbao.workbook.thorough import opened  # noqa: PLC0415 - lxml only where it is needed

        with opened(package) as book:
            return read_book(book, edition_name)
    except AmbiguousError as e:
        raise named_file(package.name, e) from e


def read_book(book: WorkbookSource, edition_name: str = "") -> Reading:
    """Return what a workbook says that is open here or in Excel; see `read`."""
    info = book.sheet(INFO)
    named = edition_name or _edition_id(book, info)
    edition = load_edition(named) if edition_name else _shipped(book, named)
    places = layout(_as_made(edition, info))
    sheets = _sheets(book, info, places)
    last_year, results = book.sheet(LAST_YEAR), book.sheet(RESULTS)
    notes = Notes(edition, Places(edition, places.places))
    hidden.look(places, book, sheets, notes)
    _tell_look_alikes(book, sheets, notes)
    lost = printed_labels.verify(places, sheets, notes)
    about = facts.read_facts(places, sheets, lost, notes)
    strays.look(places, sheets, lost, notes, blank_means_zero=about.blank_means_zero)
    numbers = figures.read(places, sheets, lost, notes, blank_means_zero=about.blank_means_zero)
    corrections.look(places, sheets, numbers.values, notes)
    copied_sheets.look(places, book, sheets, notes)
    written = facts.read_texts(places, sheets, lost, notes)
    report = Report(
        edition=named if named.endswith(".toml") else edition.id,
        year=about.year,
        body=about.body,
        values=numbers.values,
        texts=written.texts,
    )
    return Reading(
        edition=edition,
        report=report,
        findings=tuple(notes.findings),
        places=Places(edition, {**places.places, **written.places, **_differences(places)}),
        unread=frozenset(notes.unread),
        computed=numbers.computed,
        last_year=last_year_and_reasons.last_year(last_year, edition, report.edition) if last_year else None,
        reasons=last_year_and_reasons.reasons(results) if results else (),
    )


def _tell_look_alikes(book: WorkbookSource, sheets: Iterable[str], notes: Notes) -> None:
    """Tell of sheets beside the ones that are read that can be taken for them (W4)."""
    for name in sheets:
        title = titled(book.names, name) or name
        for other in [*look_alikes(book.names, name), *([name] if title != name else [])]:
            if other != title and other in book.names:
                what = f"另有一张工作表“{other}”，名称与“{title}”差不多，没有读，采用的是“{title}”"
                notes.say("W4", Severity.HINT, (), (other, other), what, "核对要用的是哪一张，删去另一张")


def _differences(places: Layout) -> dict[str, str]:
    """Map each line of sums to the 差 cell that shows whether it holds; help tables speak for themselves."""
    values, table = places.edition.values, places.edition.table
    return {
        terms.place_key(c.rule, c.left[0]): c.spot.place
        for c in places.checks
        if c.left and not table[values[c.left[0]].table].help
    }


def _edition_id(book: WorkbookSource, info: Sheet | None) -> str:
    """Return the edition id the workbook carries. Raises InputError when it is not our form."""
    found = ""
    target = book.target(EDITION_NAME)
    if info is None and target is not None:
        raise InputError(_missing(book, INFO))
    if info is not None and target is not None and target[0] == INFO:
        found = str(info.at(target[1], target[2]).value or "").strip()
    if info is not None and not found:
        found = _labelled(info)
    if not found:
        raise InputError(
            f"“{book.file}”不是本程序的标准填报表（“{INFO}”里没有“{EDITION_LABEL}”），"
            "请用“nianbao new”生成一份标准填报表，把数字填进去"
        )
    return found


def _labelled(info: Sheet) -> str:
    for row in range(1, _LABEL_ROWS):
        value = info.at(row, EDITION.column - 1).value
        if value is not None and fold(value) == EDITION_LABEL:
            return str(info.at(row, EDITION.column).value or "").strip()
    return ""


def _shipped(book: WorkbookSource, name: str) -> Edition:
    """Return the edition named in the workbook; a path there is not followed."""
    if name in edition_names():
        return load_edition(name)
    raise UnknownEditionError(
        name,
        f"“{book.file}”的{EDITION.place}写的格式版本“{name[:40]}”不是程序自带的，"
        "如果是当地的格式，请用“--edition 格式文件.toml”指明",
    )


def _as_made(edition: Edition, info: Sheet | None) -> Edition:
    """Return the edition as it was when the workbook was made: later lines of 基本信息 only where their labels are."""
    cells = {} if info is None else info.cells
    labels = {fold(c.value) for (_, at), c in cells.items() if at == EDITION.column - 1 and c.value is not None}
    return without(edition, frozenset(f.id for f in edition.fields if f.later and fold(f.label) not in labels))


def _missing(book: WorkbookSource, name: str, now: str = "") -> str:
    if now:
        return f"“{book.file}”里没有工作表“{name}”，而工作表“{now}”印的是“{name}”的内容，请把“{now}”的名称改回“{name}”"
    return f"“{book.file}”里没有工作表“{name}”（可能被删除或改了名称），请恢复它，或{cures.REPAIR}"


def _sheets(book: WorkbookSource, info: Sheet | None, places: Layout) -> dict[str, Sheet]:
    found = {}
    for name in (INFO, *(s.name for s in places.sheets)):
        sheet = info if name == INFO else book.sheet(name)
        if sheet is None:
            raise InputError(_missing(book, name, copied_sheets.renamed(places, book, name)))
        found[name] = sheet
    return found
