"""The same total stated twice with different figures (N2): 全局主动公开信息126条 … 全年共主动公开信息162条."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.checks.text.clauses import Sentence, chunks, sentences
from nianbao.checks.text.frames import frame_of
from nianbao.checks.text.quantities import COUNT, Token
from nianbao.checks.text.scope import is_elsewhen, is_summed, with_years
from nianbao.checks.text.self_names import with_own_name
from nianbao.patterns import Pattern
from nianbao.report import Reading

TOTAL = "disclosed"
"""The role of the frames that state the year's total of information disclosed."""

_ONE_ORGAN = Pattern("办|本级|机关|单位|部门")
_PART = Pattern("其中|[一二三四五六]是|通过|依托|利用|网站|平台|公众号")
"""Words before a figure, in its part of the sentence, that make it one channel's or another part of the total."""
_CIRCLE = Pattern("全[县区市州旗省]")


@dataclass(frozen=True)
class Stated:
    """One statement of a total."""

    sentence: Sentence
    token: Token


def totals(reading: Reading) -> Iterator[Stated]:
    """Yield every statement of the year's total of information disclosed that a frame makes certain."""
    report = reading.report
    for sentence in sentences(reading):
        if "主动公开" not in sentence.clean:
            continue
        for chunk in chunks(with_years(sentence, report.year)):
            if "主动公开" not in chunk.text or "#" not in chunk.text or _ONE_ORGAN.search(chunk.text):
                continue
            if _PART.search(sentence.shape.text[: chunk.place].rpartition("；")[2]):
                continue
            token = sentence.shape.token(chunk.place)
            if token.kind != COUNT or not token.exact or is_elsewhen(sentence, chunk, report.year):
                continue
            if not is_summed(sentence, chunk) and frame_of(with_own_name(report, chunk.text), TOTAL):
                yield Stated(sentence, token)


def contradictions(reading: Reading) -> Iterator[tuple[Stated, Stated]]:
    """Yield the first statement with each later one that differs from it, of the same circle and unit."""
    stated = list(totals(reading))
    for later in stated[1:]:
        first = stated[0]
        same = bool(_CIRCLE.search(first.sentence.clean)) == bool(_CIRCLE.search(later.sentence.clean))
        if same and first.token.unit == later.token.unit and first.token.value != later.token.value:
            yield first, later
