"""Sentences of the report's texts, each with its shape and what it inherits; the passage to quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nianbao.checks.text.domains import Domain, last_domain
from nianbao.checks.text.quantities import TextShape, clean, shape
from nianbao.patterns import Pattern
from nianbao.report import Reading

HEADING = 30
"""A paragraph of at most so many characters without a full stop is a heading."""

QUOTED = 60
"""Characters of a passage quoted in a message."""

LONGEST = 500
"""Characters after which a sentence without a full stop is cut: rules look at all of it for each of its figures."""

_SENTENCE = Pattern(rf"[^。！？]{{0,{LONGEST}}}[。！？]?")


@dataclass(frozen=True)
class Sentence:
    """One sentence: the text and paragraph (from 0) it stands in; `inherited` is what was last spoken of before it.

    `previous` is the sentence before it in the same paragraph.
    """

    text: str
    paragraph: int
    clean: str
    shape: TextShape
    inherited: Domain | None
    heading: str
    previous: Sentence | None

    def quote(self, start: int = 0, end: int | None = None) -> str:
        """Return the passage between two places of the clean text, widened to its clause, in quotation marks."""
        end = len(self.clean) if end is None else end
        left = max(self.clean.rfind(c, 0, start) for c in "，；。：（") + 1
        stops = [n for c in "，；。）" if (n := self.clean.find(c, end)) >= 0]
        passage = self.clean[left : min(stops, default=len(self.clean))]
        if len(passage) > QUOTED:
            passage = self.clean[max(left, end - QUOTED) : end]
        return f"“{passage.strip('。，；')}”"


def sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Return the sentences of the edition's texts in its order; absent texts, and labels that are typed, have none."""
    written = reading.report.texts
    return tuple(s for t in reading.edition.texts if t.id in written for s in _sentences(t.id, written[t.id]))


@lru_cache(maxsize=64)
def _sentences(name: str, text: str) -> tuple[Sentence, ...]:
    """Every rule asks for the same sentences: they are read once."""
    return tuple(_read(name, text))


def _read(name: str, text: str) -> Iterator[Sentence]:
    heading = ""
    for number, raw in enumerate(text.split("\n")):
        paragraph = clean(raw)
        if not paragraph:
            continue
        is_heading = len(paragraph) <= HEADING and not re.search("[。！？；，]", paragraph)
        heading = paragraph if is_heading else heading
        spoken_of = last_domain(heading) if heading else None
        previous: Sentence | None = None
        for match in _SENTENCE.finditer(paragraph):
            if not match[0]:
                continue
            previous = Sentence(name, number, match[0], shape(match[0]), spoken_of, heading, previous)
            spoken_of = last_domain(previous.shape.text) or spoken_of
            yield previous


@dataclass(frozen=True)
class Chunk:
    """A stretch of a sentence's shape around one figure: `text` with the figure at `at`, beginning at `start`."""

    text: str
    start: int
    at: int
    clause: int = 0

    @property
    def place(self) -> int:
        """The figure's place in the sentence's shape."""
        return self.start + self.at


_SEPARATORS = Pattern("[，；：。！？（）]")


@lru_cache(maxsize=4096)
def chunks(text: str) -> tuple[Chunk, ...]:
    """Cut a shape into stretches with one figure each; names joined by 、 before a figure stay with it.

    So do causes behind the last one: 1件因缺少必要信息、补正后仍不明确而无法提供.
    """
    found = []
    for number, (start, clause) in enumerate(clauses(text)):
        begin = 0
        for match in re.finditer("#(?:(?:因|由于)[^#]*$|[^#、]*)", clause):
            after = clause[match.end() : match.end() + 1]
            end = match.end() if after != "#" else match.start() + 1
            found.append(Chunk(clause[begin:end], start + begin, match.start() - begin, number))
            begin = end + (after == "、")
    return tuple(found)


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[tuple[int, str], ...]:
    """Cut a shape at commas, stops and brackets: (beginning, clause)."""
    found, begin = [], 0
    for match in _SEPARATORS.finditer(text):
        found.append((begin, text[begin : match.start()]))
        begin = match.end()
    found.append((begin, text[begin:]))
    return tuple((n, c) for n, c in found if c)
