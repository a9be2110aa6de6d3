"""核对成稿, 修复填报表, 申请台账, 模板检查."""

from __future__ import annotations

import os
from pathlib import Path

from nianbao import pipeline
from nianbao.dates import today
from nianbao.files import safe_name
from nianbao.findings import OF_DOCUMENTS, OF_TEMPLATES, Finding, Severity
from nianbao.numbers import spell
from nianbao.pipeline import RegisterFile
from nianbao.serve import drawn_report, finding_views, page_filling
from nianbao.serve.forms import File, Given, Result
from nianbao.serve.tasks.standard_workbook import write, year_of
from nianbao.serve.workers import Tell

REQUESTS = "requests"


def _file_given(given: Given, slot: str) -> Path:
    path = given.path(slot)
    assert path is not None, "asked for by the form"  # noqa: S101 - a bug of the form's slots
    return path


def verify(given: Given, _tell: Tell) -> Result:
    """Compare a finished report with its workbook. Raises NianbaoError."""
    checked = pipeline.verify(_file_given(given, "report"), _file_given(given, "file"), "", given.path("template"))
    said = sum(f.severity is not Severity.HINT for f in checked.findings)
    groups = finding_views.grouped(checked.findings, OF_DOCUMENTS)
    marks = drawn_report.marks(finding_views.numbered(groups), checked.reading)
    html = page_filling.fill(
        "verified.html",
        report=given.name("report"),
        source=given.name("file"),
        said=said,
        looks=len(checked.findings) - said,
        unjudged=finding_views.unjudged(checked.reading.edition, checked.verdicts),
        groups=groups,
        parts_=drawn_report.parts(checked.reading, marks),
        wrong=drawn_report.count_wrong(list(marks.values())),
    )
    return Result(html)


def repair(given: Given, _tell: Tell) -> Result:
    """Carry what a broken workbook holds into a fresh one. Raises NianbaoError."""
    path = given.folder / "新填报表.xlsx"
    typed = given.text("year")
    year = year_of(typed) if typed else None
    mended = pipeline.repair_workbook(_file_given(given, "main"), path, "", year, given.text("body"), today())
    done = mended.repaired
    stem = os.path.splitext(given.name("main"))[0]  # noqa: PTH122 - the name is no path
    html = page_filling.fill(
        "repaired.html",
        source=given.name("main"),
        report=done.report,
        edition=done.edition,
        before=done.source,
        last=done.last_year,
        reasons=mended.reasons,
        notes=done.notes,
        left=mended.left,
    )
    return Result(html, (File("新的填报表", f"{safe_name(stem, '填报表')}（修复）.xlsx", path),))


def count(given: Given, _tell: Tell) -> Result:
    """Check a register of applications and draw 表三 as it gives it. Raises NianbaoError."""
    year = year_of(given.text("year")) if given.text("year") else None
    edition = pipeline.edition_for(year) if year else None
    register = RegisterFile(_file_given(given, "main"), given.path("mapping"))
    counted, found = pipeline.count_register(register, edition, year)
    table = counted.edition.table[REQUESTS]
    beside = [counted.edition.values[k] for k in counted.values if counted.edition.values[k].table != REQUESTS]
    html = page_filling.fill(
        "counted.html",
        source=given.name("main"),
        counted=counted,
        asked=year is not None,
        groups=finding_views.grouped(found, finding_views.OF_REGISTERS),
        grid=drawn_report.grid_of(counted.edition, table, counted.values, {}, {}),
        beside=[(v.words[1], spell(counted.values[v.key]), v.unit) for v in beside],
    )
    return Result(html)


def new_register(given: Given, _tell: Tell) -> Result:
    """Make a blank register of applications. Raises NianbaoError."""
    edition = pipeline.edition_for(year_of(given.text("year")))
    said = ["一件申请一行；年底放到“申请台账”检查，算出表三", "台账只在本单位使用，不要随填报表报送"]
    made = write(given.folder, ".xlsx", pipeline.blank_register(edition))
    html = page_filling.fill("plain.html", heading="申请台账建好了", lead="", notes=said, groups=())
    return Result(html, (File("申请台账", f"申请台账{given.text('year')}.xlsx", made),))


def template(given: Given, _tell: Tell) -> Result:
    """Examine an office's own Word template. Raises NianbaoError."""
    source = _file_given(given, "main")
    edition, found = pipeline.template_findings(source)
    files: tuple[File, ...] = ()
    if found:
        path = given.folder / "模板（批注）.docx"
        pipeline.annotate_template(source, edition, path)
        stem = os.path.splitext(given.name("main"))[0]  # noqa: PTH122 - the name is no path
        files = (File("用批注标出问题的模板", f"{safe_name(stem, '模板')}（批注）.docx", path),)
    heading = f"按“{edition.name}”检查：" + _usable(found)
    lead = given.name("main")
    return Result(page_filling.fill("plain.html", heading=heading, lead=lead, notes=(), groups=_grouped(found)), files)


def _usable(found: tuple[Finding, ...]) -> str:
    if any(f.forbids for f in found):
        return "还不能使用"
    return "可以使用，请看提示" if found else "可以使用"


def _grouped(found: tuple[Finding, ...]) -> tuple[finding_views.ClassFindings, ...]:
    return finding_views.grouped(found, OF_TEMPLATES)


def new_template(given: Given, _tell: Tell) -> Result:
    """Make a fresh Word template to change. Raises NianbaoError."""
    edition = pipeline.current_edition()
    path = given.folder / "模板.docx"
    pipeline.new_template(edition, path)
    said = [
        "在 Word 里改字体、抬头、落款都可以，双大括号里的标签不要动",
        "改好以后放到这里检查，再在“核对与生成”里使用",
    ]
    html = page_filling.fill("plain.html", heading="Word 模板建好了", lead=edition.name, notes=said, groups=())
    return Result(html, (File("Word 模板", "年报模板.docx", path),))
