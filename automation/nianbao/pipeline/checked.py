"""A file that was read and checked: every finding with its reason, and whether a document may be made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao import checks, reasons
from nianbao.findings import Finding
from nianbao.pipeline.file_kinds import read, read_other, read_text
from nianbao.pipeline.registers import RegisterFile, against_register
from nianbao.report import Reading, Reason
from nianbao.verdicts import Verdict
from nianbao.watch import watched

if TYPE_CHECKING:
    from nianbao.notice import Notice
    from nianbao.register.model import Counted


@dataclass(frozen=True)
class Checked:
    """A file that was read and checked.

    `verdicts` are those on every rule that applies, () where nothing was judged anew; `counted` is 表三 by the register
    of applications it was compared with.
    """

    path: Path
    reading: Reading
    findings: tuple[Finding, ...]
    counted: Counted | None = None
    verdicts: tuple[Verdict, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Tell whether a final document must not be made."""
        return any(f.forbids for f in self.findings)

    @property
    def blocks(self) -> bool:
        """Tell whether anything found makes the exit status 1."""
        return any(f.blocks for f in self.findings)


@watched
def check_file(
    path: Path,
    edition: str = "",
    last_year: Path | None = None,
    written: Path | None = None,
    register: RegisterFile | None = None,
    notice: Notice | None = None,
    today: date | None = None,
) -> Checked:
    """Read one file and return it with every finding and its reasons.

    `last_year` is last year's file, instead of what the workbook carries; `written` is a file of reasons beside
    those in the workbook; `register` is the register of applications to compare 表三 with; `notice` is what the county
    asks beside the form; `today` is the day to judge dates by, if any. Raises InputError, EditionError.
    """
    reading = read(path, edition)
    if last_year:
        reading = replace(reading, last_year=read_other(last_year, (edition, reading.report.edition)).report)
    reading = replace(reading, notice=notice, today=today)
    found, counted = against_register(reading, register) if register else ([], None)
    reading = replace(reading, findings=(*reading.findings, *found), with_register=counted is not None)
    checked = check_reading(path, reading, _read_reasons(written) if written else [])
    return replace(checked, counted=counted)


def check_reading(path: Path, reading: Reading, written: Sequence[Reason] = ()) -> Checked:
    """Return what was read from `path` with every finding and its reasons, those of the workbook and `written`."""
    given = [*reading.reasons, *written]
    judged = checks.judge(reading)
    found = reasons.apply(judged.findings, reading.report, given)
    return Checked(path, reading, tuple(found), verdicts=judged.verdicts)


def _read_reasons(path: Path) -> list[Reason]:
    return reasons.loads(read_text(path, "说明文件"))
