"""Half-width punctuation in Chinese text (S7). Numbers, times, addresses of the net and Latin words keep theirs."""

from __future__ import annotations

import re

from nianbao.checks.wording.text_lines import HAN, at_hits, lines_of, quotes, text_ids
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_FULL = f"{HAN}〇，。、；：！？“”‘’（）《》〈〉【】〔〕…—"
_NET = Pattern(
    r"(?:https?://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)+(?:[/:][\x21-\x7e]*)?",
    re.ASCII,
)
_CANDIDATE = Pattern(r"[,;:?!.()\"<>]")
_PATTERNS = (
    Pattern(rf"(?<=[{_FULL}])\s?[,;:?!](?=\s?(?:[{_FULL}\d]|$))"),
    Pattern(rf"(?<=[\d%％)])[,;:?!](?=\s?[{HAN}“《（])"),
    Pattern(rf"(?<=[{HAN}”》）])\.(?=[{HAN}“《（]|$)"),
    Pattern(rf"\([^()（）\n]*[{HAN}][^()（）\n]*[)）]|（[^()（）\n]*\)"),
    Pattern(rf'"[^"\n]*[{HAN}][^"\n]*"'),
    Pattern(rf"<[^<>\n]*[{HAN}][^<>\n]*>|《[^《》\n]*<[^《》\n]*》"),
)


def punctuation_is_full_width(rule: Rule, reading: Reading) -> list[Finding]:
    """S7: one hint per text, with the first passages and how many there are."""
    found = []
    for text in text_ids(reading):
        wrong = [hit for line in lines_of(reading, text) for hit in quotes(line, half_width(line.words))]
        if wrong:
            found.append(at_hits(rule, reading, text, wrong, "中文里用了半角标点：{}"))
    return found


def half_width(words: str) -> list[tuple[int, int]]:
    """Return where the half-width marks of a paragraph stand, in reading order."""
    if not _CANDIDATE.search(words):
        return []
    bare = _NET.sub(lambda m: "a" * len(m[0]), words)
    return sorted({m.span() for pattern in _PATTERNS for m in pattern.finditer(bare)})
