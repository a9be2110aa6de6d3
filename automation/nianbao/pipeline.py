"""One report end to end: read, check, make. The only place that says "stop, there are errors"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nianbao import proof, reasons
from nianbao import report as reports
from nianbao.checks import check
from nianbao.errors import InputError, OutputError, TemplateError
from nianbao.files import safe_name, write_new, write_result
from nianbao.findings import Finding, Severity
from nianbao.form import Edition, edition_names, load_edition
from nianbao.report import Reading, Reason, Report

FORMATS = ("docx", "json")
WORKBOOKS = (".xlsx", ".xlsm")
PUBLISHED = (".docx", ".html", ".htm", ".shtml", ".pdf", ".txt")
MAX_JSON = 8_000_000

_KINDS = "、".join(PUBLISHED)


@dataclass(frozen=True)
class Checked:
    """A file that was read and checked."""

    path: Path
    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def has_errors(self) -> bool:
        """Tell whether a final document must not be made."""
        return any(f.forbids for f in self.findings)

    @property
    def blocks(self) -> bool:
        """Tell whether anything found makes the exit status 1."""
        return any(f.blocks for f in self.findings)


@dataclass(frozen=True)
class Made:
    """What `make` wrote: new files, and where earlier files of the same name are kept now."""

    files: tuple[Path, ...]
    kept: tuple[Path, ...]


def read(path: Path, edition: str = "") -> Reading:
    """Read a workbook, Report JSON or published report; `edition` (an id or a .toml file) overrides what it says.

    Raises InputError, EditionError.
    """
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _read_json(path, edition)
    if suffix in WORKBOOKS or not suffix:
        from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is read

        return workbook.read(path, edition)
    if suffix in PUBLISHED:
        from nianbao import published  # noqa: PLC0415 - its libraries only where a published report is read

        return published.read(path, edition)
    raise InputError(
        f"“{path.name}”：读不了 {suffix} 文件，请给填报表（.xlsx）、年报数据（.json）或公开的年报（{_KINDS}）"
    )


def _read_json(path: Path, edition: str) -> Reading:
    text = _text(path, "年报数据")
    try:
        return reports.loads(text, edition)
    except InputError as e:
        raise InputError(f"“{path.name}”：{e}") from e


def _text(path: Path, what: str) -> str:
    try:
        if path.stat().st_size > MAX_JSON:
            raise InputError(f"“{path.name}”太大，不像一份{what}")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as e:
        raise InputError(f"找不到文件“{path}”") from e
    except OSError as e:
        raise InputError(f"“{path}”打不开（{e.strerror}）") from e
    except UnicodeDecodeError as e:
        raise InputError(f"“{path.name}”不是 UTF-8 编码的 JSON") from e


def check_file(path: Path, edition: str = "", last_year: Path | None = None, written: Path | None = None) -> Checked:
    """Read one file and return it with every finding and its reasons.

    `last_year` is last year's file, instead of what the workbook carries; `written` is a file of reasons beside
    those in the workbook. Raises InputError, EditionError.
    """
    reading = read(path, edition)
    if last_year:
        reading = replace(reading, last_year=read(last_year).report)
    return check_reading(path, reading, _read_reasons(written) if written else [])


def check_reading(path: Path, reading: Reading, written: Sequence[Reason] = ()) -> Checked:
    """Return what was read from `path` with every finding and its reasons, those of the workbook and `written`."""
    given = [*reading.reasons, *written]
    found = reasons.apply(check(reading), reading.report, reading.edition, given)
    return Checked(path, reading, tuple(found))


def _read_reasons(path: Path) -> list[Reason]:
    return reasons.loads(_text(path, "说明文件"))


def make(
    checked: Checked,
    folder: Path,
    formats: tuple[str, ...] = ("docx",),
    *,
    draft: bool = False,
    check_sheet: bool = False,
) -> Made:
    """Write the report into `folder`; errors forbid it, except for a draft, which is marked as one.

    `check_sheet` adds the one-page 校核单 to be signed.

    Raises InputError when there are errors and it is no draft, OutputError when a file can't be written.
    """
    if checked.has_errors and not draft:
        raise InputError(f"“{checked.path.name}”还有强制性问题，没有生成正式报告（加 --draft 可先生成草稿）")
    report = checked.reading.report
    name = f"{file_name(report)}{'（草稿）' if draft else ''}"
    wanted = {f"{name}.{e}": _render(checked.reading, e, draft) for e in formats}
    if check_sheet:
        wanted[f"{name}校核单.docx"] = _check_sheet(checked, f"{name}.{formats[0]}")
    asides = [write_result(folder / n, data) for n, data in wanted.items()]
    return Made(tuple(folder / n for n in wanted), tuple(a for a in asides if a))


def _check_sheet(checked: Checked, name: str) -> bytes:
    from nianbao import document  # noqa: PLC0415 - Word only where a document is made

    return document.check_sheet(checked.reading, checked.findings, name)


def annotate(checked: Checked, path: Path) -> None:
    """Write a new copy of the checked workbook with its findings in 校验结果, linked to their cells.

    Raises InputError when it is no workbook, OutputError when `path` exists or can't be written.
    """
    if checked.path.suffix.lower() not in WORKBOOKS:
        raise InputError(f"“{checked.path.name}”不是填报表，没有地方标出问题")
    from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is written

    write_new(path, workbook.annotate(checked.path, checked.reading, checked.findings))


def write_reasons(checked: Checked, path: Path) -> None:
    """Write a new file with the findings that want a reason. Raises OutputError."""
    text = reasons.dumps(checked.findings, checked.reading.report, checked.reading.edition)
    write_new(path, text.encode("utf-8"))


def file_name(report: Report) -> str:
    """Return the report's title as a safe file name without extension."""
    year = f"{report.year}年" if report.year else ""
    return safe_name(f"{report.name[:50]}{year}政府信息公开工作年度报告")


def _render(reading: Reading, extension: str, draft: bool) -> bytes:
    if extension == "json":
        return reports.dumps(reading.report).encode("utf-8")
    if extension == "docx":
        return _proven(reading, draft)
    raise OutputError(f"还不能生成 {extension}；可以生成 {'、'.join(FORMATS)}")


def _proven(reading: Reading, draft: bool) -> bytes:
    """Render the report and read it back; a document that differs from its data is never handed over."""
    from nianbao import document  # noqa: PLC0415 - docxtpl only where a document is made

    made = document.template_for(reading.edition).render(reading.report, draft=draft)
    differs = document.differences(made, reading.edition, reading.report)
    if differs:
        listed = "；".join(differs[:3])
        raise TemplateError(f"生成的报告与数据有 {len(differs)} 处不一致（{listed}），没有交出。请检查模板是否被改动")
    return made


def verify(document_path: Path, path: Path, edition: str = "") -> Checked:
    """Return a finished Word report with every difference from the file it was made from.

    The reading is that of the file. Raises InputError, EditionError.
    """
    from nianbao import document, published  # noqa: PLC0415 - Word only where a document is read

    ours = read(path, edition)
    carried = document.read_data(document_path)
    shown = published.read(document_path, edition or ours.report.edition)
    printed = document.printed_texts(ours.edition, ours.report)
    # a label changed or a row lost is a difference; which edition the document is of was our own choice
    noticed = (replace(f, severity=Severity.ERROR) for f in shown.findings if f.rule != "R5")
    return Checked(document_path, ours, (*proof.compare(ours, shown, printed, carried), *noticed))


def to_workbook(reading: Reading) -> bytes:
    """Return a filled standard workbook with what was read."""
    from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is made

    return workbook.build(reading.edition, reading.report, reading.last_year)


def edition_for(year: int, name: str = "") -> Edition:
    """Return the edition asked for, or the prescribed one in force for the report of `year`.

    Raises EditionError, InputError.
    """
    if name:
        return load_edition(name)
    for candidate in map(load_edition, edition_names()):
        in_force = candidate.from_year <= year <= (candidate.to_year or year)
        if candidate.status == "prescribed" and in_force:
            return candidate
    raise InputError(f"{year}年度没有规定的年报格式（2019年度起才有），请用 --edition 写明用哪个格式")


def fresh_report(edition: Edition, body: str, year: int, last: Report | None) -> Report:
    """Return an empty report of a body, with the facts about it carried over from last year's report."""
    facts = {k: v for k, v in last.body.items() if k != "signed_on"} if last else {}
    return Report(edition.id, year, {**facts, "name": reports.clean_text(body, "单位名称")}, {}, {})
