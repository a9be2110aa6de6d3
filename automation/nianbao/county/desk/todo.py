"""What is left to do at the county office, most urgent first: of bodies, of files that are nobody's, of the county."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nianbao.county.desk.cards import Card
from nianbao.county.model import AGAIN, OVERVIEW, Desk, Status, Stray
from nianbao.findings import Finding

TO_DO = (
    (Status.MISSING, "没有报送", "请催报"),
    (Status.ASKED, "有来件待确认", f"请问清是哪个单位报的，在{OVERVIEW}的“归属”一栏写明，{AGAIN}"),
    (
        Status.DOUBLED,
        "报了几份",
        f"请问清以哪一份为准，在{OVERVIEW}中这一份的“归属”一栏写上单位，{AGAIN}",
    ),
    (Status.WRONG_YEAR, "年度不符", "请重新报送"),
    (Status.UNREADABLE, "文件读不出", "请重新报送"),
    (Status.WRONG, "数字或文字有错", "请退回改正"),
    (Status.UNEXPLAINED, "有待说明的问题", "请核实并写明原因"),
    (Status.RECEIVED, "已收到，文件还没有生成", "请重新运行一次"),
)
"""What is asked of bodies that stand so."""

_FILES = (
    (Status.ASKED, "说不准是谁的", f"请问清，在{OVERVIEW}的“归属”一栏写明"),
    (Status.UNKNOWN, "不在名册", f"是本县单位的，在{OVERVIEW}的“归属”一栏写明；不是的写“不采用”"),
    (Status.UNREADABLE, "读不出", "请报送的单位重新报送"),
)


@dataclass(frozen=True)
class Bodies:
    """Bodies of which the same is asked, the earliest deadline first."""

    status: Status
    what: str
    how: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Files:
    """Files of which the same is asked."""

    status: Status
    what: str
    how: str
    strays: tuple[Stray, ...]


def of_bodies(cards: Sequence[Card]) -> tuple[Bodies, ...]:
    """Return what is asked of bodies."""
    found = ((s, what, how, [c for c in cards if c.state.status is s]) for s, what, how in TO_DO)
    return tuple(Bodies(s, what, how, tuple(sorted(of, key=_due))) for s, what, how, of in found if of)


def of_files(strays: Iterable[Stray]) -> tuple[Files, ...]:
    """Return what is asked of files that count for nobody."""
    listed = list(strays)
    found = ((s, what, how, tuple(x for x in listed if x.status is s)) for s, what, how in _FILES)
    return tuple(Files(s, what, how, of) for s, what, how, of in found if of)


def of_county(desk: Desk) -> tuple[Finding, ...]:
    """Return the findings of the whole county that block, but those about single files."""
    places = {s.source.place for s in desk.strays}
    return tuple(f for f in desk.findings if f.blocks and f.place not in places)


def all_done(desk: Desk, cards: Sequence[Card]) -> bool:
    """Tell whether a run ends with 0: every body done, and nothing else of the county blocks."""
    return bool(cards) and all(c.done for c in cards) and not any(f.blocks for f in desk.findings)


def _due(card: Card) -> tuple[bool, str]:
    deadline = card.state.member.deadline
    return not deadline, deadline
