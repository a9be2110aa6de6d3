"""The officer's words in the column 归属 of an earlier 情况一览.xlsx: what was typed, changed or taken away there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao.county.intake.gather import MAX_FILES
from nianbao.county.model import OVERVIEW
from nianbao.county.roster import fold
from nianbao.county.roster.roster_rows import text_of
from nianbao.county.sheets import read_rows
from nianbao.errors import InputError

FILES = "收到的文件"
FILE, BODY, BEFORE, MARK = "文件", "归属", "原归属", "文件标记"
_HEAD_ROWS = 20


@dataclass(frozen=True)
class AssignmentWord:
    """A cell of 归属 that says something else than the program wrote: where, of which file, what ('' taken away)."""

    row: int
    file: str
    mark: str
    body: str


def words(folder: Path, *, known: bool = True) -> tuple[AssignmentWord, ...]:
    """Return what was typed into the column of a folder's overview, () without one. Raises InputError.

    What the program itself wrote stands beside it in a hidden column: only what differs is a word. Where that is not
    `known` any more, because the overview stands alone, everything in the column is one.
    """
    path = folder / OVERVIEW
    if not path.is_file():
        return ()
    rows = read_rows(path, FILES, 2 * MAX_FILES)
    head = next((i for i, row in enumerate(rows[:_HEAD_ROWS]) if {FILE, BODY} <= set(map(text_of, row))), None)
    if head is None:
        raise InputError(f"“{OVERVIEW}”的“{FILES}”表里找不到“{FILE}”“{BODY}”两栏")
    at = {text_of(v): i for i, v in reversed(list(enumerate(rows[head]))) if text_of(v)}
    lines = ((n, _cells(row, at)) for n, row in enumerate(rows[head + 1 :], head + 2))
    return tuple(
        AssignmentWord(n, said[FILE], said[MARK], said[BODY])
        for n, said in lines
        if fold(said[BODY]) != fold(said[BEFORE] if known else "")
    )


def _cells(row: Sequence[object], at: Mapping[str, int]) -> dict[str, str]:
    found = {title: at.get(title, len(row)) for title in (FILE, BODY, BEFORE, MARK)}
    return {title: text_of(row[i]) if i < len(row) else "" for title, i in found.items()}
