"""What a run is about: the year and the county, given or known, never voted. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.county.matching.delivered import COUNTY_LEVEL, Delivered
from nianbao.county.roster import Roster
from nianbao.county.roster.names import fold, same_place
from nianbao.county.roster.scopes import is_government
from nianbao.errors import InputError

_SHOWN = 4


def year_of(given: int | None, roster: Roster | None, delivered: Iterable[Delivered]) -> int | None:
    """Return the report year: the one given, the roster's, else the one that all files say; None where none says one.

    Raises InputError where nothing decides and the files differ.
    """
    known = given or (roster.year if roster else None)
    if known:
        return known
    places: dict[int, list[str]] = {}
    for d in delivered:
        if d.examined.year is not None:
            places.setdefault(d.examined.year, []).append(d.source.place)
    years = sorted(places)
    if len(years) > 1:
        told = "、".join(f"{y}年度（{_files(places[y])}）" for y in years[:_SHOWN])
        where = "名册也没有写报送期限，" if roster else ""
        how = "请把别的年度的移走，年度填错的改正，或在名册的“报送期限”写明年度"
        command = f"用命令的，也可以写 --year {years[-1]}"
        raise InputError(f"收到的填报表有{told}的，{where}不知道办的是哪一年度。{how}；{command}")
    return years[0] if years else None


def _files(places: list[str]) -> str:
    return min(places) + (f"等 {len(places)} 份" if len(places) > 1 else "")


def county_of(given: str, roster: Roster | None, delivered: Iterable[Delivered]) -> tuple[str, str]:
    """Return the county and, where it is not known ('' then), why, in words.

    It is the one given, the roster's, else the one that all files name which name one.
    """
    if given:
        return given, ""
    if roster and roster.county:
        return roster.county, ""
    if roster:
        others = [m for m in roster.members if not is_government(m)]
        listed = _distinct(m.county for m in others or roster.members)
        if len(listed) > 1:
            what = "单位" if others else "县政府"
            return "", f"名册里有几个县的{what}（{_county_list(listed)}），不知道合计的是哪里的数"
    named = _distinct(d.examined.county for d in delivered if not (roster and d.examined.level == COUNTY_LEVEL))
    if len(named) > 1:
        return "", f"填报表里写着几个县（{_county_list(named)}），不知道合计的是哪个县的数"
    if not named:
        return "", "名册和填报表都没有写所属县，不知道合计的是哪个县的数"
    return named[0], ""


def _distinct(counties: Iterable[str]) -> list[str]:
    """Return the counties that differ in more than how they are written, as first written."""
    found: list[str] = []
    for county in sorted({fold(c) for c in counties} - {""}, key=lambda c: (-len(c), c)):
        if not any(same_place(county, other) for other in found):
            found.append(county)
    return found


def _county_list(counties: list[str]) -> str:
    return "、".join(sorted(counties)[:_SHOWN]) + (f"等 {len(counties)} 个" if len(counties) > _SHOWN else "")
