"""Which of many texts are alike: each compared with each, without reading any of them twice.

A pair is looked at more closely where a quarter of the shorter text's words, four at a time, stand in the other. Which
do is one number with a bit for each, so that what two texts share is counted at once; a sentence is looked for in
another text once, however many texts hold it. Scores are those of `similarity.compare`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import fsum
from typing import NamedTuple

from nianbao.checks.similarity import SHORTEST_TEXT, ReadyText, laid_bare, likest

_SHINGLE = 4
_SHARED_SHINGLES = 0.25
_MOST_KEPT = 500_000
"""Answers kept, of some 100 bytes each."""


class TextPair(NamedTuple):
    """Two texts by name; `score` (0 to 1) is the share of ours found again in theirs, the larger of both directions."""

    ours: str
    theirs: str
    score: float


def pairs(texts: Mapping[str, str], at_least: float, first: int = 0, last: int | None = None) -> Iterator[TextPair]:
    """Yield the pairs of texts alike by at least this score, in the order of the texts.

    Only those pairs count of which one is among the texts from `first` to before `last` and the other after it.
    """
    names = list(texts)[first:]
    prepared = [laid_bare(texts[name]) for name in names]
    bits, sizes = _bits(prepared, len(names) if last is None else last - first)
    sentences = _Sentences(prepared)
    for n in range(len(names) if last is None else last - first):
        mine, size = bits[n], sizes[n]
        for m in range(n + 1, len(names)):
            if (mine & bits[m]).bit_count() < _SHARED_SHINGLES * min(size, sizes[m]):
                continue
            there, back = sentences.score(n, m), sentences.score(m, n)
            if max(there, back) >= at_least:
                ours, theirs = (n, m) if there >= back else (m, n)
                yield TextPair(names[ours], names[theirs], max(there, back))


def _shingles(text: ReadyText) -> set[str]:
    return {bare[n : n + _SHINGLE] for bare in text.bare for n in range(len(bare) - _SHINGLE + 1)}


def _bits(texts: Sequence[ReadyText], ours: int) -> tuple[list[int], list[int]]:
    """Return each text's shingles as a number with a bit for each, and how many it has.

    A shingle that stands in a single text, or in none of the first `ours`, is never shared and has no bit.
    """
    place: dict[str, int] = {}
    seen: set[str] = set()
    for n, text in enumerate(texts):
        own = _shingles(text)
        for shingle in seen & own:
            place.setdefault(shingle, len(place))
        if n < ours:
            seen |= own
    seen.clear()
    made, sizes = [], []
    for text in texts:
        own = _shingles(text)
        row = bytearray(len(place) // 8 + 1)
        for shingle in place.keys() & own:
            n = place[shingle]
            row[n >> 3] |= 1 << (n & 7)
        made.append(int.from_bytes(row, "little"))
        sizes.append(len(own))
    return made, sizes


class _Sentences:
    """The sentences of many texts, each looked for in another text once where several texts hold it."""

    def __init__(self, texts: Sequence[ReadyText]) -> None:
        self._texts = texts
        held = Counter(sentence for text in texts for sentence in set(text.bare))
        self._shared = {sentence for sentence, count in held.items() if count > 1}
        self._known: list[dict[str, float]] = [dict.fromkeys(text.bare, 1.0) for text in texts]
        self._room = _MOST_KEPT

    def score(self, ours: int, theirs: int) -> float:
        """Return how much of one text is found in another; 0 where it is too short to be judged."""
        mine, known = self._texts[ours], self._known[theirs]
        if mine.length < SHORTEST_TEXT:
            return 0.0
        found: list[float] = []
        for sentence in mine.bare:
            alike = known.get(sentence)
            if alike is None:
                best = likest(sentence, self._texts[theirs].bare)
                alike = best[1] if best else 0.0
                if sentence in self._shared and self._room:
                    known[sentence] = alike
                    self._room -= 1
            found.append(len(sentence) * alike)
        return fsum(found) / mine.length
