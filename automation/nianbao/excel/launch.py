"""The same without macros, on closed files: files and folders dropped onto a launcher are checked and made.

A workbook with findings gets a copy beside it with 校验结果 filled in and linked; the original is only read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from nianbao import jobs, pipeline, verdicts, watch, workbook
from nianbao.dates import today
from nianbao.errors import InputError, NianbaoError, OutputError
from nianbao.excel import button_lock, desktop, dropped_report
from nianbao.files import write_new
from nianbao.findings import classes, tally
from nianbao.form import Kind
from nianbao.pipeline import Checked
from nianbao.report import Reading
from nianbao.ribbon import log, output, workbook_folder
from nianbao.workbook.figures import may_be_zero

HOW = (
    "把填好的填报表（.xlsx），或者放着各单位填报表的文件夹，拖到“校验并生成年报”的图标上。\n"
    "也可以在文件上点右键，选“{}”→“校验并生成年报”。"
).format("发送到" if sys.platform == "win32" else "打开方式")
ZEROS, LAST_YEAR, ROLLUP, REPAIR, DESK = "--zeros", "--last-year", "--rollup", "--repair", "--desk"
SERVICE = "--service"
"""The desk without its pages, for the add-ins."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the launcher is for with what was dropped onto it; return 0, or 1 when something could not be done."""
    sys.excepthook = desktop.unexpected
    given = list(sys.argv[1:] if arguments is None else arguments)
    option = given.pop(0) if given and given[0] in (ZEROS, LAST_YEAR, ROLLUP, REPAIR, DESK, SERVICE) else ""
    paths = [Path(p) for p in given]
    if option in (DESK, SERVICE):
        return _desk(show=option == DESK)
    if not paths:
        desktop.message(HOW)
        return 0
    log.note(f"launch {option} {len(paths)}")
    watch.begin(desktop.given_up)
    try:
        with button_lock.alone():
            return _do(option, paths)
    except NianbaoError as e:
        log.trouble(e)
        desktop.message(e.sentence, wrong=True)
        return 1


def _desk(*, show: bool) -> int:
    """Open 年报台, and serve it until nobody uses it; without `show` no browser is opened."""
    log.note("desk" if show else "service")
    try:
        from nianbao.excel import service_buttons  # noqa: PLC0415 - libraries of its own, only where it is wanted
        from nianbao.serve import service  # noqa: PLC0415

        service.serve(lambda _: None, service_buttons.offered(), show=show)
    except KeyboardInterrupt:  # the system ends it, as when somebody logs out
        return 0
    except NianbaoError as e:
        log.trouble(e)
        desktop.message(e.sentence, wrong=True)
        return 1
    except ModuleNotFoundError as e:
        log.trouble(e)
        desktop.message("缺少组件 starlette 或 uvicorn，不能打开年报台。请用离线安装包重新安装。", wrong=True)
        return 1
    return 0


def _do(option: str, paths: list[Path]) -> int:
    if option == LAST_YEAR:
        return _each(paths[:1], lambda _: _with_last_year(paths))
    actions: dict[str, Callable[[Path], str]] = {ZEROS: _with_zeros, ROLLUP: _rollup, REPAIR: _repair, "": _make}
    action = actions[option]
    reports = [p for p in paths if option == "" and dropped_report.is_finished(p)]
    if reports:  # the workbooks dropped with them are what they are compared with
        beside = [p for p in paths if p not in reports]
        paths, action = reports, lambda path: dropped_report.compare(path, beside)
    return _each(paths, action)


def _each(paths: list[Path], action: Callable[[Path], str]) -> int:
    """Do something to each and show what came of it; return 1 where there was trouble, which stops only this one."""
    code = 0
    for done in jobs.each(paths, action):
        if done.error:
            code = 1
            log.trouble(done.error)
            desktop.message(f"{done.path.name}：{done.error.sentence}\n\n（记录文件：{log.place()}）", wrong=True)
        else:
            desktop.message(done.result or "")
    return code


def _make(path: Path) -> str:
    if path.is_dir():
        return _make_folder(path)
    checked = pipeline.check_file(path, register=pipeline.register_of(path), today=today())
    said = [f"{path.name}：{_counted(checked)}", f"{verdicts.summary(checked.verdicts)}。"]
    if checked.findings and path.suffix.lower() in pipeline.WORKBOOKS:
        copy, remark = _marked(checked)
        said.append(f"问题写在“{copy.name}”里：有问题的格子有红框和批注，全部问题列在“校验结果”表中。")
        said.append(f"请在其中改正或写说明，再把它拖来。{remark}")
        if checked.counted:
            said.append("这一份不含申请台账，台账请留在原来的填报表里。")
        said.append(desktop.open_file(copy))
    if checked.has_errors:
        said.append("还有强制性问题，没有生成年报。")
    else:
        written = output.make(checked, path.resolve().parent)
        said += [f"年报已生成：{written.path.name}", written.remark, desktop.open_file(written.path)]
    return "\n".join(filter(None, said))


def _marked(checked: Checked) -> tuple[Path, str]:
    """Write the marked copy; return where, and what else is to be said of it."""
    copy = _copy(checked.path, workbook_folder.MARKED)
    try:
        kept = pipeline.annotate_in_place(checked, copy)
    except OutputError:
        if not copy.exists():
            raise
        other = free_copy(checked.path, workbook_folder.MARKED)
        pipeline.annotate(checked, other)
        return other, f"（“{copy.name}”正开着，没有更新。）"
    return copy, f"以前的一份里有改动，另存为“{kept.name}”。" if kept else ""


def _make_folder(path: Path) -> str:
    outcomes = workbook_folder.make_all(path, log.note)
    failed = workbook_folder.failures(outcomes)
    said = [
        f"{workbook_folder.told(outcomes)}\n逐份情况见“{workbook_folder.SUMMARY}”。",
        desktop.open_file(path / workbook_folder.REPORTS),
    ]
    return "\n".join(filter(None, said)) + (f"\n\n没有生成的：\n{failed}" if failed else "")


def _rollup(path: Path) -> str:
    from nianbao.ribbon.rollup import SUMS, add_up_folder  # noqa: PLC0415 - a county's code only where it is wanted

    said = add_up_folder(path, log.note)
    return f"{said}\n{desktop.open_file(path / SUMS)}".rstrip()


def _counted(checked: Checked) -> str:
    return f"{classes(tally(checked.findings))}。" if checked.findings else "没有发现问题。"


def free_copy(path: Path, mark: str) -> Path:
    """Return a free name for a marked copy beside a file; a copy of a copy is marked once."""
    names = (_copy(path, mark, n) for n in range(1, 1000))
    return next(p for p in names if not p.exists())


def _copy(path: Path, mark: str, number: int = 1) -> Path:
    stem = path.stem.partition(mark.rstrip("）"))[0]
    return path.with_name(f"{stem}{mark[:-1]}{number}）.xlsx" if number > 1 else f"{stem}{mark}.xlsx")


def _read_sound(path: Path) -> Reading:
    """Read a workbook whose every cell could be read. Raises InputError: a new copy must not lose anything."""
    if path.suffix.lower() not in pipeline.WORKBOOKS:
        raise InputError(f"“{path.name}”不是填报表（.xlsx）")
    reading = pipeline.read(path)
    if reading.unread:
        raise InputError(f"“{path.name}”里有 {len(reading.unread)} 个格子读不出来，请先用“校验并生成年报”看问题并改正")
    return reading


def _with_zeros(path: Path) -> str:
    reading = _read_sound(path)
    edition, report = reading.edition, reading.report
    blank = [k for k in may_be_zero(workbook.layout(edition)) if k not in report.values]
    if not blank:
        return f"{path.name}：没有空白的数字格。"
    zeros = {k: Decimal(0) if edition.values[k].kind is Kind.AMOUNT else 0 for k in blank}
    typed = {k: v for k, v in report.values.items() if k not in reading.computed}
    copy = free_copy(path, "（空白填0）")
    write_new(copy, workbook.build(edition, replace(report, values={**zeros, **typed}), reading.last_year))
    said = f"已另存“{copy.name}”，其中 {len(blank)} 个空白的数字格填了 0；原来的填报表没有改动。请逐格核对。"
    return f"{said}\n{desktop.open_file(copy)}".rstrip()


def _repair(path: Path) -> str:
    copy = free_copy(path, "（修复）")
    mended = pipeline.repair_workbook(path, copy, today=today())
    said = [pipeline.repair_told(path, copy, mended), "原来的填报表没有改动。", desktop.open_file(copy)]
    return "\n".join(filter(None, said))


def _with_last_year(paths: list[Path]) -> str:
    """Tell this year's workbook from last year's file by their years."""
    if len(paths) != 2:
        raise InputError("请同时选中两个文件一起拖来：今年的填报表，和上年的填报表（或已公布的年报）")
    last, this = sorted(paths, key=lambda p: pipeline.read(p).report.year or 0)
    earlier, reading = pipeline.read(last).report, _read_sound(this)
    if earlier.year is None or earlier.year == reading.report.year:
        raise InputError("两个文件分不出哪个是上年的，请在“基本信息”里填好年度")
    copy = free_copy(this, "（带上年数据）")
    write_new(copy, workbook.build(reading.edition, reading.report, earlier))
    said = f"已另存“{copy.name}”，带有{earlier.year}年的数据；原来的填报表没有改动。"
    return f"{said}\n{desktop.open_file(copy)}".rstrip()


if __name__ == "__main__":
    sys.exit(main())
