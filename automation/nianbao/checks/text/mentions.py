"""Finding the figures of the text that have a cell: what each is about and which readings it may have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from nianbao.checks.text import roles
from nianbao.checks.text.clauses import Chunk, Sentence, chunks, clauses
from nianbao.checks.text.domains import Domain, domain_at
from nianbao.checks.text.quantities import Token
from nianbao.checks.text.roles import Role, Sum
from nianbao.checks.text.scope import Scope, is_elsewhen, is_summed, scope_of, with_years
from nianbao.patterns import Pattern
from nianbao.report import Report

ITEMS = frozenset(("", "件", "份", "次", "条", "起", "宗", "例", "个", "项", "封", "件次", "桩", "部", "篇"))
"""Units in which requests, cases and documents are counted."""


@dataclass(frozen=True)
class Mention:
    """A figure of the text with a cell: `label` says of what, `readings` what it may add up, in `columns`."""

    sentence: Sentence
    start: int
    end: int
    value: int
    label: str
    readings: tuple[Sum, ...]
    columns: tuple[str, ...]
    sure: bool
    scope: Scope


@dataclass(frozen=True)
class _Meant:
    label: str
    readings: tuple[Sum, ...]
    columns: tuple[str, ...]
    sure: bool


_LISTED = Pattern("其中|包括|包含")
_CHANNEL = Pattern(
    "网络|网上|在线|信函|信件|邮寄|当面|现场|电子邮件|邮箱|传真|平台|网站|(?<!全)系统|窗口|微信|书面|口头|纸质|线上|线下|来函"
)
_ALL_CHANNELS = Pattern("等[^#]{0,4}(?:渠道|方式|途径|形式)|共|总")
_NOT_PLAIN = Pattern(
    "每|未到|未届|延期|延长|超期|逾期|电话|当场|口头|提前|重新|应当?答|补充|协助|转办|撤回|撤销|模板|文书|制度|指南|流程|规范|规程|范本|文本|台账"
    "|栏目|专栏|渠道|窗口|模块|目录|案例|人员|专员|指导|督促|帮助|会商|交办|转送|移送"
)
_BARE = Pattern("(?:共有?|共计|合计|总计|总数|总量|数量|件数)?(?:为|是|有)?#")
_DOCUMENT_WORK = Pattern(
    "制度|办法|目录|栏目|专栏|专题|数据库|管理|培训|审查|审核|备案|清理|评估|解读|修改|修订|起草|报备|征求|征集"
)
_TOP_RESULTS = frozenset(("full_grant", "partial_grant", "denied.*", "unavailable.*", "not_processed.*", "other*"))
_OURS = Pattern("信息公开|依申请|公开申请|申请公开|答复")
_DECISIONS_SHOWN = Pattern(
    "(?<!信息)(?:公开|公示|发布|公布)了?(?:行政)?复议|决定书|文书|培训|旁听|听证|参加|出庭|庭审|应诉|答辩|答复书|意见书|材料|复议机关"
)
_APART = Pattern("分别")
_WITH_CELLS = frozenset((Domain.REQUESTS, Domain.REVIEW, Domain.DOCUMENTS, Domain.FEE))
_INFORMATION = Pattern("公开(?:的|类)*(?:政府)?信息#")
"""Items of information, not requests: 主动公开信息#条，依申请公开信息#条，不予公开信息#条."""
_AND = Pattern("[、和及与]")


def mentions(sentence: Sentence, report: Report) -> Iterator[Mention]:
    """Yield the figures of a sentence that have a cell, in order."""
    block = ""
    apart = _APART.search(sentence.shape.text)
    for chunk in _whole_chunks(with_years(sentence, report.year)):
        token = sentence.shape.token(chunk.place)
        domain = _domain(sentence, chunk)
        if domain is Domain.REVIEW:
            block = roles.blocks_named(chunk.text) or block
        if domain not in _WITH_CELLS or not token.exact or token.value != int(token.value):
            continue
        if (apart and apart.start() < chunk.place) or is_elsewhen(sentence, chunk, report.year):
            continue
        scope = scope_of(report, sentence, chunk.place)
        summed = is_summed(sentence, chunk)
        for meant in _meanings(sentence, chunk, token, domain, block):
            yield Mention(
                sentence, token.start, token.end, int(token.value), meant.label, meant.readings, meant.columns,
                meant.sure and not summed, scope,
            )  # fmt: skip


def _domain(sentence: Sentence, chunk: Chunk) -> Domain | None:
    begin, end = chunk.start, chunk.start + len(chunk.text)
    return domain_at(sentence.shape.text, max(0, begin), chunk.place, end, sentence.inherited)


def _whole_chunks(text: str) -> Iterator[Chunk]:
    """Yield the chunks; a bare 共# takes the words of the clause before it, which has no figure of its own."""
    cut = clauses(text)
    for chunk in chunks(text):
        if chunk.clause and _BARE.fullmatch(chunk.text) and "#" not in cut[chunk.clause - 1][1]:
            begin = cut[chunk.clause - 1][0]
            joined = f"{cut[chunk.clause - 1][1]}：{chunk.text}"
            yield replace(chunk, text=joined, start=begin, at=chunk.place - begin)
        else:
            yield chunk


def _meanings(sentence: Sentence, chunk: Chunk, token: Token, domain: Domain | None, block: str) -> Iterator[_Meant]:
    each = chunk.text[: chunk.at].endswith("各")
    if domain is Domain.FEE:
        yield from _fee(chunk, token)
    elif token.unit not in ITEMS:
        return
    elif domain is Domain.REQUESTS:
        names = _AND.split(chunk.text[: chunk.at - 1]) if each else [chunk.text[: chunk.at]]
        for name in names:
            yield from _request(sentence, chunk, name + "#" + ("" if each else chunk.text[chunk.at + 1 :]))
    elif domain is Domain.REVIEW:
        yield from _review(sentence, chunk, block, each=each)
    elif domain is Domain.DOCUMENTS and not each:
        yield from _document(sentence, chunk)


def _role(candidates: tuple[Role, ...], text: str) -> Role | None:
    """Return the role whose words stand before the figure, else the one whose words stand after it."""
    ahead = next((r for r in candidates if r.before.search(text)), None)
    return ahead or next((r for r in candidates if r.after and r.after.search(text)), None)


def _request(sentence: Sentence, chunk: Chunk, text: str) -> Iterator[_Meant]:
    role = _role(roles.REQUEST_ROLES, text)
    applicant = next((a for a in roles.APPLICANTS if a[2].search(text)), None)
    top = [r for r in roles.RESULT_ROLES if r.id in _TOP_RESULTS and r.before.search(text)]
    if len(top) > 1 or (role is None and applicant is None):
        return
    if applicant and (role is None or not role.in_lists):
        yield _Meant(f"{applicant[0]}的申请", roles.APPLICANT_READINGS, applicant[1], sure=False)
        return
    if role is None or not _is_plain(sentence, chunk, role):
        return
    if _INFORMATION.search(text) and (role in roles.RESULT_ROLES or role.id == "requests"):
        return
    label = f"{applicant[0]}·{role.label}" if applicant else role.label
    again = role.id == "accepted" and "收到" in sentence.shape.text[: chunk.start]
    yield _Meant(label, role.readings, applicant[1] if applicant else ("total",), role.sure and not again)


def _is_plain(sentence: Sentence, chunk: Chunk, role: Role) -> bool:
    """Tell whether a figure is all of its kind: no part of a list, of one channel, or set apart by a word."""
    if role not in roles.FLOW_ROLES:
        return True
    before = sentence.shape.text[: chunk.place]
    if not role.in_lists and _LISTED.search(before):
        return False
    if _CHANNEL.search(chunk.text) and not _ALL_CHANNELS.search(chunk.text):
        return False
    return not _NOT_PLAIN.search(chunk.text)


def _review(sentence: Sentence, chunk: Chunk, block: str, *, each: bool) -> Iterator[_Meant]:
    text = chunk.text
    about = sentence.clean + sentence.heading
    spoken = _OURS.search(about) or sentence.inherited in (Domain.REQUESTS, Domain.REVIEW)
    if not block or not spoken or _DECISIONS_SHOWN.search(text):
        return
    outcome = next((o for o in roles.OUTCOMES if o[2].search(text)), None)
    column, word = (outcome[0], outcome[1]) if outcome else ("total", "总计")
    if outcome is None and not roles.blocks_named(text):
        return
    named = {roles.blocks_named(c) for _, c in clauses(sentence.shape.text[: chunk.place])} - {""}
    sure = len(named) == 1 or bool(roles.blocks_named(text))
    blocks = ("行政复议", "行政诉讼") if each and block == "行政复议和行政诉讼" else (block,)
    for name in blocks:
        rows = roles.BLOCKS[name]
        minus = rows if column == "closed" else ()
        if minus:
            total = Sum(f"{name}总计减尚未审结", tuple(f"{r}.total" for r in rows), tuple(f"{r}.pending" for r in rows))
        else:
            total = Sum(f"{name}·{word}", tuple(f"{r}.{column}" for r in rows))
        yield _Meant(total.says, (total,), (), sure)


def _document(sentence: Sentence, chunk: Chunk) -> Iterator[_Meant]:
    said = sentence.shape.text[: chunk.start + len(chunk.text)]
    if _DOCUMENT_WORK.search(chunk.text):
        return
    normative, regulation = "规范性文件" in said, re.search("规章(?!制度)", said)
    if normative and regulation and not ("规范性文件" in chunk.text) ^ bool(re.search("规章(?!制度)", chunk.text)):
        return
    is_regulation = bool(regulation) and "规范性文件" not in chunk.text
    role = _role(roles.REGULATION_ROLES if is_regulation else roles.NORMATIVE_ROLES, chunk.text)
    if role:
        name = "规章" if is_regulation else "规范性文件"
        yield _Meant(f"{name}{role.label}", role.readings, (), role.sure)


def _fee(chunk: Chunk, token: Token) -> Iterator[_Meant]:
    role = _role(roles.MONEY_ROLES if token.unit == "元" else roles.NOTICE_ROLES, chunk.text)
    if role and token.unit in {"元", "件", "份", "次", "笔", ""}:
        yield _Meant(role.label, role.readings, (), role.sure)
