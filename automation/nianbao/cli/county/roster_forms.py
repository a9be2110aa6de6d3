"""Before the forms come in: the roster (roster), a form for each body of it (new --roster)."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from nianbao.cli import notice_option
from nianbao.cli.county.county_options import OK, listed_in, runner_of, told, workbook_path
from nianbao.cli.parser import PROGRAM

FEW = 200
"""Workbooks for which starting processes takes longer than it saves: each of them draws the first of a kind again."""


def roster(options: argparse.Namespace) -> int:
    """Write a sample roster to fill in."""
    from nianbao.county.roster import roster_book  # noqa: PLC0415
    from nianbao.files import write_new  # noqa: PLC0415
    from nianbao.form import current_edition  # noqa: PLC0415

    path = workbook_path(options.output, "名册")
    write_new(path, roster_book.write_roster(current_edition(), roster_book.sample_members(options.year)))
    print(f"已新建名册：{path}")
    print("请把示例各行改成本县的单位，一个单位一行。")
    print(f"填好后用“{PROGRAM} new --roster”新建各单位的填报表，收齐后用“{PROGRAM} batch”一次办完。")
    return OK


def new_roster(options: argparse.Namespace) -> int:
    """Write one prefilled workbook for each body of the roster."""
    from nianbao import pipeline  # noqa: PLC0415
    from nianbao.county.run import prefill, runners  # noqa: PLC0415
    from nianbao.files import write_new  # noqa: PLC0415

    listed = listed_in(options)
    assert listed is not None, "asked for by the verb"  # noqa: S101 - a bug of the verb's options
    folder = Path(options.output)
    empty = prefill.LastYearReports({}, ())
    last = (
        prefill.last_year(Path(options.last_year), listed, options.year, options.edition)
        if options.last_year
        else empty
    )
    few = len(listed.members) <= FEW
    asked = notice_option.for_forms(options)
    with contextlib.nullcontext(runners.here) if few else runner_of(options) as runner:
        for one in prefill.prefilled(listed, options.year, options.edition, last, runner, asked):
            write_new(folder / one.name, one.data)
            print(f"{folder / one.name}：{one.said}")
    unusual = pipeline.unusual_edition(options.year, pipeline.edition_for(options.year, options.edition))
    if unusual:
        print(f"请注意：{unusual}。", file=sys.stderr)
    for why in last.unused:
        print(f"没有采用：{why}。", file=sys.stderr)
    return told(listed.findings)
