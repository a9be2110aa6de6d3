"""How much of one text is found again in another, and where; how far apart two names are.

The one door to the distance library (rapidfuzz).

Texts are compared sentence by sentence, so that a copied paragraph is found wherever it was moved. Numbers, names of
laws, headings and the set phrases every report begins with do not count: years and figures changed in a copied text
hide nothing, and what all reports share makes none of them a copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import fsum
from typing import Any

from nianbao.patterns import Pattern

SHORTEST_PASSAGE = 12
"""Characters that count from which a common passage is worth showing."""

ALIKE = 0.6
"""Sentences less alike than this have only ordinary words in common."""

SHORTEST_TEXT = 100
"""Characters that count below which a text is too short to be judged a copy; its score is 0."""

_SHORTEST_SENTENCE = 8
_STOP = Pattern(r"[。！？!?；;\n]+")
_HEADING = Pattern(r"(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}[、.．])[^。；，]{0,30}")
_MARK = Pattern(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．]|[一二三四五六七八九十]{1,2}(?:是|、))")
_SET_PHRASES = Pattern(
    r"《[^》]*》|〔\d+〕\d*号|(?:坚持)?以[^，]{0,40}为(?:指导|统领|引领)|在[^，]{0,30}(?:正确|坚强)?领导下|"
    r"(?:全面|深入|认真)*(?:学习|贯彻|落实){1,3}[^，]{0,40}(?:精神|决策部署|部署要求)|"
    r"(?:根据|按照|依据)[^，]{0,40}(?:规定|要求|部署|精神)|[我本](?:镇|乡|街道|局|县|市|区|单位|机关)"
)
_NUMBER = Pattern(r"\d[\d.,%]*")
_NOISE = Pattern(r"[\W_]+")
_UNIT = Pattern(r"^[年月日件条次篇期个份项人元][，。、；]")
_TRIM = " \u3000，。、；：！？,.;:"


@dataclass(frozen=True)
class Passage:
    """Words standing in both texts; `ours` and `theirs` are the paragraphs (from 0) they stand in."""

    ours: int
    theirs: int
    text: str


@dataclass(frozen=True)
class Similarity:
    """`score` is the share (0 to 1) of our text that is found again in theirs; passages come longest first."""

    score: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class BareSentence:
    """A sentence that counts: the paragraph (from 0) it stands in, its bare words."""

    paragraph: int
    bare: str


@dataclass(frozen=True)
class ReadyText:
    """A text made ready: its sentences that count, their bare words, where each of these comes first, their length."""

    sentences: tuple[BareSentence, ...]
    bare: tuple[str, ...]
    places: Mapping[str, int]
    length: int


@dataclass(frozen=True)
class _Match:
    ours: BareSentence
    theirs: BareSentence
    alike: float


def compare(ours: str, theirs: str) -> Similarity:
    """Return how much of `ours` is found again in `theirs`, with the passages they have in common.

    Paragraphs are separated by line feeds. A text of less than SHORTEST_TEXT characters that count scores 0.
    """
    mine, other = laid_bare(ours), laid_bare(theirs)
    matches = _matches(mine, other)
    return Similarity(_score(mine, matches), _passages(ours.split("\n"), theirs.split("\n"), matches))


def edits(one: str, other: str, most: int) -> int:
    """Return how many characters of a name are to be put in, left out or exchanged to get another; above `most`, more.

    Two characters that changed places are one edit.
    """
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance(one, other, score_cutoff=most)


def likest(bare: str, others: Sequence[str]) -> tuple[int, float] | None:
    """Return which of other sentences is most like this one (of equals the first) and how much; None below ALIKE."""
    extract, scorer = _library()
    best = extract(bare, others, scorer=scorer, score_cutoff=ALIKE)
    return None if best is None else (best[2], best[1])


@cache
def _library() -> tuple[Any, Any]:
    """Load what finds the likest and what it goes by, once, and only where there is something to compare."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415
    from rapidfuzz.process import extractOne  # noqa: PLC0415

    return extractOne, Indel.normalized_similarity


def laid_bare(text: str) -> ReadyText:
    """Cut a text into the sentences that count, laid bare of numbers, marks and set phrases."""
    found = []
    for n, paragraph in enumerate(text.split("\n")):
        if _HEADING.fullmatch(paragraph.strip()):
            continue
        for sentence in _STOP.split(paragraph):
            bare = _bare(sentence)
            if len(bare) >= _SHORTEST_SENTENCE:
                found.append(BareSentence(n, bare))
    places: dict[str, int] = {}
    for n, one in enumerate(found):
        places.setdefault(one.bare, n)
    return ReadyText(tuple(found), tuple(s.bare for s in found), places, sum(len(s.bare) for s in found))


def _bare(words: str) -> str:
    """Leave out the item's mark, set phrases and punctuation; every number becomes 0."""
    return _NOISE.sub("", _NUMBER.sub("0", _SET_PHRASES.sub("", _MARK.sub("", words.strip()))))


def _matches(ours: ReadyText, theirs: ReadyText) -> list[_Match]:
    """Find for each of our sentences the one most like it; of equal ones the first."""
    found = []
    for sentence in ours.sentences:
        same = theirs.places.get(sentence.bare)
        if same is not None:
            found.append(_Match(sentence, theirs.sentences[same], 1.0))
        elif (best := likest(sentence.bare, theirs.bare)) is not None:
            found.append(_Match(sentence, theirs.sentences[best[0]], best[1]))
    return found


def _score(ours: ReadyText, matches: Iterable[_Match]) -> float:
    if ours.length < SHORTEST_TEXT:
        return 0.0
    return fsum(len(m.ours.bare) * m.alike for m in matches) / ours.length  # the same on every Python


def _passages(ours: list[str], theirs: list[str], matches: Iterable[_Match]) -> tuple[Passage, ...]:
    """Show what the paragraphs of matching sentences have in common, word for word."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415

    found: dict[tuple[int, str], tuple[int, Passage]] = {}
    for one, two in dict.fromkeys((m.ours.paragraph, m.theirs.paragraph) for m in matches):
        for block in Indel.opcodes(ours[one], theirs[two]):
            text = _UNIT.sub("", ours[one][block.src_start : block.src_end]).strip(_TRIM)
            if block.tag != "equal" or len(text) < SHORTEST_PASSAGE or (one, text) in found:
                continue
            length = len(_bare(text))
            if length >= SHORTEST_PASSAGE:
                found[one, text] = (length, Passage(one, two, text))
    return tuple(passage for _, passage in sorted(found.values(), key=lambda f: -f[0]))
