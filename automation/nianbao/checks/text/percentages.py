"""N3: printed percentages against the part and the whole they are taken from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nianbao.checks.judge import text_finding
from nianbao.checks.text.clauses import Sentence, sentences
from nianbao.checks.text.lists import partitions
from nianbao.checks.text.partition import Partition
from nianbao.checks.text.quantities import Token
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.numbers import spell
from nianbao.patterns import Pattern
from nianbao.report import Reading


@dataclass(frozen=True)
class Share:
    """A printed percentage with the figures it is surely taken from."""

    part: Token
    whole: Token
    printed: Token

    @property
    def right(self) -> Decimal:
        """The percentage rounded half up at the printed decimals."""
        step = Decimal(1).scaleb(-self.printed.decimals)
        return (self.part.value * 100 / self.whole.value).quantize(step, ROUND_HALF_UP)


_OF_WHOLE = Pattern("(?P<part>#)[^#%，；]{0,12}，?占(?:到)?[^#%，；]{0,14}(?P<whole>#)[^#%，；]{0,8}(?P<share>%)")
_OF_TOTAL = Pattern(
    "占(?:到|了)?(?:总|全部|申请|信息|办结|发布|公开|受理|收到|其中|比|量|数|件|条|答复|的|为|达|是|有关|政府)*$"
)
_SHARES = Pattern("(?:占比|比例|占)(?:总数的?|总量的?)?分别(?:为|是)?(?P<shares>%(?:[、，和及]%)+)")


def shares(sentence: Sentence) -> Iterator[Share]:
    """Yield the percentages of a sentence whose part and whole are both known for sure."""
    text = sentence.shape.text
    if "%" not in text:
        return
    for match in _OF_WHOLE.finditer(text):
        yield Share(*(sentence.shape.token(match.start(g)) for g in ("part", "whole", "share")))
    explicit = {m.start("share") for m in _OF_WHOLE.finditer(text)}
    for partition in partitions(sentence):
        yield from _in_partition(sentence, partition, explicit)


def _in_partition(sentence: Sentence, partition: Partition, explicit: set[int]) -> Iterator[Share]:
    text = sentence.shape.text
    together = _SHARES.search(text)
    if together:
        places = [n for n in range(together.start("shares"), together.end()) if text[n] == "%"]
        if len(places) == len(partition.parts):
            for part, place in zip(partition.parts, places, strict=True):
                yield Share(part.token, partition.whole, sentence.shape.token(place))
        return
    for part in partition.parts:
        place = text.find("%", part.token.at)
        between = text[part.token.at + 1 : place] if place >= 0 else "#"
        if place in explicit or re.search("[#；。]", between) or part.times > 1:
            continue
        bare = re.sub("^[，、]", "", between)
        if bare == "（" or (_OF_TOTAL.match(bare.removeprefix("（")) and len(bare) <= 14):
            yield Share(part.token, partition.whole, sentence.shape.token(place))


def percentages_are_right(rule: Rule, reading: Reading) -> list[Finding]:
    """N3: a printed percentage is part/whole, rounded half up at its printed decimals."""
    found = []
    for sentence in sentences(reading.report):
        for share in shares(sentence):
            tokens = (share.part, share.whole, share.printed)
            if not all(t.exact for t in tokens) or not share.whole.value or share.right == share.printed.value:
                continue
            what = (
                f"正文{sentence.quote(share.part.start, share.printed.end)}，"
                f"{spell(share.part.value)} ÷ {spell(share.whole.value)} 是 {share.right}%，"
                f"写的是 {share.printed.value}%"
            )
            found.append(
                text_finding(
                    rule, reading, sentence.text, sentence.paragraph, what, how=f"改为 {share.right}%，或核对两个件数"
                )
            )
    return found
