"""An open workbook as the buttons want to see it, and what they want changed in it, as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

Do = Literal[
    "clear", "unlink", "format", "values", "blanks", "lock", "colour", "link", "height", "width", "merge", "dress",
    "hide",
]  # fmt: skip
"""What is done with an area. Below, what `what` then is:

clear the whole sheet; unlink: links go, looks stay; format: a number format; values: rows; blanks: what to write into
those of its cells that are blank; lock: a bool; colour: (red, green, blue); link: a `Link`; height of its rows in
points; width of its columns in characters; merge; dress: texts wrap, in the form's font; hide its columns.
"""

Area = tuple[int, int, int, int]
"""First row and column, last row and column, from 1."""


@dataclass(frozen=True)
class Link:
    """A link of a cell to another one of the workbook: #'表三'!D7, what the cell says, what the mouse shows."""

    address: str
    text: str
    tip: str


@dataclass(frozen=True)
class Step:
    """One change of a sheet."""

    do: Do
    area: Area
    what: Any = None


@dataclass(frozen=True)
class Block:
    """What a sheet says from A1 to its last used cell: values and formulas by row, its hidden lines, from 1.

    A value is None, a text (an error as #DIV/0!), a number, a bool or a datetime; the formula of a cell without one is
    its text or ''. `formats` holds number formats by row and column where the program tells them.
    """

    values: Sequence[Sequence[object]]
    formulas: Sequence[Sequence[str]]
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)


class Book(Protocol):
    """A workbook that is open, and the program that shows it. Whatever that refuses is a NianbaoError."""

    @property
    def name(self) -> str:
        """The file's name."""

    @property
    def fullname(self) -> str:
        """Where the file lies; the name alone where it was never saved."""

    @property
    def titles(self) -> Mapping[str, bool]:
        """The titles of all sheets, and whether they are shown."""

    @property
    def macros(self) -> bool:
        """Whether it holds macros."""

    @property
    def links(self) -> bool:
        """Whether it takes figures from other workbooks."""

    @property
    def selected(self) -> tuple[str, str]:
        """The sheet and the address of the upper left cell of the selection; empty where it is no cell."""

    def refers_to(self, name: str) -> str:
        """Return what a defined name stands for, without the equals sign; '' where there is no such name."""

    def block(self, title: str) -> Block:
        """Return what a sheet says."""

    def unlocked(self, title: str, refs: Sequence[str]) -> frozenset[str]:
        """Return those of these cells that are not locked."""

    def write(self, title: str, steps: Sequence[Step], *, unprotect: bool) -> None:
        """Change a sheet; with `unprotect` a protection without password is lifted and put back as it was."""

    def select(self, title: str, ref: str) -> None:
        """Show a sheet and select a cell of it."""

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Show a message."""

    def ask(self, text: str) -> bool:
        """Ask yes or no."""

    def progress(self, text: str) -> None:
        """Say in passing what is being done; '' when nothing is any more."""

    def open(self, path: Path) -> None:
        """Open what was made with the program the user has for it; it is a courtesy."""
