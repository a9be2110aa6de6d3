"""Every body with the files it delivered: what counts, what is to be asked, what becomes of the rest. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from nianbao.county.intake.examined import Examined
from nianbao.county.matching.copies import that_count, without_copies
from nianbao.county.matching.delivered import COUNTY_LEVEL, Answer, Delivered, Match, Whose
from nianbao.county.matching.evidence import Evidence
from nianbao.county.matching.pile_standing import Pile, ask_of_unlisted, id_of, judged, mark, not_read
from nianbao.county.matching.summed import joined
from nianbao.county.matching.unlisted import Seen, one_body, without_roster
from nianbao.county.matching.witnesses import names_around, whose
from nianbao.county.model import AGAIN, OVERVIEW, Member, Status, Stray
from nianbao.county.roster import Roster
from nianbao.county.roster.names import same_place
from nianbao.county.roster.scopes import Tree, is_government, tree_of

Settled = Mapping[str, Answer]
"""What the officer said of files, by their marks (see `mark`)."""

_LEAVE = "不采用"


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
    piles = [Pile() for _ in members]
    whole = _place_sure(readable, answers, piles, year, tree or tree_of(members, county))
    for place, pile in enumerate(piles):
        pile.joined = joined(pile.right, said)
        pile.right = pile.joined.kept
        strays += [_copy(d, why, place) for d, why in pile.joined.left]
    sorted_out = {i: that_count(p.right, p.published, said, mark) for i, p in enumerate(piles)}
    for place, (kept, copies) in sorted_out.items():
        piles[place].right = kept
        strays += [_copy(d, why, place) for d, why in copies]
    for pile in piles:
        ask_of_unlisted(pile, said)
    counted, copied = without_copies(whole, said, mark)
    strays += [Stray(d.source, Status.RECEIVED, why, d.examined.name, d.examined.year) for d, why in copied]
    of_county = {id(d) for d in whole}
    for one, answer in zip(readable, answers, strict=True):
        if answer.whose is not Whose.OURS and id(one) not in of_county:
            strays += _doubtful(one, answer, piles, members)
    for one in unread:
        strays += _unread(one, evidence, piles, said)
    bodies = [judged(i, m, piles[i], year, strays) for i, m in enumerate(members)]
    return Match(tuple(bodies), tuple(strays), tuple(counted))


def _copy(one: Delivered, why: str, place: int) -> Stray:
    return Stray(one.source, Status.RECEIVED, why, one.examined.name, one.examined.year, body=id_of(place))


def _as_they_say(readable: Sequence[Delivered]) -> tuple[tuple[Member, ...], list[Answer]]:
    """Return the bodies that the files themselves name, and whose each file is."""
    stands = one_body(_identity(d) for d in readable if d.examined.name and d.examined.level != COUNTY_LEVEL)
    members = without_roster(stands.values())
    first = {(m.name, m.level, m.county): i for i, m in enumerate(members)}
    places = {told: first[one] for told, one in stands.items()}
    answers = []
    for one in readable:
        place = None if one.examined.level == COUNTY_LEVEL else places.get(_identity(one))
        nobody = Answer(Whose.UNKNOWN, (), "没有填写单位名称，不知道是哪个单位报的")
        answers.append(nobody if place is None else Answer(Whose.OURS, (place,)))
    return members, answers


def _identity(one: Delivered) -> Seen:
    return one.examined.name, one.examined.level, one.examined.county


def _place_sure(
    readable: Iterable[Delivered],
    answers: Iterable[Answer],
    piles: Sequence[Pile],
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


def _doubtful(one: Delivered, answer: Answer, piles: Sequence[Pile], members: Sequence[Member]) -> list[Stray]:
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
        how = f"问清是哪个单位报的，在{OVERVIEW}的“归属”一栏写明，不是的写“{_LEAVE}”，{AGAIN}；或把它移走"
        return [Stray(one.source, Status.ASKED, note, told.name, told.year, how, id_of(likely))]
    if told.published:
        why = f"是成稿（{told.published}），{answer.why}，没有采用"
        return [Stray(one.source, Status.OTHER, why, told.name, told.year)]
    if not told.name:
        how = "请报送的单位在“基本信息”中填写单位名称后重报"
    else:
        how = "是本县单位的，补入名册（更名、合并的写在“曾用名”）；不是的，把文件移走"
    return [Stray(one.source, Status.UNKNOWN, answer.why, told.name, told.year, how)]


def _unread(one: Delivered, evidence: Evidence, piles: Sequence[Pile], said: Settled) -> list[Stray]:
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
    return [Stray(one.source, status, not_read(one))]


def _is_none(one: Delivered, year: int | None, *, listed: bool) -> bool:
    """Tell whether a file is no form and no report; another year's as published counts for no county."""
    told = one.examined
    old = bool(told.published) and told.year != year and (not listed or told.level == COUNTY_LEVEL)
    return bool(told.error or one.kind or old)
