"""Wholes that follow their parts: 网站23条，新媒体511条，全年合计534条."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.list_parts import LATER, NAMED
from nianbao.checks.text.lists import is_inside
from nianbao.checks.text.partition import ListPart, Partition, is_slip
from nianbao.patterns import Pattern

_SUMMED_UP = Pattern(
    "(?<!其中)(?:合计|共计|总计)[^#，；。、（）]{0,12}#|(?<=[#，）])共(?:计|需|有)?#|共#(?=单位|的|数据)"
)
_BRACKETS = Pattern("（[^（）]*）")
_SAME = frozenset(("个", "家", "份"))


def totals_last(sentence: Sentence) -> Iterator[Partition]:
    """Yield wholes that follow their parts: 网站23条，新媒体511条，全年合计534条."""
    text = sentence.shape.text
    for match in _SUMMED_UP.finditer(text):
        whole = sentence.shape.token(match.end() - 1)
        flat = _BRACKETS.sub(lambda m: "　" * len(m[0]), text[: match.start()])
        begin = max(flat.rfind(c) for c in "；（") + 1
        before = flat[begin:]
        places = [begin + n for n, c in enumerate(before) if c == "#"]
        if len(places) < 2 or NAMED.search(before) or not whole.unit or is_inside(text, match.start()):
            continue
        tokens = [sentence.shape.token(n) for n in places]
        if (
            match[0].startswith("共")
            and whole.unit != "家"
            and text[begin : match.start()].count("、") + 2 < len(places)
        ):
            continue
        alike = all(t.unit == whole.unit or {t.unit, whole.unit} <= _SAME for t in tokens)
        if not alike or not all(t.exact for t in (*tokens, whole)):
            continue
        if LATER.search(before):
            continue
        parts = [ListPart(_name(text, n), t) for n, t in zip(places, tokens, strict=True)]
        values = [t.value for t in tokens]
        ends = [sum(values[n:], Decimal(0)) for n in range(len(values) - 1)]
        closed = whole.value not in ends and bool(ends[0]) and is_slip(abs(ends[0] - whole.value))
        yield Partition(whole, tuple(parts), closed, not closed)


def _name(text: str, place: int) -> str:
    begin = max(text.rfind(c, 0, place) for c in "，、；：。") + 1
    return text[begin:place]
