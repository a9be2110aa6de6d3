"""What the officer pastes into a message: one text for the group, one for each body; what is missing, until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nianbao.county.desk.cards import Card
from nianbao.county.desk.desk_words import in_words
from nianbao.county.model import Status
from nianbao.county.slips import word

NAMED = 200
"""Bodies named under one heading of the text for the group."""

_HEADINGS = (
    (Status.MISSING, "还没有报送的"),
    (Status.UNREADABLE, "文件读不出、要重新报送的"),
    (Status.WRONG_YEAR, "年度不符、要重新报送的"),
    (Status.WRONG, "要改正的"),
    (Status.UNEXPLAINED, "要核实、说明原因的"),
    (Status.DOUBLED, "报了几份、请告知以哪一份为准的"),
    (Status.ASKED, "来件要确认是不是本单位报的"),
)
_SLIPS = (Status.MISSING, Status.UNREADABLE, Status.WRONG_YEAR, Status.WRONG, Status.UNEXPLAINED)


@dataclass(frozen=True)
class Reminder:
    """A text for one body, or for the group: the subject of an e-mail, and what both message and e-mail say."""

    subject: str
    text: str


@dataclass(frozen=True)
class Remind:
    """Writes reminders: `kind` is what the report is called, `day` the day of the run (None: not known)."""

    county: str
    year: int | None
    kind: str
    day: date | None = None

    @property
    def _report(self) -> str:
        return f"{self.year or '本'}年度{self.kind}"

    def body(self, card: Card) -> Reminder | None:
        """Return the text for one body, None where it has nothing to do."""
        status, member = card.state.status, card.state.member
        said = self._said(card)
        if said is None:
            return None
        about = word(status) if status in _SLIPS else "请确认来件"
        text = f"{member.name}：{said}"
        return Reminder(f"{self.county}{self._report}{about}（{member.name}）", text)

    def group(self, cards: Iterable[Card]) -> Reminder | None:
        """Return the text for the group of all, None where nobody has anything to do."""
        listed = list(cards)
        done = sum(c.done for c in listed)
        lines = [f"各单位：{self._report}{self._as_of}共 {len(listed)} 个单位，已完成 {done} 个。"]
        for status, heading in _HEADINGS:
            found = [c for c in listed if c.state.status is status]
            by_day: dict[str, list[str]] = {}
            for card in sorted(found, key=lambda c: c.state.member.deadline):
                by_day.setdefault(card.state.member.deadline, []).append(card.state.member.shown)
            for deadline, names in by_day.items():
                more = f"等，共 {len(names)} 个" if len(names) > NAMED else f"，共 {len(names)} 个"
                lines.append(f"{heading}{self._until(deadline)}：{'、'.join(names[:NAMED])}{more}。")
        if len(lines) == 1:
            return None
        lines.append("请按发去的单子办理，有疑问请与县政府信息公开工作主管部门联系。")
        return Reminder(f"{self.county}{self._report}报送情况", "\n".join(lines))

    @property
    def _as_of(self) -> str:
        return f"截至{self.day.year}年{self.day.month}月{self.day.day}日" if self.day else ""

    def _said(self, card: Card) -> str | None:
        status = card.state.status
        due = self._due(card.state.member.deadline)
        if status is Status.MISSING:
            return f"你单位{self._report}的填报表还没有收到，{due}报送填报表（.xlsx）。"
        if status in (Status.WRONG, Status.UNEXPLAINED, Status.WRONG_YEAR, Status.UNREADABLE):
            asked = card.asks or tuple(x for x in (card.state.note,) if x)
            listed = "；".join(f"（{n}）{a}" for n, a in enumerate(asked, 1)) if len(asked) > 1 else "".join(asked)
            more = f"等 {card.blocking} 处" if card.blocking > len(asked) else ""
            mend = "核实并改正或写明原因" if status is Status.UNEXPLAINED else "改好重新报送"
            return f"你单位{self._report}的填报表要处理：{listed}{more}。{due}{mend}，详见{word(status)}。"
        if status is Status.DOUBLED:
            return f"收到你单位{self._report}的几份填报表，内容不同，请告知以哪一份为准。"
        if status is Status.ASKED:
            return f"收到的{self._report}填报表中有的可能是你单位的，请确认。"
        return None

    def _due(self, deadline: str) -> str:
        """Return by when, in front of what is asked."""
        if not deadline:
            return "请尽快"
        return (
            f"报送期限（{in_words(deadline)}）已过，请尽快" if self._over(deadline) else f"请于{in_words(deadline)}前"
        )

    def _until(self, deadline: str) -> str:
        if not deadline:
            return ""
        return f"（期限 {in_words(deadline)}{'，已过' if self._over(deadline) else ''}）"

    def _over(self, deadline: str) -> bool:
        return self.day is not None and deadline < str(self.day)
