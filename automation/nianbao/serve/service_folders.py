"""The folders of the service: the user's own, and in it that of this run, which is gone at the end.

Every folder is the user's alone (0700), every file too (0600). What a killed run left is removed by the next one:
there is only one run at a time (instance.py).
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
import sys
from pathlib import Path

from nianbao.errors import OutputError
from nianbao.oserrors import why
from nianbao.serve import end_processes
from nianbao.state import home

PREFIX = "run-"
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_OTHERS = 0o077


def usual() -> Path:
    """Return where the user's folder of the service is, or would be."""
    return home() / "serve"


def own() -> Path:
    """Return the user's folder of the service, made where it isn't there. Raises OutputError where it isn't private."""
    place = usual()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            place.mkdir(mode=0o700)
        if not _is_private(place):
            raise OutputError(f"“{place}”不是您自己的文件夹，或者别人也能写入，年报台没有启动；请把它移走再试")
    except OSError as e:
        raise OutputError(f"“{place}”不能使用（{why(e)}），年报台没有启动") from e
    return place


def _is_private(place: Path) -> bool:
    """Tell whether a folder is a real one and the user's alone; what others may do with one of ours is taken back."""
    told = place.lstat()
    if not stat.S_ISDIR(told.st_mode):
        return False
    if sys.platform == "win32":
        return True
    if told.st_uid != os.geteuid():
        return False
    if told.st_mode & _OTHERS:
        place.chmod(0o700)
    return True


def begin(place: Path) -> Path:
    """Remove what earlier runs left and return a new folder for this one."""
    sweep(place)
    folder = place / f"{PREFIX}{secrets.token_hex(8)}"
    folder.mkdir(mode=0o700)
    return folder


def sweep(place: Path) -> None:
    """End what still works in the folders of runs and remove them.

    Of a link only the link goes, never what it leads to.
    """
    for old in (*place.glob(f"{PREFIX}*"), *place.glob("~*")):
        end_processes.end(old)
        remove(old)


def clear(folder: Path) -> None:
    """Remove everything in a folder of ours. Raises OSError."""
    for one in folder.iterdir():
        remove(one)


def remove(folder: Path) -> None:
    """Remove a folder of ours; what can't be removed now, the next run removes."""
    with contextlib.suppress(OSError):
        if folder.is_symlink() or not folder.is_dir():
            folder.unlink()
            return
    shutil.rmtree(folder, ignore_errors=True)


def create(path: Path) -> int:
    """Open a new file for writing, the user's alone; never one that is there, be it a link. Raises OSError."""
    return os.open(path, _FLAGS, 0o600)


def opened(path: Path) -> int:
    """Open one of our files for reading; a link is refused. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(f"not a regular file: {path}")
    return handle
