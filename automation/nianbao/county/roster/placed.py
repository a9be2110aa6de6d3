"""In which county and city the bodies of a roster lie, and which are listed twice. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from nianbao.county.model import Member
from nianbao.county.roster.mistakes import Mistakes
from nianbao.county.roster.names import bare, fold, parts, same_place
from nianbao.county.roster.scopes import is_government, place_of

_COUNTY_SAID = re.compile(r"(?:所属县|县名|本县)[（()）市区、]*[：:](.+)")
_ANNEX = re.compile(r"^附[件表]\s*\d*\s*[：:.、]?")


def in_counties(members: Sequence[Member], titles: Iterable[str]) -> list[Member]:
    """Return the members with their counties: as listed, as their names begin, else the one all others are of.

    A name tells the county of others where two names say the same and none another, or the county's office does. Of
    governments of several places each is its own place's; what is listed or headed beside them is their city.
    """
    headed = list(titles)
    places = {place_of(m) for m in members if is_government(m)}
    said = [m[1].strip() for t in headed if (m := _COUNTY_SAID.match(t))]
    said = said or [c for t in headed if (c := _place_in(_ANNEX.sub("", t), wide=len(places) > 1))]
    several = len(places) > 1 or (len(places) == 1 and bool(said) and not any(same_place(said[0], p) for p in places))
    named = [_placed(m, said, several=several) for m in members]
    others = [(m, was) for m, was in zip(named, members, strict=True) if not (several and is_government(m))]
    listed = {was.county for _, was in others if was.county}
    begun = Counter(m.county for m, _ in others if m.county)
    sure = {c for c, n in begun.items() if n > 1 or any(m.level == "county_office" for m in named if m.county == c)}
    counties = listed or set(said[:1]) or (sure if len(begun) == 1 else set())
    if len(counties) != 1:
        return named
    (only,) = counties
    return [m if m.county else replace(m, county=only) for m in named]


def _placed(member: Member, said: Sequence[str], *, several: bool) -> Member:
    """Return a member with its county and city, as far as it is listed, or its name and the heading say."""
    told = parts(member.name)
    if not (several and is_government(member)):
        county = told.bare if member.level == "county" else _place_in(member.name, wide=several)
        return replace(member, county=member.county or county, city=told.city)
    own = place_of(member)
    wider = [c for c in (member.county, *said[:1]) if c and not same_place(c, own)]
    return replace(member, county=own, city=told.city or next(iter(wider), ""))


def _place_in(name: str, *, wide: bool) -> str:
    """Return the county that a name begins with, with `wide` else the city or the province."""
    told = parts(name)
    return told.county or (told.city or told.province if wide else "")


def doubled(members: Iterable[Member], notes: Mistakes) -> None:
    """Tell of names that several rows have, and of codes; namesakes of different counties are told apart."""
    rows: dict[tuple[str, str, str], dict[int, str]] = {}
    codes: dict[str, list[int]] = {}
    for member in members:
        for name in dict.fromkeys((member.name, *member.former)):
            rows.setdefault((fold(name), member.level, bare(member.county)), {})[member.row] = name
        if member.code:
            codes.setdefault(member.code, []).append(member.row)
    for same in rows.values():
        if len(same) > 1:
            last, name = max(same.items())
            where = "、".join(str(r) for r in same)
            what = f"在名册中不止一行（第{where}行，名称或曾用名相同），报来的填报表分不清是谁的"
            notes.add(last, name, what, "改成能区分的全称，在“所属县”写明是哪个县的，或删去多余的一行")
    for code, where_used in codes.items():
        if len(where_used) > 1:
            what = f"单位代码“{code}”在名册中不止一行（第{'、'.join(map(str, where_used))}行）"
            notes.add(where_used[-1], "", what, "改成各单位自己的代码")
