"""Whose a form is by its name and by all that speaks for or against it; what contradicts itself is asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from nianbao.county.matching.delivered import Answer, Delivered, Whose
from nianbao.county.matching.evidence import Evidence, foreign, is_office
from nianbao.county.model import Member
from nianbao.county.roster import fold
from nianbao.county.roster.names import parts

_TOWNS = ("town", "street")
_NAME = 4
"""What the name in the form weighs beside other witnesses: as much as two usual ones, less than a code."""


class WitnessKind(Enum):
    """What a witness is: a code, a name around the file, a part of one (a hint, no proof), office, seat, or a fact."""

    CODE = "code"
    NAME = "name"
    HINT = "hint"
    OFFICE = "office"
    SEAT = "seat"
    FACT = "fact"


@dataclass(frozen=True)
class Witness:
    """Something beside the form's name that speaks of bodies (places): of what kind, in words, what it weighs."""

    kind: WitnessKind
    what: str
    places: frozenset[int]
    weight: int


def whose(one: Delivered, evidence: Evidence, county: str) -> Answer:
    """Return whose a form is; `county` is the run's, '' where it isn't known.

    A form is a body's for sure when its name is one of that body's alone and nothing speaks for another body or county.
    """
    told = one.examined
    named = evidence.named(told.name, told.level, told.county)
    witnesses = tuple(_witnesses(one, evidence))
    where = parts(told.name).county or told.county or _county_of_address(told.address, evidence)
    if len(named) == 1:
        member = evidence.members[named[0]]
        if foreign(member, where):
            why = f"表里写的是“{where}”的，不是“{member.county}”的，可能是别县的同名单位"
            return Answer(Whose.FOREIGN, _ranked(named, witnesses), why)
        others = (w for w in witnesses if w.places and named[0] not in w.places)
        against = [w for w in others if _tells(w, member, evidence.members)]
        if not against or _outweighed(against, witnesses, named[0]):
            return Answer(Whose.OURS, named)
        places = _ranked(named, (*(w for w in witnesses if named[0] in w.places), *against))
        return Answer(Whose.ASKED, places, _contradiction(told.name, against, evidence.members))
    if named:
        return _several(told.name, named, witnesses, evidence)
    coded = frozenset(p for w in witnesses if w.kind is WitnessKind.CODE for p in w.places)
    near = evidence.near(told.name)
    if len(coded) == 1 and coded <= set(near):
        return Answer(Whose.OURS, tuple(coded))
    return _guessed(one, near, witnesses, evidence, where or county)


def _witnesses(one: Delivered, evidence: Evidence) -> Iterator[Witness]:
    """Yield what speaks beside the form's name; of the names around a file only the nearest that speaks."""
    told, around = one.examined, names_around(one)
    coded = next((found for text in around if (found := evidence.coded(text))), frozenset())
    yield Witness(WitnessKind.CODE, "文件名里的单位代码", coded, 5)
    spoken = [(n, evidence.mentioned(text)) for n, text in enumerate(around)]
    at, found = next(((n, places) for n, places in spoken if places), (0, frozenset[int]()))
    where = "文件名" if at == 0 else f"文件所在的“{around[at]}”"
    yield Witness(WitnessKind.NAME, where, found, 3 if at == 0 else 2)
    if not found:
        hinted = next((h for text in around if (h := evidence.hinted(text))), frozenset())
        yield Witness(WitnessKind.HINT, "文件名", hinted, 1)
    yield Witness(
        WitnessKind.FACT, "上年数据里的单位名称", frozenset(evidence.named(told.last_name, "", told.county)), 2
    )
    yield Witness(WitnessKind.OFFICE, "负责信息公开的机构", evidence.mentioned(told.office), 2)
    yield Witness(WitnessKind.SEAT, "地址", evidence.mentioned(told.address), 2)
    yield Witness(WitnessKind.FACT, "联系电话", evidence.reached(told.phone), 2)


def names_around(one: Delivered) -> list[str]:
    """Return the file's own name, then those of the archive and the folders it lies in, the nearest first."""
    candidate = one.candidate
    return [candidate.name, *_above(candidate.member), *_above(candidate.shown, whole=bool(candidate.member))]


def _above(path: str, *, whole: bool = False) -> list[str]:
    """Return the names of the folders of a path, the innermost first; with `whole` the path's own name too."""
    names = path.split("/")
    return [n for n in reversed(names if whole else names[:-1]) if n]


def _county_of_address(address: str, evidence: Evidence) -> str:
    """Return the county an address begins with, if none of the roster's is there."""
    said = parts(address).county
    known = any(m.county and fold(m.county) in fold(address) for m in evidence.members)
    return "" if known else said


def _tells(witness: Witness, member: Member, members: Sequence[Member]) -> bool:
    """Tell whether a witness that speaks of others makes a body's own form doubtful.

    Departments have their seats in towns, not their offices in one another. File names speak of the county's office as
    the one who asked for the file.
    """
    others = [members[p] for p in witness.places]
    if witness.kind in (WitnessKind.OFFICE, WitnessKind.SEAT):
        alike = all(o.level == member.level for o in others) and witness.kind is WitnessKind.OFFICE
        return alike or (member.level in _TOWNS and all(o.level in _TOWNS for o in others))
    if witness.kind is WitnessKind.NAME:
        return not all(is_office(o) for o in others)
    return witness.kind is not WitnessKind.HINT


def _outweighed(against: Sequence[Witness], witnesses: Iterable[Witness], place: int) -> bool:
    """Tell whether all that speaks against a form's name is one fact, and the file's name speaks for it.

    A clerk who took the neighbour's form changes more than one fact, or the file's name.
    """
    sent_as = any(w.kind in (WitnessKind.CODE, WitnessKind.NAME) and w.places == {place} for w in witnesses)
    return sent_as and len(against) == 1 and against[0].kind in (WitnessKind.FACT, WitnessKind.OFFICE, WitnessKind.SEAT)


def _ranked(places: Sequence[int], witnesses: Iterable[Witness]) -> tuple[int, ...]:
    """Return all places spoken of, those with the heaviest witnesses first."""
    weights = dict.fromkeys(places, _NAME)
    for witness in witnesses:
        for place in witness.places:
            weights[place] = weights.get(place, 0) + witness.weight
    return tuple(sorted(weights, key=lambda p: (-weights[p], p)))


def _contradiction(name: str, against: Sequence[Witness], members: Sequence[Member]) -> str:
    said = "，".join(f"{w.what}说的是{_listed(sorted(w.places), members)}" for w in against[:2])
    return f"表里的单位名称是“{name}”，而{said}"


def _several(name: str, named: Sequence[int], witnesses: Sequence[Witness], evidence: Evidence) -> Answer:
    why = f"名册中有 {len(named)} 个单位都可能是“{name}”，分不清是哪一个"
    mine = [w for w in witnesses if w.places & set(named)]
    return Answer(Whose.ASKED, tuple(p for p in _ranked(named, mine) if p in named), why)


def _guessed(
    one: Delivered, near: Sequence[int], witnesses: Sequence[Witness], evidence: Evidence, county: str
) -> Answer:
    """Return whom a form with a name on no roster may be of: who is called nearly so, or of whom all else speaks."""
    told, members = one.examined, evidence.members
    abroad = bool(members) and all(foreign(m, county) for m in members)
    why = f"“{told.name}”不在名册上" if told.name else "没有填写单位名称，不知道是哪个单位报的"
    why += f"，写的是“{county}”的，不是本县的" if abroad else ""
    near = [p for p in near if not foreign(members[p], county)]
    places = dict.fromkeys(near, _NAME - 1)
    spoken = [w for w in witnesses if len(w.places) == 1 and _guides(w, near, members, named=bool(told.name))]
    for witness in spoken:
        for place in witness.places:
            places[place] = places.get(place, 0) + witness.weight
    ranked = tuple(sorted(places, key=lambda p: (-places[p], p)))
    if not ranked:
        return Answer(Whose.UNKNOWN, (), why)
    likely = f"“{members[ranked[0]].name}”"
    why += f"，与{likely}名称相近" if ranked[0] in near else ""
    speaking = [w.what for w in spoken if ranked[0] in w.places]
    return Answer(Whose.GUESSED, ranked, why + (f"，{speaking[0]}说的是{likely}" if speaking else ""))


def _guides(witness: Witness, near: Sequence[int], members: Sequence[Member], *, named: bool) -> bool:
    """Tell whether a witness leads to a body whose name the form hasn't; seats and the office that asked don't."""
    if not named or witness.places & set(near):
        return True
    if witness.kind in (WitnessKind.CODE, WitnessKind.NAME):
        return not any(is_office(members[p]) for p in witness.places)
    return witness.kind is WitnessKind.FACT


def _listed(places: Sequence[int], members: Sequence[Member]) -> str:
    return "、".join(f"“{members[p].shown}”" for p in places[:3])
