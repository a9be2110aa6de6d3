"""The same jobs on a Dask cluster, many in one task. The door to Dask (optional extra `dask`).

Whatever ends a run, a scheduler that is lost, no computer left to work, one with another version of this program, is an
InputError at most 15 seconds later. What is done by then is kept by whoever asked: the same command goes on from there.
"""

from __future__ import annotations

import contextlib
import logging
import time
import warnings
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pkgutil import resolve_name
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from nianbao import __version__
from nianbao.county.run.runners import Failure, each, failure_text
from nianbao.errors import InputError

if TYPE_CHECKING:
    from distributed import Client, Future

J = TypeVar("J")
R = TypeVar("R")
T = TypeVar("T")

CHUNK = 8
"""Jobs in one task: a task costs Dask about 2 ms, a job about 100."""

TIMEOUT = 10
"""Seconds a scheduler has to answer when the run begins."""

PATIENCE = 8
"""Seconds without a worker: one that was lost is begun anew by its nanny in three."""

_ANSWER = 4
"""Seconds the cluster has to answer on the way."""

_TICK = 2
"""Seconds after which the cluster is asked whether it is still there, while no task ends."""

_WINDOW = 3
_RETRIES = 3
_VERSION = "nianbao:__version__"
_AGAIN = "再运行同一条命令，已经办好的不重做"


class Cluster:
    """Carries out jobs on the cluster at an address; files travel with the tasks, no shared folder is needed.

    Raises InputError where the cluster can't be reached, nobody works in it, or a computer of it lacks this program.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 - only where a cluster is used
        except ImportError as e:
            raise InputError(
                "这台电脑上的程序不带多台电脑一起算的组件（Dask）；请管理员照“县级经办”一页装上，或者去掉 --dask"
            ) from e
        _quiet()
        self._address = address
        self._same: set[str] = set()
        self._alone_since: float | None = None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of other versions of Dask, in English
                self._client: Client = Client(address, timeout=TIMEOUT)
        except (OSError, ValueError) as e:  # distributed raises these for no answer and for a bad address
            raise InputError(f"连不上 Dask 集群“{address}”（{e}）") from e
        try:
            self._compare({address: self._on_scheduler()})  # it looks into what it passes on
            while not self._workers():
                time.sleep(_TICK / 4)
        except InputError:
            self.close()
            raise

    def __call__(self, function: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R | Failure]]:
        """Yield every job with its result; the work of a lost worker is done again by the others."""
        source = iter(jobs)
        running: dict[Future[list[R]], list[J]] = {}
        while True:
            while len(running) < _WINDOW * max(1, self._workers()):
                chunk = list(islice(source, CHUNK))
                if not chunk:
                    break
                running[self._submit(function, chunk)] = chunk
            if not running:
                return
            for future in self._done(list(running)):
                chunk = running.pop(future)
                error = future.exception()
                if error is None:
                    yield from zip(chunk, self._result(future), strict=True)
                elif len(chunk) == 1:
                    yield chunk[0], Failure(_failed(error))
                else:
                    running.update({self._submit(function, [job]): [job] for job in chunk})

    def close(self) -> None:
        """Leave the cluster; it goes on for others."""
        with contextlib.suppress(OSError, CancelledError):  # it is lost already
            self._client.close(timeout=_TICK)

    def _submit(self, function: Callable[[J], R], chunk: list[J]) -> Future[list[R]]:
        if self._client.status != "running":
            raise self._lost()
        return self._client.submit(each, function, chunk, retries=_RETRIES, pure=False)

    def _done(self, futures: list[Future[list[R]]]) -> list[Future[list[R]]]:
        """Return the futures that have ended, at least one, after a look at who works."""
        from distributed import wait  # noqa: PLC0415

        while True:
            try:
                done = list(wait(futures, timeout=_TICK, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                done = []
            except CancelledError as e:
                raise self._lost() from e
            self._workers()  # before what they say is believed
            if done:
                return done

    def _result(self, future: Future[list[R]]) -> list[R]:
        """Return what a task came to, which a worker still has: where it is lost, the task is done again."""
        while True:
            try:
                result: list[R] = future.result(timeout=_TICK)
                return result
            except TimeoutError:
                self._workers()
            except (OSError, CancelledError) as e:
                raise self._lost() from e

    def _workers(self) -> int:
        """Return how many workers there are, each with this version of the program; none may be for a while."""
        found = set(self._ask(self._client.scheduler.identity)["workers"])
        new = sorted(found - self._same)
        if new:
            told = self._ask(lambda: self._client.run(resolve_name, _VERSION, workers=new, on_error="return"))
            self._compare({w: v for w, v in told.items() if not isinstance(v, OSError)})  # these are gone again
            self._same.update(w for w, v in told.items() if v == __version__)
        if found:
            self._alone_since = None
            return len(found)
        self._alone_since = self._alone_since or time.monotonic()
        if time.monotonic() - self._alone_since > PATIENCE:
            raise InputError(
                f"Dask 集群“{self._address}”里没有干活的电脑；请在各台电脑上运行“dask worker {self._address}”，{_AGAIN}"
            )
        return 0

    def _on_scheduler(self) -> object:
        """Return the scheduler's version of the program, or why it has none."""
        try:
            return self._ask(lambda: self._client.run_on_scheduler(resolve_name, _VERSION))
        except (ImportError, AttributeError) as e:
            return e

    def _compare(self, told: dict[str, object]) -> None:
        """Raise InputError where a computer has another version of the program, or none."""
        other = {urlsplit(w).hostname or w: v for w, v in told.items() if v != __version__}
        if other:
            said = "、".join(
                f"{w} 上{f'是 {v} 版' if isinstance(v, str) else '没有'}" for w, v in sorted(other.items())
            )
            raise InputError(
                f"集群里的电脑要装与这台同一版本的程序（nianbao {__version__}）：{said}；"
                f"请装好，重新运行那里的 dask 命令，{_AGAIN}"
            )

    def _ask(self, question: Callable[[], Awaitable[T]]) -> T:
        """Return what the cluster answers. Raises InputError where it doesn't."""
        if self._client.status != "running":  # its tasks are lost, even where it will be reached again
            raise self._lost()
        try:
            answer: T = self._client.sync(question, callback_timeout=_ANSWER)
        except (OSError, CancelledError) as e:
            raise self._lost() from e
        return answer

    def _lost(self) -> InputError:
        return InputError(f"与 Dask 集群“{self._address}”失去了联系；请检查网络，看集群里的电脑是否都开着，{_AGAIN}")


def _failed(error: BaseException) -> str:
    from distributed import KilledWorker  # noqa: PLC0415

    return failure_text(BrokenProcessPool() if isinstance(error, KilledWorker) else error)


def _quiet() -> None:
    """Silence what distributed logs in English of connections it loses; what matters of it is said here."""
    for name in logging.root.manager.loggerDict:
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).disabled = True
