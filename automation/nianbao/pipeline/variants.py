"""An edition file of one's own, examined as far as to a workbook and a Word template made of it."""

from __future__ import annotations

from pathlib import Path

from nianbao.errors import EditionError, InputError, NianbaoError
from nianbao.form import Edition, Fault, examine
from nianbao.report import Report
from nianbao.watch import watched


@watched
def examine_edition(path: Path) -> tuple[Edition | None, tuple[Fault, ...]]:
    """Return the edition in a file, and every fault of the file; None where it can't even be read as TOML.

    Raises InputError when there is no such file.
    """
    if not path.is_file():
        raise InputError(f"找不到格式文件“{path}”")
    try:
        edition, faults = examine(str(path))
    except EditionError as e:
        return None, _faults(e)
    if edition is None or faults:
        return edition, faults
    return edition, _trial(edition)


def _faults(error: EditionError) -> tuple[Fault, ...]:
    return tuple(x if isinstance(x, Fault) else Fault(str(x)) for x in error.told)


def _trial(edition: Edition) -> tuple[Fault, ...]:
    """Make of the edition what it is for; whatever still fails is a fault of the file."""
    from nianbao import workbook  # noqa: PLC0415 - only where an edition is examined
    from nianbao.checks import refuse_unknown_checks  # noqa: PLC0415
    from nianbao.document import build_template, lint  # noqa: PLC0415

    try:
        refuse_unknown_checks(edition)
        workbook.build(edition, Report(edition.id, edition.from_year, {}, {}, {}), None)
        found = lint.check_template(build_template(edition), edition)
    except EditionError as e:
        return _faults(e)
    except NianbaoError as e:
        return (Fault(str(e)),)
    return tuple(Fault(f"印出来会有问题：{f.message}") for f in found if f.forbids)
