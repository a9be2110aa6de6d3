"""The paragraphs of an opened document as they look: their letters one by one, and how they are set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nianbao.document.looks.page_setup import sections
from nianbao.document.opened_docx import OpenedCell, OpenedDocument, OpenedParagraph, OpenedTable
from nianbao.document.wml import qn
from nianbao.visible.word import parts_of
from nianbao.visible.word.formats import Formats, Letters, Setting

_JUDGED = re.compile(r"[\u3400-\u9fff\uf900-\ufaff0-9A-Za-z]")
"""Chinese, digits and Latin letters; what font other signs take differs from program to program."""

_BLANK = {"\u3000": 2, " ": 1, "\u00a0": 1, "\u2002": 1, "\u2003": 2}
"""Blanks that move a text in, in half characters."""

_USUAL = 21
_SECTION = f"{qn('pPr')}/{qn('sectPr')}"


@dataclass(frozen=True)
class ParagraphLook:
    """One paragraph with text.

    `letters` are its judged characters, each with its look; `size` is that of most of them in half points; `lead` is
    how far blanks move its beginning in, in half characters; `above` counts the empty paragraphs right before it;
    `room` is how wide a line of its section is, in twips (0 in a cell).
    """

    text: str
    letters: tuple[tuple[str, Letters], ...]
    size: int
    setting: Setting
    lead: int = 0
    above: int = 0
    room: int = 0


@dataclass(frozen=True)
class Looked:
    """A document as it looks: its paragraphs outside tables, and what it was opened from."""

    source: OpenedDocument
    formats: Formats
    lines: tuple[ParagraphLook, ...]

    def cell(self, cell: OpenedCell) -> ParagraphLook | None:
        """Return the text of a cell as one line, set as its first paragraph is; None for an empty one."""
        return _line(self.formats, cell.paragraphs)


def looked(source: OpenedDocument) -> Looked:
    """Return how an opened document looks."""
    formats = Formats(parts_of(source.parts.get, source.main))
    lines: list[ParagraphLook] = []
    above = 0
    rooms = [s.line_width for s in sections(source)]
    section = 0
    for block in source.flow:
        if isinstance(block, OpenedTable):
            above = 0
            continue
        line = _line(formats, [block], above, rooms[min(section, len(rooms) - 1)])
        parts_pages = block.element.find(_SECTION) is not None
        above = 0 if line or parts_pages else above + 1
        section += parts_pages
        lines += [line] if line else []
    return Looked(source, formats, tuple(lines))


def _line(
    formats: Formats, paragraphs: Sequence[OpenedParagraph], above: int = 0, room: int = 0
) -> ParagraphLook | None:
    written = [p for p in paragraphs if p.text.strip()]
    if not written:
        return None
    letters = tuple(
        (char, look)
        for p in written
        for piece in p.pieces
        if _JUDGED.search(piece.text)
        for look in (formats.letters(piece.run, p.element),)
        for char in _JUDGED.findall(piece.text)
    )
    size = _usual(look.size for _, look in letters)
    text = "".join(p.text for p in written)
    lead = sum(_BLANK.get(c, 0) for c in text[: len(text) - len(text.lstrip())])
    return ParagraphLook(
        "".join(text.split()), letters, size, formats.setting(written[0].element, size), lead, above, room
    )


def _usual(sizes: Iterable[int]) -> int:
    counted = Counter(sizes).most_common(1)
    return counted[0][0] if counted else _USUAL
