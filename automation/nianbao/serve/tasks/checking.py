"""核对与生成: a workbook with its verdict, findings and drawn tables; then whatever is made of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

from nianbao import pipeline, reasons, verdicts
from nianbao.dates import today
from nianbao.errors import InputError, OutputError
from nianbao.files import safe_name
from nianbao.findings import tally
from nianbao.pipeline import Checked
from nianbao.report import Reason
from nianbao.serve import drawn_report, finding_views, page_filling, service_folders
from nianbao.serve.forms import File, Given, Result
from nianbao.serve.workers import Tell

REASONS = "reasons"
FORMATS = (
    ("docx", "Word 报告"),
    ("pdf", "PDF"),
    ("html", "网页（整页和正文片段）"),
    ("png", "图解（PNG）"),
    ("sheet", "校核单（签字用）"),
    ("marked", "标出问题的填报表"),
)
MORE = (("svg", "图解（SVG）"), ("pdfa", "存档用的 PDF/A"), ("csv", "数据表（CSV）"), ("json", "年报数据（JSON）"))
"""What few need."""

_SHEET = "校核单.docx"
_WORDS = {_SHEET: "校核单", "（正文片段）.html": "网页的正文片段", "（图解小图）": "图解小图", "（图解）": "图解"}
_KINDS = {".docx": "Word 报告", ".pdf": "PDF", ".html": "网页", ".csv": "数据表", ".json": "年报数据"}


def check(given: Given, _tell: Tell) -> Result:
    """Check a file and show everything found. Raises NianbaoError."""
    checked = _checked(given)
    reading = checked.reading
    typed = {r.fingerprint: r.text for r in _typed(given)}
    groups = finding_views.grouped(checked.findings, finding_views.OF_REPORTS, reading.report, typed)
    marks = drawn_report.marks(finding_views.numbered(groups), reading)
    counts = tally(checked.findings)
    html = page_filling.fill(
        "checked.html",
        link=given.link,
        name=reading.report.name or "（单位名称未填）",
        year=reading.report.year,
        edition=reading.edition,
        source=given.name("main"),
        beside=[(label, given.name(slot)) for slot, label in _BESIDE if given.path(slot)],
        forbids=checked.has_errors,
        counts=counts,
        summary=verdicts.summary(checked.verdicts),
        unjudged=finding_views.unjudged(checked.reading.edition, checked.verdicts),
        groups=groups,
        refused=[t for t in finding_views.numbered(groups) if t.refused],
        parts_=drawn_report.parts(reading, marks),
        wrong=drawn_report.count_wrong(list(marks.values())),
        formats=[f for f in FORMATS if f[0] != "marked" or _is_workbook(checked)],
        more=MORE,
        has_last=reading.last_year is not None,
    )
    return Result(html)


_BESIDE = (("last", "上年"), ("register", "申请台账"), ("notice", "当地通知"))


def make(given: Given, _tell: Tell) -> Result:
    """Make what was chosen of a checked file. Raises NianbaoError."""
    chosen = given.text("formats").split(",")
    known = [f for f, _ in (*FORMATS, *MORE)]
    wanted = [f for f in known if f in chosen]
    draft = given.text("draft") == "1"
    if not wanted:
        raise OutputError("请先选要生成什么")
    checked = _checked(given)
    formats = tuple(f for f in wanted if f in pipeline.OUTPUTS)
    paths: list[Path] = []
    problems: list[str] = []
    template = given.path("template")
    if formats or "sheet" in wanted:
        made = pipeline.make(
            checked,
            given.folder,
            formats or ("docx",),
            draft=draft,
            check_sheet="sheet" in wanted,
            template=template,
        )
        paths += [p for p in made.files if formats or p.name.endswith(_SHEET)]
        problems += [made.problem] if made.problem else []
        for done in pipeline.finish([made.later] if made.later else []):
            paths += done.made.files
            problems += [x for x in (done.problem, *done.notes) if x]
    if "marked" in wanted:
        paths.append(_annotated(checked, given))
    files = tuple(File(_word(p.name), p.name, p) for p in paths)
    return Result(page_filling.fill("made.html", problems=list(dict.fromkeys(problems)), draft=draft), files)


def _annotated(checked: Checked, given: Given) -> Path:
    stem = os.path.splitext(given.name("main"))[0]  # noqa: PTH122 - the name is no path
    path = given.folder / f"{safe_name(stem, '填报表')}（标出问题）{checked.path.suffix}"
    pipeline.annotate(checked, path)
    return path


def _checked(given: Given) -> Checked:
    main = given.path("main")
    assert main is not None, "asked for by the form"  # noqa: S101 - a bug of the form's slots
    mapping, notice = given.path("mapping"), given.path("notice")
    own = given.path("register")
    register = pipeline.RegisterFile(own, mapping) if own else pipeline.register_of(main, mapping)
    asked = pipeline.read_notice(notice) if notice else None
    try:
        return pipeline.check_file(main, "", given.path("last"), _reasons(given), register, asked, today=today())
    except InputError:
        if _is_workbook_name(main) and pipeline.is_register(main):
            told = "是申请台账，不是填报表；请放在“一并放进”的“申请台账”里，或者到“申请台账”页检查"
            raise InputError(f"“{main.name}”{told}") from None
        raise


def _reasons(given: Given) -> Path | None:
    """Write the reasons typed on the page as a file of reasons; None where there are none. Raises InputError."""
    typed = [{"fingerprint": r.fingerprint, "reason": r.text} for r in _typed(given)]
    if not typed:
        return None
    path = given.folder / "说明.json"
    with os.fdopen(service_folders.create(path), "w", encoding="utf-8", errors="replace") as file:
        json.dump(typed, file, ensure_ascii=False)
    return path


def _typed(given: Given) -> list[Reason]:
    """Return the reasons typed on the page. Raises InputError."""
    told = reasons.loads(given.text(REASONS) or "[]")
    return [Reason(r.fingerprint, page_filling.without_unshown(r.text)) for r in told]


def _is_workbook(checked: Checked) -> bool:
    return _is_workbook_name(checked.path)


def _is_workbook_name(path: Path) -> bool:
    return path.suffix.lower() in pipeline.WORKBOOKS


def _word(name: str) -> str:
    """Return what a made file is."""
    if "（标出问题）" in name:
        return "标出问题的填报表"
    return next((w for end, w in _WORDS.items() if end in name), _KINDS.get(os.path.splitext(name)[1], "文件"))  # noqa: PTH122
