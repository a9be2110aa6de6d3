"""The pieces of work of a run: each with its folder, what was dropped into it, how far it is, what it gave."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import threading
import time
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nianbao.serve import folder
from nianbao.serve.forms import File, Form, Result, Stored
from nianbao.serve.workers import Call, Refused

MOST = 40
"""Pieces of work kept; of more, the one unused for longest goes with its files."""

_LOOSE = 1000
"""Loose files in one archive: those who read it take 2,000 of 256 MB."""
_LOOSE_BYTES = 200 * 2**20


@dataclass
class Work:
    """One piece of work. `result` is what the last task gave, `made` what was made of it since."""

    id: str
    form: Form
    folder: Path
    files: dict[str, tuple[Stored, ...]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
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

    def lay(self, slot_id: str, name: str, temporary: Path) -> None:
        """Take a dropped file over: under a name of ours, what its sender calls it is only remembered."""
        slot = self.form.slot[slot_id]
        suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - the name is no path
        if not slot.many:
            place = self.new_folder("in") / f"{slot.label}{suffix if suffix in slot.endings else ''}"
            temporary.replace(place)
            self.files[slot_id] = (Stored(name, place),)
            return
        with self.lock:
            before = self.files.get(slot_id, ())
            if suffix in (".zip", ".eml"):
                place = self._many(slot_id) / f"{slot.label}{len(before) + 1}{suffix}"
                temporary.replace(place)
            else:
                place = self._loose(slot_id, name, temporary)
            self.files[slot_id] = (*before, Stored(name, place))

    def _many(self, slot_id: str) -> Path:
        place = self.folder / f"many-{slot_id}"
        with contextlib.suppress(FileExistsError):
            place.mkdir(mode=0o700)
        return place

    def _loose(self, slot_id: str, name: str, temporary: Path) -> Path:
        """Put a loose file into an archive, where its name can be whatever it is."""
        size = temporary.stat().st_size
        held = [s.path for s in self.files.get(slot_id, ()) if s.path.name.startswith("拖入的文件")]
        place = held[-1] if held else None
        full = place and (held.count(place) >= _LOOSE or place.stat().st_size + size > _LOOSE_BYTES)
        if place is None or full:
            place = self._many(slot_id) / f"拖入的文件{len(set(held)) + 1 if held else ''}.zip"
            os.close(folder.create(place))
        with zipfile.ZipFile(place, "a") as archive, temporary.open("rb") as source:
            entry = zipfile.ZipInfo(_free(name, archive.namelist()))
            with archive.open(entry, "w") as target:
                shutil.copyfileobj(source, target)
        temporary.unlink()
        return place


def _free(name: str, taken: list[str]) -> str:
    """Return a name for a loose file that no other one in the archive has."""
    stem, suffix = os.path.splitext(name or "无名")  # noqa: PTH122 - the name is no path
    names = (name or "无名", *(f"{stem}（{n}）{suffix}" for n in range(2, len(taken) + 3)))
    return next(n for n in names if n not in taken)


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
            folder.remove(work.folder)
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


def settle(work: Work, answer: Result | Refused, *, first: bool) -> None:
    """Keep what a task gave: as the work's result, or as more that was made of it."""
    with work.lock:
        work.call = None
        if isinstance(answer, Refused):
            work.refused = answer.told
            return
        work.refused = ""
        if first:
            work.result, work.made = answer, ()
        else:
            work.made = (*work.made, answer)
