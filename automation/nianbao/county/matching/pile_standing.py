"""What is the pile of a body: which of its files counts, how it stands, what becomes of the rest. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nianbao.county.matching.delivered import Answer, Delivered, Matched
from nianbao.county.matching.summed import Joined, edited
from nianbao.county.model import Member, Status, Stray

_UNLISTED = "汇总时没有用名册，不知道那里的单位是否报齐，请它用名册重新汇总，或者问清已经报齐"


@dataclass
class Pile:
    """The files of one body by what they are; `asked` with why each is doubtful."""

    right: list[Delivered] = field(default_factory=list)
    published: list[Delivered] = field(default_factory=list)
    other_year: list[Delivered] = field(default_factory=list)
    unread: list[Delivered] = field(default_factory=list)
    asked: list[tuple[Delivered, str]] = field(default_factory=list)
    joined: Joined = field(default_factory=Joined)


def mark(one: Delivered) -> str:
    """Return what a file is known by to the officer's word."""
    return one.source.mark


def id_of(place: int) -> str:
    """Return the id of the body at a place of the roster."""
    return f"b{place + 1:03d}"


def not_read(one: Delivered) -> str:
    """Return why a file that is no form can't count."""
    told = one.examined
    if told.doubt:
        return f"是成稿（{told.published}），{told.doubt}，不能计入合计"
    if told.published:
        return f"是{told.year}年度的成稿（{told.published}），没有采用"
    return f"是{one.kind}，不是填报表，没有采用" if one.kind else told.error


def ask_of_unlisted(pile: Pile, said: Mapping[str, Answer]) -> None:
    """Ask about the one report of a body where it was summed without a roster: nobody knows who is missing in it."""
    if len(pile.right) != 1:
        return
    (one,) = pile.right
    desk = pile.joined.results.get(mark(one))
    if desk and desk.examined.unlisted and not {mark(one), mark(desk)} & said.keys():
        pile.asked.append((desk, _UNLISTED))
        same = (one, *pile.joined.beside.get(mark(one), ()))
        pile.unread += [d for d in dict.fromkeys(same) if d is not desk]  # beside it, as what doesn't count
        pile.right.clear()


def judged(index: int, member: Member, pile: Pile, year: int | None, strays: list[Stray]) -> Matched:
    """Return how a body stands; what of its pile does not count joins `strays`."""
    body = id_of(index)
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
        note = first.examined.error or f"{first.source.quoted}{not_read(first)}"
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
        return Stray(one.source, status, not_read(one), name, body=body)
    return Stray(one.source, Status.WRONG_YEAR, f"是{told.year}年度的；{note}", told.name or name, told.year, body=body)
