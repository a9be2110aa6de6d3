"""A report drawn as the edition prints it: its texts and tables, with what is wrong marked where it stands.

A figure that a finding wants changed is marked as wrong, with the figure that would be right where the diagnosis knows
one; figures that a finding merely rests on are marked as belonging to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nianbao.findings import Severity
from nianbao.form import Cell, CellKind, Edition, Table, plain
from nianbao.numbers import Number, spell
from nianbao.report import Reading
from nianbao.serve.finding_views import FindingView

FEW, SOME = 2, 8
"""Cells of a finding without a place or a proposal that are all marked as wrong, and those that all have its number."""


@dataclass
class DrawnMark:
    """What is said of a cell or paragraph: by which findings, how grave, which figures would be right."""

    severity: Severity
    wrong: bool = False
    numbers: list[int] = field(default_factory=list)
    right: list[str] = field(default_factory=list)

    @property
    def classes(self) -> str:
        """How it is drawn."""
        return f"{'wrong' if self.wrong else 'linked'} {self.severity.value}"


@dataclass(frozen=True)
class DrawnCell:
    """A cell as drawn: a th or td with its extent, its words and its mark."""

    tag: str
    scope: str
    look: str
    rows: int
    columns: int
    text: str
    label: str = ""
    mark: DrawnMark | None = None


@dataclass(frozen=True)
class DrawnTable:
    """A table as drawn."""

    word: str
    title: str
    look: str
    widths: tuple[int, ...]
    rows: tuple[tuple[DrawnCell, ...], ...]


@dataclass(frozen=True)
class DrawnPart:
    """A section of the report: paragraphs with their marks, or a table."""

    title: str
    paragraphs: tuple[tuple[str, DrawnMark | None], ...] = ()
    grid: DrawnTable | None = None


_ORDER = list(Severity)


def marks(told: Iterable[FindingView], reading: Reading) -> dict[str, DrawnMark]:
    """Return the marks by cell key, and by text:n for paragraphs."""
    found: dict[str, DrawnMark] = {}
    paragraphs = dict(_places(reading))
    for one in told:
        if one.settled:
            continue
        cells = [k for k in one.finding.cells if k in reading.edition.values]
        proposed = [c.cell for p in one.finding.proposals for c in p]
        placed = [k for k in cells if k in reading.places.cells and reading.places.of(k) == one.finding.place]
        is_hint = one.finding.severity is Severity.HINT
        strong = set() if is_hint else set(proposed or placed or (cells if len(cells) <= FEW else ()))
        kept = placed if is_hint and len(cells) > FEW else cells
        for key in dict.fromkeys((*kept, *proposed)):
            _mark(found, key, one, wrong=key in strong, told=key in strong or len(kept) <= SOME)
        for changes in one.finding.proposals:
            for change in changes:
                _right(found[change.cell], spell(change.value, reading.edition.values[change.cell].kind))
        at = paragraphs.get(one.finding.place)
        if at and not placed:
            _mark(found, at, one, wrong=not is_hint, told=True)
    return found


def _places(reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield the place of each paragraph, and of a text as a whole its first one, with the key of its mark."""
    for text in reading.edition.texts:
        count = len(reading.report.texts.get(text.id, "").split("\n"))
        for n in reversed(range(count)):
            yield reading.places.of_paragraph(text.id, n), f"{text.id}:{n}"


def _mark(found: dict[str, DrawnMark], key: str, one: FindingView, *, wrong: bool, told: bool) -> None:
    severity = one.finding.severity
    mark = found.setdefault(key, DrawnMark(severity))
    graver = _ORDER.index(severity) < _ORDER.index(mark.severity)
    if wrong > mark.wrong or (wrong == mark.wrong and graver):
        mark.severity = severity
    mark.wrong |= wrong
    if told and one.number not in mark.numbers:
        mark.numbers.append(one.number)


def _right(mark: DrawnMark, told: str) -> None:
    if told not in mark.right:
        mark.right.append(told)


def parts(reading: Reading, marked: Mapping[str, DrawnMark]) -> list[DrawnPart]:
    """Return the sections of the report as printed, and the tables beside it in which something is marked."""
    edition, report = reading.edition, reading.report
    drawn = []
    for section in edition.sections:
        paragraphs = tuple(_paragraphs(report.texts.get(section.text, ""), section.text, marked))
        grid = (
            grid_of(edition, edition.table[section.table], report.values, marked, report.texts)
            if section.table
            else None
        )
        drawn.append(DrawnPart(section.title, paragraphs, grid))
    beside = [t for t in edition.tables if not t.printed and any(v.key in marked for v in t.values)]
    drawn += [DrawnPart(t.sheet, grid=grid_of(edition, t, report.values, marked, report.texts)) for t in beside]
    return drawn


def _paragraphs(text: str, key: str, marked: Mapping[str, DrawnMark]) -> Iterator[tuple[str, DrawnMark | None]]:
    for n, paragraph in enumerate(text.split("\n") if text else []):
        mark = marked.get(f"{key}:{n}")
        if paragraph.strip() or mark:
            yield paragraph, mark


def grid_of(
    edition: Edition,
    table: Table,
    values: Mapping[str, Number],
    marked: Mapping[str, DrawnMark],
    texts: Mapping[str, str],
) -> DrawnTable:
    """Return one table with its figures."""
    total = sum(table.widths)
    rows = tuple(tuple(_row(edition, table, r, values, marked, texts)) for r in range(table.rows))
    look = "wide" if len(table.widths) > 5 else "narrow"
    return DrawnTable(table.word, plain(table.title), look, tuple(round(100 * w / total) for w in table.widths), rows)


def _row(
    edition: Edition,
    table: Table,
    row: int,
    values: Mapping[str, Number],
    marked: Mapping[str, DrawnMark],
    texts: Mapping[str, str],
) -> Iterator[DrawnCell]:
    for cell in sorted((c for c in table.cells if c.row == row), key=lambda c: c.column):
        if cell.kind is CellKind.VALUE:
            value = values.get(cell.key)
            known = edition.values[cell.key]
            text, label = "" if value is None else spell(value, known.kind), known.place
            yield DrawnCell("td", "", "figure", cell.rows, cell.columns, text, label, marked.get(cell.key))
        else:
            yield _label(table, cell, texts)


def _label(table: Table, cell: Cell, texts: Mapping[str, str]) -> DrawnCell:
    if cell.kind is CellKind.CORNER:
        return DrawnCell("td", "", "corner", cell.rows, cell.columns, plain(cell.text))
    text = texts.get(cell.key, "") if cell.kind is CellKind.TYPED else plain(cell.text)
    scope = {CellKind.HEAD: "col", CellKind.BAND: "colgroup"}.get(cell.kind, "row")
    near = scope == "row" and cell.column + cell.columns == table.label_columns
    return DrawnCell("th", scope, f"{cell.kind.value}{' near' if near else ''}", cell.rows, cell.columns, text)


def count_wrong(marked: Sequence[DrawnMark]) -> int:
    """Count the places marked as wrong."""
    return sum(m.wrong for m in marked)
