"""The pages as data: which files and words each takes, and what is done with them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nianbao.serve.workers import Task


MANY = "many-"
"""Begins the name of the folder, inside that of a piece of work, with the files of a slot that takes many."""


@dataclass(frozen=True)
class Slot:
    """A place to drop files: what they are called, on disk too, and how their names may end ((): in any way).

    What few need is put `aside`, where it has to be opened.
    """

    id: str
    label: str
    endings: tuple[str, ...]
    hint: str = ""
    required: bool = True
    many: bool = False
    aside: bool = False

    @property
    def accept(self) -> str:
        """What the browser's dialog shows."""
        return ",".join(self.endings)


@dataclass(frozen=True)
class FormField:
    """Something to type or choose; `kind` is text, year, choice or tick."""

    id: str
    label: str
    kind: str = "text"
    hint: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""


@dataclass(frozen=True)
class Form:
    """One thing to do on a page: `task` does it, `more` makes more of what it gave; `long` is what may take minutes."""

    id: str
    title: str
    button: str
    task: Task
    lead: str = ""
    slots: tuple[Slot, ...] = ()
    fields: tuple[FormField, ...] = ()
    more: Task | None = None
    long: bool = False

    @property
    def slot(self) -> Mapping[str, Slot]:
        """Map ids to slots."""
        return {s.id: s for s in self.slots}


@dataclass(frozen=True)
class Page:
    """A page of the desk: its forms, one below the other."""

    id: str
    title: str
    lead: str
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Stored:
    """A file that was dropped: what its sender calls it, where it lies, and its bytes."""

    name: str
    path: Path
    size: int = 0


@dataclass(frozen=True)
class File:
    """A file that was made: what it is, its name for the user, where it lies."""

    word: str
    name: str
    path: Path


@dataclass(frozen=True)
class Given:
    """What a task is given: a folder of its own for what it makes, the dropped files by slot, what was typed.

    `link` begins the addresses of this piece of work.
    """

    folder: Path
    files: Mapping[str, tuple[Stored, ...]]
    fields: Mapping[str, str] = field(default_factory=dict)
    link: str = ""

    def path(self, slot: str) -> Path | None:
        """Return where the file of a slot lies, None where none was dropped."""
        found = self.files.get(slot, ())
        return found[0].path if found else None

    def name(self, slot: str) -> str:
        """Return what its sender calls the file of a slot, '' where none was dropped."""
        found = self.files.get(slot, ())
        return found[0].name if found else ""

    def folder_of(self, slot: str) -> Path | None:
        """Return the folder with the files of a slot that takes many, None where none was dropped."""
        return self.folder.parent / f"{MANY}{slot}" if self.files.get(slot) else None

    def as_called(self, text: str, spell: Callable[[str], str] = str) -> str:
        """Return what is told with the files called as their senders call them, not as they lie here."""
        names = {one.path.name: spell(one.name) for stored in self.files.values() for one in stored}
        whole = "|".join(map(re.escape, names))
        return re.sub(rf"(?<![\w（）])(?:{whole})(?!\w)", lambda m: names[m[0]], text) if names else text

    def text(self, name: str) -> str:
        """Return what was typed, without blanks around it."""
        return self.fields.get(name, "").strip()


@dataclass(frozen=True)
class Result:
    """What a task gives: a piece of HTML made by our templates, files; `beside` are those a made page links to.

    `at` is when, in seconds since 1970.
    """

    html: str
    files: tuple[File, ...] = ()
    beside: Mapping[str, Path] = field(default_factory=dict)
    at: float = field(default_factory=time.time)
