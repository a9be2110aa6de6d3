"""Wholes and their parts as a tree: which bodies of a roster are summed where. What there is, is scopes.toml. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from nianbao import toml
from nianbao.county.model import Member, Scope
from nianbao.county.roster.names import BRACKETS, bare, fold, parts, same_place

UNPLACED = "级别不明，不知道计入哪个合计"
_TWICE = "没有写所属县，不知道是不是已在县里的合计中"
_GOVERNMENT, _TOWN = "government", "town"
_LARGER = ("city", "province")
_PLACES = "县区市旗州盟省"


@dataclass(frozen=True)
class ScopePart:
    """A part of a whole: levels of governments below, or roles of other bodies, that are summed in it."""

    scope: Scope
    governments: tuple[str, ...]
    roles: tuple[str, ...]
    optional: bool


@dataclass(frozen=True)
class Tree:
    """A whole, its parts in order, and its name ('' where unknown). `below` are the places whose results it adds up.

    `report` is the level of the whole's own report, `above` are levels that count in no part of it.
    """

    whole: Scope
    parts: tuple[ScopePart, ...]
    report: str
    above: frozenset[str]
    name: str = ""
    below: tuple[str, ...] = ()

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The parts in order, the whole behind them."""
        return (*(p.scope for p in self.parts), self.whole)

    @property
    def adds_results(self) -> bool:
        """Tell whether what a place below has added up is a delivery here."""
        return bool(self.below)

    def of(self, member: Member) -> Scope | None:
        """Return the part that a body is summed in; None for the whole itself, and what is summed below or nowhere."""
        if member.level in self.above or self._is_below(member) or self._may_be_below(member):
            return None
        kind = role(member)
        if is_government(member):
            return next(
                (p.scope for p in self.parts if member.level in p.governments and not self.is_whole(member)), None
            )
        return next((p.scope for p in self.parts if kind in p.roles), None)

    def lacks(self, member: Member) -> str:
        """Return why a body that is summed nowhere leaves the whole open, in words that follow its name; '' if not."""
        if self.of(member) is not None or member.level in self.above or self._is_below(member):
            return ""
        if self._may_be_below(member):
            return _TWICE
        return "" if is_government(member) else UNPLACED

    def is_whole(self, member: Member) -> bool:
        """Tell whether a body is the government of the whole itself."""
        return is_government(member) and bool(self.name) and _same(place_of(member), self.name)

    def summed_below(self, members: Iterable[Member]) -> list[Member]:
        """Return the bodies that count only through a place below, whose government is listed too."""
        return [m for m in members if self._is_below(m)]

    def _is_below(self, member: Member) -> bool:
        return not is_government(member) and any(_same(member.county, place) for place in self.below)

    def _may_be_below(self, member: Member) -> bool:
        """Tell whether a town may be one of a place below, which nobody says."""
        return bool(self.below) and role(member) == _TOWN and not fold(member.county)


def is_government(member: Member) -> bool:
    """Tell whether a body's report is that of a whole place."""
    return role(member) == _GOVERNMENT


def role(member: Member) -> str:
    """Return what kind of body this is, by its level and, where the edition has one level for several, its name."""
    roles = [(k, v) for k, v in _data()["roles"].items() if member.level in v["levels"]]
    if len(roles) == 1:
        return str(roles[0][0])
    name = BRACKETS.sub("", fold(member.name))
    return str(next((k for k, v in roles if not v.get("ends") or name.endswith(tuple(v["ends"]))), ""))


def place_of(member: Member) -> str:
    """Return the place that a government is of: its own name without what stands before."""
    return bare(BRACKETS.sub("", member.name))


def place_summed(members: Sequence[Member]) -> str:
    """Return the place whose bodies a roster lists: the one all are of that are no governments, '' where none is.

    Where only governments are listed, it is their city, or the one that all are of.
    """
    others = {m.county for m in members if not is_government(m)}
    if not others:
        cities = {m.city for m in members}
        others = cities if cities != {""} else {m.county for m in members}
    return next(iter(others)) if len(others) == 1 else ""


def tree_of(members: Iterable[Member], name: str) -> Tree:
    """Return the tree for the bodies of a roster and the place they are summed for ('' where unknown).

    Governments of other places make it a city's or a province's; a lone one beside towns is the whole itself.
    """
    listed = list(members)
    governments = [m for m in listed if is_government(m) and not (name and _same(place_of(m), name))]
    below = list(dict.fromkeys(place_of(m) for m in governments))
    alone = len(below) == 1 and (not name or any(role(m) == _TOWN for m in listed))
    kind = "county"
    if below and not alone:
        kind = next(k for k in _LARGER if _sums(k, {m.level for m in governments}))
    return whole(kind, name, below if kind != "county" else ())


def _sums(kind: str, levels: set[str]) -> bool:
    """Tell whether a whole has parts for governments of all these levels."""
    return levels <= {level for p in _data()[kind]["parts"] for level in p.get("governments", ())}


def whole(kind: str, name: str = "", below: Sequence[str] = ()) -> Tree:
    """Return the tree of a kind of whole (a table of scopes.toml) for a place, '' where its name isn't known."""
    told = _data()[kind]
    place = _ending(name) or str(told["place"])
    made = tuple(
        ScopePart(
            Scope(p["id"], p["label"].format(place=place)), tuple(p.get("governments", ())),
            tuple(p.get("roles", ())), bool(p.get("optional")),
        )
        for p in told["parts"]
    )  # fmt: skip
    return Tree(
        Scope(kind, f"全{place}", whole=True),
        made,
        told["report"],
        frozenset(told.get("above", ())),
        name,
        tuple(below),
    )


def report_level(kind: str) -> str:
    """Return the level of the report of a kind of whole; of one that isn't known that of a county."""
    known = _data().get(kind)
    return str(known["report"]) if known and kind != "roles" else "county"


def _ending(name: str) -> str:
    last = fold(bare(name))[-1:]
    return last if last and last in _PLACES else ""


def _same(one: str, other: str) -> bool:
    """Tell whether two places are one; a blank one is none."""
    return bool(fold(one)) and bool(fold(other)) and same_place(parts(one).bare, other)


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Any]:
    text = (resources.files("nianbao.county.roster") / "scopes.toml").read_text(encoding="utf-8")
    return toml.shipped(text)
