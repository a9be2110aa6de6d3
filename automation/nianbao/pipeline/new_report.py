"""Beginning a report: the edition in force, an empty report with what is known, the workbook to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nianbao import report as reports
from nianbao.errors import InputError
from nianbao.form import Edition, edition_names, load_edition
from nianbao.numbers import Number
from nianbao.report import Reading, Report

if TYPE_CHECKING:
    from nianbao.notice import Notice


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


def unusual_edition(year: int, edition: Edition) -> str:
    """Return what to know before a form is made in an edition that is not in force for the year, or ''."""
    if edition.from_year <= year <= (edition.to_year or year):
        return ""
    years = (
        f"适用于{edition.from_year}至{edition.to_year}年度" if edition.to_year else f"自{edition.from_year}年度起适用"
    )
    return f"年度是 {year}，而“{edition.name}”{years}，填好后校验时会请您核实（规则 F2）"


def fresh_report(
    edition: Edition,
    body: str,
    year: int,
    last: Report | None,
    values: Mapping[str, Number] | None = None,
    level: str = "",
) -> Report:
    """Return a new report of a body: facts about it carried over from last year's, and these figures if any.

    `level` is the id of what kind of body it is, where that is said now.
    """
    facts = {k: v for k, v in last.body.items() if k != "signed_on"} if last else {}
    facts |= {"level": level} if level else {}
    return Report(edition.id, year, {**facts, "name": reports.clean_text(body, "单位名称")}, dict(values or {}), {})


def new_workbook(
    edition: Edition,
    report: Report,
    last: Report | None,
    *,
    with_register: bool = False,
    notice: Notice | None = None,
) -> bytes:
    """Return a standard workbook to fill in, with a blank register of applications in it if wanted."""
    from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is made
    from nianbao.register import register_form  # noqa: PLC0415

    extra = register_form.sheets(edition) if with_register else {}
    return workbook.build(edition, report, last, extra=extra, notice=notice)


def blank_register(edition: Edition) -> bytes:
    """Return a register of applications to fill in."""
    from nianbao.register import register_form  # noqa: PLC0415 - only where a register is made

    return register_form.blank(edition)


def to_workbook(reading: Reading) -> bytes:
    """Return a filled standard workbook with what was read."""
    from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is made

    return workbook.build(reading.edition, reading.report, reading.last_year)
