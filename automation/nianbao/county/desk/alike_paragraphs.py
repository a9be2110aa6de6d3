"""Neighbours whose texts are alike: the paragraphs side by side, what they have in common marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from nianbao.county.desk.cards import Card
from nianbao.county.desk.svg import printable
from nianbao.county.model import AlikeTexts

SHOWN = 6
"""Pairs of paragraphs shown of two texts, those with most in common first."""


@dataclass(frozen=True)
class AlikeParagraphs:
    """One paragraph of each text, counted from 1, with the common words marked."""

    our_number: int
    ours: Markup
    their_number: int
    theirs: Markup


@dataclass(frozen=True)
class Neighbours:
    """Two bodies, how much of the first one's text is found in the second one's, and where."""

    ours: Card
    theirs: Card
    percent: int
    shown: tuple[AlikeParagraphs, ...]
    more: int


def neighbours(pairs: Iterable[AlikeTexts], bodies: Mapping[str, Card]) -> tuple[Neighbours, ...]:
    """Return the pairs of the desk with their paragraphs; a pair of unknown bodies is left out."""
    known = [p for p in pairs if p.ours in bodies and p.theirs in bodies]
    return tuple(_neighbours(p, bodies[p.ours], bodies[p.theirs]) for p in known)


def _neighbours(pair: AlikeTexts, ours: Card, theirs: Card) -> Neighbours:
    common: dict[tuple[int, int], list[str]] = {}
    for passage in pair.passages:
        common.setdefault((passage.ours, passage.theirs), []).append(passage.text)
    ranked = sorted(common.items(), key=lambda c: -sum(map(len, c[1])))
    mine, other = _paragraphs(ours), _paragraphs(theirs)
    shown = [
        AlikeParagraphs(a + 1, marked(mine.get(a, ""), texts), b + 1, marked(other.get(b, ""), texts))
        for (a, b), texts in ranked[:SHOWN]
    ]
    return Neighbours(ours, theirs, pair.percent, tuple(shown), max(0, len(ranked) - SHOWN))


def _paragraphs(body: Card) -> dict[int, str]:
    return dict(enumerate(body.texts.split("\n"))) if body.texts else {}


def marked(paragraph: str, common: Iterable[str]) -> Markup:
    """Return a paragraph with the common passages marked; passages that are not in it stand alone, marked."""
    text = printable(paragraph)
    spans: list[tuple[int, int]] = []
    for passage in sorted(map(printable, common), key=len, reverse=True):
        at = text.find(passage)
        while at >= 0 and any(at < end and start < at + len(passage) for start, end in spans):
            at = text.find(passage, at + 1)
        if at >= 0 and passage:
            spans.append((at, at + len(passage)))
    if not spans:
        return Markup("<br>").join(Markup("<mark>{}</mark>").format(printable(c)) for c in common)
    pieces, last = [], 0
    for start, end in sorted(spans):
        pieces += [escape(text[last:start]), Markup("<mark>{}</mark>").format(text[start:end])]
        last = end
    return Markup("").join([*pieces, escape(text[last:])])
