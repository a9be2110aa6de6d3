"""Bodies of a county without a roster: who they are is only said by the files themselves."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.county.model import Member
from nianbao.county.roster import fold

Seen = tuple[str, str, str]
"""Name, level and county of a body as one of its files says."""

_ORDER = {"town": 0, "street": 1, "department": 2, "county_office": 3, "county": 4}


def without_roster(bodies: Iterable[tuple[str, str, str]]) -> tuple[Member, ...]:
    """Return members for the (name, level, county) seen in the files themselves, in a fixed order."""
    listed = sorted(set(bodies), key=_place)
    return tuple(Member(name, level=level, county=county) for name, level, county in listed)


def one_body(seen: Iterable[Seen]) -> dict[Seen, Seen]:
    """Return for each (name, level, county) the one that stands for all which can only be the same body.

    Spaces, widths and signs nobody sees tell no bodies apart, nor does a level; a county left blank does where the
    name is found in several counties.
    """
    groups: dict[str, dict[str, list[Seen]]] = {}
    for one in sorted(set(seen), key=_place):
        groups.setdefault(fold(one[0]), {}).setdefault(fold(one[2]), []).append(one)
    stands: dict[Seen, Seen] = {}
    for counties in groups.values():
        if len(counties) == 2 and "" in counties:
            blank = counties.pop("")
            next(iter(counties.values())).extend(blank)
        for same in counties.values():
            first = min(same, key=lambda b: (not b[2], not b[1], len(b[0] + b[2]), _place(b)))
            stands.update(dict.fromkeys(same, first))
    return stands


def _place(one: Seen) -> tuple[int, str, str]:
    name, level, county = one
    return _ORDER.get(level, 9), county, name
