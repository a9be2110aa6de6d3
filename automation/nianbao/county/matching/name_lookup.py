"""What the officer means by what is written: a file that came, a body of the roster. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.county.matching import Delivered, mark
from nianbao.county.model import OVERVIEW, Member
from nianbao.county.roster import Roster, fold
from nianbao.errors import InputError

LEAVE = "不采用"
"""Said in place of a body: the file counts for nobody."""

_SHOWN = 4

HOW = f"写名册上的单位名称（前面可以写所属县）或单位代码，不采用的写“{LEAVE}”"


class NoBodyError(InputError):
    """What somebody wrote is the name of no body, or of several."""

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}，请{HOW}")
        self.why = why


def meant(said: str, roster: Roster) -> str:
    """Return the key of the body that is meant, LEAVE or '' (nothing is said any more). Raises InputError."""
    if not said:
        return ""
    return LEAVE if fold(said) == LEAVE else key(_body(said, roster))


def key(member: Member) -> str:
    """Return what a body is kept by from run to run."""
    return member.code or "\n".join((fold(member.name), member.level, fold(member.county)))


def word_for(member: Member, roster: Roster) -> str:
    """Return how a body is best called so that it is understood again."""
    for said in (member.name, f"{member.county}{member.name}", member.code):
        if said and roster.of_name(said) == (member,):
            return said
    return member.code or member.name


def files_named(said: str, delivered: Sequence[Delivered]) -> list[Delivered]:
    """Return the file that is meant, more than one only where they are the same."""
    wanted = said.replace("\\", "/").removeprefix("./")
    for names in (paths, _names):
        found = [d for d in delivered if wanted in names(d)]
        if len({mark(d) for d in found}) > 1:
            told = "、".join(d.source.place for d in found[:_SHOWN])
            raise InputError(f"收到的文件里有几个都叫“{said}”（{told}），请写清是哪个文件夹或压缩包里的")
        if found:
            return found
    raise InputError(f"收到的文件里没有“{said}”，请照总览页或“{OVERVIEW}”的写法写")


def paths(one: Delivered) -> tuple[str, ...]:
    """Return how a file may be written so that only it is meant."""
    source = one.source
    return (source.place, f"{source.path}/{source.member}" if source.member else source.path)


def _names(one: Delivered) -> tuple[str, ...]:
    return (one.candidate.name,)


def _body(said: str, roster: Roster) -> Member:
    coded = [m for m in roster.members if m.code and m.code == fold(said).upper()]
    found = coded or list(roster.of_name(said))
    if len(found) != 1:
        why = f"有 {len(found)} 个单位都可能是" if found else "没有"
        raise NoBodyError(f"名册上{why}“{said}”")
    return found[0]
