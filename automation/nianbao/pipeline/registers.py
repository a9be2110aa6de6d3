"""The register of applications beside a report: 表三 counted from it, compared; kept out of whatever is passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.errors import InputError
from nianbao.findings import Finding
from nianbao.form import Edition, current_edition
from nianbao.pipeline.file_kinds import WORKBOOKS
from nianbao.pipeline.new_report import edition_for
from nianbao.report import Reading
from nianbao.watch import watched

if TYPE_CHECKING:
    from nianbao.register.model import Counted, Register


@dataclass(frozen=True)
class RegisterFile:
    """Where a register of applications is, and the office's own names for its columns and values, if any.

    `own` is a sheet of the standard workbook itself.
    """

    path: Path
    mapping: Path | None = None
    own: bool = False


@watched
def register_of(path: Path, mapping: Path | None = None) -> RegisterFile | None:
    """Return a workbook's own sheet 申请台账 as its register, or None when it has none."""
    if path.suffix.lower() not in WORKBOOKS:
        return None
    from nianbao.register import embedded_registers  # noqa: PLC0415 - as everything of the register, only where one is looked for

    return RegisterFile(path, mapping, own=True) if embedded_registers.has_register(path) else None


def is_register(path: Path) -> bool:
    """Tell whether a workbook is an office's register of applications, by the titles of its columns."""
    try:
        _rows(path, current_edition(), None)
    except InputError:
        return False
    return True


def count_register(
    register: RegisterFile, edition: Edition | None, year: int | None = None
) -> tuple[Counted, list[Finding]]:
    """Return 表三 as a register gives it and what is wrong in its rows.

    Without `year` it is counted for the year in which most was received; without `edition`, in that year's form.
    Raises InputError, EditionError.
    """
    from nianbao.register import check as rows  # noqa: PLC0415
    from nianbao.register import count  # noqa: PLC0415

    known = edition or (edition_for(year) if year else current_edition())
    found = _rows(register.path, known, register.mapping)
    chosen = year or count.usual_year(found)
    if chosen is None:
        raise InputError(f"“{register.path.name}”里没有一行有收到日期，请用 --year 写明报告年度")
    form = edition or edition_for(chosen)
    if form.id != known.id:
        found = _rows(register.path, form, register.mapping)
    counted = count.count(found, chosen)
    return counted, rows.findings(found, counted)


@watched
def _rows(path: Path, edition: Edition, mapping: Path | None) -> Register:
    from nianbao.register import read  # noqa: PLC0415

    return read.read(path, edition, mapping)


def against_register(reading: Reading, register: RegisterFile) -> tuple[list[Finding], Counted | None]:
    """Return what is wrong in a register's rows, where a report differs from it, and 表三 by the register.

    None where there is nothing to compare. Raises InputError.
    """
    from nianbao.register import check as rows  # noqa: PLC0415

    if reading.report.year is None:
        return [], None  # which F1 tells
    try:
        counted, found = count_register(register, reading.edition, reading.report.year)
    except InputError as e:
        if not register.own:
            raise
        return rows.unread(str(e)), None
    if register.own and not counted.applications:
        return [], None  # a sheet that nobody has filled in is no register of nothing
    return [*found, *rows.compared(reading, counted)], counted


def private_sheets(path: Path, edition: Edition, *, filled: bool = False) -> tuple[str, ...]:
    """Return a workbook's sheets that may hold applicants, which nothing passed on may have; or only the `filled` ones.

    Raises InputError.
    """
    from nianbao import workbook  # noqa: PLC0415
    from nianbao.register import embedded_registers  # noqa: PLC0415

    look = embedded_registers.sent_along if filled else embedded_registers.private_sheets
    return look(path, workbook.layout(edition).sheet_names)


def private_among(
    titles: Iterable[str], rows: Callable[[str], Iterable[tuple[object, ...]]], edition: Edition
) -> tuple[str, ...]:
    """Return the same of a workbook that is open; `rows` gives those of a sheet by its title."""
    from nianbao import workbook  # noqa: PLC0415
    from nianbao.register import embedded_registers  # noqa: PLC0415

    return embedded_registers.private_among(titles, rows, workbook.layout(edition).sheet_names)
