"""Processes that look at files: warm, bounded in time, to be stopped at any moment; the service never reads.

A file that hangs a reader or brings it down ends its worker, not the service; a new one takes its place.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any

from nianbao import programs
from nianbao.county.run.runners import failure_text
from nianbao.errors import NianbaoError
from nianbao.serve import end_processes, service_folders
from nianbao.watch import PATIENCE, slow_text

Tell = Callable[[int, int, str], None]
"""Says how far a task is: done, of how many, with what."""

Task = Callable[[Any, Tell], Any]
"""What a worker does: takes a job and Tell, returns what can be pickled. Raises NianbaoError."""

_TURN = 0.2

MOST_ALONE = 2
"""Long tasks at once; each may use every processor itself."""


@dataclass(frozen=True)
class RefusedTask:
    """A task that could not be done, in one sentence."""

    told: str


STOPPED = RefusedTask("已停止")
CRASHED = RefusedTask("处理这个文件时程序异常退出（可能是内存不足），没有结果")


class Call:
    """One call of a worker as seen from outside: how far it is, and how to stop it."""

    def __init__(self) -> None:
        self.progress = (0, 0, "")
        self.stopped = threading.Event()

    def tell(self, done: int, total: int, what: str) -> None:
        """Note how far the worker is."""
        self.progress = (done, total, what)


class Worker:
    """A process that carries out one task after another; its temporary files are in a folder of its own below `place`.

    That folder goes with it, and so does every program that it started.
    """

    def __init__(self, place: Path | None = None) -> None:
        self._temporary = Path(tempfile.mkdtemp(prefix="temporary-", dir=place))
        self._ending = threading.Lock()
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._temporary))
        with programs.safe_path():
            self._process.start()
        theirs.close()

    def run(self, task: Task, job: object, call: Call, seconds: float = PATIENCE) -> Any:
        """Return what a task gives, or RefusedTask. After a stop, a crash or too long a time the worker is gone."""
        end = time.monotonic() + seconds
        try:
            self._ours.send((task, job))
            while True:
                if self._ours.poll(_TURN):
                    kind, told = self._ours.recv()
                    if kind == "progress":
                        call.tell(*told)
                        continue
                    return told
                if call.stopped.is_set() or time.monotonic() > end:
                    self.end()
                    return STOPPED if call.stopped.is_set() else RefusedTask(slow_text(seconds))
        except (EOFError, OSError):
            self.end()
            return STOPPED if call.stopped.is_set() else CRASHED

    @property
    def lives(self) -> bool:
        """Tell whether it can take another task."""
        return self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """The process's number."""
        return self._process.pid

    def end(self) -> None:
        """End the process and what it started; whoever comes second waits for that."""
        with self._ending:
            if self._ours.closed:
                return
            if self.pid and self.lives:
                end_processes.end_children(self.pid)
            if sys.platform != "win32" and self.pid:
                with contextlib.suppress(OSError):
                    os.killpg(self.pid, signal.SIGKILL)
            self._process.kill()
            self._process.join(_TURN * 25)
            end_processes.end(self._temporary)
            service_folders.remove(self._temporary)
            self._ours.close()


class Pool:
    """So many workers, with their temporary files below `place`; who finds none free waits."""

    def __init__(self, size: int, place: Path | None = None) -> None:
        self._place = place
        self._free: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        self._all: set[Worker] = set()
        self._alone = threading.Semaphore(MOST_ALONE)
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(size):
            self._free.put(None)

    def warm(self) -> None:
        """Start one worker, so that the first file need not wait for it."""
        worker = self._free.get()
        self._free.put(worker or self._start())

    def run(self, task: Task, job: object, call: Call, again: Callable[[], None] = lambda: None) -> Any:
        """Return what a task gives on a free worker, or RefusedTask; where a worker was lost, another tries once more.

        Before that `again` takes away what the first one left.
        """
        worker = self._free.get()
        try:
            answer: Any = CRASHED
            for _ in range(2):
                if call.stopped.is_set() or self._closed:
                    return STOPPED
                worker = worker if worker and worker.lives else self._start()
                answer = worker.run(task, job, call)
                if answer != CRASHED:
                    break
                again()
            return answer
        finally:
            self._free.put(self._kept(worker))

    def run_alone(self, task: Task, job: object, call: Call, seconds: float) -> Any:
        """Return what a long task gives on a worker of its own, or RefusedTask; more than MOST_ALONE wait."""
        call.tell(0, 1, "前面还有别的在做，排队等候")
        while not self._alone.acquire(timeout=_TURN):
            if call.stopped.is_set() or self._closed:
                return STOPPED
        try:
            if call.stopped.is_set() or self._closed:
                return STOPPED
            call.tell(0, 1, "正在开始")
            worker = self._start()
            try:
                return worker.run(task, job, call, seconds)
            finally:
                worker.end()
                self._kept(worker)
        finally:
            self._alone.release()

    def close(self) -> None:
        """End all workers, whatever they do."""
        self._closed = True
        with self._lock:
            for worker in self._all:
                worker.end()
            self._all.clear()

    def _start(self) -> Worker:
        worker = Worker(self._place)
        with self._lock:
            self._all.add(worker)
        if self._closed:
            worker.end()
        return worker

    def _kept(self, worker: Worker | None) -> Worker | None:
        if worker is None or worker.lives:
            return worker
        with self._lock:
            self._all.discard(worker)
        return None


def _work(ours: connection.Connection, temporary: Path) -> None:
    """Be a worker: carry out what is sent until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the service's, which ends its workers
    os.umask(0o077)
    if sys.platform != "win32":
        os.setsid()
    if not os.environ.get("NIANBAO_DEBUG"):  # nobody reads it, and it would quote what stands in files
        sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for ever
    end_processes.work_in(temporary)
    threading.Thread(target=_leave_with_parent, args=(temporary,), daemon=True).start()
    _prepare()

    def tell(done: int, total: int, what: str) -> None:
        ours.send(("progress", (done, total, what)))

    while True:
        try:
            task, job = ours.recv()
        except EOFError:
            return
        ours.send(("done", _done(task, job, tell)))


def _done(task: Task, job: object, tell: Tell) -> object:
    try:
        return task(job, tell)
    except NianbaoError as e:
        return RefusedTask(str(e).rstrip("。"))
    except (OSError, MemoryError) as e:
        return RefusedTask(failure_text(e))


def _prepare() -> None:
    """Load what the first task needs."""
    from nianbao.county.run import produce  # noqa: PLC0415 - takes a while

    produce.prepare()


def _leave_with_parent(temporary: Path) -> None:
    """End this worker, and what it started, as soon as the service is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    connection.wait([parent.sentinel])
    end_processes.end(temporary)
    end_processes.end_children(os.getpid())
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
