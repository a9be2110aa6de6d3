"""Where the lines of a paragraph begin: how it is aligned and indented, by the program's means or by typed blanks."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.document.looks import look_words
from nianbao.document.looks.paragraph_looks import ParagraphLook

_NEAR = 0.3
"""Characters by which an indent may differ: programs work them out of twips and back."""

_TWIPS = 10
"""Twips by which an indent may differ."""

_MOVED, _BESIDE = 8, 0.6
"""Half characters of typed blanks that put a line at its place; characters by which that place may differ."""

_SPARE = 45
"""Twips that a line must have left to be told as shorter than its section: it looks the same flush left and justified.
"""


def differences(found: ParagraphLook, standard: ParagraphLook, *, cell: bool) -> Iterator[tuple[str, str, str]]:
    """Yield what differs in where a paragraph stands: its name, how it is, how it should be."""
    if not cell and _stand_alike(found, standard):
        return
    mine, theirs = found.setting, standard.setting
    if not _aligned_alike(found, standard, cell):
        yield "对齐方式", look_words.aligned(mine.align), look_words.aligned(theirs.align)
    if cell:
        return
    if "center" not in (mine.align, theirs.align) and not _indented_alike(found, standard):
        yield "首行缩进", _first(found), _first(standard)
    if not _near(mine.left, found.size, theirs.left, standard.size) and theirs.align != "right":
        yield "左缩进", _characters(mine.left, found.size), _characters(theirs.left, standard.size)
    if not _near(mine.right, found.size, theirs.right, standard.size) and not _both_short(found, standard):
        yield "右缩进", _characters(mine.right, found.size), _characters(theirs.right, standard.size)


def _stand_alike(found: ParagraphLook, standard: ParagraphLook) -> bool:
    """Tell whether the only line of two paragraphs, one moved in by blanks, begins at the same place.

    Clerks put name and date under a report there by blanks, by an indent, or from the right.
    """
    if found.text != standard.text or max(found.lead, standard.lead) < _MOVED:
        return False
    mine, theirs = _begins(found, standard.room), _begins(standard, standard.room)
    return mine is not None and theirs is not None and abs(mine - theirs) <= _BESIDE


def _both_short(found: ParagraphLook, standard: ParagraphLook) -> bool:
    """Tell whether two paragraphs have one line each, begun at the left: nobody sees where it would have to end."""
    return standard.setting.align in ("left", "both") and None not in (
        _begins(found, standard.room),
        _begins(standard, standard.room),
    )


def _begins(line: ParagraphLook, across: int) -> float | None:
    """Return how many characters from the left margin the only line of a paragraph begins; None for several lines.

    `across` is the width of the section it should stand in: of a page made wider that is told, not what follows.
    """
    at = line.setting
    apart = line.letters[0][1].apart if line.letters else 0
    pitch = 10 * line.size + apart
    width = sum(0.5 if c.isascii() else 1.0 for c in line.text)
    moved = (at.left + at.first) / pitch + line.lead / 2
    room = (across - at.right) / pitch - moved - width
    if room < 0:
        return None
    return moved + {"right": room, "center": room / 2}.get(at.align, 0.0)


def _near(mine: int, size: int, theirs: int, meant: int) -> bool:
    """Tell whether two indents are the same, counted in characters or in twips."""
    near = abs(mine / (10 * size) - theirs / (10 * meant)) <= _NEAR
    return near or abs(mine - theirs) <= _TWIPS


def _lead(line: ParagraphLook) -> float:
    """Return how many characters the first line begins further in, typed blanks counted."""
    return line.setting.first / (10 * line.size) + line.lead / 2


def _indented_alike(found: ParagraphLook, standard: ParagraphLook) -> bool:
    same = found.lead == standard.lead and abs(found.setting.first - standard.setting.first) <= _TWIPS
    return same or abs(_lead(found) - _lead(standard)) <= _NEAR


def _first(line: ParagraphLook) -> str:
    typed = f"（其中空格{look_words.plain(line.lead / 2)}字）" if line.lead else ""
    count = _lead(line)
    return f"{look_words.plain(round(count, 1))}字{typed}" if abs(count) > _NEAR else "没有"


def _characters(twips: int, size: int) -> str:
    count = round(twips / (10 * size), 1)
    return f"{look_words.plain(count)}字" if count else "没有"


def _aligned_alike(found: ParagraphLook, standard: ParagraphLook, cell: bool) -> bool:
    mine, theirs = found.setting.align, standard.setting.align
    short = cell or len(found.text) * 10 * found.size + found.setting.first < standard.room - _SPARE
    return mine == theirs or ({mine, theirs} == {"left", "both"} and short)
