"""What ties a file to the bodies of a roster: the name in the form, and whom words elsewhere speak of. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from nianbao.checks.similarity import edits
from nianbao.county.model import Member
from nianbao.county.roster import Roster, fold
from nianbao.county.roster.names import KINDS, SIGNS, bare, same_place, stem

_SHORTEST = 2
_LONGEST = 40
"""Characters of the longest name looked for within a text."""

_OFFICE = "政府办"
_READ = 200
"""Characters of a file's or folder's name, an office or an address in which bodies are looked for."""


class Evidence:
    """A roster made ready to be asked whom names and words can mean; places are those in its members."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.members = roster.members

    def named(self, name: str, level: str, county: str) -> tuple[int, ...]:
        """Return the places of the members a form's name is one of the names of, spelt as it may be."""
        return self.roster.places_of(name, level, county) if fold(name) else ()

    def near(self, name: str) -> tuple[int, ...]:
        """Return the places of the members whose names are spelt nearly like this one, the nearest only."""
        wanted = bare(name)
        if len(wanted) < _SHORTEST:
            return ()
        scores: dict[int, int] = {}
        for key, places in self._near_keys.items():
            far = _distance(wanted, key)
            if far is not None:
                for place in places:
                    scores[place] = min(far, scores.get(place, far))
        best = min(scores.values(), default=0)
        return tuple(sorted(p for p, s in scores.items() if s == best))

    def mentioned(self, text: str) -> frozenset[int]:
        """Return the places of the members whose names stand in a text; of names within one another the longest."""
        return frozenset(self._found(text, self._names))

    def hinted(self, text: str) -> frozenset[int]:
        """Do the same as `mentioned`, but also with names without 镇, 乡, 街道 (永平2025.xlsx): a hint, no proof."""
        return frozenset(self._found(text, self._names) or self._found(text, self._stems))

    def most_like(self, text: str) -> frozenset[int]:
        """Return the places of those whose names stand in a text in the longest form: one, where it speaks of one."""
        found = self._found(text, self._names) or self._found(text, self._stems)
        return frozenset(p for p, length in found.items() if length == max(found.values()))

    def coded(self, text: str) -> frozenset[int]:
        """Return the places of the members whose code stands in a text by itself."""
        words = set(re.findall(r"[0-9A-Z]+(?:-[0-9A-Z]+)*", fold(text[:_READ]).upper()))
        return frozenset(i for word in words for i in self._codes.get(word, ()))

    def reached(self, phone: str) -> frozenset[int]:
        """Return the place of the one member that a telephone number is of."""
        found = self._phones.get(_digits(phone), ())
        return frozenset(found if len(found) == 1 else ())

    def _found(self, text: str, keys: Mapping[str, Sequence[int]]) -> Mapping[int, int]:
        """Return the places of those named in a text, each with the length of the name."""
        said = SIGNS.sub("", fold(text[:_READ]))
        found: dict[int, int] = {}
        at = 0
        while at < len(said):
            longest = next(
                (n for n in range(min(_LONGEST, len(said) - at), _SHORTEST - 1, -1) if said[at : at + n] in keys), 0
            )
            if longest:
                for place in self._here(said, keys[said[at : at + longest]]):
                    found[place] = max(longest, found.get(place, 0))
            at += longest or 1
        return found

    def _here(self, said: str, places: Sequence[int]) -> set[int]:
        """Leave out namesakes of other counties where the text names the county."""
        if len(places) < _SHORTEST:
            return set(places)
        here = {p for p in places if self.members[p].county and fold(self.members[p].county) in said}
        return here or set(places)

    @cached_property
    def _names(self) -> Mapping[str, Sequence[int]]:
        return self._index(fold, bare)

    @cached_property
    def _stems(self) -> Mapping[str, Sequence[int]]:
        return self._index(stem)

    @cached_property
    def _near_keys(self) -> Mapping[str, Sequence[int]]:
        return self._index(bare)

    def _index(self, *spelt: Callable[[str], str]) -> Mapping[str, Sequence[int]]:
        """Return the members' places by all their names, spelt in each of these ways."""
        index: dict[str, list[int]] = {}
        for place, member in enumerate(self.members):
            for key in dict.fromkeys(SIGNS.sub("", way(n)) for way in spelt for n in _all_names(member)):
                if len(key) >= _SHORTEST:
                    index.setdefault(key, []).append(place)
        return index

    @cached_property
    def _codes(self) -> Mapping[str, Sequence[int]]:
        index: dict[str, list[int]] = {}
        for place, member in enumerate(self.members):
            if member.code:
                index.setdefault(member.code, []).append(place)
        return index

    @cached_property
    def _phones(self) -> Mapping[str, Sequence[int]]:
        index: dict[str, list[int]] = {}
        for place, member in enumerate(self.members):
            for number in dict.fromkeys(map(_digits, re.split(r"[、，,；;/\s]+", member.phone))):
                if number:
                    index.setdefault(number, []).append(place)
        return index


def is_office(member: Member) -> bool:
    """Tell whether a body is the county's office, which file names speak of as who asked for the file."""
    return bare(member.name) == _OFFICE


def foreign(member: Member, county: str) -> bool:
    """Tell whether a county that a file names is another than the member's; blank ones tell nothing."""
    wider = member.city and same_place(member.city, county) and fold(county)
    return bool(member.county and fold(county)) and not wider and not same_place(member.county, county)


def _all_names(member: Member) -> Iterable[str]:
    return (n for n in (member.name, member.short, *member.former) if n)


def _digits(phone: str) -> str:
    number = re.sub(r"\D", "", fold(phone))
    return number if len(number) >= 7 else ""


def _distance(wanted: str, key: str) -> int | None:
    """Return how far apart two bare names are, None where too far for one to be the other misspelt or shortened.

    One character in four may be wrong; a town's own part keeps a character. 科技局 is short for 科学技术局.
    """
    most = max(1, max(len(wanted), len(key)) // 4)
    far = edits(wanted, key, most)
    if far <= most and _shares(wanted, key):
        return far
    short, long = sorted((wanted, key), key=len)
    if len(short) > _SHORTEST and short[0] == long[0] and short[-1] == long[-1] and _within(short, long):
        return most + 1 if not short.endswith(KINDS) else None
    return None


def _shares(one: str, other: str) -> bool:
    mine, theirs = (_own(x) for x in (one, other))
    return len(mine) >= _SHORTEST and len(theirs) >= _SHORTEST and bool(set(mine) & set(theirs))


def _own(name: str) -> str:
    return next((name.removesuffix(k) for k in KINDS if name.endswith(k) and name != k), name)


def _within(short: str, long: str) -> bool:
    """Tell whether the characters of one name stand in another in their order."""
    rest = iter(long)
    return all(c in rest for c in short)
