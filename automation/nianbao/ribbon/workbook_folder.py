"""A folder of workbooks, one after the other: check and make each; a bad file is told and never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao import jobs, pipeline, verdicts
from nianbao.dates import today
from nianbao.errors import InputError
from nianbao.files import write_result
from nianbao.findings import explained, tally
from nianbao.oserrors import why
from nianbao.ribbon import output

REPORTS, ROSTER = "年报", "名册"
SUMMARY = "批量结果.txt"
MARKED = "（校验结果）"
"""Ends the names of annotated copies, which are no workbooks to make reports from."""


@dataclass(frozen=True)
class WorkbookOutcome:
    """What came of one workbook: the report, or why there is none."""

    path: Path
    report: Path | None
    said: str


def workbooks(folder: Path, kinds: tuple[str, ...] = pipeline.WORKBOOKS) -> list[Path]:
    """Return the folder's workbooks by name, without Excel's temporary files. Raises InputError when there is none."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as e:
        raise InputError(f"文件夹“{folder}”打不开（{why(e)}）") from e
    found = [p for p in entries if p.suffix.lower() in kinds and not p.name.startswith("~$")]
    found = [p for p in found if not is_copy(p) and not p.name.startswith(ROSTER)]
    if not found:
        raise InputError(f"文件夹“{folder}”里没有填报表（.xlsx）")
    return found


def is_copy(path: Path) -> bool:
    """Tell whether a file is a marked copy, maybe a numbered one."""
    return MARKED.rstrip("）") in path.stem


def make_all(folder: Path, progress: Callable[[str], None]) -> list[WorkbookOutcome]:
    """Make the report of every workbook into the folder 年报 inside it; write a summary there. Raises InputError."""
    found = workbooks(folder, (*pipeline.WORKBOOKS, *pipeline.OLD_WORKBOOKS))  # the old ones are told, not left out

    def begun(number: int, path: Path) -> None:
        progress(f"批量生成 {number}/{len(found)}：{path.name}")

    all_done = jobs.each(found, lambda path: _one(path, folder / REPORTS), begun)
    outcomes = [d.result or WorkbookOutcome(d.path, None, d.error.sentence if d.error else "") for d in all_done]
    write_result(folder / REPORTS / SUMMARY, "\r\n".join(["﻿" + told(outcomes), *_lines(outcomes), ""]).encode("utf-8"))
    return outcomes


def _one(path: Path, reports: Path) -> WorkbookOutcome:
    checked = pipeline.check_file(path, today=today())
    counts = tally(checked.findings)
    judged = f"{verdicts.summary(checked.verdicts)}。"
    if checked.has_errors:
        first = f"第一处：{checked.findings[0].message}"
        return WorkbookOutcome(path, None, f"有强制性问题 {counts['error']} 处，没有生成。{first}{judged}")
    written = output.make(checked, reports)
    more = f"{explained(counts)}。" if counts["explain"] else ""
    return WorkbookOutcome(path, written.path, f"已生成“{written.path.name}”。{more}{judged}{written.remark}")


def told(outcomes: list[WorkbookOutcome]) -> str:
    """Return one sentence about all outcomes."""
    made = sum(o.report is not None for o in outcomes)
    failed = len(outcomes) - made
    return f"共 {len(outcomes)} 份填报表，生成年报 {made} 份" + (f"，{failed} 份没有生成。" if failed else "。")


def failures(outcomes: list[WorkbookOutcome], shown: int = 6) -> str:
    """Return the workbooks without a report, one a line, the first few of them."""
    lines = [f"· {o.path.name}：{o.said[:120]}" for o in outcomes if o.report is None]
    return "\n".join(lines[:shown] + (["……"] if len(lines) > shown else []))


def _lines(outcomes: list[WorkbookOutcome]) -> Iterator[str]:
    for number, outcome in enumerate(outcomes, 1):
        yield f"{number}. {outcome.path.name}：{outcome.said}"
