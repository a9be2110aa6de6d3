"""Running an office program on many documents in one start: with a time limit, never stopped by one bad document.

Nothing here knows which program it is. What the programs are is in libreoffice.py and word.py.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from nianbao import programs

PATIENCE = 120.0
"""Seconds in which the program must finish the next document (the first one: start as well); a usual one takes 0.2."""

MOST = 100
"""Documents of one start: measured fastest at 60 to 120."""

PAYS = 12
"""Documents for which a second start beside the first one pays."""

_LOOK = 0.05
_ENDING = 20.0
"""Seconds for taskkill, which ends a process and its children."""

_END = b"%%EOF"


@dataclass(frozen=True)
class Program:
    """An office program on this machine.

    `command` gives the words that start it on documents: (work folder of its own, documents, folder for the PDFs).
    `most` is how many of it may run side by side.
    """

    name: str
    command: Callable[[Path, Sequence[Path], Path], list[str]]
    most: int = 2


def convert(
    program: Program, documents: Sequence[Path], scratch: Path, patience: float = PATIENCE
) -> Mapping[Path, str]:
    """Make a PDF beside each document (same name, .pdf); return why for each that got none.

    `scratch` is an empty folder for the program's own files. Two calls never touch one another.
    """
    side_by_side = min(program.most, os.cpu_count() or 1, 1 + len(documents) // PAYS)
    # dealt like cards: long and short documents often come in runs
    shares = [documents[i::side_by_side] for i in range(side_by_side)]
    folders = [scratch / str(i) for i in range(side_by_side)]
    stop = threading.Event()
    with ThreadPoolExecutor(side_by_side) as pool:
        failed: dict[Path, str] = {}
        try:
            for told in pool.map(lambda s, f: _share(program, s, f, patience, stop), shares, folders):
                failed |= told
        finally:
            stop.set()  # interrupted by the user: what was started ends with us
    return failed


def _share(
    program: Program, documents: Sequence[Path], folder: Path, patience: float, stop: threading.Event
) -> dict[Path, str]:
    """Convert one share, one start after the other; a document that stops the program is named and left out."""
    failed: dict[Path, str] = {}
    waiting, starts, idle = list(documents), 0, 0
    while waiting and not stop.is_set():
        starts += 1
        now, later = waiting[:MOST], waiting[MOST:]
        hung = _start(program, now, folder / str(starts), patience, stop)
        there = [_complete(d) for d in now]
        reached = max((i for i, ok in enumerate(there) if ok), default=-1)
        for i, document in enumerate(now[: reached + 1]):
            if not there[i]:
                failed[document] = f"{program.name} 打不开这份文档，没有转成 PDF"
        left = now[reached + 1 :]
        idle = 0 if reached >= 0 or hung else idle + 1
        if left:
            why = f"{program.name} 转换这份文档超过 {patience:g} 秒没有结果，已结束它" if hung else ""
            failed[left[0]] = why or f"{program.name} 没有转成这份文档就退出了"
            left = left[1:]
        waiting = left + later
        if idle == 2:  # it does not even start: every further document would only cost another try
            failed |= dict.fromkeys(waiting, f"{program.name} 启动不了，没有转成 PDF")
            break
    return failed


def _start(program: Program, documents: Sequence[Path], folder: Path, patience: float, stop: threading.Event) -> bool:
    """Run the program once; return whether it had to be ended because nothing came any more."""
    folder.mkdir(parents=True)
    target = documents[0].parent
    words = program.command(folder, documents, target)
    with subprocess.Popen(  # noqa: S603 - our own command on files we named ourselves
        words,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as running:
        try:
            return not _finished(running, documents, patience, stop)
        finally:
            _end(running, folder)


def _finished(
    running: subprocess.Popen[bytes], documents: Sequence[Path], patience: float, stop: threading.Event
) -> bool:
    """Wait while documents keep coming; return False when none came for `patience` seconds."""
    done, since = 0, time.monotonic()
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(_LOOK)
            return True
        if done < len(documents) and _pdf(documents[done]).exists():
            done, since = done + 1, time.monotonic()
        if stop.is_set() or time.monotonic() - since > patience:
            return False


def _end(running: subprocess.Popen[bytes], folder: Path) -> None:
    """End what was started and is still there, with its children, and nothing else."""
    if sys.platform == "win32":
        ids = [str(running.pid)] if running.poll() is None else []
        noted = folder / PROCESS  # Word is not our child: Windows starts it for us
        ids += noted.read_text().split() if noted.exists() else []
        for pid in ids:
            command = [programs.of_windows("taskkill.exe"), "/F", "/T", "/PID", pid]
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(command, capture_output=True, check=False, timeout=_ENDING)  # noqa: S603
        if running.poll() is None:
            running.kill()  # taskkill would not or could not: at least what we started ourselves
    elif running.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()


PROCESS = "process.txt"
"""Where word.py notes the process of the Word it had started, and takes it out again when Word has closed."""


def _complete(document: Path) -> bool:
    """Tell whether the PDF is there to its last line: one that was being written is not."""
    try:
        with _pdf(document).open("rb") as file:
            file.seek(-32, os.SEEK_END)
            return _END in file.read()
    except OSError:
        return False


def _pdf(document: Path) -> Path:
    return document.with_suffix(".pdf")
