"""The same jobs on a Dask cluster, many in one task. The door to Dask (optional extra `dask`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from nianbao.county.run.runners import Failure, each, failure_text
from nianbao.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

J = TypeVar("J")
R = TypeVar("R")

CHUNK = 8
"""Jobs in one task: a task costs Dask about 2 ms, a job about 100."""

TIMEOUT = 10
"""Seconds a scheduler has to answer."""

_WINDOW = 3
_RETRIES = 3


class Cluster:
    """Carries out jobs on the cluster at an address; files travel with the tasks, no shared folder is needed."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 - only where a cluster is used
        except ImportError as e:
            raise InputError(
                "这台电脑上的程序不带多台电脑一起算的组件（Dask）；请管理员照《区县》一页装上，或者去掉 --dask"
            ) from e
        try:
            self._client: Client = Client(address, timeout=TIMEOUT)
        except (OSError, ValueError) as e:  # distributed raises these for no answer and for a bad address
            raise InputError(f"连不上 Dask 集群“{address}”（{e}）") from e

    def __call__(self, function: Callable[[J], R], jobs: Iterable[J]) -> Iterator[tuple[J, R | Failure]]:
        """Yield every job with its result; the work of a lost worker is done again by the others."""
        from distributed import wait  # noqa: PLC0415

        source = iter(jobs)
        running: dict[Any, list[J]] = {}
        while True:
            while len(running) < _WINDOW * max(1, len(self._client.scheduler_info()["workers"])):
                chunk = list(islice(source, CHUNK))
                if not chunk:
                    break
                running[self._submit(function, chunk)] = chunk
            if not running:
                return
            for future in list(wait(list(running), return_when="FIRST_COMPLETED").done):
                chunk = running.pop(future)
                error = future.exception()
                if error is None:
                    yield from zip(chunk, future.result(), strict=True)
                elif len(chunk) == 1:
                    yield chunk[0], Failure(failure_text(error))
                else:
                    running.update({self._submit(function, [job]): [job] for job in chunk})

    def _submit(self, function: Callable[[J], R], chunk: list[J]) -> Any:
        return self._client.submit(each, function, chunk, retries=_RETRIES, pure=False)

    def close(self) -> None:
        """Leave the cluster; it goes on for others."""
        self._client.close()
