"""新建: a blank workbook of the year that is reported next, beside the open one, with what that one knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from nianbao import pipeline
from nianbao.dates import reported_next, today
from nianbao.errors import InputError
from nianbao.files import safe_name, write_new
from nianbao.report import Reading, Report
from nianbao.ribbon import open_workbook, output
from nianbao.ribbon.book import Book


@dataclass(frozen=True)
class Begun:
    """The new workbook, its year, whose it is ('' where that isn't known), and last year's report in it, if any."""

    path: Path
    year: int
    name: str
    last: Report | None
    unread: int
    """Figures of the open workbook that could not be read and so are not in `last`."""


def begin(book: Book) -> Begun:
    """Write a new workbook beside the open one, which may be any. Raises InputError, OutputError."""
    folder = output.folder_of(book.fullname)
    day = today()
    if day is None:
        raise InputError("这台电脑的日期不对，不知道该建哪一年度的填报表；请先改正日期")
    year = reported_next(day.year, day.month)
    edition = pipeline.edition_for(year)
    reading = _read(book)
    known = reading.report if reading else None
    last = _last(reading, year) if reading else None
    report = pipeline.fresh_report(edition, known.name if known else "", year, known)
    if edition.level(report.body.get("level", "")) is None:  # one that only an earlier form knows
        report = replace(report, body={k: v for k, v in report.body.items() if k != "level"})
    stem = f"{safe_name(report.name[:50])}{year}年填报表" if report.name.strip() else f"填报表（{year}年度）"
    path = output.free_name(folder / f"{stem}.xlsx")
    write_new(path, pipeline.new_workbook(edition, report, last))
    unread = len(reading.unread) if reading and last is known else 0
    return Begun(path, year, report.name.strip(), last, unread)


def _read(book: Book) -> Reading | None:
    """Return what the open workbook says, None where it is no workbook of ours."""
    try:
        return open_workbook.read(book)
    except InputError:
        return None


def _last(reading: Reading, year: int) -> Report | None:
    """Return last year's report: the open workbook where that is an earlier one's, else what it carries."""
    known = (reading.report, reading.last_year)
    return next((r for r in known if r and r.year is not None and r.year < year), None)
