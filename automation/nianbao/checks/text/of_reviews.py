"""Figures of reviews and lawsuits about information disclosure (表四); other cases have no cell."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.checks.text import roles
from nianbao.checks.text.clauses import clauses
from nianbao.checks.text.domains import Domain
from nianbao.checks.text.roles import Sum, blocks_named
from nianbao.checks.text.stretch import Meant, Stretch
from nianbao.patterns import Pattern

_OURS = Pattern("信息公开|依申请公开|公开申请|申请公开|答复")
_SAID_OURS = Pattern("信息公开|依申请|公开申请|申请公开|不服[^，；。]{0,8}答复")
_AS_AUTHORITY = Pattern("(?:办理|受理|审理|审结|承办|办结)(?:的|各类|全部)*(?:行政)?(?:复议|诉讼|应诉)")
_OTHER_CAUSE = Pattern(
    "因(?!政府信息|信息|依申请|政务|政府|不服|公开|答复|此|申请|未|@|«|本机关)[^，；。]{2,14}(?:被|引发|引起|提起)[^，；。]{0,8}(?:复议|诉讼)"
)
_DECISIONS_SHOWN = Pattern(
    "(?<!信息)(?:公开|公示|发布|公布)了?(?:行政)?复议|决定书|文书|培训|旁听|听证|参加|出庭|庭审|(?:复议|诉讼|应诉)(?:类|工作)*(?:政务)?(?:信息(?!公开)|动态|案例|公告)|应诉|答辩|答复书|意见书|材料|复议机关(?!均?(?:予以)?(?:维持|纠正|撤销))"
)
_REVOKED = Pattern("(?<!被)撤销(?!并|原|决定|答复)")
"""By whom is not said: an applicant may have revoked it, which is 其他结果."""
_BRACKETS = Pattern("（[^（）]*）")
_OF_LAST_YEAR = Pattern(f"{roles.LAST}[^，；。#]{{0,6}}(?:未审结|结转|遗留|未结)[^，；。#]{{0,8}}#")


def reviews(stretch: Stretch) -> Iterator[Meant]:
    """Yield what a figure of cases may mean: the total or an outcome of the block spoken of."""
    text, block, sentence = stretch.text, stretch.block, stretch.sentence
    about = sentence.clean + sentence.heading
    spoken = _OURS.search(about) or sentence.inherited in (Domain.REQUESTS, Domain.REVIEW) or _has_their_total(stretch)
    if not block or not spoken or _DECISIONS_SHOWN.search(text):
        return
    outcome = next((o for o in roles.OUTCOMES if o[2].search(text)), None)
    column, word = (outcome[0], outcome[1]) if outcome else ("total", "总计")
    if outcome is None and not blocks_named(text):
        return
    ours = _SAID_OURS.search(about) or sentence.inherited is Domain.REQUESTS
    if (_AS_AUTHORITY.search(text) and not _SAID_OURS.search(text)) or _OTHER_CAUSE.search(stretch.before):
        return
    shared = None if outcome else _shared_outcome(stretch)
    beside = _side_by_side(stretch)
    named = {*(blocks_named(c) for _, c in clauses(stretch.before)), *beside} - {""}
    sure = (
        (len(named) == 1 or bool(blocks_named(text))) and bool(ours) and not _OF_LAST_YEAR.search(sentence.shape.text)
    )
    each = text[: stretch.chunk.at].endswith("各")
    blocks = ("行政复议", "行政诉讼") if each and block == "行政复议和行政诉讼" else (block,)
    for name in blocks:
        rows = roles.BLOCKS[name]
        minus = rows if column == "closed" else ()
        if minus:
            total = Sum(f"{name}总计减尚未审结", tuple(f"{r}.total" for r in rows), tuple(f"{r}.pending" for r in rows))
        else:
            total = Sum(f"{name}·{word}", tuple(f"{r}.{column}" for r in rows))
        readings: tuple[Sum, ...] = (total,)
        if shared:
            readings = (Sum(f"{name}·{shared[1]}", tuple(f"{r}.{shared[0]}" for r in rows)), total)
        if outcome and not minus and len(named) > 1 and not blocks_named(text):
            others = dict.fromkeys((_named_outside_brackets(stretch.before), *beside, "行政复议和行政诉讼"))
            readings += tuple(
                Sum(f"{o}·{word}", tuple(f"{r}.{column}" for r in roles.BLOCKS[o])) for o in others if o and o != name
            )
        doubtful = (Sum("其他结果", tuple(f"{r}.other" for r in rows)),) if _REVOKED.search(text) else ()
        yield Meant("review", total.says, readings, (), sure and not minus and not shared, doubtful=doubtful)


def _shared_outcome(stretch: Stretch) -> tuple[str, str] | None:
    """Return the outcome that several figures share: 14件行政复议、5件行政诉讼获维持; 维持14件复议、5件诉讼."""
    shape, place = stretch.sentence.shape.text, stretch.chunk.place
    cut = clauses(shape)
    number = next(n for n, (start, clause) in enumerate(cut) if start <= place < start + len(clause))
    start, clause = cut[number]
    first, last, at = clause.find("#"), clause.rfind("#"), place - start
    for column, word, said in roles.OUTCOMES[:-1]:
        if (at != last and said.search(clause, last)) or (at != first and said.search(clause, 0, first)):
            return column, word
        kept = said.search(cut[number - 1][1]) if number else None
        if kept and cut[number - 1][1].startswith("的", kept.end()):
            return column, word
    return None


def _side_by_side(stretch: Stretch) -> list[str]:
    """Return the blocks that share a list of outcomes: 行政复议5宗、行政诉讼0宗，其中2宗维持."""
    clause = next((c for _, c in reversed(clauses(stretch.before)) if c.count("#") > 1), "")
    return [b for piece in clause.split("、") if (b := blocks_named(piece))]


def _has_their_total(stretch: Stretch) -> bool:
    """Tell whether the sentence gives a total that is just the form's: then these are the cases of the form."""
    values = stretch.report.values
    shape = stretch.sentence.shape
    for start, clause in clauses(shape.text):
        named = blocks_named(clause)
        if named and clause.count("#") == 1:
            total = sum(values.get(f"{row}.total") or 0 for row in roles.BLOCKS[named])
            if total and shape.token(start + clause.index("#")).value == total:
                return True
    return False


def _named_outside_brackets(before: str) -> str:
    """Return the block named last outside brackets: 行政诉讼18件（直接起诉7件、复议后起诉11件），维持13件."""
    flat = _BRACKETS.sub("", before)
    return next((b for _, c in reversed(clauses(flat)) if (b := blocks_named(c))), "")
