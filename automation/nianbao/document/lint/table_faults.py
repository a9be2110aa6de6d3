"""The tables of a template against the form's: labels (T5), tags in their cells (T4, T7), figures left in them (T9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from nianbao.document import opened_docx as source
from nianbao.document import tags as official
from nianbao.document.lint import align
from nianbao.document.lint.align import Aligned
from nianbao.document.lint.template_faults import TemplateFault
from nianbao.document.lint.template_tags import Tag, TagWords
from nianbao.document.opened_docx import OpenedDocument
from nianbao.document.wml import Element
from nianbao.form import Cell, CellKind, Edition, plain, printed_tables
from nianbao.unicodes import quotation

_AGAIN = "格式规定的行、栏不得增减"


class Tables:
    """A template's tables laid over those of an edition."""

    def __init__(self, edition: Edition, opened: OpenedDocument, found: Sequence[Tag], words: TagWords) -> None:
        self.edition, self.source, self.words = edition, opened, words
        self.assigned = align.assign(edition, opened.tables)
        self.aligned = [
            align.align(edition, form, self.assigned[form.id])
            for form in printed_tables(edition)
            if form.id in self.assigned
        ]
        self._tags: dict[Element, list[Tag]] = {}
        for tag in found:
            self._tags.setdefault(tag.paragraph.element, []).append(tag)
        self._at_home = {
            self._path(cell)
            for one in self.aligned
            for shown, cell in one.cells
            if shown and cell and cell.kind is CellKind.VALUE and self._path(cell) in self._paths(shown)
        }

    @property
    def expected(self) -> Mapping[Element, str]:
        """Map the paragraphs in each value cell to the figure that belongs there."""
        return {
            p.element: self._path(cell)
            for one in self.aligned
            for shown, cell in one.cells
            if shown and cell and cell.kind is CellKind.VALUE
            for p in shown.paragraphs
        }

    @property
    def keys(self) -> Mapping[Element, str]:
        """Map the paragraphs in each value cell to the key of the figure that belongs there."""
        return {
            p.element: cell.key
            for one in self.aligned
            for shown, cell in one.cells
            if shown and cell and cell.kind is CellKind.VALUE
            for p in shown.paragraphs
        }

    def check(self) -> Iterator[TemplateFault]:
        """Yield everything wrong with the tables."""
        for form in printed_tables(self.edition):
            if form.id not in self.assigned:
                title = next(s.title for s in self.edition.sections if s.table == form.id)
                how = "从新模板（template new）里把这张表整个复制过来"
                yield TemplateFault("T5", f"“{title}”下面", f"缺少{form.word}", how)
        for table in self.source.tables:
            if table not in self.assigned.values() and any(c.text for row in table.rows for c in row):
                place = f"表格{table.index + 1}"
                how = "删去这张表；只用来排版的，改成段落，或放到页眉里"
                yield TemplateFault("T5", place, "格式里没有这张表", how, anchor=_first(table.rows))
        for one in self.aligned:
            yield from self._rows(one)
            yield from self._columns(one)
            untagged = not any(self._in(c) for row in one.shown.rows for c in row)
            if untagged:
                place, how = f"表格{one.shown.index + 1}", "从新模板（template new）里把这张表整个复制过来"
                yield TemplateFault("T7", place, "这张表里一个标签也没有", how, anchor=_first(one.shown.rows))
            for shown, cell in one.cells:
                if shown and cell and not (untagged and cell.kind is CellKind.VALUE):
                    yield from self._cell(one, shown, cell)
            yield from self._merged(one)

    def _rows(self, one: Aligned) -> Iterator[TemplateFault]:
        """Yield rows that are missing or too many."""
        above: int | None = None
        for shown, line in one.rows:
            if shown is None and line is not None:
                own = sorted((c for c in one.form.cells if c.row == line), key=lambda c: c.column)
                labels = [plain(c.text) for c in own if c.text]
                where = one.shown.place(above, 0).rpartition("第")[0] + "之后" if above is not None else "最前面"
                place = where if above is not None else f"表格{one.shown.index + 1} {where}"
                keys = tuple(c.key for c in own if c.kind is CellKind.VALUE)
                name = quotation(labels[-1] if keys else labels[0]) if labels else "填数字的"
                anchor = _first(one.shown.rows[above or 0 :])
                yield TemplateFault(
                    "T5", place, f"缺少{name}一行", "从新模板（template new）里复制这一行", keys, anchor
                )
            elif shown is not None and line is None:
                said = next((c.text for c in one.shown.rows[shown] if c.text), "空白")
                anchor = _first(one.shown.rows[shown:])
                place = f"表格{one.shown.index + 1} 第{shown + 1}行"
                yield TemplateFault(
                    "T5", place, f"格式里没有{quotation(said[:30])}这一行", f"删去这一行：{_AGAIN}", anchor=anchor
                )
            above = above if shown is None else shown

    def _columns(self, one: Aligned) -> Iterator[TemplateFault]:
        """Yield cells without a partner; those of one column are one fault."""
        lost: dict[int, list[Cell]] = {}
        extra: dict[int, list[source.OpenedCell]] = {}
        for shown, cell in one.cells:
            if shown is None and cell:
                lost.setdefault(cell.column, []).append(cell)
            elif cell is None and shown:
                extra.setdefault(shown.column, []).append(shown)
        anchor = _first(one.shown.rows)
        for column, cells in lost.items():
            keys = tuple(c.key for c in cells if c.key)
            name = self.edition.values[keys[0]].words[1] if keys else plain(cells[0].text)
            row = self._shown_row(one, cells[0].row)
            if len(cells) > 1:
                place = f"表格{one.shown.index + 1} 第{column + 1}列"
                yield TemplateFault(
                    "T5", place, f"缺少{quotation(name)}一栏", "从新模板（template new）里复制整张表", keys, anchor
                )
            else:
                what = f"缺少“{self._named(cells[0])}”的格子"
                yield TemplateFault("T5", one.shown.place(row, column), what, "", keys, anchor)
        for column, held in extra.items():
            place = f"表格{one.shown.index + 1} 第{column + 1}列"
            if len(held) > 1:
                yield TemplateFault("T5", place, "格式里没有这一栏", f"删去这一栏：{_AGAIN}", anchor=_first((held,)))
            else:
                place, said = one.shown.place(held[0].row, column), held[0].text[:30]
                yield TemplateFault("T5", place, f"多出一个格子{quotation(said)}", "", anchor=_first((held,)))

    def _cell(self, one: Aligned, shown: source.OpenedCell, cell: Cell) -> Iterator[TemplateFault]:
        place = one.shown.place(shown.row, shown.column)
        anchor = shown.paragraphs[0].element if shown.paragraphs else None
        if cell.kind is not CellKind.VALUE:
            meant = align.wanted(self.edition, cell)
            if shown.text != meant:
                said = (
                    f"{quotation(shown.text[:40])}应是{quotation(meant)}"
                    if shown.text
                    else f"应是{quotation(meant)}，现在是空的"
                )
                yield TemplateFault("T5", place, said, f"改成{quotation(meant)}", (), anchor)
            return
        place += f"（{self.edition.values[cell.key].place}）"
        for rule, what, how in self._figure(one, shown, self._path(cell)):
            yield TemplateFault(rule, place, what, how, (cell.key,), anchor)

    def _figure(self, one: Aligned, shown: source.OpenedCell, own: str) -> Iterator[tuple[str, str, str]]:
        """Yield rule, what and how of a value cell that does not hold exactly its own tag."""
        tag, asked = official.braced(own), self._paths(shown)
        rest = shown.text
        for found in self._in(shown):
            rest = rest.replace("".join(found.raw.split()), "", 1)
        count = Counter(asked)[own]
        if count > 1:
            yield "T7", f"标签 {tag} 在这一格里有 {count} 个", "只留一个"
        for path in dict.fromkeys(p for p in asked if p != own):
            known = path in self.words.figures
            if known and path in self._at_home and count == 0:
                yield "T7", f"标签 {official.braced(path)} 出现了两次，而 {tag} 一次也没有", f"这一格改成 {tag}"
            elif known or path in self.words.single:
                yield "T4", f"放的是 {official.braced(path)}，这一格应是 {tag}", f"改成 {tag}"
        if rest and any(c in rest for c in "{}｛｝"):
            return
        if not asked and not self._in(shown):
            if not rest:
                yield "T7", f"没有标签，这一格应是 {tag}", f"填上 {tag}"
            else:
                yield "T9", f"写着“{rest[:20]}”，不是标签", f"改成 {tag}"
        elif rest:
            yield "T9", f"标签旁边还写着“{rest[:20]}”", f"只留标签 {tag}"

    def _merged(self, one: Aligned) -> Iterator[TemplateFault]:
        """Yield the first cell that is merged otherwise, where all cells are there."""
        if any(None in pair for pair in (*one.rows, *one.cells)):
            return
        for shown, cell in one.cells:
            if shown and cell and (shown.column, shown.columns) != (cell.column, cell.columns):
                place = one.shown.place(shown.row, shown.column)
                what = f"格子的合并与格式不同：应从第{cell.column + 1}列起占{cell.columns}列"
                anchor = shown.paragraphs[0].element if shown.paragraphs else None
                yield TemplateFault("T5", place, what, "从新模板（template new）里复制整张表", (), anchor)
                return

    def _shown_row(self, one: Aligned, line: int) -> int:
        return next((s for s, form in one.rows if form == line and s is not None), 0)

    def _named(self, cell: Cell) -> str:
        return self.edition.values[cell.key].place if cell.kind is CellKind.VALUE else plain(cell.text)

    def _path(self, cell: Cell) -> str:
        value = self.edition.values[cell.key]
        return ".".join((self.edition.table[value.table].word, *value.words))

    def _in(self, shown: source.OpenedCell) -> list[Tag]:
        return [t for p in shown.paragraphs for t in self._tags.get(p.element, [])]

    def _paths(self, shown: source.OpenedCell) -> list[str]:
        return [p for t in self._in(shown) if t.printing for p in t.paths or ()]


def _first(rows: Sequence[Sequence[source.OpenedCell]]) -> Element | None:
    return next((p.element for row in rows for c in row for p in c.paragraphs), None)
