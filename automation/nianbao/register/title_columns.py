"""Finding the line of titles and which column is which. Titles are compared with listed names, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from nianbao.errors import InputError
from nianbao.register.register_rows import RegisterTable, Row
from nianbao.register.vocabulary import TITLES, Vocabulary, fold_title

REQUIRED = ("received", "applicant_type", "answered", "result")
HEAD_ROWS, HEAD_LINES = 30, 3
_LONGEST_TITLE = 40

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Head:
    """The line of titles (`row`, counted from 1) and the place of each known column, counted from 0."""

    row: int
    at: Mapping[str, int]

    @property
    def missing(self) -> tuple[str, ...]:
        """The required columns that are not there."""
        return tuple(c for c in REQUIRED if c not in self.at)


def find(sheet: RegisterTable, words: Vocabulary) -> Head | None:
    """Return the first line with all required titles, else the one with most of them (two at least), else None.

    Titles may stand in up to three lines one below the other, where some are merged over the others. Raises
    InputError when two columns have the same title.
    """
    rows = list(islice(sheet.rows(), HEAD_ROWS))
    best: Head | None = None
    for lines in range(1, HEAD_LINES + 1):
        for last in range(lines, len(rows) + 1):
            head = Head(last, _places(_together(rows[last - lines : last]), words))
            if not head.missing:
                return head
            if len(head.missing) <= len(REQUIRED) - 2 and (best is None or len(head.missing) < len(best.missing)):
                best = head
    return best


def _together(rows: Sequence[Row]) -> Row:
    """Return lines of titles as one: of each column the lowest title there is."""
    width = max(map(len, rows))
    cells = ([r[i] for r in rows if i < len(r) and r[i] not in (None, "")] for i in range(width))
    return tuple(c[-1] if c else None for c in cells)


def _places(row: Row, words: Vocabulary) -> dict[str, int]:
    titles: dict[str, list[int]] = {}
    for place, cell in enumerate(row):
        if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE:
            titles.setdefault(fold_title(cell), []).append(place)
    found: dict[str, int] = {}
    for column, names in words.columns.items():
        for name in names:
            places = [p for p in titles.get(fold_title(name), ()) if p not in found.values()]
            if len(places) > 1 and column in REQUIRED:
                where = "、".join(f"{_letters(p)}列" for p in places)
                raise InputError(f"台账有 {len(places)} 栏“{TITLES[column]}”（{where}），分不清用哪一栏，请改名区分")
            if places:
                found[column] = places[0]
                break
    return found


def looks_private(rows: Iterable[Row], words: Vocabulary) -> bool:
    """Tell whether a sheet has a line of titles as a register has: two known ones, one of them of the register's own.

    Private titles count here, so that a list of applicants is known for what it is.
    """
    own = {fold_title(n) for c in REQUIRED for n in words.columns[c]}
    known = own | {fold_title(n) for names in words.private.values() for n in names}
    listed = list(islice(rows, HEAD_ROWS))
    for above, row in zip([(), *listed], listed, strict=False):
        titles = {fold_title(c) for c in (*above, *row) if isinstance(c, str) and len(c) <= _LONGEST_TITLE}
        if len(titles & known) > 1 and titles & own:
            return True
    return False


def _letters(place: int) -> str:
    """Return a column's letters, `place` counted from 0."""
    high, low = divmod(place, 26)
    return (_LETTERS[high - 1] if high else "") + _LETTERS[low]
