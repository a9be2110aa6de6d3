"""Taking what is dropped: bounded in size and in time while it comes, into a file of this user alone."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import unicodedata
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from nianbao.serve import service_folders

MOST_JSON = 2 * 2**20
"""Bytes of what is typed: forty reasons or a long text have some 20,000."""

MOST_BOOK = 64 * 2**20
"""Bytes of a workbook that the add-in inside WPS says cell by cell."""

MOST = 64 * 2**20
"""Bytes of one file; readers take at most 50 MB."""

MOST_WORK = 512 * 2**20
"""Bytes of all files of one piece of work: a county's."""

MOST_ALL = 2 * 2**30
"""Bytes of everything that is kept in a run."""

MOST_FILES = 2_000
"""Files of one piece of work."""

MOST_NAME = 200
SECONDS = 60.0
"""Seconds for one file: within one machine the largest takes less than one."""


class TooMuchError(Exception):
    """More than is taken; str() says what to do."""


class SlowError(Exception):
    """It takes too long."""


def _unbounded(_size: int) -> None:
    """Have room for everything."""


async def receive(
    parts: AsyncIterator[bytes],
    place: Path,
    most: int,
    announced: int | None,
    room: Callable[[int], None] = _unbounded,
) -> tuple[Path, int]:
    """Write what comes into a new file and return it with its size; when it can't be taken nothing is left.

    `most` is what one file may have. `room` is asked for bytes before they are written, as many as are announced, and
    given back (less than 0) what was not needed. Raises TooMuchError, SlowError, OSError, and what `room` raises.
    """
    if announced is not None and announced > most:
        raise TooMuchError(_too_large(most))
    path = place / f"~{secrets.token_hex(8)}"
    size, held = 0, announced or 0
    try:
        room(held)
    except TooMuchError:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(SECONDS):
                async for _ in parts:  # a browser tells the answer only when it could send everything
                    pass
        raise
    kept = False
    try:
        with os.fdopen(service_folders.create(path), "wb") as file:
            async with asyncio.timeout(SECONDS):
                async for part in parts:
                    if size + len(part) > most:
                        raise TooMuchError(_too_large(most))
                    size += len(part)
                    if size > held:
                        room(size - held)
                        held = size
                    file.write(part)
        kept = True
    except TimeoutError as e:
        raise SlowError from e
    finally:
        if not kept:
            path.unlink(missing_ok=True)
            room(-held)
    room(size - held)
    return path, size


def full(most: int) -> str:
    """Return what is told where the files together are more than `most` bytes."""
    return f"放进来的文件合起来超过 {most // 2**20} MB，这一个没有收下；请压缩成 .zip，或者分几次做"


def _too_large(most: int) -> str:
    return f"这个文件太大（超过 {most // 2**20} MB），没有收下；填报表一般不到 1 MB，请核对是不是拖错了文件"


def shown(name: str, *, folders: bool = False) -> str:
    """Return a file's name as it may be shown; with `folders` those before it stay, without what leads out of them."""
    parts = [p for p in name.replace("\\", "/").split("/") if p not in ("", ".", "..")]
    kept = "/".join(parts if folders else parts[-1:])
    return "".join(c for c in kept if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")).strip()[
        -MOST_NAME:
    ]
