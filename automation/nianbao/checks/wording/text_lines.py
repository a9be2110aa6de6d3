"""The texts as the wording rules see them: line by line, with passages to quote. No rule lives here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from nianbao.checks.rule_findings import text_finding
from nianbao.findings import Finding, Severity, tell
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading
from nianbao.unicodes import quotation

HAN = "一-龥"
"""Chinese characters, for use inside [ ]."""

SHOWN = 3
"""So many passages are quoted; of the rest only the number is told."""

_AROUND = 6
_LONGEST = 36


@dataclass(frozen=True)
class TypedParagraph:
    """One paragraph of a text as typed, without outer blanks; `paragraph` counts from 0, as places do."""

    text: str
    paragraph: int
    words: str


@dataclass(frozen=True)
class Hit:
    """A passage something is to be said about, `count` times; `quote` is ready to stand in a message."""

    paragraph: int
    quote: str
    count: int = 1


def text_ids(reading: Reading) -> list[str]:
    """List the ids of the edition's texts, in the workbook's order."""
    return [t.id for t in reading.edition.texts]


def lines_of(reading: Reading, text: str) -> Iterator[TypedParagraph]:
    """Yield the paragraphs of one text that have something in them."""
    yield from _lines(text, reading.report.texts.get(text, ""))


@lru_cache(maxsize=64)
def _lines(text: str, written: str) -> tuple[TypedParagraph, ...]:
    """Every rule asks for the same lines: they are cut once."""
    paragraphs = (line.strip(" \t\u3000\xa0") for line in written.split("\n"))
    return tuple(TypedParagraph(text, n, words) for n, words in enumerate(paragraphs) if words)


def clip(words: str, longest: int = _LONGEST) -> str:
    """Quote a passage, shortened in the middle when it is long; inner quotation marks become single ones."""
    if len(words) > longest:
        words = f"{words[: longest * 2 // 3]}……{words[-longest // 4 :]}"
    return quotation(words)


def quoted(words: str, start: int, end: int) -> str:
    """Quote the passage from `start` to `end` with a few characters on both sides."""
    return clip(words[max(0, start - _AROUND) : end + _AROUND].strip())


def hits(line: TypedParagraph, pattern: Pattern) -> list[Hit]:
    """Return every passage of a line that the pattern matches."""
    return quotes(line, [m.span() for m in pattern.finditer(line.words)])


def quotes(line: TypedParagraph, spans: Sequence[tuple[int, int]]) -> list[Hit]:
    """Quote the passages at these places of a line, in order; those close together are quoted as one.

    What is found twice at one place counts once.
    """
    found: list[Hit] = []
    start, end, count = 0, -1, 0
    for span in sorted(spans):
        if count and span[0] - end > _AROUND:
            found.append(Hit(line.paragraph, quoted(line.words, start, end), count))
            count = 0
        start = start if count else span[0]
        count += not count or span[0] >= end
        end = max(end, span[1])
    return [*found, Hit(line.paragraph, quoted(line.words, start, end), count)] if count else found


def listed(found: Sequence[Hit]) -> str:
    """Enumerate the quotations, each once, the first few only: “甲”、“乙”等5处."""
    told = list(dict.fromkeys(h.quote for h in found))
    number = sum(h.count for h in found)
    return "、".join(told[:SHOWN]) + (f"等{number}处" if number > len(told[:SHOWN]) else "")


def whole_text(
    rule: Rule,
    reading: Reading,
    text: str,
    what: str,
    *,
    how: str = "",
    severity: Severity | None = None,
    evidence: Iterable[str] = (),
) -> Finding:
    """Return a finding about a text as a whole, placed at its first paragraph."""
    place = reading.places.of_paragraph(text, 0)
    label = next((t.label for t in reading.edition.texts if t.id == text), text)
    where = label if place == label else f"{place}（{label}）"
    return tell(rule, place, what, where=where, how=how, severity=severity, evidence=evidence)


def at_hits(
    rule: Rule, reading: Reading, text: str, found: Sequence[Hit], what: str, *, severity: Severity | None = None
) -> Finding:
    """Return one finding for all passages of a text, placed at the first; {} in `what` takes the quotations."""
    said = what.replace("{}", listed(found))
    evidence = sorted({h.quote for h in found})
    return text_finding(rule, reading, text, found[0].paragraph, said, severity=severity, evidence=evidence)
