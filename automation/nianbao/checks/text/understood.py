"""What every figure of a text is understood to be: what it counts, whose, of which time, of which circle, how exact.

A figure that is not understood in all of these is not compared; `why` says which was missing. Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from nianbao.checks.text.clauses import Chunk, Sentence, chunks, clauses
from nianbao.checks.text.domains import Domain, domain_at, last_domain
from nianbao.checks.text.frames import frame_of
from nianbao.checks.text.ledger import as_ledger
from nianbao.checks.text.meanings import meanings
from nianbao.checks.text.quantities import BOUND, ROUNDED, Token
from nianbao.checks.text.roles import blocks_named
from nianbao.checks.text.scope import (
    Circle,
    has_both_circles,
    is_elsewhen,
    is_for_another,
    is_split,
    is_summed,
    scope_of,
    with_years,
)
from nianbao.checks.text.self_names import with_own_name
from nianbao.checks.text.stretch import Meant, Stretch
from nianbao.patterns import Pattern
from nianbao.report import Report

_DOUBTS = {ROUNDED: "是约数", BOUND: "是上限或下限"}
_GENERAL_UNITS = frozenset("项部个种类家名人户位处场期批轮幅张页字所则")
"""Units that count anything: the noun behind them says what."""
_BARE = Pattern("(?:共有?|共计|合计|总计|总数|总量|数量|件数|均|各|已|全部)*(?:为|是|有)?#")
_PARTS = Pattern("总体情况|其[他它]需要报告|主要问题及|存在(?:的)?(?:主要)?问题(?:及|和)改进")
"""The sentence that lists the parts of the report."""
_APART = Pattern("分别(?!为|是)")
_WITH_CELLS = frozenset((Domain.REQUESTS, Domain.REVIEW, Domain.DOCUMENTS, Domain.FEE, Domain.DECISIONS))
_OPEN = Pattern("#[^#]*(?:未到|未届|尚未|正在|尚在|未办结)")
_CARRIED_ON = Pattern("，(?:将|已|均|依法|按规定|则|需)*(?:结转|转|顺延|延续)[^#，；。]*(?=[，；。]|$)")
_ONLY_IN_FRAMES = frozenset(("received", "accepted", "requests", "answered", "review"))
"""Phrases that without a frame were wrong more often than right (bench, real reports): they are left alone."""
_ELSEWHERE = Pattern("不计入|不纳入|不在[^，；。]{0,6}统计|不含在|另行(?:统计|报告)|分别报告")
_UNRELATED = Pattern("与(?:政府)?信息公开(?:工作|申请)?无关|非(?:因)?(?:政府)?信息公开")


@dataclass(frozen=True)
class Understood:
    """One figure with what it is understood to be; `meanings` are its cells, none where `why` says why not.

    `subject` is what is spoken of, `scope` whose figure it is, `frame` the tested phrase it stands in ('' : none).
    """

    sentence: Sentence
    token: Token
    subject: Domain | None
    scope: Circle
    meanings: tuple[Meant, ...]
    frame: str
    why: str


def understood(sentence: Sentence, report: Report) -> Iterator[Understood]:
    """Yield every count of a sentence, in order; percentages are the work of `percentages`."""
    if "#" not in sentence.shape.text:
        return
    sentence = as_ledger(sentence, report)
    lists_parts = bool(_PARTS.search(sentence.clean)) and sentence.text == "introduction"
    apart = _APART.search(sentence.shape.text)
    elsewhere = bool(_ELSEWHERE.search(sentence.clean))
    unrelated = bool(_UNRELATED.search(sentence.clean))
    split = is_split(sentence)
    block = ""
    for chunk in _whole_chunks(with_years(sentence, report.year)):
        token = sentence.shape.token(chunk.place)
        subject = _subject(sentence, chunk, token)
        if subject is Domain.REVIEW:
            block = blocks_named(chunk.text) or block
        scope = scope_of(report, sentence, chunk.place)
        why = (
            "说的是报告的各个部分" if lists_parts
            else _why_not(sentence, chunk, token, subject, report.year)
            or ("写明不计入本报告" if elsewhere else "")
            or ("写的是“分别”" if apart and apart.start() < chunk.place else "")
            or ("是本级的数，另有全区域的数" if scope is Circle.OWN and has_both_circles(report, sentence) else "")
            or ("是分机关写的数" if subject is Domain.REQUESTS and split else "")
            or ("与政府信息公开无关" if unrelated and subject is Domain.REVIEW else "")
        )  # fmt: skip
        meant: tuple[Meant, ...] = ()
        frame = ""
        if not why:
            meant, frame, why = _meant(Stretch(sentence, chunk, token, block, report), subject, scope)
        yield Understood(sentence, token, subject, scope, meant, frame, why)


def _meant(stretch: Stretch, subject: Domain | None, scope: Circle) -> tuple[tuple[Meant, ...], str, str]:
    """Return what a figure means and its frame ('' : none), or nothing and why."""
    found = tuple(meanings(stretch, subject))
    if not found:
        return (), "", "不是表中一格的数，或者只是其中一部分"
    framed = with_own_name(stretch.report, stretch.text)
    ids = [one.id if (one := frame_of(framed, m.role)) else "" for m in found]
    frame = ids[0] if all(ids) else ""
    if not frame and scope is Circle.WHOLE and any(m.role in _ONLY_IN_FRAMES for m in found):
        return (), "", "不在经过检验的句式里"
    sure = bool(frame) and not is_summed(stretch.sentence, stretch.chunk)
    return tuple(replace(m, sure=m.sure and sure) for m in found), frame, ""


def _subject(sentence: Sentence, chunk: Chunk, token: Token) -> Domain | None:
    """Return what the figure speaks of: the noun behind it, else the nearest words before it, else what came before."""
    named = last_domain(token.noun) if token.noun else None
    if named is not None:
        return named
    begin, end = chunk.start, chunk.start + len(chunk.text)
    return domain_at(sentence.shape.text, begin, chunk.place, end, sentence.inherited)


def _why_not(sentence: Sentence, chunk: Chunk, token: Token, subject: Domain | None, year: int | None) -> str:
    """Say in Chinese why a figure is not compared, or ''."""
    if token.doubt and not (subject is Domain.DECISIONS and token.step > 1):
        return _DOUBTS[token.doubt]
    if token.unit in _GENERAL_UNITS and token.noun and last_domain(token.noun) is None:
        return f"数的是“{token.noun}”"
    if subject not in _WITH_CELLS:
        return "说的不是表中的事项" if subject is not None else "没有写明说的是什么"
    if is_elsewhen(sentence, chunk, year):
        return "不是全年的数，或者是其他年度的数"
    if is_for_another(sentence, chunk):
        return "是代其他机关办理的"
    return ""


def _whole_chunks(text: str) -> Iterator[Chunk]:
    """Yield the chunks; a bare # takes the words it belongs to: those before its bracket, or of the clause before."""
    cut = clauses(text)
    for chunk in chunks(text):
        if chunk.text.startswith("#") and text[chunk.start - 1 : chunk.start] == "#" and chunk.start:
            yield _with_words_before(text, chunk)
            continue
        if not chunk.clause or not _BARE.fullmatch(chunk.text):
            yield _with_what_became_of_it(text, _with_words_before_bracket(text, chunk))
            continue
        number = chunk.clause - 1
        if text[: chunk.start].rstrip("，：；").endswith("）"):
            opening = text.rfind("（", 0, chunk.start)
            number = next((n for n in range(number, -1, -1) if cut[n][0] < opening), number)
        if "#" in cut[number][1]:
            yield chunk
            continue
        joined = f"{cut[number][1]}：{chunk.text}"
        at = len(cut[number][1]) + 1 + chunk.at
        yield replace(chunk, text=joined, start=chunk.place - at, at=at)


def _with_words_before(text: str, chunk: Chunk) -> Chunk:
    """Give a figure right behind another one its words: 缴纳1件110元."""
    begin = max(text.rfind(c, 0, chunk.start) for c in "，；：。（）、") + 1
    words = text[begin : chunk.start].replace("#", "")
    return replace(chunk, text=words + chunk.text, start=chunk.place - len(words), at=len(words))


def _with_words_before_bracket(text: str, chunk: Chunk) -> Chunk:
    """Give a figure the words that a bracket parts from it: 予以公开（含部分公开）答复5件."""
    if text[chunk.start - 1 : chunk.start] != "）" or not chunk.start:
        return chunk
    opening = text.rfind("（", 0, chunk.start)
    begin = max(text.rfind(c, 0, opening) for c in "，；：。（）、") + 1
    words = text[begin : max(opening, begin)]
    if "#" in words:
        return chunk
    return replace(chunk, text=words + chunk.text, start=chunk.start - len(words), at=chunk.at + len(words))


def _with_what_became_of_it(text: str, chunk: Chunk) -> Chunk:
    """Add a clause without a figure that says what became of those still open: 另#未到期，结转下年办理."""
    if not _OPEN.search(chunk.text):
        return chunk
    behind = _CARRIED_ON.match(text, chunk.start + len(chunk.text))
    return replace(chunk, text=chunk.text + behind[0]) if behind else chunk
