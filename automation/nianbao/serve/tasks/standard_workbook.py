"""新建填报表 and 读已公开年报: a standard workbook, empty or filled."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from nianbao import pipeline, unicodes
from nianbao.errors import InputError, OutputError
from nianbao.files import safe_name
from nianbao.numbers import Number
from nianbao.pipeline import RegisterFile
from nianbao.report import Report
from nianbao.serve import drawn_report, finding_views, page_filling, service_folders
from nianbao.serve.forms import File, Given, Result
from nianbao.serve.workers import Tell

_DECIMAL = "0123456789"


def year_of(typed: str) -> int:
    """Return a year as typed, wide digits too. Raises OutputError for anything else."""
    typed = unicodes.plain_form(typed).strip()
    if len(typed) != 4 or any(c not in _DECIMAL for c in typed):
        raise OutputError(f"年度要写四位数字，例如 2025{f'；现在写的是“{typed[:20]}”' if typed else ''}")
    return int(typed)


def levels() -> tuple[tuple[str, str], ...]:
    """Return the kinds of bodies by their ids, of the form that is in force."""
    return tuple((x.id, x.label) for x in pipeline.current_edition().levels)


def new(given: Given, _tell: Tell) -> Result:
    """Make a standard workbook to fill in. Raises NianbaoError."""
    body, year = given.text("body"), year_of(given.text("year"))
    if not body:
        raise OutputError("请写单位全称，例如 永平镇人民政府")
    edition = pipeline.edition_for(year, given.text("edition"))
    level = given.text("level")
    if level and edition.level(level) is None:
        raise OutputError("请重新选单位的级别")
    old, ledger = given.path("last"), given.path("register")
    last = pipeline.read_other(old, ()).report if old else None
    if last and last.year is not None and last.year >= year:
        raise InputError(f"放进“上年”的文件是{last.year}年度的，不早于{year}年度；请放上一年度的年报，或改正年度")
    values: Mapping[str, Number] = {}
    groups: tuple[finding_views.ClassFindings, ...] = ()
    if ledger:
        counted, found = pipeline.count_register(RegisterFile(ledger, given.path("mapping")), edition, year)
        groups = finding_views.grouped(found, finding_views.OF_REGISTERS)
        if counted.uncounted:
            html = page_filling.fill(
                "new.html", made=False, groups=groups, uncounted=len(counted.uncounted), notes=[], doubt=""
            )
            return Result(html)
        values = counted.values
    report = pipeline.fresh_report(edition, body, year, last, values, level)
    data = pipeline.new_workbook(edition, report, last, with_register=given.text("with_register") == "1")
    name = f"{safe_name(body[:50])}{year}年填报表.xlsx"
    notes = [f"格式：{edition.name}"]
    unusual = pipeline.unusual_edition(year, edition)
    notes += [unusual] if unusual else []
    if last:
        notes.append(f"已带入{last.year or '上'}年的 {len(last.values)} 个数字和单位信息，请核对地址、电话等是否有变化")
        other = last.name and "".join(last.name.split()) != "".join(body.split())
        notes += [f"上年的文件写的单位是“{last.name}”，请核对是不是同一个单位"] if other else []
    if ledger:
        notes.append(f"表三已按申请台账填好 {len(values)} 格，台账本身没有放进填报表")
    doubt = _not_last(last, year) if last else ""
    html = page_filling.fill("new.html", made=True, groups=groups, uncounted=0, notes=notes, doubt=doubt)
    return Result(html, (_file(given, "填报表", name, data),))


def _not_last(last: Report, year: int) -> str:
    """Return what is told where what was carried over is not known to be last year's, else ''."""
    if last.year == year - 1:
        return ""
    told = f"是{last.year}年度的，不是{year - 1}年度的" if last.year else f"没有写年度，不知道是不是{year - 1}年度的"
    return f"放进“上年年报”的文件{told}：以后核对时不会拿它与{year}年度比较；有{year - 1}年度的，请放进来重新建一份"


def read(given: Given, _tell: Tell) -> Result:
    """Read a published report into a workbook. Raises NianbaoError."""
    source = given.path("main")
    assert source is not None, "asked for by the form"  # noqa: S101 - a bug of the form's slots
    reading = pipeline.read(source)
    groups = finding_views.grouped(reading.findings, finding_views.OF_READING)
    marks = drawn_report.marks(finding_views.numbered(groups), reading)
    html = page_filling.fill(
        "read.html",
        source=given.name("main"),
        name=reading.report.name or "（没有读出单位名称）",
        year=reading.report.year,
        edition=reading.edition,
        figures=len(reading.report.values),
        texts=len(reading.report.texts),
        groups=groups,
        parts_=drawn_report.parts(reading, marks),
        wrong=drawn_report.count_wrong(list(marks.values())),
    )
    stem = reading.report.name[:50] or os.path.splitext(given.name("main"))[0]  # noqa: PTH122 - no path
    name = f"{safe_name(stem)}{f'{reading.report.year}年' if reading.report.year else ''}填报表.xlsx"
    return Result(html, (_file(given, "填报表", name, pipeline.to_workbook(reading)),))


def _file(given: Given, word: str, name: str, data: bytes) -> File:
    return File(word, name, write(given.folder, os.path.splitext(name)[1], data))  # noqa: PTH122 - no path


def write(place: Path, suffix: str, data: bytes) -> Path:
    """Write a made file under a name of ours. Raises OSError."""
    path = place / f"made-{len(list(place.iterdir()))}{suffix}"
    with os.fdopen(service_folders.create(path), "wb") as file:
        file.write(data)
    return path
