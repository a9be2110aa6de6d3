"""The sum of a county alone (rollup)."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.cli.county.county_options import FOUND, last_year, listed_in, progress, runner_of, told, workbook_path
from nianbao.errors import OutputError

if TYPE_CHECKING:
    from nianbao.county.run.rollup import Added


def rollup(options: argparse.Namespace) -> int:
    """Sum a county and write its workbook and the detail."""
    from nianbao.county.keeping import earlier_results  # noqa: PLC0415
    from nianbao.county.run import rollup as sums  # noqa: PLC0415
    from nianbao.county.run.collect import Wish  # noqa: PLC0415
    from nianbao.dates import today  # noqa: PLC0415
    from nianbao.files import write_new  # noqa: PLC0415

    path = workbook_path(options.output, "汇总表")
    detail = path.with_name(f"{path.stem}明细.xlsx")
    for file in (path, detail):
        if file.exists():
            raise OutputError(f"“{file}”已经存在，没有覆盖。请换一个文件名，或先把原来的文件移走")
    listed, last = listed_in(options), last_year(options)
    beside = [Path(p) for p in (options.roster, options.last_year) if p]
    folders = [Path(f) for f in options.folders]
    made = (
        (earlier_results.given(Path(options.results)),)
        if options.results
        else earlier_results.made_of(folders, [path.parent])
    )
    wish = Wish(
        options.edition, options.year, today=today(), county=options.county.strip(), results=made if listed else ()
    )
    with runner_of(options) as runner:
        added = sums.add_up(
            folders, listed, wish, runner, progress, last_county=last, leave_out=beside, detail_in=path.parent
        )
    for total in added.totals:
        print(f"{total.scope.label}：{len(total.bodies)} 个单位{'' if total.determined else '，还不能确定'}")
    code = told(added.findings)
    _say_settled(added, made)
    if listed is None:
        print("没有名册，不能确认单位是否收齐；请用 --roster 提供名册。")
    write_new(detail, added.detail)
    print(f"明细：{detail}")
    label = added.whole.scope.label
    if added.whole.determined or (options.partial and added.whole.bodies):
        write_new(path, sums.workbook_of(added.report, last))
        print(f"{f'{label}填报表' if added.whole.determined else '不完整的汇总（已标明，不能公布）'}：{path}")
    elif not added.whole.bodies:
        print(f"没有一个单位的数计入{label}，没有生成{label}填报表。")
    else:
        print(f"{label}数还不能确定，没有生成{label}填报表；确需先看的，加 --partial 生成标明“不完整”的汇总表。")
    return code if added.whole.determined else FOUND


def _say_settled(added: Added, made: tuple[Path, ...]) -> None:
    """Say by which word of the officer's files were given to bodies, or how to give it."""
    if added.settled:
        print(f"来件的归属按{'、'.join(f'“{p}”' for p in made)}里指明的办：{added.settled} 份。")
    elif added.doubtful and not made:
        print(
            "有待确认或重复的来件，没有找到指明过归属的结果文件夹：指明过的，用 --results 写明它；"
            "没有的，先用 batch 办一次，在结果的“情况一览.xlsx”中指明。"
        )
