"""The number of points announced and the number given (S13): 三个方面：一是…二是…."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.wording.numbering import NUMERALS, ItemNumber, marks
from nianbao.checks.wording.text_lines import TypedParagraph, lines_of, quoted, text_ids
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_SAID = (
    r"(?<![第\d])(?P<n>[两二三四五六七八九十]|[2-9])(?:个方面|大方面|方面|个问题|大问题|个不足|点不足|点问题|项不足|个短板|项措施|条措施|点措施|项工作|项举措|点)"
    r"(?:的?(?:突出|主要)?(?:问题|不足|短板|工作|措施|举措|改进|着手|入手|着力|努力|发力|加强|予以改进|进行改进|加以改进|推进)){0,3}(?:[：:，,。；]?|[^，。；：、0-9一二三四五六七八九十两（）]{1,12}[：:])"
)
_ANNOUNCED = Pattern(_SAID + "$")
_CUE = Pattern(_SAID + r"\s*(?:一是|[（(][一1][）)]|1[.．、]|①)")
"""Without an announcement right before a first point nothing is counted."""

_FIRST_ALONE = Pattern(r"[，。；\s]*$")
_MORE = Pattern(r"此外|另外|还有|同时还|再有|再者|最后|其他|以及")
_LONGEST = 30
_VALUES = NUMERALS | {"两": 2}


def points_are_as_many_as_announced(rule: Rule, reading: Reading) -> list[Finding]:
    """S13: as many numbered points follow as the words right before the first one announce."""
    found = []
    for text in text_ids(reading):
        if not _CUE.search(reading.report.texts.get(text, "")):
            continue
        lines = list(lines_of(reading, text))
        numbered = [(line, place, mark) for line in lines for place, mark in _placed(line)]
        for n, (line, place, mark) in enumerate(numbered):
            if mark.value != 1:
                continue
            said = _announcement(lines, line, place)
            if said is None:
                continue
            announced = _VALUES.get(said[1]["n"]) or int(said[1]["n"])
            given, last = _points_given(numbered[n:], mark.kind)
            tail = last[0].words[last[1] :]
            if given == announced or (given < announced and _MORE.search(tail)):
                continue
            quote = quoted(said[0].words, said[1].start(), said[1].end())
            what = f"正文{quote}说是{said[1]['n']}个，后面列了 {given} 个"
            found.append(text_finding(rule, reading, text, said[0].paragraph, what, evidence=(quote, str(given))))
    return found


def _placed(line: TypedParagraph) -> list[tuple[int, ItemNumber]]:
    """List the numbers of a line with their places."""
    found, start = [], 0
    for mark in marks(line):
        at = line.words.find(mark.printed, start)
        found.append((at, mark))
        start = at + len(mark.printed)
    return found


def _announcement(
    lines: Sequence[TypedParagraph], line: TypedParagraph, place: int
) -> tuple[TypedParagraph, re.Match[str]] | None:
    """Find the announcement right before a first point: in its line, or at the end of the line before."""
    if not _FIRST_ALONE.match(line.words[:place]):
        match = _ANNOUNCED.search(line.words, max(0, place - _LONGEST), place)
        return (line, match) if match else None
    at = next(n for n, other in enumerate(lines) if other is line)
    if at == 0:
        return None
    above = lines[at - 1]
    match = _ANNOUNCED.search(above.words, max(0, len(above.words) - _LONGEST))
    return (above, match) if match else None


def _points_given(
    numbered: Sequence[tuple[TypedParagraph, int, ItemNumber]], kind: str
) -> tuple[int, tuple[TypedParagraph, int]]:
    """Count the points of one list from its first on; a new first point of the same kind begins another list."""
    first = numbered[0]
    count, last = 1, (first[0], first[1])
    for line, place, mark in numbered[1:]:
        if mark.kind != kind:
            continue
        if mark.value <= 1:
            break
        count, last = mark.value, (line, place)
    return count, last
