"""`nianbao new --repair`: a fresh workbook out of a broken one, and the list of what was not carried over."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nianbao.errors import InputError, OutputError

OK, FOUND = 0, 1
_TOLD = 60
"""So many things that were not carried over are told on the screen; the sheet in the new workbook has all."""


def is_asked(options: argparse.Namespace) -> bool:
    """Tell whether `new` is to repair: with --repair, or with --from where that can mean nothing else.

    Last year's file is always given together with a year; without one, or with the very year that the workbook is of,
    --from names the workbook itself. Raises OutputError where both are given.
    """
    if options.repair and options.last:
        raise OutputError("--repair 和 --from 请只写一个：修复读不出的填报表用 --repair，带入上年数据用 --from")
    if options.repair or not options.last:
        return bool(options.repair)
    return options.year is None or _is_of(Path(options.last), options.year)


def _is_of(path: Path, year: int) -> bool:
    """Tell whether a workbook is of this year; one that does not surely say is last year's, as ever."""
    from nianbao import pipeline  # noqa: PLC0415

    if path.suffix.lower() not in pipeline.REPAIRED:
        return False
    try:
        return pipeline.read_other(path, ("",)).report.year == year
    except InputError:
        try:
            return pipeline.year_of(path) == year
        except InputError:
            return False


def repair(options: argparse.Namespace) -> int:
    """Write the fresh workbook and tell what was carried over and what was not."""
    from nianbao import pipeline  # noqa: PLC0415
    from nianbao.dates import today  # noqa: PLC0415

    alone = {"--roster": options.roster, "--last-year": options.last_year, "--register": options.register,
             "--with-register": options.with_register, "--notice": options.notice}  # fmt: skip
    given = [name for name, value in alone.items() if value]
    if given:
        raise OutputError(f"修复一份填报表时不能写 {'、'.join(given)}")
    broken, new = Path(options.repair or options.last), Path(options.output)
    mended = pipeline.repair_workbook(broken, new, options.edition, options.year, options.body, today())
    print(pipeline.repair_told(broken, new, mended))
    for one in mended.left[:_TOLD]:
        value = " ".join(one.value.split())
        print(f"  {one.place}{f'：“{value}”' if value else ''}——{one.why}")
    if len(mended.left) > _TOLD:
        print(f"  其余 {len(mended.left) - _TOLD} 处见新表中的“没有转入的内容”。")
    report, edition = mended.repaired.report, mended.repaired.edition
    unusual = pipeline.unusual_edition(report.year, edition) if report.year else ""
    if unusual:
        print(f"请注意：{unusual}。", file=sys.stderr)
    return FOUND if mended.left else OK
