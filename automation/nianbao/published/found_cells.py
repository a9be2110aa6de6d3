"""What finding the tables of one edition gives: the cell of every figure, and what is there but not surely read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nianbao.form import Edition
from nianbao.published.expected import ExpectedRow
from nianbao.published.model import Grid, GridCell, Paragraph


@dataclass(frozen=True)
class FoundCell:
    """A figure's cell and the grid it stands in."""

    cell: GridCell
    grid: Grid

    @property
    def page(self) -> str:
        """The page it stands on (第3页), or ''."""
        return self.cell.page or self.grid.page


@dataclass(frozen=True)
class UnsureRow:
    """A row that is there but whose figures are not surely in their columns."""

    row: ExpectedRow
    spot: FoundCell
    why: str


@dataclass(frozen=True)
class Extra:
    """A row with figures that the edition has not; `known` is the label of another edition that it carries."""

    spot: FoundCell
    label: str
    known: str


@dataclass(frozen=True)
class Worded:
    """A label or heading that is not written as in the form."""

    spot: FoundCell
    label: str
    written: str


@dataclass(frozen=True)
class Found:
    """All that was found of an edition's tables; `sizes` counts the rows each should have.

    `relaid` has a figure of each table that is laid out in another way than the form's, `captions` the paragraphs
    that name such a table's parts.
    """

    edition: Edition
    cells: dict[str, FoundCell]
    refused: tuple[UnsureRow, ...]
    missing: tuple[ExpectedRow, ...]
    extras: tuple[Extra, ...]
    worded: tuple[Worded, ...]
    headless: frozenset[str]
    sizes: Mapping[str, int]
    relaid: Mapping[str, FoundCell] = field(default_factory=dict)
    captions: tuple[Paragraph, ...] = ()
