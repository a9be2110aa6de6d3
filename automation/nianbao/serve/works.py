"""The pieces of work of a run: each with its folder, what was dropped into it, how far it is, what it gave."""

from __future__ import annotations

import os
import secrets
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from nianbao.files import safe_name
from nianbao.serve import service_folders
from nianbao.serve.desk_cures import on_pages
from nianbao.serve.forms import MANY, File, Form, Given, Result, Stored
from nianbao.serve.uploads import MOST_FILES
from nianbao.serve.workers import Call, RefusedTask

MOST = 40
"""Pieces of work kept; of more, the one unused for longest goes with its files."""

Files = dict[str, tuple[Stored, ...]]
"""What was dropped, by slot."""


@dataclass
class Work:
    """One piece of work. `result` is what the last task gave for `files`, `made` what was made of it since.

    What is dropped is `laid` beside them, apart for every page that lays it, and takes their place only when the task
    accepts it. `turn` counts the changes of files, so that a page can be told that it shows earlier ones.
    """

    id: str
    form: Form
    folder: Path
    files: Files = field(default_factory=dict)
    laid: dict[str, Files] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    turn: int = 0
    used: float = field(default_factory=time.monotonic)
    call: Call | None = None
    result: Result | None = None
    made: tuple[Result, ...] = ()
    refused: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def downloads(self) -> tuple[File, ...]:
        """Everything that was made, in its order."""
        return tuple(f for r in (self.result, *self.made) if r for f in r.files)

    def new_folder(self, kind: str) -> Path:
        """Return a new folder inside the work's own."""
        made = self.folder / f"{kind}-{secrets.token_hex(4)}"
        made.mkdir(mode=0o700)
        return made

    def with_laid(self, page: str) -> Files:
        """Return the files as they are when those that a page laid are accepted."""
        return {**self.files, **self.laid.get(page, {})}

    def lay(self, slot_id: str, name: str, temporary: Path, page: str = "") -> None:
        """Take a dropped file over: what its sender calls it is only remembered where a slot takes one file."""
        slot = self.form.slot[slot_id]
        size = temporary.stat().st_size
        with self.lock:
            before = self.with_laid(page).get(slot_id, ()) if slot.many else ()
            if slot.many:
                place = _free(self.folder / f"{MANY}{slot_id}", name)
            else:
                suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - the name is no path
                place = self.new_folder("in") / f"{slot.label}{suffix if suffix in slot.endings else ''}"
            temporary.replace(place)
            mine = self.laid.setdefault(page, {})
            replaced = () if slot.many else mine.get(slot_id, ())
            mine[slot_id] = (*before, Stored(name, place, size))
            self._remove(replaced)

    def accept(self, files: Files) -> None:
        """Let files that were laid take the place of the earlier ones, which go."""
        if files != self.files:
            self.turn += 1
            kept = {one.path for stored in files.values() for one in stored}
            gone = [one for held in (self.files, *self.laid.values()) for stored in held.values() for one in stored]
            self.files, self.laid = files, {}
            self._remove(one for one in gone if one.path not in kept)

    def drop(self, page: str) -> str:
        """Let go what a page laid in vain and return what it was called."""
        gone = [
            one for k, stored in self.laid.pop(page, {}).items() for one in stored if one not in self.files.get(k, ())
        ]
        self._remove(gone)
        return "、".join(one.name for one in gone)

    def _remove(self, gone: Iterable[Stored]) -> None:
        for one in gone:
            one.path.unlink(missing_ok=True)
            self.size -= one.size


def _free(place: Path, name: str) -> Path:
    """Return where a file can lie under its own name, as far as that is one: nothing in it leads out of the folder."""
    *folders, last = name.split("/")
    for one in (safe_name(f) for f in folders):
        place /= one
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem, suffix = os.path.splitext(last)  # noqa: PTH122 - the name is no path
    stem, suffix = safe_name(stem, "无名"), safe_name(suffix.lstrip("."), "")
    ending = f".{suffix}" if suffix else ""
    numbers = ("", *(f"（{n}）" for n in range(2, MOST_FILES + 2)))
    return next(p for p in (place / f"{stem}{n}{ending}" for n in numbers) if not os.path.lexists(p))


class Works:
    """All pieces of work of a run."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._works: dict[str, Work] = {}
        self._lock = threading.Lock()

    def new(self, form: Form) -> Work:
        """Begin a piece of work; where there are too many, the one unused for longest is let go."""
        made = Work(secrets.token_hex(8), form, self.place / secrets.token_hex(8))
        made.folder.mkdir(mode=0o700)
        with self._lock:
            self._works[made.id] = made
            idle = sorted((w for w in self._works.values() if w.call is None and w is not made), key=lambda w: w.used)
            gone = idle[: max(0, len(self._works) - MOST)]
            for work in gone:
                del self._works[work.id]
        for work in gone:
            service_folders.remove(work.folder)
        return made

    def get(self, work_id: str) -> Work | None:
        """Return a piece of work that is still there."""
        with self._lock:
            found = self._works.get(work_id)
            if found:
                found.used = time.monotonic()
            return found

    @property
    def size(self) -> int:
        """Bytes of everything that was dropped and is still there."""
        with self._lock:
            return sum(w.size for w in self._works.values())

    @property
    def busy(self) -> bool:
        """Tell whether anything is being worked on."""
        with self._lock:
            return any(w.call is not None for w in self._works.values())

    def stop(self) -> None:
        """Stop whatever is being worked on."""
        with self._lock:
            for work in self._works.values():
                if work.call:
                    work.call.stopped.set()


def settle(work: Work, answer: Result | RefusedTask, given: Given, *, first: bool, page: str = "") -> None:
    """Keep what a task gave: as the work's result, or as more that was made of it; what it refused is let go."""
    with work.lock:
        work.call = None
        if isinstance(answer, RefusedTask):
            answer = RefusedTask(given.as_called(on_pages(answer.told)))
            laid = work.drop(page) if work.result and first else ""
            work.refused = f"“{laid}”没有采用，这一页仍是原来的结果：{answer.told}" if laid else answer.told
            return
        work.refused = ""
        answer = replace(answer, html=given.as_called(answer.html, escape))
        if first:
            work.accept(dict(given.files))
            work.fields = given.fields
            work.result, work.made = answer, ()
        else:
            work.made = (*work.made, answer)
