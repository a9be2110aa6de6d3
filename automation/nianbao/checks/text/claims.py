"""Statements about all or none without a figure (N4): 均已办结, 均予以公开, 没有复议, 均获维持, 未收取信息处理费."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.text import roles
from nianbao.checks.text.cell_sums import cell_value, figure
from nianbao.checks.text.clauses import Chunk, Sentence, clauses, sentences
from nianbao.checks.text.clauses_without_figures import claims_nothing, clean_span, subject_of
from nianbao.checks.text.denials import NO, TOTAL
from nianbao.checks.text.domains import Domain
from nianbao.checks.text.roles import CARRIED_OUT, NOT_GRANTED, RECEIVED, Sum
from nianbao.checks.text.scope import Circle, has_both_circles, is_elsewhen, scope_of
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.numbers import spell
from nianbao.patterns import Pattern
from nianbao.report import Reading, Report

_REVIEWS = "(?:(?:行政)?复议|(?:行政)?诉讼|起诉)"
_NO_REVIEW = Pattern(
    rf"{NO}(?:有|任何|收到|接到|发生|产生|出现|引起|引发|涉及|存在|被|提起|申请|因|人|关于)*[^，；]{{0,24}}?{_REVIEWS}"
    rf"|不存在[^，；]{{0,20}}?{_REVIEWS}"
    rf"|{_REVIEWS}[^，；#]*?(?:未发生|没有发生|均?为零|均?为无|均无|均没有)"
)
_LOST = Pattern(
    "败诉|纠错|纠正|撤销|变更|违法|超期|逾期|未经|^如|^若|不当|不到位|不及时|不规范|不力|不准确|违反|失误|过错|瑕疵|责令|率|被改变|负面|复议(?:决定|结果|机关)|判决|裁定|尚未审结|未审结|未结|未作出|未对"
)
_ALL_OR_NONE = Pattern("[均都未没无零不%]|全部")
"""What every such statement has in it."""
_ALL_DONE = Pattern(
    "(?:均已|都已|已全部|全部已|已均|全部|均)[^，；。#]{0,18}?(?:办结|办理完毕|办理完成|答复完毕|办毕|处理完毕)"
    "|(?:均已|都已|已全部|全部已|已均)[^，；。#]{0,18}?(?:答复|回复)"
)
_NOT_ALL = Pattern(
    "(?<![年度«无])结转(?!上|«)|除[^，]{0,6}#|(?:其[他余它]|剩余?|余下|另外?)的?#|尚在|正在|在办|未到期|未届|除[^，]*外|其余|待答复|应[^，]{0,6}办结|到期|届满|#[^，；#]{0,10}未办结|未办结"
)
_DONE_TOLD = Pattern("(?:办结|答复|办理完毕)[^，；。#]*#|#[^，；。#]*(?:办结|答复|办理完毕)")
"""A figure of what was done: 均已… after it speaks of those, not of all that came in."""
_RATE_OF_ALL = Pattern("(?<![时期规])(?<!及时)办结率[^，；。%]{0,16}%$|^(?:办结率、[^，；。%]{0,20})%$")
_NO_LOSS = Pattern(f"(?:{NO}|零)[^，；。#]{{0,30}}?(?:败诉|被?纠错|被纠正|被撤销|被改变)")
_SAID_OURS = Pattern("信息公开|依申请")
_NO_REFUSAL = Pattern(
    f"{NO}(?:有|出现|发生)?(?:不予公开|不予处理|无法提供)(?:[、和或](?:不予公开|不予处理|无法提供))*(?:的|情形|情况|申请|件)*$"
)
_ALL_GRANTED = Pattern("^(?:均|都|全部)(?:已|依法|按期|按时|给|作出|决定)*(?:予以|同意)公开(?:答复|决定)?$")
_ALL_ONE_RESULT = Pattern(
    "^(?:(?:答复|办理|处理)?结果)?(?:均|都|全部)(?:已|依法|为|是|系|给|作出|决定|予以)*(?P<result>部分公开|不予公开|无法提供|不予处理)(?:答复|决定)?$"
)
_FIGURES_OF_ALL = Pattern("(?:收到|受理|接收|接到|新收|办结|答复)[^，；。、#]*#|#[^，；。、#]*申请")
_REST_GRANTED = Pattern(
    "除(?P<but>[^，；。#]*#[^，；。#]*)外，(?:其余|其[他它]|剩余|余下)(?:的|申请|事项)*(?:均|都|全部)(?:已|依法|按期|按时|给|作出|决定)*(?:予以|同意)公开"
)
"""除部分公开4件外，其余均予以公开."""
_CARRIED_LAST = Pattern("(?:收到|受理|新收)[^。]*(?:结转|转结)[^，；。#]*#[^，；。#]*，$")
"""The figure before a clause is of last year's only: 收到9件，…；上年结转2件，均予以公开."""
_SOME_PARTLY = Pattern("[（，](?:其中)[^（）。]*(?:部分公开|区分处理)")
"""均予以公开（其中1件部分公开）."""
_RECEIVED_TOLD = Pattern("(?:收到|受理|接收|接到|申请|公开政务信息数)[^，；。#]*#|#[^，；。#]*申请")
_ALL_NATURAL = Pattern(
    "(?:均|都|全部)(?:为|是|系|属于?|来自|由)(?:自然人|公民个人)(?:以[^，；。]{1,16})?(?:提出|提交|申请|的|件)*$"
)
_ALL_UPHELD = Pattern("(?:均|都|全部)(?:获得?|被|予以|得到|为|是|已|由[^，]{2,12})?(?:[^，；#]{0,10}?)维持")
_CLOSED_ONLY = Pattern("审结|办结|结案")
_NO_FEE = Pattern(
    f"(?:{NO}|不)(?:有|曾|实际|发生|产生|因[^，；]{{1,10}}|向[^，；]{{1,14}})*(?:收取|收费|发生|产生|征收)[^，；。#]{{0,20}}?(?:费|费用|任何费用|收费)"
    "|信息处理费[^，；#]{0,8}?(?:未收取|没有收取|未发生|没有发生|为零)|(?:未|没有)(?:发生|产生|出现)[^，；#]{0,12}信息处理费"
)


@dataclass(frozen=True)
class Statement:
    """What a clause says in short, the rows it rules out, in which columns; `sure` ones are refused."""

    label: str
    against: Sum
    columns: tuple[str, ...]
    sure: bool = True


@dataclass(frozen=True)
class Claim:
    """A statement that some cells are all zero, where it stands and whose it is."""

    sentence: Sentence
    start: int
    end: int
    stated: Statement
    scope: Circle


def claims(sentence: Sentence, report: Report) -> Iterator[Claim]:
    """Yield the statements of a sentence that the tables can contradict."""
    text = sentence.shape.text
    yield from _rest_granted(sentence, report)
    block = ""
    for start, clause in clauses(text):
        block = roles.blocks_named(clause) or block
        if not _ALL_OR_NONE.search(clause):
            continue
        stated = list(_stated(sentence, start, clause, block))
        if stated and claims_nothing(sentence, start, clause, report):
            continue
        scope = scope_of(report, sentence, start + len(clause))
        if scope is Circle.OWN and has_both_circles(report, sentence, earlier=True):
            continue
        for statement in stated:
            begin, end = clean_span(sentence, start, clause)
            yield Claim(sentence, begin, end, statement, scope)


def _only_of_all(before: str) -> bool:
    """Tell whether all figures before are of all applications, none of a part of them."""
    told = _FIGURES_OF_ALL.findall(before)
    return bool(told) and len(told) == before.count("#") and "其中" not in before


def _rest_granted(sentence: Sentence, report: Report) -> Iterator[Claim]:
    """Yield what follows from: of all received, some have one other result, the rest were granted."""
    text = sentence.shape.text
    said = _REST_GRANTED.search(text)
    if said is None or not _RECEIVED_TOLD.search(text, 0, said.start()):
        return
    named = [r for r in roles.RESULT_ROLES if r.label in said["but"]]
    clause = said["but"]
    if len(named) != 1 or subject_of(sentence, said.start("but"), clause) is not Domain.REQUESTS:
        return
    if is_elsewhen(sentence, Chunk(clause, said.start("but"), clause.index("#")), report.year):
        return
    rows = tuple(r for r in NOT_GRANTED.plus if r not in named[0].readings[0].plus)
    begin, end = clean_span(sentence, said.start(), said[0])
    stated = Statement(f"除{named[0].label}外均予以公开", Sum(NOT_GRANTED.says, rows), TOTAL)
    yield Claim(sentence, begin, end, stated, scope_of(report, sentence, said.end()))


def _is_whole_rate(sentence: Sentence, start: int, clause: str) -> bool:
    """Tell whether the percentage at the end of a clause is 100."""
    return sentence.shape.token(start + clause.rindex("%")).value == 100


def _stated(sentence: Sentence, start: int, clause: str, block: str) -> Iterator[Statement]:
    text = sentence.shape.text
    requests = subject_of(sentence, start, clause) is Domain.REQUESTS
    if requests and _ALL_DONE.search(clause) and not _DONE_TOLD.search(text, 0, start) and not _NOT_ALL.search(text):
        yield Statement("申请均已办结（答复）", CARRIED_OUT, TOTAL)
    if (
        _ALL_GRANTED.search(clause)
        and requests
        and _RECEIVED_TOLD.search(text, 0, start)
        and not _CARRIED_LAST.search(text, 0, start)
        and not _SOME_PARTLY.match(text, start + len(clause))
    ):
        yield Statement("申请均予以公开", NOT_GRANTED, TOTAL)
    if requests and (one := _ALL_ONE_RESULT.search(clause)) and _only_of_all(text[:start]):
        role = next(r for r in roles.RESULT_ROLES if r.label == one["result"])
        rest = tuple(r for r in (*roles.GRANTED, *NOT_GRANTED.plus) if r not in role.readings[0].plus)
        yield Statement(f"申请均{role.label}", Sum(f"{role.label}以外的结果", rest), TOTAL)
    if (
        _RATE_OF_ALL.search(clause)
        and requests
        and _is_whole_rate(sentence, start, clause)
        and not _NOT_ALL.search(text)
    ):
        yield Statement("申请办结率100%", CARRIED_OUT, TOTAL, sure=False)
    if _ALL_NATURAL.search(clause) and requests:
        yield Statement("申请均由自然人提出", RECEIVED, roles.LEGAL)
    if requests and (refused := _NO_REFUSAL.search(clause)) and "#" not in clause:
        for role in (r for r in roles.RESULT_ROLES if r.label in refused[0]):
            yield Statement(
                f"没有{role.label}", role.readings[0], TOTAL, sure=bool(_RECEIVED_TOLD.search(text, 0, start))
            )
    if _NO_LOSS.search(clause) and _SAID_OURS.search(sentence.clean):
        rows = roles.BLOCKS["行政复议和行政诉讼"]
        yield Statement("复议诉讼没有被纠正", Sum("结果纠正", tuple(f"{r}.corrected" for r in rows)), (), sure=False)
    match = _NO_REVIEW.search(clause)
    if match and not _LOST.search(clause):
        named = roles.blocks_named(clause)
        rows = roles.BLOCKS[named or "行政复议和行政诉讼"]
        yield Statement(f"没有发生{named}", Sum(named, tuple(f"{r}.total" for r in rows)), ())
    if _ALL_UPHELD.search(clause) and block:
        rows = roles.BLOCKS[block]
        columns = ("corrected", "other") if _CLOSED_ONLY.search(text) else ("corrected", "other", "pending")
        yield Statement(f"{block}均维持", Sum("其余结果", tuple(f"{r}.{c}" for r in rows for c in columns)), ())
    if _NO_FEE.search(clause) and re.search("信息处理费|信息公开", sentence.clean):
        yield Statement("没有收取信息处理费", roles.FEE_RECEIVED, ())


def statements_hold(rule: Rule, reading: Reading) -> list[Finding]:
    """N4: what the text says of all or none is not contradicted by a cell above zero."""
    found = []
    for sentence in sentences(reading):
        for claim in claims(sentence, reading.report):
            read = figure(reading, claim.stated.against, claim.stated.columns)
            if read is None or read.value <= 0:
                continue
            shown = {k: value for k in read.cells if (value := cell_value(reading, k)[0])}
            cells = "、".join(f"{reading.places.named(k)}是 {spell(value)}" for k, value in shown.items())
            quote = sentence.quote(claim.start, claim.end)
            what = f"正文{quote}，说的是{claim.stated.label}，而{cells}"
            certain = claim.stated.sure and claim.scope is Circle.WHOLE
            severity = Severity.ERROR if certain else Severity.EXPLAIN
            at, said = (sentence.text, sentence.paragraph), (quote,)
            found.append(text_finding(rule, reading, *at, what, cells=list(shown), severity=severity, evidence=said))
    return found
