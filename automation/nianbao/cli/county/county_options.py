"""What the verbs of a county share: the roster and last year as asked, who does the work, what is shown meanwhile."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from nianbao.errors import InputError, OutputError

if TYPE_CHECKING:
    from nianbao.county.roster import Roster
    from nianbao.county.run.runners import Runner
    from nianbao.findings import Finding
    from nianbao.report import Report

T = TypeVar("T")

OK, FOUND = 0, 1


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
def runner_of(options: argparse.Namespace) -> Iterator[Runner]:
    """Give whoever does the work: this process, several of them (--workers), a cluster (--dask)."""
    from nianbao.county.run import cluster, processes, produce, runners  # noqa: PLC0415

    workers = getattr(options, "workers", 0) or processes.usual_workers()
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
        several = processes.Processes(workers, prepare=produce.prepare)
        try:
            yield several
        finally:
            several.close()


def listed_in(options: argparse.Namespace) -> Roster | None:
    """Return the roster asked for (--roster), if any. Raises InputError."""
    from nianbao.county.roster import roster_book  # noqa: PLC0415
    from nianbao.form import current_edition  # noqa: PLC0415

    if not options.roster:
        return None
    return roster_book.read_roster(Path(options.roster), current_edition(), options.year)


def last_year(options: argparse.Namespace) -> Report | None:
    """Return the whole's own report of last year (--last-year), if any. Raises InputError."""
    from nianbao import pipeline  # noqa: PLC0415

    return pipeline.read_other(Path(options.last_year), (options.edition,)).report if options.last_year else None


def told(found: tuple[Finding, ...]) -> int:
    """Print findings; return the exit code they come to."""
    from nianbao.cli import show  # noqa: PLC0415

    if found:
        print(show.findings(found))
    return FOUND if any(f.blocks for f in found) else OK


def workbook_path(name: str, what: str) -> Path:
    """Return the path of a workbook to be written, called `what`. Raises OutputError for another kind of file."""
    path = Path(name)
    if path.suffix.lower() != ".xlsx":
        raise OutputError(f"“{path.name}”：{what}的文件名要以 .xlsx 结尾")
    return path
