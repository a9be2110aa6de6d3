"""Whose figures and which time a passage speaks of: the whole body or one organ, this year or another."""

from __future__ import annotations

import re
from enum import StrEnum

from nianbao.checks.text.clauses import Chunk, Sentence
from nianbao.checks.text.quantities import TIME
from nianbao.patterns import Pattern
from nianbao.report import Report


class Circle(StrEnum):
    """WHOLE: what the tables count; OWN: one organ of it only; WIDER: more bodies than the tables count."""

    WHOLE = "whole"
    OWN = "own"
    WIDER = "wider"


_GOVERNMENT = Pattern("(?:[县区市旗省州]|自治[县区州旗])人民政府$")
_OWN = Pattern("政府办公?[室厅]?|[县区市州旗省]府办|本办|我办|办公[室厅](?!电话|地址)|本机关|本级")
_WIDER = Pattern(
    "全[县区市州旗省](?!前列|排名|第|上下)|[县区市州旗]政府(?!办|门户|网站|信息|大院|关于)|全系统|各乡镇|各部门|各单位|各县|各镇|各街道"
)
_ALL = Pattern("全[县区市州旗省]|各[乡镇部单街县]")
_SPLIT = Pattern(
    "(?:受理|收到|接收|办理|办结)[^，；。#]*#[^。]*各(?:[乡镇部单街县委]|职能|有关)[^；。#]*(?:受理|收到|接收|办理|办结)[^，；。#]*#"
)
_CAME_IN = "(?:受理|收到|接收|办理|办结)[^，；。#]*#"
_ORGAN = f"(?:[局委厅]机关|本级|本部|分局|(?:所属|下属|直属|二级|事业)单位|派出机构)[^，；。#]{{0,6}}{_CAME_IN}"
_OF_ORGANS = Pattern(f"{_ORGAN}[^。]*{_CAME_IN}|{_CAME_IN}[^。]*{_ORGAN}")
_TIME = Pattern(
    "(?P<cause>(?:因|由|对|针对)@[^，；。#]{0,16}?(?:申请|答复|决定|告知))"
    "|(?P<carry>(?:上一?年度?|去年|往年|@)(?:末|底)?(?:未办结)?的?(?:未|没有|无)?(?:结转|转结|转入|遗留|延续|顺延|接转)"
    "|(?:结转|转结|转入|转至|顺延|延至|延续|转到|转|承接)[至到入自]?(?:@|上一?年度?|去年))"
    "|(?P<compare>(?:较|比|与|同|相较于?|对比)(?:@|上一?年|去年|往年)[^，；。]*|同比[^，；。]*)"
    "|(?P<span>@(?:起|开始)?[至到—–~～-]+@)|(?P<until>(?:截[至止]到?|至|到)@)"
    "|(?P<time>@)|(?P<last>上一?年|去年|往年|前年|近~|~来(?!访|信|电|函))|(?P<this>今年|本年|全年|一年来)|(?P<since>以来)"
)
_CHANGE = Pattern(
    "(?:增加|减少|增长|下降|上升|提高|降低|上涨|缩减|(?<!新)增|减|多|少|升|降)[了至到]?#|(?:较|比|同比|环比)[^#]*#"
)
_DONE_LATER = Pattern("#[^#转延续]{0,8}»[^#转延续]*(?:办结|答复|办理完)")
"""2件于2025年1月办结, in a report of 2024."""
_FUTURE = Pattern("下一步|明年|计划|力争|预计|目标|拟")
_SUMMED = Pattern("累计|历年|历次")
_FOR_ANOTHER = Pattern(
    "代(?!表|码|替)[^#，；。]{1,10}(?:办理|受理|答复|审理)|协助|配合|转办|移送|转送|会办|协办|作为[^#，；。]{0,6}复议机关"
)


def scope_of(report: Report, sentence: Sentence, place: int) -> Circle:
    """Tell whether a figure is about the body that reports, one organ of it, or a wider circle."""
    text = sentence.shape.text[:place]
    if _GOVERNMENT.search(report.name) or report.body.get("level") == "county":
        own = list(_OWN.finditer(text))
        wide = list(_ALL.finditer(text))
        return Circle.OWN if own and (not wide or wide[-1].start() < own[-1].start()) else Circle.WHOLE
    return Circle.WIDER if _WIDER.search(text) else Circle.WHOLE


def with_years(sentence: Sentence, year: int | None) -> str:
    """Return the sentence's shape with « for an earlier and » for a later year than the report's."""
    text = sentence.shape.text
    if year is None or "@" not in text:
        return text
    out = list(text)
    for token in sentence.shape.tokens:
        named = token.date[0]
        if token.kind == TIME and named is not None and named != year:
            out[token.at] = "«" if named < year else "»"
    return "".join(out)


def is_elsewhen(sentence: Sentence, chunk: Chunk, year: int | None) -> bool:
    """Tell whether a figure is about another time than the report year: a change, last year, a quarter."""
    text = sentence.shape.text
    if _CHANGE.search(chunk.text) or _DONE_LATER.search(chunk.text) or _FUTURE.search(text, 0, chunk.place):
        return True
    other = False
    for match in _TIME.finditer(text, 0, chunk.place + 1):
        kind = match.lastgroup
        if kind == "compare":
            if chunk.place < match.end():
                return True
        elif kind in ("time", "until", "span"):
            other = _is_other_time(sentence, match, year)
        elif kind in ("last", "this"):
            other = kind == "last"
        elif kind == "since" and not re.search("[今本]年|@", text[: match.start()]):
            other = True
    return other


def _is_other_time(sentence: Sentence, match: re.Match[str], year: int | None) -> bool:
    """Tell whether a time is another year, a part of this one or a day in it; 截至12月31日 is the whole year."""
    named, month, day = sentence.shape.token(match.end() - 1).date
    if match.lastgroup == "span":
        begin = sentence.shape.token(match.start()).date
        named = named if named is not None else begin[0]
        return (begin[1:], (month, day)) != ((1, 1), (12, 31)) or named not in (None, year)
    if named is not None and year is not None and named != year:
        return True
    if match.lastgroup == "until":
        return (named is None and not month) or (bool(month) and (month, day) not in ((12, 31), (12, 0)))
    return named is None or bool(month)


def has_both_circles(report: Report, sentence: Sentence, *, earlier: bool = False) -> bool:
    """Tell whether a government speaks of the whole area and of one organ: 全区800件，区政府本级206件.

    With `earlier` the whole area may have been spoken of in the sentence before.
    """
    before = sentence.previous.shape.text if earlier and sentence.previous else ""
    text = before + sentence.shape.text
    return bool(_ALL.search(text)) and bool(_OWN.search(text)) and bool(_GOVERNMENT.search(report.name))


def is_split(sentence: Sentence) -> bool:
    """Tell whether what was received is told of organs in turn: 市政府受理29件，各部门受理24件; 局机关9件，分局3件."""
    text = sentence.shape.text
    return bool(_SPLIT.search(text) or _OF_ORGANS.search(text))


def is_for_another(sentence: Sentence, chunk: Chunk) -> bool:
    """Tell whether a figure is of what was done for another body: 代县政府办理, 协助, 作为复议机关."""
    clause = max(sentence.shape.text.rfind(c, 0, chunk.place) for c in "，；。（")
    return bool(_FOR_ANOTHER.search(sentence.shape.text, clause + 1, chunk.place))


def is_summed(sentence: Sentence, chunk: Chunk) -> bool:
    """Tell whether a figure is called cumulative before it is named."""
    return bool(_SUMMED.search(sentence.shape.text, 0, chunk.place))
