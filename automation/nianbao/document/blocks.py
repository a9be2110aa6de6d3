"""What a document of ours says, read block by block: what was looked at once is not looked at again.

Reports of one template have their paragraphs and tables in common but for their texts. So the body is cut at them as
text of XML and the texts are taken out; the frame that is left of a block is parsed and looked at once, with numbers in
place of its texts. Of a further block in the same frame only the texts are read: character data without a `<`, a
reference or a character that XML forbids changes nothing around it. What can't be read so is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nianbao.document import foreign, seen_columns
from nianbao.document.wml import qn
from nianbao.ooxml import trees
from nianbao.ooxml.trees import Element
from nianbao.visible.word import DocxStyles, quick_look

MAIN = "word/document.xml"

Grid = dict[tuple[int, int], str]

_HEAD = re.compile(
    r"""<\?xml version=(["'])1\.0\1 encoding=(["'])UTF-8\2(?: standalone=(["'])yes\3)?\?>\s*"""
    r"""<w:document(?: [\w:]+="[^"<&]*")*><w:body>"""
)
_FOOT = "</w:body></w:document>"
_BLOCK = re.compile(r"<w:(p|tbl|sectPr)[ >]")
_TEXT = re.compile(r'<w:t( xml:space="preserve")?(?:/>|>([^<]*)</w:t>)')
_FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]|\\]\\]>")
"""What may not stand in character data, and the line ends that a parser changes."""

_REFERENCE = re.compile("&(?:lt|gt|amp|quot|apos)?;?")
_MEANT = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}

_LONGEST = 5_000_000
"""Characters of a body; a parser takes no text of twice as many."""


@dataclass(frozen=True)
class BodyText:
    """What a body says: the cells of each table by their grid place, and the paragraphs outside of them."""

    grids: list[Grid]
    paragraphs: list[str]


@dataclass(frozen=True)
class _Frame:
    """A block without its texts: what decides whether they are seen; of a table, which of them each cell holds."""

    kind: str
    marks: quick_look.SightMarks
    cells: tuple[tuple[tuple[int, int], int, int], ...] = ()


def read(part: bytes, styles: DocxStyles) -> BodyText | None:
    """Return what a body says; None where something in it is not surely seen, or asks for a look at the whole.

    Nothing in a body that is read so fetches, runs or carries anything (`foreign`).
    """
    try:
        document = part.decode("utf-8")
    except UnicodeDecodeError:
        return None
    head = _HEAD.match(document)
    if head is None or not document.endswith(_FOOT) or len(document) > _LONGEST:
        return None
    said, marked = BodyText([], []), set()
    for block in _cut(document[head.end() : -len(_FOOT)]):
        pieces = _TEXT.split(block)
        frame = _looked_at(styles, head[0], tuple(pieces[::3]), tuple(pieces[1::3]))
        texts = _meant(pieces[2::3])
        if frame is None or texts is None:
            return None
        marked.add(frame.marks)
        if frame.kind == _TABLE:
            said.grids.append({place: "".join(texts[begin:end]) for place, begin, end in frame.cells})
        elif frame.kind == _PARAGRAPH:
            said.paragraphs.append("".join(texts))
    return said if quick_look.is_plain(styles, marked) else None


def _cut(body: str) -> Iterator[str]:
    """Yield what stands in a body piece by piece; whether a piece is one block is found when its frame is parsed."""
    at = 0
    while at < len(body):
        begun = _BLOCK.match(body, at)
        end = body.find(f"</w:{begun[1]}>", at) if begun else -1
        end = len(body) if begun is None or end < 0 else end + len(begun[1]) + 5
        yield body[at:end]
        at = end


def _meant(texts: list[str | None]) -> list[str] | None:
    """Return the texts that character data mean; None where one is not surely sound."""
    given = [t or "" for t in texts]
    together = "\n".join(given)
    if _FORBIDDEN.search(together) or any(m[0] not in _MEANT for m in _REFERENCE.finditer(together)):
        return None
    return [_REFERENCE.sub(lambda m: _MEANT[m[0]], t) for t in given] if "&" in together else given


_BODY, _TABLE, _PARAGRAPH = map(qn, ("body", "tbl", "p"))
_RUN, _T, _TAB = map(qn, ("r", "t", "tab"))


@lru_cache(maxsize=256)
def _looked_at(styles: DocxStyles, head: str, frame: tuple[str, ...], spaces: tuple[str | None, ...]) -> _Frame | None:
    """Look at a frame, alone in its document with numbers as its texts; None where it takes a look at the whole."""
    texts = [f"<w:t{space or ''}>{n}</w:t>" for n, space in enumerate(spaces)]
    block = frame[0] + "".join(text + after for text, after in zip(texts, frame[1:], strict=True))
    try:
        root = trees.parsed(f"{head}{block}{_FOOT}".encode())
    except trees.BrokenError:
        return None
    body = root.find(_BODY)
    if body is None or len(body) != 1 or any(foreign.look({MAIN: b""}, {MAIN: root})):
        return None
    numbers = [t.text for t in body.iter(_T)]
    tabs = any(True for run in body.iter(_RUN) for _ in run.iterchildren(_TAB))
    known = quick_look.marks(body, styles)
    if tabs or known is None or numbers != [str(n) for n in range(len(spaces))]:
        return None
    kind = str(body[0].tag)
    return _Frame(kind, known, tuple(_cells(body[0])) if kind == _TABLE else ())


def _cells(table: Element) -> Iterator[tuple[tuple[int, int], int, int]]:
    """Yield the grid place of each cell that is not a continued one, and its texts' numbers: the first, that after."""
    for cell in seen_columns.cells(table):
        if not cell.continued:
            numbers = [int(t.text or 0) for t in cell.element.iter(_T)]
            yield (cell.row, cell.column), min(numbers, default=0), max(numbers, default=-1) + 1
