"""A finished report dropped onto the launcher is compared with its workbook; it is never made anew from itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nianbao import pipeline
from nianbao.errors import InputError
from nianbao.findings import Finding, Severity
from nianbao.pipeline import Checked
from nianbao.report import Report
from nianbao.ribbon import workbook_folder

MOST = 60
"""Workbooks looked through for the one of the report."""

_SHOWN = 6


def is_finished(path: Path) -> bool:
    """Tell whether a file is a report as it is printed or published, and no input."""
    return path.suffix.lower() in pipeline.PUBLISHED


def compare(path: Path, beside: Sequence[Path]) -> str:
    """Compare a report with its workbook, one of those dropped with it or lying beside it; return what came of it.

    Raises InputError when there is no such workbook, or more than one.
    """
    report = pipeline.read(path).report
    own = _of(report, beside or _near(path))
    if not own:
        raise InputError("旁边没有同一单位、同一年度的填报表，没有可以比较的；请把填报表和年报一起拖来")
    if len(own) > 1:
        names = "、".join(f"“{p.name}”" for p in own)
        raise InputError(f"旁边有 {len(own)} 份同一单位、同一年度的填报表（{names}），请把要比较的那一份和年报一起拖来")
    return _message(path, own[0], pipeline.verify(path, own[0]))


def _near(path: Path) -> list[Path]:
    try:
        found = workbook_folder.workbooks(path.resolve().parent)
    except InputError:
        return []
    if len(found) > MOST:
        raise InputError(f"旁边的填报表多于 {MOST} 份，请把要比较的那一份和年报一起拖来")
    return found


def _of(report: Report, workbooks: Sequence[Path]) -> list[Path]:
    found = []
    for path in workbooks:
        try:
            other = pipeline.read(path).report
        except InputError:
            continue
        if (other.name.strip(), other.year) == (report.name.strip(), report.year):
            found.append(path)
    return found


def _message(path: Path, workbook: Path, checked: Checked) -> str:
    said = [f for f in checked.findings if f.severity is not Severity.HINT]
    looks = [f for f in checked.findings if f.severity is Severity.HINT]
    lines = [f"“{path.name}”与“{workbook.name}”{f'有 {len(said)} 处不同：' if said else '的数字和文字完全一致。'}"]
    if said:
        lines += [*_listed(said), "以填报表为准的，请改正填报表后重新生成年报；不要只在 Word 里改。"]
    if looks:
        lines += [f"版式有 {len(looks)} 处提示，供参考：", *_listed(looks)]
    return "\n".join(lines)


def _listed(found: Sequence[Finding]) -> list[str]:
    more = ["……"] if len(found) > _SHOWN else []
    return [*(f"· {f.problem}" for f in found[:_SHOWN]), *more]
