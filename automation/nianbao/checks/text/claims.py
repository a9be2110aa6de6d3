"""Statements without a figure: that nothing came in, that all was done, that all was upheld (N1, N4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from nianbao.checks.judge import text_finding
from nianbao.checks.text import roles
from nianbao.checks.text.cells import figure
from nianbao.checks.text.clauses import Chunk, Sentence, clauses, sentences
from nianbao.checks.text.domains import Domain, domain_at
from nianbao.checks.text.mentions import Mention
from nianbao.checks.text.roles import CARRIED_IN, CARRIED_OUT, IN_HAND, RECEIVED, Sum
from nianbao.checks.text.scope import Scope, is_elsewhen, scope_of, with_years
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.numbers import spell
from nianbao.patterns import Pattern
from nianbao.report import Reading, Report

TOTAL = ("total",)
NOT_GRANTED = Sum("予以公开以外的结果", roles.rows("partial_grant denied.* unavailable.* not_processed.*"))
_ISSUED = next(r.readings for r in roles.NORMATIVE_ROLES if r.id == "issued")

_NO = "(?:未曾|从未|尚未|没有|暂无|并无|均未|均无|未|没|无)"
_ASKED = "(?:依申请公开|信息公开的?申请|公开申请|申请公开|信息申请|申请(?!人|复议|行政复议|法院))"
_NO_REQUEST = Pattern(
    rf"{_NO}(?:有|新)?(?:收到|接到|接收|受理|接获|收悉|办理|产生|发生|出现)(?!因)[^，；因引被]{{0,30}}?{_ASKED}"
    rf"|{_NO}(?:有|任何|公民|人|新收|新增|关于|政府|涉及)*{_ASKED}(?:的|事项|申请|件|情况|业务|诉求|内容|信息)*(?:发生|产生)?$"
    rf"|{_ASKED}(?:的|事项|申请|件|情况|数量|数)*(?:为)?(?:零|无|没有)(?:发生)?$|零申请"
)
_ONLY_LEGAL = Pattern("法人|企业|组织|机构")
_PEOPLE = Pattern("公民|自然人|群众|个人|任何|社会")
_ONE_CHANNEL = Pattern("网上|网络|网站|信函|邮寄|当面|现场|传真|邮件|平台|线上|线下")
_MORE = Pattern("、|和|或|及|与|任何|其[他它]|各|所有|等")
_REVIEW_BEHIND = Pattern("[^、，#]{0,12}(?:复议|诉讼)")
_NO_MATTER = Pattern("正当理由|理由|法律依据|明确")
_NO_CARRY = Pattern(
    rf"{_NO}(?:需|须|有)?(?:{roles.LAST})?(?:度)?(?:的)?(?:结转|遗留|未办结)"
    rf"|{_NO}(?:需|须|有)?{_ASKED}(?:的|件|事项)*(?:结转|转|顺延)[至到入]?{roles.NEXT}"
)
_LAST_CARRY = Pattern(rf"{roles.LAST}度?(?:的)?(?:未|没有|无)?(?:结转|遗留|未办结)")
_NEXT_CARRY = Pattern(rf"(?:结转|转)[至到入]?{roles.NEXT}")

_NO_DOCUMENT = Pattern(rf"{_NO}(?:有|曾|新)*(?:制发|制定|出台|印发|制作)[^，；#]{{0,8}}?规范性文件")

_REVIEWS = "(?:(?:行政)?复议|(?:行政)?诉讼|起诉)"
_NO_REVIEW = Pattern(
    rf"{_NO}(?:有|任何|收到|接到|发生|产生|出现|引起|引发|涉及|存在|被|提起|申请|因|人|关于)*[^，；]{{0,24}}?{_REVIEWS}"
    rf"|不存在[^，；]{{0,20}}?{_REVIEWS}"
    rf"|{_REVIEWS}[^，；#]*?(?:未发生|没有发生|均?为零|均?为无|均无|均没有)"
)
_LOST = Pattern(
    "败诉|纠错|纠正|撤销|变更|违法|超期|逾期|未经|^如|^若|不当|责令|率|被改变|负面|复议(?:决定|结果|机关)|判决|裁定|尚未审结|未审结|未结|未作出|未对"
)
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
_NO_REFUSAL = Pattern(
    f"{_NO}(?:有|出现|发生)?(?:不予公开|不予处理|无法提供)(?:[、和或](?:不予公开|不予处理|无法提供))*(?:的|情形|情况|申请|件)*$"
)
_ALL_GRANTED = Pattern("^(?:均|都|全部)(?:已|依法|按期|按时|给|作出|决定)*(?:予以|同意)公开(?:答复|决定)?$")
_RECEIVED_TOLD = Pattern("(?:收到|受理|接收|接到|申请|公开政务信息数)[^，；。#]*#|#[^，；。#]*申请")
_ALL_NATURAL = Pattern(
    "(?:均|都|全部)(?:为|是|系|属于?|来自|由)(?:自然人|公民个人)(?:以[^，；。]{1,16})?(?:提出|提交|申请|的|件)*$"
)
_ALL_UPHELD = Pattern("(?:均|都|全部)(?:获得?|被|予以|得到|为|是|已|由[^，]{2,12})?(?:[^，；#]{0,10}?)维持")
_CLOSED_ONLY = Pattern("审结|办结|结案")
_NO_FEE = Pattern(
    f"(?:{_NO}|不)(?:有|曾|实际|发生|产生|因[^，；]{{1,10}}|向[^，；]{{1,14}})*(?:收取|收费|发生|产生|征收)[^，；。#]{{0,20}}?(?:费|费用|任何费用|收费)"
    "|信息处理费[^，；#]{0,8}?(?:未收取|没有收取|未发生|没有发生|为零)|(?:未|没有)(?:发生|产生|出现)[^，；#]{0,12}信息处理费"
)


def denials(sentence: Sentence, report: Report) -> Iterator[Mention]:
    """Yield what a sentence says did not happen, as figures 0: no requests, nothing carried over."""
    text = with_years(sentence, report.year)
    done_before = False
    for start, clause in clauses(text):
        request = _NO_REQUEST.search(clause)
        if request and _is_of_some(clause[request.start() :]):
            request = None
        carry = _NO_CARRY.search(clause)
        unissued = _NO_DOCUMENT.search(clause)
        if (request or carry or unissued) and _skipped(sentence, start, clause, report):
            continue
        if (
            request
            and not _is_of_reviews(clause, request)
            and not _NO_MATTER.search(clause)
            and not _other_subject(sentence, start, clause)
        ):
            yield _nothing(sentence, start, clause, report, "收到的申请", (RECEIVED, IN_HAND), TOTAL, sure=True)
        if carry and "#" not in clause and _speaks_of_requests(sentence, start, clause):
            yield _carried(sentence, start, clause, report, done_before)
        if unissued:
            yield _nothing(sentence, start, clause, report, "规范性文件制发", _ISSUED, (), sure=True)
        done_before = done_before or bool(re.search("办结|答复", clause))


def _is_of_some(denial: str) -> bool:
    """Tell whether only applicants of one kind or one channel are meant: 未收到法人的申请, 未收到网上申请."""
    legal = _ONLY_LEGAL.search(denial) and not _PEOPLE.search(denial)
    return bool(legal or (_ONE_CHANNEL.search(denial) and not _MORE.search(denial)))


def _is_of_reviews(clause: str, request: re.Match[str]) -> bool:
    """Tell whether the object stands at the end: 未收到依申请公开行政复议、诉讼案件."""
    return bool(_REVIEW_BEHIND.match(clause, request.end()))


def _is_whole_rate(sentence: Sentence, start: int, clause: str) -> bool:
    """Tell whether the percentage at the end of a clause is 100."""
    return sentence.shape.token(start + clause.rindex("%")).value == 100


def _carried(sentence: Sentence, start: int, clause: str, report: Report, done_before: bool) -> Mention:
    if _LAST_CARRY.search(clause):
        return _nothing(sentence, start, clause, report, "上年结转", (CARRIED_IN,), TOTAL, sure=True)
    if _NEXT_CARRY.search(clause) or done_before:
        return _nothing(sentence, start, clause, report, "结转下年度", (CARRIED_OUT,), TOTAL, sure=True)
    return _nothing(sentence, start, clause, report, "结转", (CARRIED_OUT, CARRIED_IN), TOTAL, sure=False)


def _nothing(
    sentence: Sentence,
    start: int,
    clause: str,
    report: Report,
    label: str,
    readings: tuple[Sum, ...],
    columns: tuple[str, ...],
    *,
    sure: bool,
) -> Mention:
    begin, end = _clean_span(sentence, start, clause)
    scope = scope_of(report, sentence, start + len(clause))
    return Mention(sentence, begin, end, Decimal(0), label, readings, columns, sure, scope)


def _clean_span(sentence: Sentence, start: int, clause: str) -> tuple[int, int]:
    """Return where a clause of the shape stands in the clean text."""
    return sentence.shape.clean_place(start), sentence.shape.clean_place(start + len(clause))


def _skipped(sentence: Sentence, start: int, clause: str, report: Report) -> bool:
    """A clause about another time, or about what might happen, claims nothing of this year."""
    whole = Chunk(clause, start, len(clause), 0)
    return is_elsewhen(sentence, whole, report.year) or bool(
        re.match("如|若|对|凡|要|防止|避免|确保|力争|争取", clause)
    )


def _other_subject(sentence: Sentence, start: int, clause: str) -> bool:
    at = start + len(clause)
    return domain_at(sentence.shape.text, start, at, at, sentence.inherited) in (Domain.FOREIGN, Domain.FEE)


def _speaks_of_requests(sentence: Sentence, start: int, clause: str) -> bool:
    at = start + len(clause)
    return domain_at(sentence.shape.text, start, at, at, sentence.inherited) is Domain.REQUESTS


@dataclass(frozen=True)
class Claim:
    """A statement that some cells are all zero: `label` is the statement in short, `against` the rows it rules out."""

    sentence: Sentence
    start: int
    end: int
    label: str
    against: Sum
    columns: tuple[str, ...]
    scope: Scope


def claims(sentence: Sentence, report: Report) -> Iterator[Claim]:
    """Yield the statements of a sentence that the tables can contradict."""
    text = sentence.shape.text
    block = ""
    for start, clause in clauses(text):
        block = roles.blocks_named(clause) or block
        stated = list(_stated(sentence, start, clause, block))
        if stated and _skipped(sentence, start, clause, report):
            continue
        for label, against, columns in stated:
            begin, end = _clean_span(sentence, start, clause)
            yield Claim(sentence, begin, end, label, against, columns, scope_of(report, sentence, start + len(clause)))


def _stated(sentence: Sentence, start: int, clause: str, block: str) -> Iterator[tuple[str, Sum, tuple[str, ...]]]:
    text = sentence.shape.text
    if (
        _ALL_DONE.search(clause)
        and not _DONE_TOLD.search(text, 0, start)
        and not _NOT_ALL.search(text)
        and _speaks_of_requests(sentence, start, clause)
    ):
        yield "申请均已办结（答复）", CARRIED_OUT, ("total",)
    requests = _speaks_of_requests(sentence, start, clause)
    if _ALL_GRANTED.search(clause) and requests and _RECEIVED_TOLD.search(text, 0, start):
        yield "申请均予以公开", NOT_GRANTED, TOTAL
    if (
        _RATE_OF_ALL.search(clause)
        and requests
        and _is_whole_rate(sentence, start, clause)
        and not _NOT_ALL.search(text)
    ):
        yield "申请办结率100%", CARRIED_OUT, TOTAL
    if _ALL_NATURAL.search(clause) and requests:
        yield "申请均由自然人提出", RECEIVED, roles.LEGAL
    if requests and (refused := _NO_REFUSAL.search(clause)) and "#" not in clause:
        for role in (r for r in roles.RESULT_ROLES if r.label in refused[0]):
            yield f"没有{role.label}", role.readings[0], TOTAL
    match = _NO_REVIEW.search(clause)
    if match and not _LOST.search(clause):
        named = roles.blocks_named(clause)
        rows = roles.BLOCKS[named or "行政复议和行政诉讼"]
        yield f"没有发生{named}", Sum(named, tuple(f"{r}.total" for r in rows)), ()
    if _ALL_UPHELD.search(clause) and block:
        rows = roles.BLOCKS[block]
        columns = ("corrected", "other") if _CLOSED_ONLY.search(text) else ("corrected", "other", "pending")
        yield f"{block}均维持", Sum("其余结果", tuple(f"{r}.{c}" for r in rows for c in columns)), ()
    if _NO_FEE.search(clause) and re.search("信息处理费|信息公开", sentence.clean):
        yield "没有收取信息处理费", Sum("实际收取", ("fee.processing_fee.amount_received",)), ()


def statements_hold(rule: Rule, reading: Reading) -> list[Finding]:
    """N4: what the text says of all or none is not contradicted by a cell above zero."""
    found = []
    for sentence in sentences(reading.report):
        for claim in claims(sentence, reading.report):
            read = figure(reading, claim.against, claim.columns)
            if read is None or read.value <= 0:
                continue
            shown = [k for k in read.cells if reading.report.values.get(k)] or list(read.cells)
            cells = "、".join(
                f"{reading.places.named(k)} {spell(reading.report.values.get(k, read.value))}" for k in shown
            )
            what = f"正文{sentence.quote(claim.start, claim.end)}，说的是{claim.label}，而{cells}"
            severity = Severity.ERROR if claim.scope is Scope.WHOLE else Severity.EXPLAIN
            found.append(
                text_finding(rule, reading, sentence.text, sentence.paragraph, what, cells=shown, severity=severity)
            )
    return found
