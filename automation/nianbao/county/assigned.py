"""What the officer says of files (`--assign FILE=BODY`): understood once, kept beside the journal for the next runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nianbao.county.matching import Answer, Delivered, Whose, mark
from nianbao.county.model import Member
from nianbao.county.roster import Roster, fold
from nianbao.county.store import Store
from nianbao.errors import InputError

LEAVE = "不采用"
"""Said in place of a body: the file counts for nobody."""

_SHOWN = 4


@dataclass(frozen=True)
class Assignment:
    """One word of the officer: a file (its path below the folder or its name) and a body; `body` '' takes it back."""

    file: str
    body: str


def assignment(text: str) -> Assignment:
    """Return what FILE=BODY says. Raises InputError where it doesn't."""
    file, sign, body = text.rpartition("=")
    if not sign or not file.strip():
        raise InputError(f"--assign 要写成“文件=单位”，例如 --assign 永平.xlsx=永平镇人民政府，写的是“{text}”")
    return Assignment(file.strip(), body.strip())


def settled(
    store: Store, roster: Roster | None, delivered: Sequence[Delivered], now: Sequence[Assignment]
) -> dict[str, Answer]:
    """Return what the officer said of these files, now and in earlier runs, by their marks; keep what is said now.

    Raises InputError where a file or a body is not found, or may be several.
    """
    if now and roster is None:
        raise InputError("--assign 要和 --roster 一起用：单位以名册为准")
    if roster is None:
        return {}
    kept = dict(store.assigned())
    for one in now:
        for found in {mark(d): d for d in _files(one.file, delivered)}:
            kept.pop(found, None)
            if one.body:
                kept[found] = LEAVE if fold(one.body) == LEAVE else _key(_body(one.body, roster))
    if now:
        store.keep_assigned(kept)
    places = {_key(m): i for i, m in enumerate(roster.members)}
    answers = {k: Answer(Whose.OURS, (places[b],), settled=True) for k, b in kept.items() if b in places}
    return answers | {k: Answer(Whose.REFUSED, settled=True) for k, b in kept.items() if b == LEAVE}


def _key(member: Member) -> str:
    return member.code or "\n".join((fold(member.name), member.level, fold(member.county)))


def _files(said: str, delivered: Sequence[Delivered]) -> list[Delivered]:
    """Return the file that is meant, more than one only where they are the same."""
    wanted = said.replace("\\", "/").removeprefix("./")
    for names in (_paths, _names):
        found = [d for d in delivered if wanted in names(d)]
        if len({mark(d) for d in found}) > 1:
            told = "、".join(d.source.place for d in found[:_SHOWN])
            raise InputError(f"收到的文件里有几个都叫“{said}”（{told}），请写清是哪个文件夹或压缩包里的")
        if found:
            return found
    raise InputError(f"收到的文件里没有“{said}”，请照总览页上的写法写")


def _paths(one: Delivered) -> tuple[str, ...]:
    source = one.source
    return (source.place, f"{source.path}/{source.member}" if source.member else source.path)


def _names(one: Delivered) -> tuple[str, ...]:
    return (one.candidate.name,)


def _body(said: str, roster: Roster) -> Member:
    coded = [m for m in roster.members if m.code and m.code == fold(said).upper()]
    found = coded or list(roster.of_name(said))
    if len(found) != 1:
        why = f"有 {len(found)} 个单位都可能是" if found else "没有"
        raise InputError(f"名册上{why}“{said}”，请写单位名称（前面可以写所属县）或单位代码；不采用的写“{LEAVE}”")
    return found[0]
