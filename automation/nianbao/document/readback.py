"""Reading a just rendered document back, strictly by its own layout: the proof that `make` hands over what was meant.

Documents that people have touched are read by published/, by their labels.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from nianbao.document import blocks, foreign, prose, seen_columns
from nianbao.document.blocks import MAIN, BodyText, Grid
from nianbao.form import CellKind, Edition, Table, plain, printed_tables
from nianbao.ooxml import trees, zips
from nianbao.ooxml.trees import Element
from nianbao.report import Report
from nianbao.unicodes import quotation
from nianbao.visible import signs
from nianbao.visible.word import parts_of, styles_among

if TYPE_CHECKING:
    from nianbao.visible.word import Seen, WordEye

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY, _TABLE, _PARAGRAPH = (f"{_W}{t}" for t in ("body", "tbl", "p"))
_RUN, _TEXT, _TAB = (f"{_W}{t}" for t in ("r", "t", "tab"))


def differences(document: bytes, edition: Edition, report: Report) -> list[str]:
    """Return, in Chinese, every place where a rendered document does not say what the report says.

    And what it brings with it that no form needs, however it came in: by a word that was typed, a cached template.
    It is read block by block (blocks.py), and parsed as a whole only where that does not do.
    """
    with zips.opened(io.BytesIO(document)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = parts_of(parts.get, MAIN)
    said = blocks.read(parts[MAIN], styles_among(part))
    if said is not None:
        rest = {name: part for name, part in parts.items() if name != MAIN}
        return [*_foreign(rest, {}), *_compared(said, edition, report)]
    from nianbao.visible.word import WordEye  # noqa: PLC0415 - for what the blocks do not do

    root, eye = trees.parsed(parts[MAIN]), WordEye(part)
    found = _foreign(parts, {MAIN: root})
    body = root.find(_BODY)
    if body is None:
        return [*found, "文档没有正文"]
    said = _said_in(body)
    found += _compared(said, edition, report)
    printed = printed_tables(edition)
    if len(said.grids) != len(printed) or eye.is_plain(body):
        return found
    return found + list(_unseen(eye, body, printed, edition, report))


def _said_in(body: Element) -> BodyText:
    paragraphs = ["".join(_words(p)) for p in body.findall(_PARAGRAPH)]
    return BodyText([_grid(t) for t in body.findall(_TABLE)], paragraphs)


def _foreign(parts: Mapping[str, bytes], roots: Mapping[str, Element]) -> list[str]:
    return [b.what for b in foreign.look(parts, roots) if not b.allowed]


def _compared(said: BodyText, edition: Edition, report: Report) -> list[str]:
    """Return what a document says otherwise than the report."""
    printed = printed_tables(edition)
    if len(said.grids) != len(printed):
        return [f"应有 {len(printed)} 张表，文档里有 {len(said.grids)} 张"]
    pairs = zip(printed, said.grids, strict=True)
    found = [d for table, own in pairs for d in _in_table(edition, report, table, own)]
    return found + _in_texts(said.paragraphs, (p.text for p in prose.printed_paragraphs(edition, report)))


def _unseen(eye: WordEye, body: Element, printed: Sequence[Table], edition: Edition, report: Report) -> Iterator[str]:
    """Yield what stands where it should, but is not surely seen there."""
    texts = {p.text.strip() for p in prose.printed_paragraphs(edition, report) if p.text.strip()}
    for paragraph in body.findall(_PARAGRAPH):
        seen, words = eye.paragraph(paragraph), "".join(_words(paragraph))
        if words.strip() in texts:
            for why in _reasons(seen, words, signs.PROSE):
                yield f"“{words[:20]}”一段{why}"
    for table, shown in zip(printed, body.findall(_TABLE), strict=True):
        values = {(c.row, c.column): edition.values[c.key].place for c in table.cells if c.kind is CellKind.VALUE}
        for cell in seen_columns.cells(shown):
            place = values.get((cell.row, cell.column))
            for paragraph in cell.element.iter(_PARAGRAPH):
                seen, words = eye.paragraph(paragraph), "".join(_words(paragraph))
                for why in _reasons(seen, words, None if place else signs.PROSE):
                    where = place or f"第{cell.row + 1}行第{cell.column + 1}列"
                    yield f"{table.word}（{where}）{why}"


def _reasons(seen: Seen, words: str, only: Sequence[str] | None) -> list[str]:
    """Return why the words of a paragraph are not surely seen; `only` what matters to it, None for all."""
    told = [why for why in seen.doubts if only is None or why in only]
    unshown = seen.hidden.strip() or len("".join(words.split())) > len("".join(seen.text.split()))
    return [signs.HIDDEN, *told] if unshown else told


def _grid(table: Element) -> Grid:
    """Map the grid place of each cell that is not a continued one to its text, line breaks left out."""
    # A table of ours has no tabs, and then its words are read twice as fast.
    tabs = any(True for _ in table.iter(_TAB))
    return {
        (c.row, c.column): _said_by(c.element) if tabs else "".join([t.text or "" for t in c.element.iter(_TEXT)])
        for c in seen_columns.cells(table)
        if not c.continued
    }


def _said_by(cell: Element) -> str:
    return "".join(w for p in cell.iter(_PARAGRAPH) for w in _words(p))


def _words(paragraph: Element) -> Iterator[str]:
    for run in paragraph.iter(_RUN):
        for element in run.iterchildren(_TEXT, _TAB):
            yield "\t" if element.tag == _TAB else element.text or ""


def _in_table(edition: Edition, report: Report, table: Table, cells: Grid) -> Iterator[str]:
    for cell in table.cells:
        shown = cells.get((cell.row, cell.column), "")
        if cell.kind is CellKind.VALUE:
            meant = prose.figure(report, cell.key, edition.values[cell.key].kind)
        else:
            typed = cell.kind is CellKind.TYPED
            meant = "".join(report.texts.get(cell.key, "").split()) if typed else plain(cell.text)
            shown = "".join(shown.split())  # how a label is broken over lines is layout
        if shown.strip("\u3000 ") != meant:
            place = edition.values[cell.key].place if cell.kind is CellKind.VALUE else ""
            where = f"（{place}）" if place else f"第{cell.row + 1}行第{cell.column + 1}列"
            yield f"{table.word}{where}应是{quotation(meant)}，文档里是{quotation(shown)}"


def _in_texts(paragraphs: Sequence[str], expected: Iterator[str]) -> list[str]:
    """Find the expected paragraphs in order; what stands between them is the template's own."""
    at, found = 0, []
    for meant in expected:
        folded = meant.strip()
        place = next((i for i in range(at, len(paragraphs)) if paragraphs[i].strip() == folded), -1)
        if place < 0:
            found.append(f"缺少{quotation(meant[:30])}一段")
        else:
            at = place + 1
    return found
