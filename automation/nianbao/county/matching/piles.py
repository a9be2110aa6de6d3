"""Every body with the files it delivered: what counts, what is to be asked, what becomes of the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nianbao.county.intake.examine import Examined
from nianbao.county.matching.copies import that_count, without_copies
from nianbao.county.matching.delivered import COUNTY_LEVEL, Answer, Delivered, Match, Matched, Whose
from nianbao.county.matching.evidence import Evidence
from nianbao.county.matching.summed import Joined, edited, joined
from nianbao.county.matching.unlisted import Seen, one_body, without_roster
from nianbao.county.matching.witnesses import names_around, whose
from nianbao.county.model import OVERVIEW, Member, Status, Stray
from nianbao.county.roster import Roster
from nianbao.county.roster.names import same_place
from nianbao.county.roster.scopes import Tree, is_government, tree_of

Settled = Mapping[str, Answer]
"""What the officer said of files, by their marks (see `mark`)."""

_LEAVE = "不采用"


@dataclass
class _Pile:
    right: list[Delivered] = field(default_factory=list)
    published: list[Delivered] = field(default_factory=list)
    other_year: list[Delivered] = field(default_factory=list)
    unread: list[Delivered] = field(default_factory=list)
    asked: list[tuple[Delivered, str]] = field(default_factory=list)
    joined: Joined = field(default_factory=Joined)


def mark(one: Delivered) -> str:
    """Return what a file is known by to the officer's word."""
    return one.source.mark


def match(
    delivered: Sequence[Delivered],
    roster: Roster | None,
    year: int | None,
    *,
    county: str = "",
    settled: Settled | None = None,
    tree: Tree | None = None,
) -> Match:
    """Return every body of the roster (or, without one, every body seen) with the files it delivered.

    `county` is the run's ('' where unknown); what the officer `settled` goes before all evidence. Files that can be no
    forms (`kind`) or can't be read belong to the one body that the names around them speak of. `tree` is that of the
    place summed, which a report of the whole is known by.
    """
    strays: list[Stray] = []
    readable: list[Delivered] = []
    unread: list[Delivered] = []
    for one in delivered:
        (unread if _is_none(one, year, listed=roster is not None) else readable).append(one)
    if roster is None:
        members, answers = _as_they_say(readable)
    else:
        members = roster.members
    evidence = Evidence(roster or Roster("", members, ()))
    said = settled or {}
    if roster is not None:
        answers = [said.get(mark(d)) or whose(d, evidence, county) for d in readable]
    piles = [_Pile() for _ in members]
    whole = _place_sure(readable, answers, piles, year, tree or tree_of(members, county))
    for place, pile in enumerate(piles):
        pile.joined = joined(pile.right, said)
        pile.right = pile.joined.kept
        strays += [_copy(d, why, place) for d, why in pile.joined.left]
    sorted_out = {i: that_count(p.right, p.published, said, mark) for i, p in enumerate(piles)}
    for place, (kept, copies) in sorted_out.items():
        piles[place].right = kept
        strays += [_copy(d, why, place) for d, why in copies]
    counted, copied = without_copies(whole, said, mark)
    strays += [Stray(d.source, Status.RECEIVED, why, d.examined.name, d.examined.year) for d, why in copied]
    of_county = {id(d) for d in whole}
    for one, answer in zip(readable, answers, strict=True):
        if answer.whose is not Whose.OURS and id(one) not in of_county:
            strays += _doubtful(one, answer, piles, members)
    for one in unread:
        strays += _unread(one, evidence, piles, said)
    bodies = [_judged(i, m, piles[i], year, strays) for i, m in enumerate(members)]
    return Match(tuple(bodies), tuple(strays), tuple(counted))


def _copy(one: Delivered, why: str, place: int) -> Stray:
    return Stray(one.source, Status.RECEIVED, why, one.examined.name, one.examined.year, body=_id(place))


def _id(place: int) -> str:
    return f"b{place + 1:03d}"


def _as_they_say(readable: Sequence[Delivered]) -> tuple[tuple[Member, ...], list[Answer]]:
    """Return the bodies that the files themselves name, and whose each file is."""
    stands = one_body(_told(d) for d in readable if d.examined.name and d.examined.level != COUNTY_LEVEL)
    members = without_roster(stands.values())
    first = {(m.name, m.level, m.county): i for i, m in enumerate(members)}
    places = {told: first[one] for told, one in stands.items()}
    answers = []
    for one in readable:
        place = None if one.examined.level == COUNTY_LEVEL else places.get(_told(one))
        nobody = Answer(Whose.UNKNOWN, (), "没有填写单位名称，不知道是哪个单位报的")
        answers.append(nobody if place is None else Answer(Whose.OURS, (place,)))
    return members, answers


def _told(one: Delivered) -> Seen:
    return one.examined.name, one.examined.level, one.examined.county


def _place_sure(
    readable: Iterable[Delivered],
    answers: Iterable[Answer],
    piles: Sequence[_Pile],
    year: int | None,
    tree: Tree,
) -> list[Delivered]:
    """Give every file that is surely a body's to it; return the reports of the whole."""
    whole = []
    for one, answer in zip(readable, answers, strict=True):
        told = one.examined
        if answer.whose is Whose.OURS:
            pile = piles[answer.places[0]]
            if told.doubt:
                pile.unread.append(one)
            elif told.year not in (year, None):
                pile.other_year.append(one)
            else:
                (pile.published if told.published else pile.right).append(one)
        elif answer.whose in (Whose.UNKNOWN, Whose.GUESSED) and _is_whole(told, tree) and not told.doubt:
            whole.append(one)
    return whole


def _is_whole(told: Examined, tree: Tree) -> bool:
    """Tell whether a report is the whole's that is summed; where nobody knows its name, a county's may be."""
    said = Member(told.name, level=told.level)
    if told.level != tree.report or not is_government(said) or told.results:
        return False
    return tree.is_whole(said) or (not tree.below and same_place(told.county or told.name, tree.name))


def _doubtful(one: Delivered, answer: Answer, piles: Sequence[_Pile], members: Sequence[Member]) -> list[Stray]:
    """Lay a doubtful file before every body that it may be of and that has no other; say so where there is none."""
    told = one.examined
    if answer.whose is Whose.REFUSED:
        return [Stray(one.source, Status.RECEIVED, "已定为不采用", told.name, told.year)]
    open_ = [p for p in answer.places if not piles[p].right]
    if open_:
        rather = f"；更可能是“{members[open_[0]].shown}”的"
        for place in open_:
            piles[place].asked.append((one, answer.why + (rather if place != open_[0] else "")))
        return []
    if answer.whose is Whose.ASKED:
        likely = answer.places[0]
        note = f"{answer.why}；可能是“{members[likely].shown}”的，它已有一份"
        how = f"问清是哪个单位报的，在{OVERVIEW}的“归属”一栏写明或用 --assign 指明；不是的，写“{_LEAVE}”，或移走"
        return [Stray(one.source, Status.ASKED, note, told.name, told.year, how, _id(likely))]
    if told.published:
        why = f"是成稿（{told.published}），{answer.why}，没有采用"
        return [Stray(one.source, Status.OTHER, why, told.name, told.year)]
    if not told.name:
        how = "请报送的单位在“基本信息”中填写单位名称后重报"
    else:
        how = "是本县单位的，补入名册（更名、合并的写在“曾用名”）；不是的，把文件移走"
    return [Stray(one.source, Status.UNKNOWN, answer.why, told.name, told.year, how)]


def _unread(one: Delivered, evidence: Evidence, piles: Sequence[_Pile], said: Settled) -> list[Stray]:
    """Give a file that can't be read to the one body the names around it speak of: nothing else of it can be read."""
    answer = said.get(mark(one))
    if answer is not None:
        found: Iterable[int] = answer.places
    else:
        found = next((f for text in names_around(one) if (f := evidence.most_like(text))), frozenset())
    if len(set(found)) == 1:
        (place,) = set(found)
        piles[place].unread.append(one)
        return []
    status = Status.OTHER if one.kind or one.examined.published else Status.UNREADABLE
    return [Stray(one.source, status, _not_read(one))]


def _is_none(one: Delivered, year: int | None, *, listed: bool) -> bool:
    """Tell whether a file is no form and no report; another year's as published counts for no county."""
    told = one.examined
    old = bool(told.published) and told.year != year and (not listed or told.level == COUNTY_LEVEL)
    return bool(told.error or one.kind or old)


def _not_read(one: Delivered) -> str:
    told = one.examined
    if told.doubt:
        return f"是成稿（{told.published}），{told.doubt}，不能计入合计"
    if told.published:
        return f"是{told.year}年度的成稿（{told.published}），没有采用"
    return f"是{one.kind}，不是填报表，没有采用" if one.kind else told.error


def _judged(index: int, member: Member, pile: _Pile, year: int | None, strays: list[Stray]) -> Matched:
    body = _id(index)
    pile.unread.sort(key=lambda d: (bool(d.kind), not d.examined.doubt))
    files = (*pile.right, *pile.other_year, *pile.unread)
    if len(pile.right) == 1:
        told = f"“{member.shown}”已有 {year}年度的年报，这一份没有采用"
        strays += [_beside(d, member.name, told, body) for d in files[1:]]
        counts = pile.right[0]
        own = (counts, *pile.joined.beside.get(mark(counts), ()))
        results = pile.joined.results.get(mark(counts))
        return Matched(body, member, Status.RECEIVED, own, counts, _read(counts), results=results)
    if pile.right:
        listed = "、".join(d.source.quoted for d in pile.right)
        note = "；".join(x for x in (f"收到 {len(pile.right)} 份内容不同的年报：{listed}", edited(pile.right)) if x)
        return Matched(body, member, Status.DOUBLED, files, None, note, tuple(pile.right))
    if pile.asked:
        asked = tuple(d for d, _ in pile.asked)
        note = "；".join(f"{d.source.quoted}：{why}" for d, why in pile.asked)
        return Matched(body, member, Status.ASKED, (*asked, *files), None, note)
    if pile.other_year:
        told = "、".join(f"{d.source.quoted}是{d.examined.year}年度的" for d in pile.other_year)
        return Matched(body, member, Status.WRONG_YEAR, files, None, f"应报{year}年度，{told}")
    if pile.unread:
        first = pile.unread[0]
        note = first.examined.error or f"{first.source.quoted}{_not_read(first)}"
        return Matched(body, member, Status.UNREADABLE, files, None, note)
    return Matched(body, member, Status.MISSING)


def _read(counts: Delivered) -> str:
    """Return, for the officer, what a body's figures were read from where that is no form."""
    if counts.examined.published:
        return f"由成稿读出：{counts.source.quoted}是{counts.examined.published}"
    if not counts.examined.results:
        return ""
    packed = "；它在压缩包里，解开后放进文件夹，汇总明细里才能点到它的明细" if counts.candidate.chain else ""
    return f"由报来的汇总结果读出：{counts.source.quoted}{packed}"


def _beside(one: Delivered, name: str, note: str, body: str) -> Stray:
    told = one.examined
    if one.kind or told.error or told.doubt:
        status = Status.UNREADABLE if told.error and not one.kind else Status.OTHER
        return Stray(one.source, status, _not_read(one), name, body=body)
    return Stray(one.source, Status.WRONG_YEAR, f"是{told.year}年度的；{note}", told.name or name, told.year, body=body)
