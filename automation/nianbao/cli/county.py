"""What the verbs of a county do: roster, new --roster, batch, rollup, demo --county."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from nianbao.cli import notices
from nianbao.cli.pages import pages
from nianbao.cli.parser import PROGRAM
from nianbao.errors import InputError, OutputError

if TYPE_CHECKING:
    from nianbao.county.roster import Roster
    from nianbao.county.run.outcome import Outcome
    from nianbao.county.run.rollup import Added
    from nianbao.county.run.runners import Runner
    from nianbao.findings import Finding
    from nianbao.report import Report

T = TypeVar("T")

OK, FOUND = 0, 1

FEW = 3
"""Files for which starting processes takes longer than it saves."""


def roster(options: argparse.Namespace) -> int:
    """Write a sample roster to fill in."""
    from nianbao.county.roster import book as roster_book  # noqa: PLC0415
    from nianbao.files import write_new  # noqa: PLC0415
    from nianbao.form import load_edition  # noqa: PLC0415

    path = _xlsx(options.output, "名册")
    write_new(path, roster_book.write_roster(load_edition(_DEFAULT), roster_book.sample_members(options.year)))
    print(f"已新建名册：{path}")
    print("请把示例各行改成本县的单位，一个单位一行。")
    print(f"填好后用“{PROGRAM} new --roster”新建各单位的填报表，收齐后用“{PROGRAM} batch”一次办完。")
    return OK


_DEFAULT = "2021"


def new_roster(options: argparse.Namespace) -> int:
    """Write one prefilled workbook for each body of the roster."""
    from nianbao import pipeline  # noqa: PLC0415
    from nianbao.county.run import prefill, runners  # noqa: PLC0415
    from nianbao.files import write_new  # noqa: PLC0415

    listed = _roster(options)
    assert listed is not None, "asked for by the verb"  # noqa: S101 - a bug of the verb's options
    folder = Path(options.output)
    empty = prefill.LastYear({}, ())
    last = (
        prefill.last_year(Path(options.last_year), listed, options.year, options.edition)
        if options.last_year
        else empty
    )
    few = len(listed.members) <= FEW
    asked = notices.for_forms(options)
    with contextlib.nullcontext(runners.here) if few else _runner(options) as runner:
        for one in prefill.prefilled(listed, options.year, options.edition, last, runner, asked):
            write_new(folder / one.name, one.data)
            print(f"{folder / one.name}：{one.said}")
    unusual = pipeline.unusual_edition(options.year, pipeline.edition_for(options.year, options.edition))
    if unusual:
        print(f"请注意：{unusual}。", file=sys.stderr)
    for why in last.unused:
        print(f"没有采用：{why}。", file=sys.stderr)
    return _told(listed.findings)


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
    asked = notices.given(options)
    said = tuple(assignment(text) for text in options.assign)
    wish = Wish(
        options.edition, options.year, formats, bool(options.dask), site, page, earlier, asked, today(),
        options.county.strip(), said, now=now(),
    )  # fmt: skip
    listed, last = _roster(options), _last(options)
    beside = [Path(p) for p in (options.roster, options.last_year, options.notice) if p]
    with _runner(options) as runner, stores.opened(Path(options.output)) as store:
        outcome = county.run(
            store, [Path(options.folder)], listed, wish, runner, progress, last_year=last, leave_out=beside
        )
    if options.format == "json":
        print(json.dumps(_summary(options, outcome), ensure_ascii=False, indent=1))
    else:
        _say(options, outcome)
    return OK if outcome.clean else FOUND


def _say(options: argparse.Namespace, outcome: Outcome) -> None:
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
    _told(desk.findings)
    for path in outcome.aside:
        print(f"  不再有效的文件移到“以前的结果”：{path}")
    print(f"结果在：{options.output}，先看其中的“总览.html”。")


def _summary(options: argparse.Namespace, outcome: Outcome) -> dict[str, object]:
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


def rollup(options: argparse.Namespace) -> int:
    """Sum a county and write its workbook and the detail."""
    from nianbao.county.keeping import results  # noqa: PLC0415
    from nianbao.county.run import rollup as sums  # noqa: PLC0415
    from nianbao.county.run.collect import Wish  # noqa: PLC0415
    from nianbao.dates import today  # noqa: PLC0415
    from nianbao.files import write_new  # noqa: PLC0415

    path = _xlsx(options.output, "汇总表")
    detail = path.with_name(f"{path.stem}明细.xlsx")
    for file in (path, detail):
        if file.exists():
            raise OutputError(f"“{file}”已经存在，没有覆盖。请换一个文件名，或先把原来的文件移走")
    listed, last = _roster(options), _last(options)
    beside = [Path(p) for p in (options.roster, options.last_year) if p]
    folders = [Path(f) for f in options.folders]
    made = (results.given(Path(options.results)),) if options.results else results.made_of(folders, [path.parent])
    wish = Wish(
        options.edition, options.year, today=today(), county=options.county.strip(), results=made if listed else ()
    )
    with _runner(options) as runner:
        added = sums.add_up(
            folders, listed, wish, runner, progress, last_county=last, leave_out=beside, detail_in=path.parent
        )
    for total in added.totals:
        print(f"{total.scope.label}：{len(total.bodies)} 个单位{'' if total.determined else '，还不能确定'}")
    code = _told(added.findings)
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


def demo(folder: Path) -> int:
    """Invent a county, run batch and rollup on it."""
    from nianbao.cli.verbs import parse  # noqa: PLC0415
    from nianbao.county import demo as invented  # noqa: PLC0415

    county = invented.invent()
    listed, delivered = invented.write(county, folder)
    print(f"1. 名册（虚构的{invented.COUNTY}，{len(county.members)} 个单位）：{listed}")
    print(f"2. 收到的填报表（其中故意放了 {len(county.planted)} 种情况）：{delivered}")
    print(f"3. 批量处理：{PROGRAM} batch")
    arguments = ["batch", str(delivered), "--roster", str(listed), "-o", str(folder / "结果")]
    code = batch(parse(arguments))
    print(f"4. 汇总：{PROGRAM} rollup --partial")
    target = folder / "汇总" / f"{invented.COUNTY}{invented.YEAR}年汇总（不完整）.xlsx"
    if target.exists():
        print(f"   上次已汇总：{target}")
        return code
    target.parent.mkdir(parents=True, exist_ok=True)
    arguments = ["rollup", str(delivered), "--roster", str(listed), "-o", str(target), "--partial"]
    return max(code, rollup(parse(arguments)))


def progress(items: Iterator[T], total: int, what: str) -> Iterator[T]:
    """Show rate and remaining time on stderr while it is a terminal."""
    from tqdm import tqdm  # noqa: PLC0415 - only where there is something to wait for

    if sys.stderr is None:  # started without a console (pythonw): nobody looks
        yield from items
        return
    shape = "{desc}：{n}/{total} {bar} {rate_fmt} 已用 {elapsed} 还需 {remaining}"
    with tqdm(items, what, total, leave=False, unit="份", file=sys.stderr, disable=None, bar_format=shape) as shown:
        yield from shown


@contextlib.contextmanager
def _runner(options: argparse.Namespace) -> Iterator[Runner]:
    from nianbao.county.run import cluster, produce, runners  # noqa: PLC0415

    workers = getattr(options, "workers", 0) or runners.usual_workers()
    if workers < 1:
        raise InputError("--workers 应是1或更大的整数")
    if getattr(options, "dask", ""):
        far = cluster.Cluster(options.dask)
        try:
            yield far
        finally:
            far.close()
    elif workers == 1:
        yield runners.here
    else:
        processes = runners.Processes(workers, prepare=produce.prepare)
        try:
            yield processes
        finally:
            processes.close()


def _roster(options: argparse.Namespace) -> Roster | None:
    from nianbao.county.roster import book as roster_book  # noqa: PLC0415
    from nianbao.form import load_edition  # noqa: PLC0415

    if not options.roster:
        return None
    return roster_book.read_roster(Path(options.roster), load_edition(_DEFAULT), options.year)


def _last(options: argparse.Namespace) -> Report | None:
    from nianbao import pipeline  # noqa: PLC0415

    return pipeline.read_other(Path(options.last_year), (options.edition,)).report if options.last_year else None


def _told(found: tuple[Finding, ...]) -> int:
    from nianbao.cli import show  # noqa: PLC0415

    if found:
        print(show.findings(found))
    return FOUND if any(f.blocks for f in found) else OK


def _xlsx(name: str, what: str) -> Path:
    path = Path(name)
    if path.suffix.lower() != ".xlsx":
        raise OutputError(f"“{path.name}”：{what}的文件名要以 .xlsx 结尾")
    return path
