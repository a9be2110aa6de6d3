"""Every address of the standard workbook, derived from the edition. Pure: no openpyxl, no styles.

Writing and reading both take their addresses from here, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from nianbao.form import OWN_SHEETS, CellKind, Edition, Kind, Table, Text
from nianbao.workbook.address import Spot
from nianbao.workbook.live_checks import Check, PrintedCell, checks_of

GUIDE, INFO, LAST_YEAR, RESULTS, CELLS = OWN_SHEETS

EDITION = Spot(INFO, 4, 2)
"""Where 基本信息 names the edition's id; the defined name is EDITION_NAME."""
EDITION_NAME = "nb_form_edition"
EDITION_LABEL = "格式版本"

LAYOUT = 2
"""The version of this layout, told by a defined name; workbooks made before it was written have the first.

It grows when a released workbook's cells get other places: `repair` brings what stands in an earlier one into this.
"""
LAYOUT_NAME = "nb_form_layout"

YES, NO = "是", "否"

RESULT_HEADINGS = ("序号", "类别", "规则", "位置", "问题", "建议", "说明（请填写）", "指纹")
RESULT_WIDTHS = (7.0, 9.0, 9.0, 22.0, 58.0, 38.0, 30.0, 10.0)
REASON = RESULT_HEADINGS[6]
RESULT_ROWS = 100


@dataclass(frozen=True)
class TableBlock:
    """A table in its sheet: `note` is the line above it, the grid begins at `origin`."""

    table: Table
    heading: str
    title: Spot | None
    note: Spot
    origin: Spot
    labels: tuple[PrintedCell, ...]
    checks: tuple[Check, ...]

    @property
    def bottom(self) -> int:
        """The last row in use, 差 rows included."""
        last = self.origin.row + self.table.rows - 1
        return max([last, *(c.spot.row for c in self.checks)])

    @property
    def right(self) -> int:
        """The last column in use, 差 columns included."""
        return max([self.origin.column + len(self.table.widths) - 1, *(c.spot.column for c in self.checks)])


@dataclass(frozen=True)
class TextBlock:
    """A text in its sheet, one paragraph a row, each with its printed number."""

    text: Text
    heading: str
    title: Spot | None
    note: Spot
    numbers: tuple[PrintedCell, ...]
    spots: tuple[Spot, ...]

    @property
    def bottom(self) -> int:
        """The last row in use."""
        return self.spots[-1].row

    @property
    def right(self) -> int:
        """The last column in use."""
        return self.spots[-1].column


Block = TableBlock | TextBlock


@dataclass(frozen=True, eq=False)
class SheetLayout:
    """One sheet of tables and texts: title in row 1, 填报单位 in row 2, a hint in row 3, then the blocks.

    The same only as itself: as a key of caches it would take longer to compare than to work out what is kept there.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def tables(self) -> tuple[TableBlock, ...]:
        """The tables of the sheet."""
        return tuple(b for b in self.blocks if isinstance(b, TableBlock))

    @property
    def texts(self) -> tuple[TextBlock, ...]:
        """The texts of the sheet."""
        return tuple(b for b in self.blocks if isinstance(b, TextBlock))

    @property
    def bottom(self) -> int:
        """The last row in use."""
        return max([3, *(b.bottom for b in self.blocks)])

    @property
    def right(self) -> int:
        """The last column in use."""
        return max([1, *(b.right for b in self.blocks)])


@dataclass(frozen=True)
class Layout:
    """All addresses of one edition's workbook."""

    edition: Edition
    sheets: tuple[SheetLayout, ...]
    fields: Mapping[str, Spot]
    field_labels: tuple[PrintedCell, ...]

    @cached_property
    def values(self) -> Mapping[str, Spot]:
        """Map every cell key to its cell, totals included."""
        found = {}
        for sheet in self.sheets:
            for block in sheet.tables:
                for key, cell in block.table.value_cells.items():
                    found[key] = block.origin.by(cell.row, cell.column)
        return found

    @cached_property
    def typed(self) -> Mapping[str, Spot]:
        """Map the keys of labels typed by the clerk to their cells."""
        return {
            cell.key: block.origin.by(cell.row, cell.column)
            for sheet in self.sheets
            for block in sheet.tables
            for cell in block.table.cells
            if cell.kind is CellKind.TYPED
        }

    @cached_property
    def texts(self) -> Mapping[str, tuple[Spot, ...]]:
        """Map text ids to the cells of their paragraphs."""
        return {block.text.id: block.spots for sheet in self.sheets for block in sheet.texts}

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """List all live checks in the order of the sheets."""
        return tuple(c for sheet in self.sheets for block in sheet.tables for c in block.checks)

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Map keys of values, texts and fields to places such as 表三!D5; a text is at its first paragraph."""
        spots = {**self.values, **self.typed, **{k: s[0] for k, s in self.texts.items()}, **self.fields}
        return {k: s.place for k, s in spots.items()}

    def is_input(self, key: str) -> bool:
        """Tell whether a figure is typed by the clerk (a total is a formula)."""
        return key not in self.edition.sums

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Name every sheet of the workbook, in order."""
        return (GUIDE, INFO, *(s.name for s in self.sheets), LAST_YEAR, RESULTS, CELLS)


@lru_cache(maxsize=32)
def without(edition: Edition, fields: frozenset[str]) -> Edition:
    """Return an edition without these lines of 基本信息; the same again for the same."""
    return replace(edition, fields=tuple(f for f in edition.fields if f.id not in fields)) if fields else edition


@lru_cache(maxsize=32)
def layout(edition: Edition) -> Layout:
    """Return every address of this edition's workbook."""
    fields = {f.id: Spot(INFO, EDITION.row + 1 + i, 2) for i, f in enumerate(edition.fields)}
    labels = [PrintedCell(EDITION.by(0, -1), 1, 1, EDITION_LABEL)]
    labels += [PrintedCell(fields[f.id].by(0, -1), 1, 1, f.label) for f in edition.fields]
    return Layout(edition, tuple(_sheet(edition, name) for name in edition.sheets), fields, tuple(labels))


def _sheet(edition: Edition, name: str) -> SheetLayout:
    texts = [t for t in edition.texts if t.sheet == name]
    tables = sorted((t for t in edition.tables if t.sheet == name), key=lambda t: t.help)
    alone = len(texts) + sum(not t.help for t in tables) == 1
    column = 2 if texts else 1
    row = 3 if alone else 5
    blocks: list[Block] = []
    items: tuple[Text | Table, ...] = (*texts, *tables)
    for item in items:
        block: Block
        main = alone and not (isinstance(item, Table) and item.help)
        title = None if main else Spot(name, row - 1, column)
        if isinstance(item, Text):
            block = _text_block(edition, item, title, Spot(name, row, column))
        else:
            block = _table_block(edition, item, title, Spot(name, row, column))
        blocks.append(block)
        row = block.bottom + 3
    return SheetLayout(name, blocks[0].heading if alone else name, tuple(blocks))


def _text_block(edition: Edition, text: Text, title: Spot | None, note: Spot) -> TextBlock:
    spots = tuple(note.by(1 + i, 0) for i in range(text.paragraphs))
    numbers = tuple(PrintedCell(s.by(0, -1), 1, 1, str(i + 1)) for i, s in enumerate(spots))
    section = next((s.title for s in edition.sections if s.text == text.id), text.label)
    return TextBlock(text, section, title, note, numbers, spots)


def _table_block(edition: Edition, table: Table, title: Spot | None, note: Spot) -> TableBlock:
    origin = note.by(1, 0)
    section = next((s.title for s in edition.sections if s.table == table.id), table.title or table.word)
    labels = tuple(
        PrintedCell(origin.by(c.row, c.column), c.rows, c.columns, c.text, c.kind, c.align)
        for c in table.cells
        if c.kind not in (CellKind.VALUE, CellKind.TYPED)
    )
    return TableBlock(table, section, title, note, origin, labels, checks_of(edition, table, origin))


def units_note(table: Table) -> str:
    """Say in which units a table's figures are (单位：件；收费金额按万元填，可带小数)."""
    counts = dict.fromkeys(v.unit for v in table.values if v.unit and v.kind is not Kind.AMOUNT)
    amounts = dict.fromkeys((v.words[1], v.unit) for v in table.values if v.kind is Kind.AMOUNT)
    said = [f"单位：{'、'.join(counts)}"] if counts else []
    said += [f"{word}{f'按{unit}填，' if unit else ''}可带小数" for word, unit in amounts]
    said += [f"{w}可带正负号" for w in dict.fromkeys(v.words[1] for v in table.values if v.kind is Kind.SIGNED)]
    return "；".join(said)
