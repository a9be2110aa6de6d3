"""How a finished document looks beside what its template makes of the same words (版式核对): rules V4–V9.

Never an error: what was moved away from the official page (GB/T 9704-2012) is told with its place, the cause and not
what follows from it. Whatever is written another way and looks the same is no finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from nianbao.document.looks import differing, page_numbers, page_setup, places, table_looks
from nianbao.document.looks.differing import LookDifference
from nianbao.document.looks.look_findings import PlacedDifference, findings, of_another
from nianbao.document.looks.paragraph_looks import Looked, ParagraphLook, looked
from nianbao.document.looks.places import Spot
from nianbao.document.opened_docx import OpenedCell, OpenedTable, open_template
from nianbao.document.tags import DRAFT_MARK
from nianbao.errors import TemplateError
from nianbao.findings import Finding
from nianbao.form import Edition, printed_tables
from nianbao.report import Report
from nianbao.verdicts import Unjudged

MANY = 2_000
"""Paragraphs outside tables; a long report has some two hundred, and comparing takes the square of it."""

_OTHERS = 4
"""Things that look otherwise in one paragraph of a document that another template made."""

_MOST, _KNOWN = 0.6, 0.5
"""The share of its paragraphs that are so; the share of ours that must be found in it to compare their looks."""


@dataclass(frozen=True)
class LookStandard:
    """What a document is compared with: a document of our making, of what report of which edition.

    `name` is what it is called: 标准, or 模板 for an office's own.
    """

    document: bytes
    edition: Edition
    report: Report
    name: str = "标准"


@dataclass(frozen=True)
class ParagraphPair:
    """A paragraph of a document and the one of ours it is, by their places, and how that should look."""

    found: int
    meant: int
    line: ParagraphLook


def opened(document: bytes) -> Looked | None:
    """Return a document opened for comparing its looks, None for one that is written too oddly."""
    try:
        return looked(open_template(document))
    except TemplateError:
        return None


def is_draft(document: Looked) -> bool:
    """Tell whether a document is marked as a draft."""
    return any(DRAFT_MARK in p.text for p in document.source.paragraphs)


def has_tables(found: Looked, edition: Edition) -> bool:
    """Tell whether a document has as many tables as the form; else it is not known which is which."""
    return len(found.source.tables) == len(printed_tables(edition))


def compare(found: Looked, standard: LookStandard) -> list[Finding | Unjudged]:
    """Return what of a document's looks differs from the standard's, or why it could not be judged."""
    if len(found.lines) > MANY:
        return [Unjudged("文档的段落太多")]
    meant = looked(open_template(standard.document))
    pairs = _paired(found.lines, meant.lines)
    if sum(found.lines[p.found].text == p.line.text for p in pairs) < _KNOWN * len(meant.lines):
        return [Unjudged("文档的文字与填报表大多对不上")]
    everywhere = _spots(standard, meant)
    told = [*_told_lines(pairs, found, everywhere)]
    if _is_of_another(told, len(pairs)):
        return [of_another(told, len(pairs), standard.name), Unjudged("像是用别的模板做的")]
    cells = list(_told_cells(found, meant, standard))
    everywhere += [spot for spot, _, _, _ in cells]
    told += [PlacedDifference(spot, d, key) for spot, key, line, right in cells for d in _of_cell(line, right)]
    told += _told_pages(found, meant)
    told += _told_tables(found, meant, standard.edition)
    return [*findings(told, everywhere, standard.name)]


def _of_cell(line: ParagraphLook, right: ParagraphLook) -> Iterator[LookDifference]:
    yield from differing.letters(line, right)
    yield from differing.setting(line, right, cell=True)


def _paired(found: Sequence[ParagraphLook], meant: Sequence[ParagraphLook]) -> list[ParagraphPair]:
    """Return which paragraph is which of ours; changed words are still the same paragraph, joined ones are several."""
    pairs: list[ParagraphPair] = []
    matcher = SequenceMatcher(None, [x.text for x in found], [x.text for x in meant], autojunk=False)
    for kind, a1, a2, b1, b2 in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and a2 - a1 == b2 - b1):
            pairs += [ParagraphPair(i, j, meant[j]) for i, j in zip(range(a1, a2), range(b1, b2), strict=True)]
        elif kind == "replace":
            pairs += _uneven(found, meant, range(a1, a2), range(b1, b2))
    return pairs


def _uneven(
    found: Sequence[ParagraphLook], meant: Sequence[ParagraphLook], mine: range, theirs: range
) -> Iterator[ParagraphPair]:
    """Yield those of some paragraphs that hold several of ours, or are a piece of one."""
    for i in mine:
        text = found[i].text
        for j in theirs:
            joined = next((n for n in range(j + 1, theirs.stop + 1) if _joined(meant[j:n]).text == text), 0)
            if joined:
                yield ParagraphPair(i, j, _joined(meant[j:joined]))
            elif text in meant[j].text:
                yield ParagraphPair(i, j, meant[j])
            else:
                continue
            break


def _joined(lines: Sequence[ParagraphLook]) -> ParagraphLook:
    text, letters = "".join(x.text for x in lines), tuple(x for line in lines for x in line.letters)
    return replace(lines[0], text=text, letters=letters)


def _spots(standard: LookStandard, meant: Looked) -> list[Spot]:
    return places.of_paragraphs(standard.edition, standard.report, [x.text for x in meant.lines])


def _told_lines(pairs: Sequence[ParagraphPair], found: Looked, spots: Sequence[Spot]) -> Iterator[PlacedDifference]:
    for pair in pairs:
        line = found.lines[pair.found]
        for one in (*differing.letters(line, pair.line), *differing.setting(line, pair.line)):
            yield PlacedDifference(spots[pair.meant], one)


def _is_of_another(told: Sequence[PlacedDifference], lines: int) -> bool:
    """Tell whether most paragraphs differ in so many things that another template made them."""
    aspects: dict[Spot, set[str]] = {}
    for one in told:
        aspects.setdefault(one.spot, set()).add(one.difference.aspect)
    return sum(len(a) >= _OTHERS for a in aspects.values()) > _MOST * lines


def _told_cells(
    found: Looked, meant: Looked, standard: LookStandard
) -> Iterator[tuple[Spot, str, ParagraphLook, ParagraphLook]]:
    """Yield each cell of the form's tables with its place, its figure's key, how it looks and how it should."""
    for word, mine, theirs in _tables(found, meant, standard.edition):
        table = next(t for t in standard.edition.tables if t.word == word)
        own: dict[tuple[int, int], OpenedCell] = {(c.row, c.column): c for row in mine.rows for c in row}
        for cell in (c for row in theirs.rows for c in row):
            same = own.get((cell.row, cell.column))
            line, right = (None if x is None else d.cell(x) for d, x in ((found, same), (meant, cell)))
            if line is not None and right is not None:
                spot, key = places.of_cell(standard.edition, table, cell)
                yield spot, key, line, right


def _tables(found: Looked, meant: Looked, edition: Edition) -> Iterator[tuple[str, OpenedTable, OpenedTable]]:
    """Yield the form's tables, by their word; none where the document has more or fewer."""
    printed = [t.word for t in printed_tables(edition)]
    if has_tables(found, edition) and has_tables(meant, edition):
        yield from zip(printed, found.source.tables, meant.source.tables, strict=True)


def _told_pages(found: Looked, meant: Looked) -> Iterator[PlacedDifference]:
    mine, theirs = page_setup.sections(found.source), page_setup.sections(meant.source)
    for i, section in enumerate(mine):
        right = theirs[i] if len(mine) == len(theirs) else theirs[-1]
        spot = Spot("整个文档" if len(mine) == 1 else f"第{i + 1}节（从“{section.start}”起）")
        for what, is_, should in page_setup.differences(section, right):
            yield PlacedDifference(spot, LookDifference("V4", what, is_, should))
        head, meant_head = page_setup.header(found, section), page_setup.header(meant, right)
        if head != meant_head:
            yield PlacedDifference(
                spot, LookDifference("V4", "页眉", f"有{head}" if head else "没有", meant_head or "没有")
            )
        for what, is_, should in page_numbers.differences(found, section, meant, right):
            yield PlacedDifference(spot, LookDifference("V5", what, is_, should))


def _told_tables(found: Looked, meant: Looked, edition: Edition) -> Iterator[PlacedDifference]:
    for word, mine, theirs in _tables(found, meant, edition):
        for what, is_, should in table_looks.differences(found, mine, meant, theirs):
            yield PlacedDifference(Spot(word), LookDifference("V8", what, is_, should))
