"""The bodies of a roster, and which of them a name can mean. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from nianbao.county.model import Member
from nianbao.county.roster.names import bare, fold, parts, same_place
from nianbao.findings import Finding


@dataclass(frozen=True)
class Roster:
    """The bodies in the order listed, and what was wrong in the list (rule G7).

    `year` is the report year that its heading or its deadlines say, `county` the one that all its bodies are of;
    None and '' where it says none, or several.
    """

    file: str
    members: tuple[Member, ...]
    findings: tuple[Finding, ...]
    year: int | None = None
    county: str = ""

    def of_name(self, name: str, level: str = "", county: str = "") -> tuple[Member, ...]:
        """Return the members a name can mean: by full name, by former or short name, by the bare name.

        The county, then the level decide between namesakes.
        """
        return tuple(self.members[i] for i in self.places_of(name, level, county))

    def places_of(self, name: str, level: str = "", county: str = "") -> tuple[int, ...]:
        """Do the same as `of_name`, but return places in `members`."""
        whole, short = {fold(name), fold(name).removeprefix(fold(county))}, {bare(name)}
        for wanted, index in zip((whole, whole, short, short), self._indexes, strict=True):
            found = sorted({i for key in wanted - {""} for i in index.get(key, ())})
            if found:
                return tuple(self._told_apart(found, name, level, county))
        return ()

    def _told_apart(self, found: list[int], name: str, level: str, county: str) -> list[int]:
        where = parts(name).county or county
        if len(found) > 1 and where:
            here = [i for i in found if self.members[i].county and same_place(self.members[i].county, where)]
            found = here or found
        same_level = [i for i in found if self.members[i].level == level]
        return same_level if len(found) > 1 and same_level else found

    @cached_property
    def _indexes(self) -> tuple[Mapping[str, Sequence[int]], ...]:
        """The members' places by full name, by any other name, by their bare names, by other names made bare."""
        indexes: list[dict[str, list[int]]] = []
        for keys in (_full, _other, _bare_name, _bare_others):
            index: dict[str, list[int]] = {}
            for place, member in enumerate(self.members):
                for key in dict.fromkeys(keys(member)):
                    index.setdefault(key, []).append(place)
            indexes.append(index)
        return tuple(indexes)


def _full(member: Member) -> Iterator[str]:
    yield fold(member.name)


def _other(member: Member) -> Iterator[str]:
    yield from (fold(name) for name in (member.short, *member.former) if name)


def _bare_name(member: Member) -> Iterator[str]:
    yield bare(member.name)


def _bare_others(member: Member) -> Iterator[str]:
    yield from (bare(name) for name in (member.short, *member.former) if name)
