"""Doing the same to many files, whoever does it: this process, others (processes.py), a cluster (cluster.py).

Nothing here knows what is done. A runner takes a function and jobs and yields each job with its result or Failure,
in any order, never holding more than a few jobs at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from nianbao.oserrors import why
from nianbao.watch import PATIENCE

J = TypeVar("J")
R = TypeVar("R")


@dataclass(frozen=True)
class Failure:
    """The program itself failed on this job; the rest went on."""

    reason: str


@dataclass(frozen=True)
class Bounded(Generic[J, R]):
    """A function that may not take longer than `seconds` for one job; only `Processes` can see to it.

    In this process or on a cluster nothing could be ended without ending everything: there it is the function itself.
    """

    function: Callable[[J], R]
    seconds: float = PATIENCE

    def __call__(self, job: J) -> R:
        """Carry out the job."""
        return self.function(job)


class Runner(Protocol):
    """Whatever carries out jobs."""

    def __call__(self, function: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R | Failure]]:
        """Yield every job with its result."""


def here(function: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R | Failure]]:
    """Carry out the jobs one after the other in this process."""
    for job in jobs:
        yield job, function(job)


def in_order(runner: Runner, function: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R]]:
    """Yield every job with its result in the order of the jobs; one that failed elsewhere is carried out here."""
    early: dict[int, tuple[J, R]] = {}
    wanted = 0
    for (n, job), answer in runner(_Numbered(function), enumerate(jobs)):
        early[n] = (job, function(job) if isinstance(answer, Failure) else answer)
        while wanted in early:
            yield early.pop(wanted)
            wanted += 1


@dataclass(frozen=True)
class _Numbered(Generic[J, R]):
    function: Callable[[J], R]

    def __call__(self, numbered: tuple[int, J]) -> R:
        return self.function(numbered[1])


def results(runner: Runner, tasks: Iterable[Callable[[], R]]) -> list[R]:
    """Return the results of tasks, in their order; one whose worker was lost is carried out here."""
    return [result for _, result in in_order(runner, _result, tasks)]


def _result(task: Callable[[], R]) -> R:
    return task()


def each(function: Callable[[J], R], chunk: list[J]) -> list[R]:
    """Carry out a chunk of jobs."""
    return [function(job) for job in chunk]


def failure_text(error: BaseException) -> str:
    """Return what a user is told of a failure of the program itself."""
    if isinstance(error, BrokenProcessPool):
        return "处理这个文件时程序异常退出（可能是内存不足），没有结果"
    if isinstance(error, MemoryError):
        return "处理这个文件时内存不足，没有结果，请关闭别的程序后再试"
    if isinstance(error, OSError):
        return f"处理这个文件时无法读写磁盘（{why(error)}），没有结果，请检查磁盘后再试"
    return f"程序在处理这个文件时出错（{type(error).__name__}：{str(error)[:120]}），请把文件发给程序的维护人"
