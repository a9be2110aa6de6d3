"""The county's own report as the sum of its bodies: as a workbook ready to `make`, and its detail workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao import workbook
from nianbao.county.model import BodyState, Total
from nianbao.county.rollup_book import detail as detail_book
from nianbao.county.totals import Adder
from nianbao.form import Edition
from nianbao.report import Report

UNFINISHED = "（不完整汇总，不得公布）"
"""Stands in the body's name of a partial rollup, so that it is printed on whatever is made of it."""


def county_report(edition: Edition, named: str, county: str, year: int | None, whole: Total) -> Report:
    """Return the report of the whole county: the figures alone; the texts are for the county's clerk to write.

    One that is not determined has UNFINISHED in its name and lacks the figures that can't be determined.
    """
    mark = "" if whole.determined else UNFINISHED
    body = {"name": f"{county or '全县'}人民政府{mark}", "level": "county"}
    if county:
        body["county"] = county
    values = {k: v for k, v in whole.values.items() if k not in whole.undetermined}
    ordered = {k: values[k] for k in edition.values if k in values}
    return Report(named, year, body, ordered, {})


def workbook_of(edition: Edition, report: Report, last_year: Report | None = None) -> bytes:
    """Return the county's standard workbook as .xlsx bytes."""
    return workbook.build(edition, report, last_year)


def detail(
    edition: Edition,
    county: str,
    year: int | None,
    totals: Sequence[Total],
    adder: Adder,
    bodies: Iterable[BodyState],
) -> bytes:
    """Return the detail workbook as .xlsx bytes."""
    return detail_book(edition, county, year, totals, adder, bodies)
