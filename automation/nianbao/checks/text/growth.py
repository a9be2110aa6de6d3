"""Changes against last year (N3): 比上年（5件）增加1件, 较2024年的386件增长6.7%, 同比下降14.8%（2022年54件）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.quantities import Token
from nianbao.checks.text.scope import with_years
from nianbao.numbers import spell
from nianbao.patterns import Pattern
from nianbao.report import Reading

_LAST = "(?:上一?年度?|去年|«度?)(?:同期)?"
_UP = "增加|增长|上升|提高|上涨|增幅|升高|多|增"
_DOWN = "减少|下降|降低|下滑|回落|降幅|少|减"
_CHANGE = Pattern(f"(?P<way>{_UP}|{_DOWN})(?:了|为|约|幅度|幅度为|率为|近)*(?P<by>[#%])")
_BASE = Pattern(
    f"(?:较|比|与|同比|相较于?)?{_LAST}(?:的|为|是|仅|收到|受理|申请|（|总量|数量)*(?P<base>#)|（{_LAST}(?:为|是|收到|共)?(?P<inside>#)[^）]{{0,4}}）"
)
_FROM_TO = Pattern(
    "由«度?的(?P<base>#)[^#，；。]{0,4}(?:增加|上升|增长|提高|减少|下降|降)[到至][^#，；。]{0,6}(?P<now>#)，(?P<change>[^，；。]*[#%])"
)
"""由2023年的186条增加到2024年的240条，增长29.0%."""
_BY_AND_RATE = Pattern(
    f"(?P<now>#)[^#%，；。（）]{{0,8}}，(?:较|比|与|同比|相较于?){_LAST}[^#%，；。]{{0,4}}(?P<first>(?:{_UP}|{_DOWN})了?(?P<by>#))[^#%，；。]{{0,3}}，"
    f"[^#%，；。]{{0,4}}(?P<rate>(?:{_UP}|{_DOWN})(?:了|为|约|幅度|幅度为|率为|近)*%)"
)
"""收件521件，较去年减少38件，降幅6.8%: last year's figure follows from the first two."""
_WINDOW = 30


@dataclass(frozen=True)
class WrongGrowth:
    """A wrong change: where it stands, what is wrong, how to mend it, the figures it was worked out from."""

    start: int
    end: int
    what: str
    how: str
    figures: tuple[str, ...]


def changes(sentence: Sentence, reading: Reading) -> Iterator[WrongGrowth]:
    """Yield the changes of a sentence that do not follow from its two figures."""
    text = with_years(sentence, reading.report.year)
    if not re.search(_LAST, text) or not _CHANGE.search(text):
        return
    for told in _FROM_TO.finditer(text):
        change = _CHANGE.search(text, told.start("change"), told.end("change"))
        if change:
            now, base = sentence.shape.token(told.start("now")), sentence.shape.token(told.start("base"))
            yield from _wrong(sentence, now, base, change)
    for told in _BY_AND_RATE.finditer(text):
        yield from _wrong_rate(sentence, text, told)
    for base_match in _BASE.finditer(text):
        group = "base" if base_match["base"] else "inside"
        base = sentence.shape.token(base_match.start(group))
        current = _now(sentence, text, base_match)
        if current is None or not base.exact or not current.exact or not base.value:
            continue
        begin = max(text.rfind(c, 0, base_match.start()) for c in "；。") + 1
        stop = min((n for c in "；。" if (n := text.find(c, base_match.end())) >= 0), default=len(text))
        for match in _CHANGE.finditer(text, begin, stop):
            if abs(match.start() - base_match.start()) > _WINDOW or _is_of_another(text, match, base_match):
                continue
            yield from _wrong(sentence, current, base, match)
            break


def _wrong_rate(sentence: Sentence, text: str, told: re.Match[str]) -> Iterator[WrongGrowth]:
    """Check a rate against this year's figure and the difference, from which last year's figure follows."""
    now, by = sentence.shape.token(told.start("now")), sentence.shape.token(told.start("by"))
    down = bool(re.match(_DOWN, told["first"]))
    base = now.value + by.value if down else now.value - by.value
    change = _CHANGE.search(text, told.start("rate"), told.end("rate"))
    same_way = bool(re.match(_DOWN, told["rate"])) == down
    if change is None or not same_way or not now.exact or not by.exact or by.unit not in ("", now.unit) or base <= 0:
        return
    yield from _wrong(sentence, now, replace(by, value=base), change)


def _now(sentence: Sentence, text: str, base_match: re.Match[str]) -> Token | None:
    """Return this year's figure: the nearest before the comparison, of the same unit."""
    base = sentence.shape.token(base_match.end("base" if base_match["base"] else "inside") - 1)
    place = text.rfind("#", 0, base_match.start())
    while place >= 0:
        token = sentence.shape.token(place)
        if token.unit == base.unit and not _CHANGE.search(text, max(0, place - 6), place + 1):
            return token
        if text[place : base_match.start()].count("，") > 2:
            return None
        place = text.rfind("#", 0, place)
    return None


def _is_of_another(text: str, match: re.Match[str], base_match: re.Match[str]) -> bool:
    """Tell whether another figure stands between a base and a change, so that they need not belong together."""
    first, second = sorted((match, base_match), key=lambda m: m.start())
    between = text[first.end() : second.start()]
    return "#" in between or "其中" in between


def _wrong(sentence: Sentence, now: Token, base: Token, match: re.Match[str]) -> Iterator[WrongGrowth]:
    printed = sentence.shape.token(match.end() - 1)
    down = bool(re.match(_DOWN, match["way"]))
    difference = base.value - now.value if down else now.value - base.value
    start, end = min(now.start, base.start), max(printed.end, base.end)
    if not printed.exact:
        return
    figures = (spell(now.value), spell(base.value), str(printed.value))
    if match["by"] == "#":
        if printed.unit in ("", now.unit) and printed.value != difference:
            if difference < 0:
                right = f"由 {spell(base.value)} 到 {spell(now.value)} 是相反的方向（{spell(-difference)}）"
            else:
                right = f"{spell(now.value)} 与 {spell(base.value)} 相差 {spell(difference)}"
            said = f"写的是{match['way']} {spell(printed.value)}"
            yield WrongGrowth(start, end, f"{right}，{said}", "核对今年、上年和增减的数", figures)
        return
    step = Decimal(1).scaleb(-printed.decimals)
    rate = (difference * 100 / base.value).quantize(step, ROUND_HALF_UP)
    if rate != printed.value:
        moved = f"由 {spell(base.value)} 到 {spell(now.value)}"
        what = f"{moved}，{match['way']}的比例是 {rate}%，写的是 {printed.value}%"
        if rate < 0:
            what = f"{moved} 是相反的方向（{-rate}%），写的是{match['way']} {printed.value}%"
        yield WrongGrowth(start, end, what, "核对今年、上年的数，重算增减的比例", figures)
