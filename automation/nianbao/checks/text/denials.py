"""Denials: 未收到申请, 无上年结转, 未制发规范性文件. To N1 they are figures 0."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from nianbao.checks.text import roles
from nianbao.checks.text.clauses import Sentence, clauses
from nianbao.checks.text.clauses_without_figures import claims_nothing, clean_span, subject_of
from nianbao.checks.text.domains import Domain
from nianbao.checks.text.mentions import Mention
from nianbao.checks.text.roles import CARRIED_IN, CARRIED_OUT, IN_HAND, RECEIVED, Sum
from nianbao.checks.text.scope import Circle, has_both_circles, scope_of, with_years
from nianbao.patterns import Pattern
from nianbao.report import Report

TOTAL = ("total",)
_ISSUED = next(r.readings for r in roles.NORMATIVE_ROLES if r.id == "issued")

NO = "(?:未曾|从未|尚未|没有|暂无|并无|均未|均无|未|没|无)"
_RECEIVED_SOME = Pattern("(?:收到|接到|接收|受理)[^，；。#]{0,16}#")
"""A figure of what came in before a denial in the same sentence: what is denied is something else, or is asked."""
_NONE = Pattern("[未没无零]")
_ASKED = "(?:依申请公开|信息公开的?申请|公开申请|申请公开|信息申请|(?<!复议)(?<!诉讼)申请(?!人|复议|行政复议|法院))"
_NO_REQUEST = Pattern(
    rf"{NO}(?:有|新)?(?:收到|接到|接收|受理|接获|收悉|办理|产生|发生|出现)(?!因)[^，；因引被]{{0,30}}?{_ASKED}"
    rf"|{NO}(?:有|任何|公民|人|新收|新增|关于|政府|涉及)*{_ASKED}(?:的|事项|申请|件|情况|业务|诉求|内容|信息)*(?:发生|产生)?$"
    rf"|{_ASKED}(?:的|事项|申请|件|情况|数量|数)*(?:为)?(?:零|无|没有)(?:发生)?$|零申请"
)
_ONLY_LEGAL = Pattern("法人|企业|组织|机构")
_PEOPLE = Pattern("公民|自然人|群众|个人|任何|社会")
_ONE_MATTER = Pattern(
    "(?:涉及|关于|针对|有关)(?!的?(?:本.|我.)?(?:政府|政务|信息|公开|依申请|申请))"
    "|要求(?:公开|提供|获取|查询)(?!的?(?:本.|我.|相关|有关)*(?:政府|政务|信息|申请|公开))"
)
"""未收到要求公开会议纪要的申请 denies those about one matter only."""
_ONE_CHANNEL = Pattern("网上|网络|网站|信函|邮寄|当面|现场|传真|邮件|平台|线上|线下")
_MORE = Pattern("、|和|或|及|与|任何|其[他它]|各|所有|等")
_REVIEW_BEHIND = Pattern("[^、，#]{0,12}(?:复议|诉讼)")
_NO_MATTER = Pattern("正当理由|理由|法律依据|明确|[以之]外的")
_NO_CARRY = Pattern(
    rf"{NO}(?:需|须|有)?(?:{roles.LAST})?(?:度)?(?:的)?(?:结转|遗留|未办结)"
    rf"|{NO}(?:需|须|有)?{_ASKED}(?:的|件|事项)*(?:结转|转|顺延)[至到入]?{roles.NEXT}"
)
_LAST_CARRY = Pattern(rf"{roles.LAST}度?(?:的)?(?:未|没有|无)?(?:结转|遗留|未办结)")
_NEXT_CARRY = Pattern(rf"(?:结转|转)[至到入]?{roles.NEXT}")
_NO_KIND = "(?:过|了|任何|新的?|行政|本级|本?部门|政府|相关|有关|其[他它]|规章|[、和或及与])*"
"""未制发涉企规范性文件 denies those of one kind only."""
_NO_DOCUMENT = Pattern(rf"{NO}(?:有|曾|新)*(?:制发|制定|出台|印发|制作){_NO_KIND}规范性文件")


def denials(sentence: Sentence, report: Report) -> Iterator[Mention]:
    """Yield what a sentence says did not happen, as figures 0: no requests, nothing carried over."""
    done_before = False
    for start, clause in clauses(with_years(sentence, report.year)):
        if _NONE.search(clause):
            yield from _denied(sentence, start, clause, report, done_before=done_before)
        done_before = done_before or "办结" in clause or "答复" in clause


def _denied(sentence: Sentence, start: int, clause: str, report: Report, *, done_before: bool) -> Iterator[Mention]:
    request = _NO_REQUEST.search(clause)
    if request and _is_of_some(clause[request.start() :]):
        request = None
    carry = _NO_CARRY.search(clause)
    unissued = _NO_DOCUMENT.search(clause)
    if not (request or carry or unissued) or claims_nothing(sentence, start, clause, report):
        return
    if _is_of_one_organ(sentence, start + len(clause), report):
        return
    if (
        request
        and not _is_of_reviews(clause, request)
        and not _NO_MATTER.search(clause)
        and subject_of(sentence, start, clause) not in (Domain.FOREIGN, Domain.FEE)
    ):
        sure = _RECEIVED_SOME.search(sentence.shape.text, 0, start) is None
        yield _nothing(sentence, start, clause, report, "收到的申请", (RECEIVED, IN_HAND), TOTAL, sure=sure)
    if carry and "#" not in clause and subject_of(sentence, start, clause) is Domain.REQUESTS:
        yield _carried(sentence, start, clause, report, done_before)
    if unissued:
        yield _nothing(sentence, start, clause, report, "规范性文件制发", _ISSUED, (), sure=True)


def _is_of_one_organ(sentence: Sentence, end: int, report: Report) -> bool:
    """Tell whether one organ is meant beside the whole area: 全县收到20件，县政府办公室未收到申请."""
    return scope_of(report, sentence, end) is Circle.OWN and has_both_circles(report, sentence, earlier=True)


def _is_of_some(denial: str) -> bool:
    """Tell whether only one kind of applicants, matter or channel is meant: 未收到法人的申请, 未收到网上申请."""
    if _ONE_MATTER.search(denial):
        return True
    legal = _ONLY_LEGAL.search(denial) and not _PEOPLE.search(denial)
    return bool(legal or (_ONE_CHANNEL.search(denial) and not _MORE.search(denial)))


def _is_of_reviews(clause: str, request: re.Match[str]) -> bool:
    """Tell whether the object stands at the end: 未收到依申请公开行政复议、诉讼案件."""
    return bool(_REVIEW_BEHIND.match(clause, request.end()))


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
    begin, end = clean_span(sentence, start, clause)
    scope = scope_of(report, sentence, start + len(clause))
    return Mention(sentence, begin, end, Decimal(0), label, readings, columns, sure, scope)
