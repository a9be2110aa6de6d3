"""What of one paragraph looks otherwise than it should. Two ways to write the same look are no difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nianbao.document.looks import faces, line_starts, look_words
from nianbao.document.looks.paragraph_looks import ParagraphLook
from nianbao.visible.word.formats import Letters

LETTERS, LINES = "V6", "V7"

_APART = 10
"""Twips between characters nobody sees (half a point)."""

_EXACT, _SHARE, _SPACE = 2, 6, 40
"""Twips of a fixed distance of lines, 240ths of a relative one, twips between paragraphs that may differ."""

_TIMES = (95, 105)
"""Per cent of their width in which letters look as wide."""


@dataclass(frozen=True)
class LookDifference:
    """One thing that looks otherwise: the rule, what it is (字体), how it is and how it should be, in words.

    `part` quotes the text it is about when that is not the whole paragraph.
    """

    rule: str
    aspect: str
    found: str
    standard: str
    part: str = ""


Aspect = tuple[str, Callable[[str, Letters], str], Callable[[str, str, Letters, Letters], bool]]


def letters(found: ParagraphLook, standard: ParagraphLook) -> Iterator[LookDifference]:
    """Yield how the letters of a paragraph differ from those of the same text as it should look."""
    if not found.letters or not standard.letters:
        return
    pairs = list(_paired(found, standard))
    for aspect, says, alike in _ASPECTS:
        stretches: dict[tuple[str, str], list[int]] = {}
        for i, (char, mine, theirs) in enumerate(pairs):
            if not alike(char, aspect, mine, theirs):
                stretches.setdefault((says(char, mine), says(char, theirs)), []).append(i)
        for (is_, should), places in stretches.items():
            yield LookDifference(LETTERS, aspect, is_, should, _part(pairs, places))


def setting(found: ParagraphLook, standard: ParagraphLook, *, cell: bool = False) -> Iterator[LookDifference]:
    """Yield how a paragraph is set otherwise than it should be; in a `cell` only what changes how it looks there."""
    mine, theirs = found.setting, standard.setting
    if mine.numbered != theirs.numbered:
        yield _line("编号", "自动编号" if mine.numbered else "不编号", "打出来的" if mine.numbered else "自动编号")
    for aspect, is_, should in line_starts.differences(found, standard, cell=cell):
        yield _line(aspect, is_, should)
    if cell:
        return
    if not _spaced_alike(mine.line, mine.rule, theirs.line, theirs.rule):
        yield _line("行距", look_words.spacing(mine.line, mine.rule), look_words.spacing(theirs.line, theirs.rule))
    for aspect, side in (("段前间距", "before"), ("段后间距", "after")):
        is_, should = getattr(mine, side), getattr(theirs, side)
        if abs(is_ - should) > _SPACE:
            yield _line(aspect, look_words.points(is_), look_words.points(should))
    if found.above != standard.above:
        yield _line("上面的空行", *(f"{x.above}行" if x.above else "没有" for x in (found, standard)))


def _line(aspect: str, found: str, standard: str) -> LookDifference:
    return LookDifference(LINES, aspect, found, standard)


def _paired(found: ParagraphLook, standard: ParagraphLook) -> Iterator[tuple[str, Letters, Letters]]:
    """Yield each character with its look and the one it should have; in changed words that of what stood there."""
    mine, theirs = found.letters, standard.letters
    start = 0
    while start < min(len(mine), len(theirs)) and mine[start][0] == theirs[start][0]:
        start += 1
    for i, (char, look) in enumerate(mine):
        from_end = len(theirs) - (len(mine) - i)
        at = i if i < start else max(min(start, len(theirs) - 1), from_end)
        yield char, look, theirs[at][1]


def _part(pairs: list[tuple[str, Letters, Letters]], places: list[int]) -> str:
    """Quote the characters at these places, '' where they are all of the paragraph."""
    western = sum(pairs[i][0].isascii() for i in places)
    all_western = sum(char.isascii() for char, _, _ in pairs)
    if len(places) - western == len(pairs) - all_western > 0 and western in (0, all_western):
        return ""
    if western == len(places) == all_western:
        return "数字和字母" if all_western < len(pairs) else ""
    first = places[0]
    length = next((n for n, i in enumerate(places) if i != first + n), len(places))
    said = "".join(pairs[i][0] for i in places[:length])
    more = "等" if length < len(places) else ""
    return f"“{said[:_QUOTED]}{'…' if length > _QUOTED else ''}”{more}"


_QUOTED = 12


def _font(char: str, look: Letters) -> str:
    return look.latin if char.isascii() else look.east


def _same_font(char: str, _: str, mine: Letters, theirs: Letters) -> bool:
    meant = _font(char, theirs)
    return faces.is_alike(_font(char, mine), meant, digits=char.isascii())


def _spaced_alike(line: int, rule: str, other: int, other_rule: str) -> bool:
    return rule == other_rule and abs(line - other) <= (_SHARE if rule == "auto" else _EXACT)


def _either(has: Callable[[Letters], bool], word: str, yes: str = "是", no: str = "不是") -> Aspect:
    """Return the aspect of what letters have or have not."""
    return word, lambda _, x: yes if has(x) else no, lambda _c, _a, x, y: has(x) == has(y)


_ASPECTS: tuple[Aspect, ...] = (
    ("字体", _font, _same_font),
    ("字号", lambda _, x: look_words.size(x.size), lambda _c, _a, x, y: x.size == y.size),
    _either(lambda x: x.bold, "粗体"),
    _either(lambda x: x.italic, "斜体"),
    _either(lambda x: x.underlined, "下划线", "有", "没有"),
    ("颜色", lambda _, x: look_words.colour(x.colour), lambda _c, _a, x, y: x.colour == y.colour),
    (
        "底色",
        lambda _, x: look_words.colour(x.ground) if x.ground else "没有",
        lambda _c, _a, x, y: x.ground == y.ground,
    ),
    ("字间距", lambda _, x: _spread(x.apart), lambda _c, _a, x, y: abs(x.apart - y.apart) < _APART),
    ("字符缩放", lambda _, x: f"{x.wide}%", lambda _c, _a, x, y: _TIMES[0] <= 100 * x.wide / y.wide <= _TIMES[1]),
)


def _spread(apart: int) -> str:
    if abs(apart) < _APART:
        return "标准间距"
    return f"{'加宽' if apart > 0 else '紧缩'}{look_words.points(abs(apart))}"
