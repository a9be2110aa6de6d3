"""One button at a time for each user: a lock that the system itself releases when the process ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nianbao import locks
from nianbao.errors import NianbaoError
from nianbao.oserrors import why
from nianbao.state import home

LOCK = "running.lock"


class BusyError(NianbaoError):
    """An earlier click is still at work."""


@contextmanager
def alone(folder: Path | None = None) -> Iterator[None]:
    """Hold the lock. Raises BusyError when another click holds it."""
    path = (folder or home()) / LOCK
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as e:
        raise NianbaoError(f"“{path.parent}”不能写入（{why(e)}），程序没有地方放运行记录") from e
    with file:
        if not locks.taken(file.fileno()):
            raise BusyError("上一次点的按钮还在运行，请等它做完再点。屏幕下方的状态栏显示它做到了哪里")
        yield
