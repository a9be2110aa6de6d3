"""The copy of a workbook with its findings marked in it, new each time or one kept from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from nianbao.errors import InputError
from nianbao.files import write_new, write_over, write_result
from nianbao.findings import Finding
from nianbao.pipeline.checked import Checked
from nianbao.pipeline.file_kinds import WORKBOOKS
from nianbao.pipeline.registers import private_sheets
from nianbao.report import Reading
from nianbao.verdicts import Verdict


def annotate(checked: Checked, path: Path) -> None:
    """Write a new copy of the checked workbook with its findings in 校验结果, linked to their cells.

    Raises InputError when it is no workbook, OutputError when `path` exists or can't be written.
    """
    write_new(path, annotated(checked.path, checked.reading, checked.findings, checked.verdicts))


def annotate_in_place(checked: Checked, path: Path) -> Path | None:
    """Write the same copy under a name it keeps from run to run; return where an earlier one is kept, or None.

    An earlier one is written over when nobody has saved it since, or when it is what was checked and the new one has
    every part of it: a register that somebody put into it is left out of any copy, and so is kept. Raises InputError
    when it is no workbook, OutputError when it can't be written (it is open, say).
    """
    from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is written

    data = annotated(checked.path, checked.reading, checked.findings, checked.verdicts, checked.reading.today)
    if path.exists():
        is_own = path.samefile(checked.path) and workbook.holds_parts_of(data, path)
        if is_own or workbook.is_as_packed(path):
            write_over(path, data)
            return None
    return write_result(path, data)


def annotated(
    path: Path,
    reading: Reading,
    findings: Sequence[Finding],
    verdicts: Sequence[Verdict] = (),
    day: date | None = None,
) -> bytes:
    """Return a copy of the workbook at `path` with these findings in 校验结果, and without a register of applications.

    Below them stand the rules that could not be judged. `day` is named as the day of the check: only a copy that is
    written over from run to run has one.

    Raises InputError when it is no workbook.
    """
    if path.suffix.lower() not in WORKBOOKS:
        raise InputError(f"“{path.name}”不是填报表，没有地方标出问题")
    from nianbao import workbook  # noqa: PLC0415 - openpyxl only where a workbook is written

    return workbook.annotate(
        path, reading, findings, verdicts, leave_out=private_sheets(path, reading.edition), day=day
    )
