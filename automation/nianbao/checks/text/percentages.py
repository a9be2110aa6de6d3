"""N3: printed shares and rates against the part and the whole they are taken from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.text.clauses import Sentence, sentences
from nianbao.checks.text.growth import changes
from nianbao.checks.text.lists import partitions
from nianbao.checks.text.quantities import COUNT, Token
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

    @property
    def is_wrong(self) -> bool:
        """Tell whether all three are exact and the percentage is another."""
        exact = self.part.exact and self.whole.exact and self.printed.exact
        return exact and bool(self.whole.value) and self.right != self.printed.value


_ASIDE = Pattern("(?<=#)（(?:其中|含|包括|包含)[^（）%]*）")
"""A part named in brackets between a figure and its share: 其他处理41件（其中撤销36件），占49.40%."""
_OF_WHOLE = Pattern(
    "(?P<part>#)[^#%，；]{0,12}，?(?:约)?占(?:到)?[^#%，；]{0,14}(?P<whole>#)[^#%，；]{0,8}(?P<share>%)"
)
_SHARE = Pattern("#(?P<between>[^#%；。，（]{0,12}[，、（]?(?:约?占(?!比)|占比)(?!分别)[^#%；。，]{0,10})%")
_SHARES = Pattern(
    "(?:占比|比例|占)(?:总数的?|总量的?)?分别(?:为|是)?(?P<shares>%(?:[、，和及]%)+)|分别占(?:比|总数的?)?(?P<more>%(?:[、，和及]%)+)"
)
_FIGURES = Pattern("分别(?:为|是)?(?P<figures>#(?:[、，和及]#)+)")
_RATE = Pattern(
    "(?:收到|受理|接到|承办|收集|交办)[^#，；。]*(?P<whole>#)[^#；。]{0,10}?，?(?:已)?(?:办结|办理完毕|答复|回复|办复)[^#%，；。]{0,8}(?P<part>#)[^#%；。]{0,6}，"
    "(?:办结|答复|回复|办复)率(?:为|达到?|是)?(?P<share>%)"
)

_ONE_RATE = Pattern(
    "(?P<whole>#)[^#；。]{0,12}，(?P<what>[\u4e00-\u9fff]{2,4})(?P<part>#)[^#，；。]{0,6}，(?P=what)率(?:为|达到?)?(?P<share>%)"
)
"""抽查40件，合格39件，合格率97.5%."""


def shares(sentence: Sentence) -> Iterator[Share]:
    """Yield the percentages of a sentence whose part and whole are both known for sure."""
    text = sentence.shape.text
    if "%" not in text:
        return
    text = _ASIDE.sub(lambda m: "　" * len(m[0]), text)
    explicit: set[int] = set()
    for match in (*_OF_WHOLE.finditer(text), *_RATE.finditer(text), *_ONE_RATE.finditer(text)):
        if match.start("share") in explicit:
            continue
        explicit.add(match.start("share"))
        yield Share(*(sentence.shape.token(match.start(g)) for g in ("part", "whole", "share")))
    for share in _one_after_another(sentence):
        explicit.add(share.printed.at)
        yield share
    pairs = [
        (sentence.shape.token(m.start()), sentence.shape.token(m.end() - 1))
        for m in _SHARE.finditer(text)
        if m.end() - 1 not in explicit
    ]
    if pairs:
        yield from _of_one_whole(sentence, pairs)


def _one_after_another(sentence: Sentence) -> Iterator[Share]:
    """Yield shares given in a row for figures in a row: 分别为625件、351件、24件，分别占62.5%、35.1%、2.4%."""
    text = sentence.shape.text
    printed = _SHARES.search(text)
    if printed is None:
        return
    group = "shares" if printed["shares"] else "more"
    rates = [n for n in range(printed.start(group), printed.end()) if text[n] == "%"]
    before = _FIGURES.search(text, 0, printed.start())
    listed = next((p for p in partitions(sentence) if len(p.parts) == len(rates)), None)
    if before:
        parts = [sentence.shape.token(n) for n in range(before.start("figures"), before.end()) if text[n] == "#"]
        wholes = [t for t in sentence.shape.tokens if t.kind == COUNT and t.at < before.start()]
        whole = next((t for t in wholes[::-1] if t.value == sum(p.value for p in parts)), None)
    elif listed:
        parts, whole = [p.token for p in listed.parts], listed.whole
    else:
        return
    if whole is not None and len(parts) == len(rates):
        for part, place in zip(parts, rates, strict=True):
            yield Share(part, whole, sentence.shape.token(place))


def _of_one_whole(sentence: Sentence, pairs: list[tuple[Token, Token]]) -> Iterator[Share]:
    """Yield shares that give no whole: it is the figure that fits most of them, or that of the list.

    A single share that fits any figure of its sentence or the one before is right; one that fits none is taken from
    its list's whole.
    """
    wholes = _wholes(sentence, pairs[0][0])
    fitting = {w: sum(not Share(p, w, s).is_wrong for p, s in pairs) for w in wholes if w.value}
    best = max(fitting, key=lambda w: fitting[w], default=None)
    listed = {p.token: partition.whole for partition in partitions(sentence) for p in partition.parts}
    for part, printed in pairs:
        whole = best if best is not None and fitting[best] >= min(2, len(pairs)) else listed.get(part)
        if whole is not None and part.value <= whole.value:
            yield Share(part, whole, printed)


def _wholes(sentence: Sentence, first: Token) -> list[Token]:
    """List the figures a share may be taken of, the nearest first, in its sentence and the one before."""
    before = [t for t in sentence.shape.tokens if t.kind == COUNT and t.at < first.at]
    earlier = [t for t in sentence.previous.shape.tokens if t.kind == COUNT] if sentence.previous else []
    return [t for t in (*before[::-1], *earlier[::-1]) if t.exact]


def _makes_a_hundred(share: Share, printed: tuple[Share, ...]) -> bool:
    """Tell whether a share was moved by its last digit so that all shares of the whole, rounded, add up to 100."""
    beside = [s for s in printed if s.whole is share.whole]
    step = Decimal(1).scaleb(-share.printed.decimals)
    complete = sum(s.printed.value for s in beside) == 100 and sum(s.part.value for s in beside) == share.whole.value
    return (
        complete
        and len(beside) > 2
        and abs(share.right - share.printed.value) == step
        and sum(s.is_wrong for s in beside) == 1
    )


def percentages_are_right(rule: Rule, reading: Reading) -> list[Finding]:
    """N3: a printed percentage is part/whole, rounded half up at its printed decimals; growth is over last year's."""
    found = []
    for sentence in sentences(reading):
        printed = tuple(shares(sentence))
        for share in printed:
            if not share.is_wrong or _makes_a_hundred(share, printed):
                continue
            quote = sentence.quote(share.part.start, share.printed.end)
            what = (
                f"正文{quote}，"
                f"{spell(share.part.value)} ÷ {spell(share.whole.value)} 是 {share.right}%，"
                f"写的是 {share.printed.value}%"
            )
            how = f"改为 {share.right}%，或核对两个件数"
            said = (quote, spell(share.whole.value))
            found.append(text_finding(rule, reading, sentence.text, sentence.paragraph, what, how=how, evidence=said))
        for change in changes(sentence, reading):
            quote = sentence.quote(change.start, change.end)
            found.append(
                text_finding(
                    rule, reading, sentence.text, sentence.paragraph, f"正文{quote}，{change.what}",
                    how=change.how, evidence=(quote, *change.figures),
                )
            )  # fmt: skip
    return found
