"""Doing the same to many files in several processes, surviving those that crash."""

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
from itertools import islice
from multiprocessing import connection
from pathlib import Path
from typing import TypeVar

from nianbao import programs
from nianbao.county.run.runners import Bounded, Failure, each, failure_text
from nianbao.watch import slow_text

J = TypeVar("J")
R = TypeVar("R")

_WINDOW = 3
MOST_WORKERS = 60
"""Windows waits for at most 63 handles at once."""


def usual_workers() -> int:
    """Return how many processes this machine bears."""
    return max(1, min(MOST_WORKERS, os.cpu_count() or 1))


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
