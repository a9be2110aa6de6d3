"""A published report as its reader sees it, whatever the file type: paragraphs and grids in reading order.

Nothing here knows the form; what the words mean is found in table_search.py and sections.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

MAX_CELLS = 3_000
"""Cells of one table; 表三 has 235, and a larger table than this is none of the form's."""

Path = tuple[int, ...]
"""The chain of containers a block stands in (a web page's elements); () where a file has none."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `place` is where it stands in the file's own terms (第12段, 第3页).

    `doubt` says why it is not sure that its text is what a person sees, '' where it is.
    """

    text: str
    place: str = ""
    path: Path = ()
    doubt: str = ""


@dataclass(frozen=True)
class GridCell:
    """One cell with the zero-based grid place of its upper left corner, its extent and its place in the file.

    `page` is given where it is not the grid's, in a table over several pages. `doubt` says why it is not sure
    that its text is what a person sees, '' where it is.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    place: str = ""
    page: str = ""
    doubt: str = ""

    @property
    def end(self) -> int:
        """The grid column after the cell."""
        return self.column + self.columns


@dataclass(frozen=True)
class Grid:
    """One table. `flat`: only the order of the cells is known, not which column they stand in.

    `place` is 第2张表, `page` 第3页 or ''.
    """

    cells: tuple[GridCell, ...]
    place: str = ""
    page: str = ""
    path: Path = ()
    flat: bool = False

    @cached_property
    def own(self) -> Mapping[int, tuple[GridCell, ...]]:
        """Map each row to the cells that begin in it, left to right."""
        found: dict[int, list[GridCell]] = {}
        for cell in self.cells:
            found.setdefault(cell.row, []).append(cell)
        return {r: tuple(sorted(found[r], key=lambda c: c.column)) for r in sorted(found)}

    @cached_property
    def filled(self) -> Mapping[int, int]:
        """Map each row to how many of its grid columns are covered by a cell of its own or one from above."""
        taken: dict[int, set[int]] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                taken.setdefault(row, set()).update(range(cell.column, cell.end))
        return {r: len(columns) for r, columns in taken.items()}

    def above(self, cell: GridCell, first: int) -> list[GridCell]:
        """Return the cells from row `first` down to the one over `cell` that stand over its first column."""
        return sorted(
            (c for c in self.cells if first <= c.row < cell.row and c.column <= cell.column < c.end),
            key=lambda c: c.row,
        )


Block = Paragraph | Grid


@dataclass(frozen=True)
class Remark:
    """Something about the file itself that its reader must know (R6): what, and how to mend it."""

    what: str
    how: str = ""


@dataclass(frozen=True)
class Document:
    """A file's blocks in reading order. `titles` are names the file gives itself apart from its text."""

    kind: str
    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())
