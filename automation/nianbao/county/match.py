"""Whose file is whose: delivered files against the roster, by what they say and not by what they are called. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from nianbao.county.examine import Examined
from nianbao.county.gather import Candidate
from nianbao.county.model import Member, Source, Status, Stray
from nianbao.county.roster import Roster, fold
from nianbao.county.unlisted import Seen, one_body, without_roster

COUNTY_LEVEL = "county"


@dataclass(frozen=True)
class Delivered:
    """One file and the few words of it that matter here."""

    candidate: Candidate
    examined: Examined

    @property
    def source(self) -> Source:
        """The file as the desk shows it."""
        return self.candidate.source(self.examined.sha256)


@dataclass(frozen=True)
class Matched:
    """One body and its files; `counts` is the one that counts. `status` is RECEIVED when there is one."""

    id: str
    member: Member
    status: Status
    files: tuple[Delivered, ...] = ()
    counts: Delivered | None = None
    note: str = ""


@dataclass(frozen=True)
class Match:
    """All bodies, the files that count for none, and reports of the whole county found among them."""

    bodies: tuple[Matched, ...]
    strays: tuple[Stray, ...]
    county_reports: tuple[Delivered, ...] = ()


@dataclass
class _Pile:
    right: list[Delivered] = field(default_factory=list)
    other_year: list[Delivered] = field(default_factory=list)
    unreadable: list[Delivered] = field(default_factory=list)


def year_of(delivered: Iterable[Delivered]) -> int | None:
    """Return the year most files are for, the later one when equally many are."""
    years = Counter(d.examined.year for d in delivered if d.examined.year is not None)
    return max(years, key=lambda y: (years[y], y)) if years else None


def county_of(delivered: Iterable[Delivered]) -> str:
    """Return the county most files name, or ''."""
    named = Counter(d.examined.county for d in delivered if d.examined.county)
    return max(sorted(named), key=lambda c: named[c]) if named else ""


def match(delivered: Sequence[Delivered], roster: Roster | None, year: int | None) -> Match:
    """Return every body of the roster (or, without one, every body seen) with the files it delivered."""
    strays: list[Stray] = []
    unique = _without_copies(delivered, strays)
    readable = [d for d in unique if not d.examined.error]
    stands = one_body(_told(d) for d in readable if d.examined.name and d.examined.level != COUNTY_LEVEL)
    members = roster.members if roster else without_roster(stands.values())
    piles = [_Pile() for _ in members]
    county: list[Delivered] = []
    places = {id(m): i for i, m in enumerate(members)}
    first = {(m.name, m.level, m.county): i for i, m in enumerate(members)}
    seen = {told: first[one] for told, one in stands.items()} if not roster else {}
    for one in readable:
        owners = _owners(one, places, roster, seen)
        if len(owners) == 1:
            pile = piles[owners[0]]
            (pile.right if one.examined.year in (year, None) else pile.other_year).append(one)
        elif one.examined.level == COUNTY_LEVEL and not owners:
            county.append(one)
        else:
            strays.append(_unknown(one, len(owners)))
    for one in unique:
        if one.examined.error:
            _place_unreadable(one, members, piles, strays)
    bodies = [_judged(i, m, piles[i], year, strays) for i, m in enumerate(members)]
    return Match(tuple(bodies), tuple(strays), tuple(county))


def _without_copies(delivered: Iterable[Delivered], strays: list[Stray]) -> list[Delivered]:
    """Leave out files that say exactly the same as an earlier one."""
    first: dict[str, Delivered] = {}
    unique = []
    for one in delivered:
        same = first.get(one.examined.digest) if one.examined.digest else None
        if same is not None:
            note = f"与{same.source.quoted}内容相同，只计一次"
            strays.append(Stray(one.source, Status.RECEIVED, note, one.examined.name, one.examined.year))
        else:
            first[one.examined.digest] = one
            unique.append(one)
    return unique


def _told(one: Delivered) -> Seen:
    return one.examined.name, one.examined.level, one.examined.county


def _owners(one: Delivered, places: Mapping[int, int], roster: Roster | None, seen: Mapping[Seen, int]) -> list[int]:
    """Return the places of the members a file can belong to; `places` by the member's identity, `seen` by words."""
    told = one.examined
    if roster is not None:
        found = roster.of_name(told.name, told.level, told.county) if told.name else ()
        return [places[id(m)] for m in found]
    place = seen.get(_told(one))
    return [] if told.level == COUNTY_LEVEL or place is None else [place]


def _unknown(one: Delivered, owners: int) -> Stray:
    name = one.examined.name
    if not name:
        note = "没有填写单位名称，不知道是哪个单位报的"
        how = "请报送的单位在“基本信息”中填写单位名称后重报"
    elif owners:
        note = f"名册中有 {owners} 个单位都可能是“{name}”，分不清是哪一个"
        how = "请该单位在“基本信息”中写明单位全称、级别和所属县后重报"
    else:
        note, how = f"“{name}”不在名册上", "是本县单位的，补入名册（更名、合并的写在“曾用名”）；不是的，把文件移走"
    return Stray(one.source, Status.UNKNOWN, note, name, one.examined.year, how)


def _place_unreadable(one: Delivered, members: Sequence[Member], piles: list[_Pile], strays: list[Stray]) -> None:
    """Give an unreadable file to the one body its file name speaks of: nothing else of it can be read."""
    name = fold(one.candidate.name)
    lengths = [max((len(k) for k in _called(m) if k in name), default=0) for m in members]
    best = max(lengths, default=0)
    if best and lengths.count(best) == 1:
        piles[lengths.index(best)].unreadable.append(one)
    else:
        strays.append(Stray(one.source, Status.UNREADABLE, one.examined.error))


def _called(member: Member) -> list[str]:
    names = (member.name, member.short, member.name.removesuffix("人民政府"), *member.former)
    return [fold(n) for n in names if len(n) > 1]


def _judged(index: int, member: Member, pile: _Pile, year: int | None, strays: list[Stray]) -> Matched:
    body = f"b{index + 1:03d}"
    files = (*pile.right, *pile.other_year, *pile.unreadable)
    if len(pile.right) == 1:
        strays += [_beside(d, member.name, f"“{member.shown}”已有 {year}年度的年报，这一份没有采用") for d in files[1:]]
        return Matched(body, member, Status.RECEIVED, (pile.right[0],), pile.right[0])
    if pile.right:
        listed = "、".join(d.source.quoted for d in pile.right)
        note = f"收到 {len(pile.right)} 份内容不同的年报：{listed}"
        return Matched(body, member, Status.DOUBLED, files, None, note)
    if pile.other_year:
        told = "、".join(f"{d.source.quoted}是{d.examined.year}年度的" for d in pile.other_year)
        return Matched(body, member, Status.WRONG_YEAR, files, None, f"应报{year}年度，{told}")
    if pile.unreadable:
        return Matched(body, member, Status.UNREADABLE, files, None, pile.unreadable[0].examined.error)
    return Matched(body, member, Status.MISSING)


def _beside(one: Delivered, body: str, note: str) -> Stray:
    told = one.examined
    status = Status.UNREADABLE if told.error else Status.WRONG_YEAR
    return Stray(one.source, status, told.error or f"是{told.year}年度的；{note}", told.name or body, told.year)
