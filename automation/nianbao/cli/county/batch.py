"""Everything of a county at once (batch), and what is said of it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nianbao.cli import notice_option
from nianbao.cli.county.county_options import FOUND, OK, last_year, listed_in, progress, runner_of, told
from nianbao.cli.page_options import pages

if TYPE_CHECKING:
    from nianbao.county.run.outcome import RunOutcome


def batch(options: argparse.Namespace) -> int:
    """Make everything of a county."""
    from nianbao import pipeline  # noqa: PLC0415
    from nianbao.county.keeping import store as stores  # noqa: PLC0415
    from nianbao.county.matching.assigned import assignment  # noqa: PLC0415
    from nianbao.county.run import batch as county  # noqa: PLC0415
    from nianbao.county.run.collect import Wish  # noqa: PLC0415
    from nianbao.dates import now, today  # noqa: PLC0415

    formats = pipeline.formats_of(options.to)
    site, page = pages(options, formats, many=True)
    earlier = tuple(Path(p) for p in options.earlier)
    asked = notice_option.given(options)
    said = tuple(assignment(text) for text in options.assign)
    wish = Wish(
        options.edition, options.year, formats, bool(options.dask), site, page, earlier, asked, today(),
        options.county.strip(), said, now=now(),
    )  # fmt: skip
    listed, last = listed_in(options), last_year(options)
    beside = [Path(p) for p in (options.roster, options.last_year, options.notice) if p]
    with runner_of(options) as runner, stores.opened(Path(options.output)) as store:
        outcome = county.run(
            store, [Path(options.folder)], listed, wish, runner, progress, last_year=last, leave_out=beside
        )
    if options.format == "json":
        print(json.dumps(_summary(options, outcome), ensure_ascii=False, indent=1))
    else:
        _say(options, outcome)
    return OK if outcome.clean else FOUND


def _say(options: argparse.Namespace, outcome: RunOutcome) -> None:
    from nianbao import findings  # noqa: PLC0415
    from nianbao.county.model import Status  # noqa: PLC0415

    desk = outcome.desk
    print(
        f"{desk.county or desk.totals[-1].scope.label} {desk.year or ''}年度：共 {sum(outcome.counts.values())} 个单位"
    )
    print("  " + "，".join(f"{s.label} {outcome.counts[s]}" for s in Status if outcome.counts.get(s)))
    print(f"  本次新读 {outcome.read_now} 份，新生成 {outcome.made_now} 个单位的文件，其余沿用上次结果。")
    print(f"  各单位的问题：{findings.classes(outcome.tally)}。")
    for why, bodies in outcome.unjudged.items():
        print(f"  {why}，有规则没有核对：{bodies} 个单位。")
    for name, status, why in outcome.open:
        print(f"  【{status.label}】{name}：{why}")
    more = sum(n for s, n in outcome.counts.items() if s is not Status.DONE) - len(outcome.open)
    if more > 0:
        print(f"  另有 {more} 个单位没有完成，见总览页")
    if not desk.has_roster:
        print("  没有名册，不能确认单位是否收齐；请用 --roster 提供名册。")
    if outcome.others:
        print(f"  文件夹中另有 {outcome.others} 个不是填报表的文件，没有读，逐个列在总览页上。")
    for fault in outcome.faults:
        print(f"  没有办成：{fault}")
    for note in outcome.notes:
        print(f"  {note}。", file=sys.stderr)
    told(desk.findings)
    for path in outcome.aside:
        print(f"  不再有效的文件移到“以前的结果”：{path}")
    print(f"结果在：{options.output}，先看其中的“总览.html”。")


def _summary(options: argparse.Namespace, outcome: RunOutcome) -> dict[str, object]:
    from nianbao import findings  # noqa: PLC0415

    return {
        "output": options.output,
        "county": outcome.desk.county,
        "year": outcome.desk.year,
        "counts": {s.value: n for s, n in outcome.counts.items()},
        "read": outcome.read_now,
        "made": outcome.made_now,
        "faults": list(outcome.faults),
        "bodies": dict(outcome.tally),
        "unjudged": dict(outcome.unjudged),
        **{k: v for k, v in findings.to_json("", outcome.desk.findings).items() if k != "file"},
    }
