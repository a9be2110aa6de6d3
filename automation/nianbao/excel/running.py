"""One button at a time for each user: a lock that the system itself releases when the process ends, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

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
        try:
            _lock(file)
        except OSError as e:
            raise BusyError("上一次点的按钮还在运行，请等它做完再点。屏幕下方的状态栏显示它做到了哪里") from e
        yield


def _lock(file: IO[bytes]) -> None:
    """Lock the file without waiting; closing it releases the lock. Raises OSError when it is locked."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - exists on Windows alone

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415 - exists elsewhere alone

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
