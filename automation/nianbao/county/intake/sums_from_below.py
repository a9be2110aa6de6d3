"""What a place below has added up itself, as it is delivered: the desk.json of its run, read as a report of its sums.

Whoever sent it may have written anything into it: names of an edition and of files are looked at, never followed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from nianbao import pipeline
from nianbao import report as reports
from nianbao.county.categories import written
from nianbao.county.intake.containers import visible
from nianbao.county.model import FORM, PAGE, TOTALS, UNFINISHED, Category
from nianbao.county.roster.scopes import report_level
from nianbao.errors import InputError
from nianbao.findings import Finding, Severity, tell
from nianbao.form import Edition, edition_names, edition_ref, load_edition, program_rule
from nianbao.report import Reading, Report

Raw = dict[str, Any]

END = ".json"
FORMAT = 1
HEAD = 256
"""Bytes by which a desk.json is known."""

_BEGINS = re.compile(rb'\s*\{\s*"format"\s*:\s*\d+\s*,\s*"county"\s*:\s*"')
_NO_DESK = "不是汇总结果的数据（desk.json），或已经损坏，请用原来的结果文件夹，或重新运行 nianbao batch"
_OTHER = "是另一个版本的程序写的，请用同一版本的程序重新汇总后再报"
_AGAIN = "请催齐、改正后重新汇总，再把结果报来"
_SHOWN = 3


@dataclass(frozen=True)
class Results:
    """A place's sums: the report of the whole, last year's where it is known, and why the sum is open ('' if not).

    `listed` tells whether a roster said who must send. `detail` and `page` are paths below the folder of the results,
    where they may lie; `totals` counts the lines of sums that stand above the bodies in the detail workbook.
    """

    report: Report
    last_year: Report | None
    open: str
    detail: str
    page: str
    totals: int
    listed: bool = True


def begins(head: bytes) -> bool:
    """Tell whether a file that begins so is the data of a run's results."""
    return _BEGINS.match(head) is not None


def is_form(path: str) -> bool:
    """Tell whether a path below the folder of results is that of the whole's own form."""
    place = PurePosixPath(path)
    return place.parent.name == TOTALS and place.stem.endswith(FORM) and place.suffix == ".xlsx"


def read(data: bytes, edition: str = "") -> Results:
    """Return what a desk.json says of the whole; `edition` is the one asked for all files. Raises InputError."""
    raw = _loaded(data)
    try:
        named = _edition(raw, edition)
        whole, last = raw["totals"][-1], raw["last_totals"][-1]
        year = raw["year"] if isinstance(raw["year"], int) else None
        county = raw["county"]
        if not all(isinstance(x, str) for x in (county, whole["scope"])):
            raise InputError(_NO_DESK)
        if not whole.get("whole", whole["scope"] == "county"):
            raise InputError(_NO_DESK)
        level = report_level(whole["scope"])
        body = {"name": f"{county}人民政府" if county else "", "level": level}
        body |= {"county": county} if county and level == "county" else {}
        report = _with_kinds(_report(named, year, body, whole), raw.get("categories") or [])
        before = (
            _report(named, year - 1 if year else None, body, last) if last["determined"] and last["bodies"] else None
        )
        said = _open(whole)
        files = raw["files"]
        return Results(
            report, before, said, _path(files.get("detail")), PAGE, len(raw["totals"]), raw["has_roster"] is True
        )
    except (KeyError, IndexError, TypeError, AttributeError) as e:
        raise InputError(_NO_DESK) from e


def reading_of(results: Results, edition: str = "") -> Reading:
    """Return the sums as a reading that can be checked."""
    reading = reports.loads(reports.dumps(results.report), edition if edition.endswith(".toml") else "")
    return replace(reading, last_year=results.last_year)


def about_figures(checked: pipeline.Checked) -> tuple[Finding, ...]:
    """Return the errors on figures: of what was only added up, nothing else is written yet."""
    keys = checked.reading.edition.values.keys()
    return tuple(f for f in checked.findings if f.forbids and f.cells and keys >= set(f.cells))


def is_open(edition: Edition, report: Report, why: str) -> tuple[Finding, ...]:
    """G3, what was delivered as the sum of a place: it is final, neither said to be open nor marked as unfinished."""
    if not why and UNFINISHED not in report.name:
        return ()
    what = f"报来的合计数还没有确定：{why}" if why else "报来的是不完整的汇总，合计数还没有确定"
    keys = [k for k in report.values if k in edition.values] or list(edition.values)
    found = tell(program_rule("G3"), report.name, what, how=_AGAIN, cells=keys, severity=Severity.ERROR)
    return (found,)


def _loaded(data: bytes) -> Raw:
    try:
        raw = json.loads(data, parse_constant=_refused)
    except (ValueError, RecursionError) as e:
        raise InputError(_NO_DESK) from e
    if not isinstance(raw, dict):
        raise InputError(_NO_DESK)
    if raw.get("format") != FORMAT:
        raise InputError(_OTHER)
    return raw


def _refused(word: str) -> None:
    raise ValueError(word)


def _edition(raw: Raw, asked: str) -> str:
    """Return the edition of the sums: one of the program's, or the one asked for where it says the same."""
    form = raw.get("form") or {}
    if not form and raw["edition"] in edition_names():
        return str(raw["edition"])
    if asked.endswith(".toml") and edition_ref(asked).digest == form.get("digest"):
        return asked
    raise InputError("用的是自己的格式文件，请用 --edition 写明同一个格式文件")


def _report(edition: str, year: int | None, body: dict[str, str], total: Raw) -> Report:
    """Return the report of a sum without what could not be determined; figures that are none are refused."""
    values = {k: v for k, v in total["values"].items() if k not in total["undetermined"]}
    text = json.dumps({"edition": edition, "year": year, "body": body, "values": values})
    reading = reports.loads(text, edition if edition.endswith(".toml") else "")
    if reading.findings:
        raise InputError(_NO_DESK)
    return reading.report


def _with_kinds(report: Report, categories: list[Raw]) -> Report:
    """Return the report with 公开信息分类, where it is known of all bodies; counts that are none are refused."""
    if any(not isinstance(c["label"], str) or not isinstance(c["count"], int) or c["count"] < 0 for c in categories):
        raise InputError(_NO_DESK)
    kinds = [
        Category(reports.clean_text(c["label"], "公开信息分类"), c["count"], (), tuple(c["lacking"]))
        for c in categories
    ]
    texts, values = written(load_edition(report.edition), kinds)
    return replace(report, texts={**report.texts, **texts}, values={**report.values, **values})


def _open(whole: Raw) -> str:
    """Return why a sum is not final; what says that it is must bear it out."""
    gaps = [f"{g['name']}{g['reason']}" for g in whole["gaps"]]
    listed = [visible(why) for why in dict.fromkeys((*gaps, *map(str, whole["undetermined"].values())))]
    if listed:
        return "；".join(listed[:_SHOWN]) + (f"等 {len(listed)} 项" if len(listed) > _SHOWN else "")
    if not whole["bodies"]:
        return "没有一个单位的数计入"
    return "" if whole["determined"] is True else "没有写明原因"


def _path(said: object) -> str:
    """Return a path below the folder of results; '' for whatever leads elsewhere."""
    if not isinstance(said, str) or not said or re.search(r'[\\:*?"<>|\x00-\x1f]', said):
        return ""
    place = PurePosixPath(said)
    return "" if place.is_absolute() or ".." in place.parts else said


def at_hand(folder: Path, said: str) -> Path | None:
    """Return a file of the results if it lies where they say, in their folder."""
    place = folder / said
    return place if said and place.is_file() and folder.resolve() in place.resolve().parents else None
