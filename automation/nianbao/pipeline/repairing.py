"""A fresh standard workbook out of one that can no longer be read as the form: carried over, proven, or told."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import InputError, OutputError
from nianbao.files import write_new
from nianbao.findings import Finding
from nianbao.form import edition_names, load_edition
from nianbao.pipeline.checked import check_reading
from nianbao.pipeline.file_kinds import OLD_WORKBOOKS, REPAIRED, to_resave
from nianbao.pipeline.registers import private_among, private_sheets
from nianbao.reasons import fingerprints
from nianbao.report import Reading, Report, clean_text
from nianbao.watch import watched

if TYPE_CHECKING:
    from nianbao.repair import Left, Repaired


@dataclass(frozen=True)
class Mended:
    """A repaired workbook: what was carried over, what was not (also the reasons that no longer answer anything)."""

    repaired: Repaired
    left: tuple[Left, ...]
    reasons: int
    data: bytes


@watched
def mend(path: Path, edition: str = "", year: int | None = None, body: str = "", today: date | None = None) -> Mended:
    """Return a fresh workbook with everything that can surely be carried out of a broken one.

    `edition` is that of the new workbook, '' for that of the broken one. `year` and `body` serve where the broken one
    does not say them, and must not contradict it; `today` is the day to judge dates by, if any. Nothing
    is written. Raises InputError, EditionError.
    """
    from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is made
    from nianbao.repair import SHEET, drawn, open_broken, repair  # noqa: PLC0415

    _refuse_other_kinds(path)
    form = load_edition(edition or edition_names()[0])
    book = open_broken(path)
    private = private_among(book.sheets, book.rows, form) if book.unseen else private_sheets(path, form)
    repaired = repair(book, edition, private)
    report = _whose(path.name, repaired.report, year, body)
    repaired = replace(repaired, report=report)

    def build(left: tuple[Left, ...]) -> bytes:
        extra = {SHEET: drawn(left)} if left else {}
        return workbook.build(
            repaired.edition, report, repaired.last_year, blank_means_zero=repaired.blank_means_zero, extra=extra
        )

    left = repaired.left
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "新.xlsx"
        new.write_bytes(build(left))
        reading = workbook.read(new, edition if edition.endswith(".toml") else "")
        _prove(path.name, repaired, reading)
        answered, lost = _answered(path, repaired, replace(reading, today=today))
        if lost:
            left = (*left, *lost)
            new.write_bytes(build(left))
        data = workbook.annotate(new, reading, answered) if answered else new.read_bytes()
    return Mended(repaired, left, len(answered), data)


def repair_workbook(
    path: Path, new: Path, edition: str = "", year: int | None = None, body: str = "", today: date | None = None
) -> Mended:
    """Write what `mend` gives as a new file. Raises OutputError as well."""
    if new.suffix.lower() != ".xlsx":
        raise OutputError(f"“{new.name}”：填报表的文件名要以 .xlsx 结尾")
    mended = mend(path, edition, year, body, today)
    write_new(new, mended.data)
    return mended


def repair_told(broken: Path, new: Path, mended: Mended) -> str:
    """Say in some lines what was carried over."""
    done = mended.repaired
    report = done.report
    whose = f"{report.name or '没有读出单位名称'}，{f'{report.year}年度' if report.year else '没有读出年度'}"
    last = f"，带有{done.last_year.year or '上'}年的数据" if done.last_year else ""
    why = f"，{mended.reasons} 条说明" if mended.reasons else ""
    lines = [
        f"已把“{broken.name}”的内容转到新的填报表：{new}（{whose}；{done.edition.name}）",
        f"转入 {len(report.values)} 个数字、{len(report.texts)} 部分文字、{len(report.body)} 项单位信息{why}{last}。",
        *(f"{note}。" for note in done.notes),
    ]
    if done.source.id != done.edition.id:
        lines.insert(1, f"原表是“{done.source.name}”的，两种格式里相同的格子才转入。")
    if mended.left:
        lines.append(f"没有转入 {len(mended.left)} 处，也列在新表的“没有转入的内容”里，请对照原来的文件逐条处理：")
    else:
        lines.append("原表填写的内容都转入了。请在新表里核对一遍，再生成报告。")
    return "\n".join(lines)


def year_of(path: Path) -> int | None:
    """Return the year a workbook is of, be it broken; None where it does not surely say. Raises InputError."""
    from nianbao.repair import open_broken, repair  # noqa: PLC0415

    return repair(open_broken(path)).report.year


def _refuse_other_kinds(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in OLD_WORKBOOKS and suffix not in REPAIRED:
        raise InputError(f"“{path.name}”：{to_resave(suffix)}")
    if suffix not in REPAIRED:
        raise InputError(f"“{path.name}”不是填报表（.xlsx），只有填报表可以转到新表；已公开的年报请用“nianbao read”")


def _whose(name: str, report: Report, year: int | None, body: str) -> Report:
    """Return the report with the year and the body it was asked for. Raises InputError where it is another's."""
    if year is not None and report.year not in (None, year):
        raise InputError(
            f"“{name}”写的年度是{report.year}，不是{year}；要修复它，请不写 --year；它是上年的，请用 --from"
        )
    asked = clean_text(body, "单位名称")
    if asked and report.name and "".join(asked.split()) != "".join(report.name.split()):
        raise InputError(f"“{name}”是“{report.name}”的，不是“{asked}”的，请核对；要修复它，请不写 --body")
    named: Mapping[str, str] = report.body if report.name or not asked else {**report.body, "name": asked}
    return replace(report, year=report.year if year is None else year, body=named)


def _answered(path: Path, repaired: Repaired, reading: Reading) -> tuple[list[Finding], list[Left]]:
    """Return the findings of the new workbook that a written reason answers, and the reasons that answer none."""
    from nianbao.repair import Left  # noqa: PLC0415

    if not repaired.reasons:
        return [], []
    given = replace(reading, reasons=tuple(repaired.reasons.values()))
    found = [f for f in check_reading(path, given).findings if f.explanation]
    prints = {p for f in found for p in fingerprints(f, reading.report)}
    why = "这条说明所答的问题，新表里没有了（对照申请台账时才有的，这里不核对），或者数字已经不同"
    lost = [Left(at, r.text, why) for at, r in repaired.reasons.items() if r.fingerprint not in prints]
    return found, lost


def _prove(name: str, repaired: Repaired, reading: Reading) -> None:
    """Compare what the new workbook says with what was carried over. Raises InputError where it is not the same."""
    ours, theirs = repaired.report, reading.report
    values = {k: v for k, v in theirs.values.items() if k not in reading.computed or k in ours.values}
    if repaired.blank_means_zero:
        values = {k: v for k, v in values.items() if v or k in ours.values}
    same = (
        values == dict(ours.values)
        and dict(theirs.texts) == dict(ours.texts)
        and dict(theirs.body) == dict(ours.body)
        and theirs.year == ours.year
    )
    if not same:
        raise InputError(f"“{name}”里读出的内容写到新表后读不回来，没有生成新表，请把内容抄到一份新的标准填报表里")
