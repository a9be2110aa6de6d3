"""What an edition of the form consists of, as frozen values. No reading, no checking lives here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a cell may hold: a whole number >= 0, a decimal >= 0, or a whole number with a sign."""

    COUNT = "count"
    AMOUNT = "amount"
    SIGNED = "signed"


class CellKind(StrEnum):
    """The part a printed cell plays in its table."""

    BAND = "band"
    HEAD = "head"
    CORNER = "corner"
    LABEL = "label"
    TYPED = "typed"
    VALUE = "value"


_FILLED_IN = re.compile(r"（[^（）]*\{[^{}]*\}[^（）]*）|^\?|\{年度\}(?:年度?|度)?|\{[^{}]*\}")
"""What of a title differs from report to report: its tags, with the brackets or the 年 around them."""


def plain(label: str) -> str:
    """Return a printed label without its line breaks, which are layout only."""
    return label.replace("\n", "")


@dataclass(frozen=True)
class Value:
    """One figure of the form. `key` is `table.row.column`; `words` are the official short names of row and column."""

    key: str
    table: str
    row: str
    column: str
    words: tuple[str, str]
    labels: tuple[str, ...]
    kind: Kind
    unit: str
    required: bool
    total: bool

    @property
    def place(self) -> str:
        """Name the cell as messages do: column, then row (自然人·本年新收)."""
        return f"{self.words[1]}·{self.words[0]}"


@dataclass(frozen=True)
class Cell:
    """One printed cell: zero-based place and extent in the grid; `key` names the value or the typed label."""

    row: int
    column: int
    rows: int
    columns: int
    kind: CellKind
    text: str = ""
    key: str = ""
    align: str = "center"


@dataclass(frozen=True)
class Table:
    """One table: its printed grid (`widths` in twips as issued) and the values in printed order.

    A `help` table only serves checking: it never reaches the report, and its blanks never mean 0.
    """

    id: str
    word: str
    sheet: str
    title: str
    printed: bool
    required: bool
    help: bool
    widths: tuple[int, ...]
    label_columns: int
    header_rows: int
    heights: tuple[int, ...]
    cells: tuple[Cell, ...]
    values: tuple[Value, ...]

    @property
    def rows(self) -> int:
        """Count the printed rows."""
        return len(self.heights)

    @cached_property
    def value_cells(self) -> Mapping[str, Cell]:
        """Map each value's key to its printed cell."""
        return {c.key: c for c in self.cells if c.kind is CellKind.VALUE}


@dataclass(frozen=True)
class Field:
    """One line of the sheet 基本信息; workbooks made before there was a `later` one are read without it."""

    id: str
    label: str
    kind: str
    required: bool
    prompt: str
    later: bool = False


@dataclass(frozen=True)
class Text:
    """One text the clerk writes; `paragraphs` is how many cells the workbook gives it."""

    id: str
    label: str
    sheet: str
    paragraphs: int
    prompt: str


@dataclass(frozen=True)
class Level:
    """A kind of body; only those that may make 规章 have `makes_regulations`."""

    id: str
    label: str
    makes_regulations: bool


@dataclass(frozen=True)
class Section:
    """One numbered part of the report, holding a text or a table."""

    id: str
    number: str
    heading: str
    text: str = ""
    table: str = ""
    fee_sentence: bool = False

    @property
    def title(self) -> str:
        """The heading as printed, with its number."""
        return f"{self.number}、{self.heading}"


@dataclass(frozen=True)
class Identity:
    """Two lists of value keys that add up to the same; `line` is the official word of the row or column it is about."""

    rule: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    line: str


@dataclass(frozen=True)
class Rule:
    """One rule of the catalogue, with its basis; a sum rule has `identities`, any other names a `check`.

    `beyond` says what the rule does not look at; every rule that reads prose has it.
    """

    id: str
    name: str
    severity: str
    statement: str
    basis: str
    why: str
    mend: str
    kept: str
    broken: str
    scope: str
    from_year: int | None
    to_year: int | None
    check: str
    cells: tuple[str, ...]
    identities: tuple[Identity, ...]
    beyond: str = ""

    @property
    def explainable(self) -> bool:
        """Tell whether a written reason lets what it finds through: that is what 核实 means."""
        return self.severity == "explain"

    def applies_to(self, year: int | None) -> bool:
        """Tell whether the rule is in force for the report of `year`; an unknown year is checked."""
        if year is None:
            return True
        return (self.from_year or year) <= year <= (self.to_year or year)


@dataclass(frozen=True)
class Edition:
    """One edition of the prescribed form, complete: all that workbook, template, page and checks follow from."""

    id: str
    extends: str
    name: str
    title: str
    basis: str
    law: str
    status: str
    from_year: int
    to_year: int | None
    report_title: tuple[str, ...]
    introduction: tuple[str, ...]
    introduction_place: str
    contact: tuple[str, ...]
    fee_none: str
    fee_some: str
    sheets: tuple[str, ...]
    fields: tuple[Field, ...]
    levels: tuple[Level, ...]
    texts: tuple[Text, ...]
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    deviations: tuple[str, ...] = field(default=())

    def __hash__(self) -> int:
        """Editions are keys of caches, so each works its hash out once, of everything: two of one id differ in it."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(self.__getstate__().values()))

    def __getstate__(self) -> dict[str, object]:
        """Return what another process is given: the fields, without what was worked out, which may differ there."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Map every cell key of the edition to its value, in printed order."""
        return {v.key: v for t in self.tables for v in t.values}

    @cached_property
    def named(self) -> Mapping[str, Value]:
        """Map the official words of each figure, joined with dots (表二.规章.本年制发件数), to it."""
        return {".".join((self.table[v.table].word, *v.words)): v for v in self.values.values()}

    @cached_property
    def table(self) -> Mapping[str, Table]:
        """Map table ids to tables."""
        return {t.id: t for t in self.tables}

    @cached_property
    def rule(self) -> Mapping[str, Rule]:
        """Map rule ids to rules."""
        return {r.id: r for r in self.rules}

    @cached_property
    def report_name(self) -> str:
        """What a report of this form is called: its title without body and year (政府信息公开工作年度报告)."""
        last = self.report_title[-1] if self.report_title else ""
        return _FILLED_IN.sub("", last).strip() or self.title

    def titled(self, name: str, year: int | None) -> str:
        """Name one body's report as files and documents are called: 甲镇2025年政府信息公开工作年度报告."""
        return f"{name}{f'{year}年' if year else ''}{self.report_name}"

    @cached_property
    def typed_labels(self) -> tuple[str, ...]:
        """List the text keys under which labels typed by the clerk are kept."""
        return tuple(c.key for t in self.tables for c in t.cells if c.kind is CellKind.TYPED)

    @cached_property
    def sums(self) -> Mapping[str, Identity]:
        """Map each total cell to the first identity that says what it is the sum of."""
        found: dict[str, Identity] = {}
        for rule in self.rules:
            for identity in rule.identities:
                if len(identity.left) == 1 and self.values[identity.left[0]].total:
                    found.setdefault(identity.left[0], identity)
        return found

    def level(self, level_id: str) -> Level | None:
        """Return the level with this id or this Chinese label, if there is one."""
        return next((x for x in self.levels if level_id in (x.id, x.label)), None)
