"""Doing the same to many files: in this process, in several processes, surviving those that crash. Cluster: cluster.py.

Nothing here knows what is done. A runner takes a function and jobs and yields each job with its result or Failure,
in any order, never holding more than a few jobs at a time.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing import connection
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from nianbao import programs
from nianbao.oserrors import why
from nianbao.watch import PATIENCE, slow_text

J = TypeVar("J")
R = TypeVar("R")

MOST_WORKERS = 60
"""Windows waits for at most 63 handles at once."""

_WINDOW = 3


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


def usual_workers() -> int:
    """Return how many processes this machine bears."""
    return max(1, min(MOST_WORKERS, os.cpu_count() or 1))


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


class Processes:
    """Carries out jobs in several processes, which stay for the next call; leave with `close`.

    Every process calls `prepare` first: naming it loads what its module loads, before the first job is there.
    """

    def __init__(self, workers: int, chunk: int = 1, prepare: Callable[[], object] = gc.collect) -> None:
        self._workers = min(workers, MOST_WORKERS)
        self._chunk = chunk
        self._prepare = prepare
        self._pool: ProcessPoolExecutor | None = None

    def __call__(self, function: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R | Failure]]:
        """Yield every job with its result; a job that kills its process is tried once more alone, then failed.

        So is one that takes longer than a Bounded function may: its process is ended, and another one begun.
        """
        source = iter(jobs)
        alone: deque[J] = deque()
        running: dict[Future[list[R]], list[J]] = {}
        while True:
            while not alone and len(running) < _WINDOW * self._workers:
                chunk = list(islice(source, self._chunk))
                if not chunk:
                    break
                running[self._submit(function, chunk)] = chunk
            if not running and alone:
                yield self._one(function, alone.popleft())
                continue
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                chunk = running.pop(future)
                if future.exception() is None:
                    yield from zip(chunk, future.result(), strict=True)
                else:
                    alone.extend(chunk)

    def close(self) -> None:
        """Let the processes go; jobs not begun are dropped."""
        if self._pool:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _one(self, function: Callable[[J], R], job: J) -> tuple[J, R | Failure]:
        begun = time.monotonic()
        future = self._submit(function, [job])
        error = future.exception()
        if error is None:
            return job, future.result()[0]
        took = time.monotonic() - begun
        if isinstance(function, Bounded) and isinstance(error, BrokenProcessPool) and took >= function.seconds:
            return job, Failure(slow_text(function.seconds))
        return job, Failure(failure_text(error))

    def _submit(self, function: Callable[[J], R], chunk: list[J]) -> Future[list[R]]:
        try:
            return self._submitted(function, chunk)
        except BrokenProcessPool:
            self.close()
        return self._submitted(function, chunk)  # to fresh processes

    def _submitted(self, function: Callable[[J], R], chunk: list[J]) -> Future[list[R]]:
        with programs.safe_path():  # making the pool starts a process, and so may handing in a job
            if self._pool is None:
                context = multiprocessing.get_context("spawn")  # the same on every system, and safe with threads
                self._pool = ProcessPoolExecutor(self._workers, context, _start_worker, (self._prepare,))
            if isinstance(function, Bounded):
                return self._pool.submit(each_bounded, function, chunk)
            return self._pool.submit(each, function, chunk)


def each(function: Callable[[J], R], chunk: list[J]) -> list[R]:
    """Carry out a chunk of jobs."""
    return [function(job) for job in chunk]


def each_bounded(function: Bounded[J, R], chunk: list[J]) -> list[R]:
    """Carry out a chunk of jobs in a worker, and end the worker when one of them takes too long.

    What waits is a thread of C: it needs no turn of Python's, so that nothing a job does can hold it up, and it is
    there on every system.
    """
    done = []
    with Path(os.devnull).open("wb") as nowhere:
        for job in chunk:
            faulthandler.dump_traceback_later(function.seconds, exit=True, file=nowhere)
            try:
                done.append(function(job))
            finally:
                faulthandler.cancel_dump_traceback_later()
    return done


def failure_text(error: BaseException) -> str:
    """Return what a user is told of a failure of the program itself."""
    if isinstance(error, BrokenProcessPool):
        return "处理这个文件时程序异常退出（可能是内存不足），没有结果"
    if isinstance(error, MemoryError):
        return "处理这个文件时内存不足，没有结果，请关闭别的程序后再试"
    if isinstance(error, OSError):
        return f"处理这个文件时无法读写磁盘（{why(error)}），没有结果，请检查磁盘后再试"
    return f"程序在处理这个文件时出错（{type(error).__name__}：{str(error)[:120]}），请把文件发给程序的维护人"


def _start_worker(prepare: Callable[[], object]) -> None:
    """Prepare a worker: what is loaded by now stays, so that collecting garbage need not look at it each time."""
    prepare()
    gc.collect()
    gc.freeze()
    _leave_with_parent()


def _leave_with_parent() -> None:
    """End this worker as soon as its parent is gone, however that ended: nobody else would end it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
