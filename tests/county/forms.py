"""Forms of any body quickly: one workbook built for each set of figures, its facts exchanged in the package."""

import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from county.towns import renamed
from nianbao import pipeline, workbook
from nianbao.county.demo.invented import COUNTY, EDITION, report_of
from nianbao.county.model import Member
from nianbao.findings import Places
from nianbao.form import load_edition
from nianbao.report import Reading, Report

OURS = "云岭县"
NAME, SHORT, PHONE = "占位名称甲", "占位简称乙", "0597-9999999"


@dataclass(frozen=True)
class Form:
    """What a clerk fills in. `figures` chooses the set of figures; `seat` is the body that office and address name.

    With `county` '' 所属县 is blank; the address names ours.
    """

    name: str
    county: str = OURS
    level: str = "town"
    seat: str = ""
    phone: str = ""
    year: int = 2025
    figures: int = 0


@cache
def _report(figures: int, level: str, year: int) -> Report:
    return report_of(Member(NAME, SHORT, level, phone=PHONE), random.Random(figures), year)


@cache
def _built(figures: int, level: str, year: int, county: bool) -> bytes:
    return workbook.build(load_edition(EDITION), _filled(figures, level, year, county))


def _filled(figures: int, level: str, year: int, county: bool) -> Report:
    report = _report(figures, level, year)
    body = {k: v for k, v in report.body.items() if county or k != "county"}
    return Report(report.edition, report.year, body, report.values, report.texts)


def values_of(form: Form):
    """The figures that a form of this kind holds."""
    return _report(form.figures, form.level, form.year).values


@cache
def _document(figures: int, level: str, year: int, county: bool, end: str) -> bytes:
    report = _filled(figures, level, year, county)
    reading = Reading(load_edition(EDITION), report, (), Places(load_edition(EDITION), {}))
    checked = pipeline.Checked(Path(NAME), reading, ())
    kind = end.removeprefix(".")
    return pipeline.render(checked, kind, pipeline.Wanted(NAME, (kind,)))[end]


def published(form: Form, end: str) -> bytes:
    """What the form says as a published report: .docx or .html."""
    facts = _facts(form)
    data = _document(form.figures, form.level, form.year, bool(form.county), end)
    if end == ".docx":
        return renamed(data, facts)
    for old, new in facts.items():
        data = data.replace(old.encode(), new.encode())
    return data


def written(form: Form) -> bytes:
    """The form as .xlsx bytes."""
    return renamed(_built(form.figures, form.level, form.year, bool(form.county)), _facts(form))


def _facts(form: Form):
    facts = {NAME: form.name, SHORT: form.seat or form.name, PHONE: form.phone or "0597-4800000"}
    return facts | {COUNTY: form.county or OURS}  # the address names it all the same
