"""A last resort against a file that keeps the program busy for ever: after PATIENCE it is given up, with a sentence.

Only a program that somebody waits for begins the watch. Workers of a batch never do: their runner watches them.
"""

from __future__ import annotations

import faulthandler
import os
from _thread import LockType, allocate_lock, start_new_thread
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

PATIENCE = 120.0
"""Seconds one file may take: twice what is waited for a drive, and many times what reading the largest takes."""

_AFTERWARDS = 10.0
"""Seconds more after which the process is ended without a word: a thread of C needs no turn of Python's."""

GiveUp = Callable[[str], int]
"""Tells the user a sentence and returns the exit code."""


class _State:
    give_up: GiveUp | None = None
    watching = False


def begin(give_up: GiveUp) -> None:
    """Watch from now on whatever is marked by `watched`."""
    _State.give_up = give_up


def watched(function: Callable[Concatenate[Path, P], R]) -> Callable[Concatenate[Path, P], R]:
    """Mark a function that looks at a file, named first; what it calls in turn belongs to its time."""

    @wraps(function)
    def bounded(path: Path, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if _State.give_up is None or _State.watching:
            return function(path, *args, **kwargs)
        done = allocate_lock()
        done.acquire()
        _State.watching = True
        with Path(os.devnull).open("wb") as nowhere:
            faulthandler.dump_traceback_later(PATIENCE + _AFTERWARDS, exit=True, file=nowhere)
            start_new_thread(_wait, (done, path, _State.give_up))
            try:
                return function(path, *args, **kwargs)
            finally:
                done.release()
                faulthandler.cancel_dump_traceback_later()
                _State.watching = False

    return bounded


def slow_text(seconds: float) -> str:
    """Return what a user is told of a file that took too long."""
    return f"处理这个文件超过 {seconds:.0f} 秒还没有完成，不再等待；请把数字抄到一份新的标准填报表中再报"


def _wait(done: LockType, path: Path, give_up: GiveUp) -> None:
    if done.acquire(timeout=PATIENCE):
        return
    faulthandler.cancel_dump_traceback_later()  # a message box may stay as long as its reader likes
    os._exit(give_up(f"“{path.name}”：{slow_text(PATIENCE)}。"))
