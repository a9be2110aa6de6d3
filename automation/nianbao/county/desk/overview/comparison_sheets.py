"""The sheets that set bodies beside each other: what to say to each, scores and years, the log of the season."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook

from nianbao.county.desk.cards import Card
from nianbao.county.desk.measures import MEASURES
from nianbao.county.desk.outliers import far_out
from nianbao.county.desk.overview.frame import height, sheet
from nianbao.county.desk.ranks import ranks
from nianbao.county.desk.reminders import Remind
from nianbao.county.desk.year_series import Course, History
from nianbao.county.keeping.runs import SeasonRun
from nianbao.county.model import Desk, Status

REMINDERS, SCORES, LOG = "催报的话", "得分和历年", "收表记录"

MOST_RUNS = 1_000
"""Runs the sheet shows, the last ones."""

_REMIND_HEADS = ("发给", "联系人", "联系电话", "邮件主题", "要说的话")
_REMIND_WIDTHS = (24.0, 11.0, 15.0, 40.0, 80.0)
_SCORE_HEADS = ("单位", "级别", "得分", "同级名次")
_STATES = (Status.DONE, Status.UNEXPLAINED, Status.WRONG, Status.MISSING, Status.DOUBLED, Status.WRONG_YEAR,
           Status.UNREADABLE, Status.ASKED, Status.RECEIVED)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A body with its name as told apart from namesakes."""

    card: Card
    name: str


def reminders(book: Workbook, title: str, bodies: Sequence[Named], remind: Remind) -> None:
    """Write what to paste into a message or an e-mail: for the group, for each body that has something to do."""
    said = "复制“要说的话”发到工作群、短信或邮件；发给一个单位的，附上它的单子。"
    writer = sheet(book, REMINDERS, title, said, _REMIND_HEADS, _REMIND_WIDTHS)
    group = remind.group([b.card for b in bodies])
    rows = [("工作群", "", "", group.subject, group.text)] if group else []
    for body in bodies:
        one, member = remind.body(body.card), body.card.state.member
        if one:
            rows.append((body.name, member.contact, member.phone, one.subject, one.text))
    for row in rows:
        writer.row(map(writer.text, row), height(row, _REMIND_WIDTHS))


def scores(book: Workbook, title: str, bodies: Sequence[Named], desk: Desk, history: History) -> None:
    """Write each body's score and rank, its measures by year, and where it is far above its peers."""
    listed = [b.card for b in bodies]
    placed, far = ranks(listed), far_out(listed)
    courses = [history.of(card, desk.year) for card in listed]
    whole = history.of_county(desk)
    years = sorted({year for course in (*courses, whole) for year, _ in course})
    heads = (*_SCORE_HEADS, *(f"{m.label} {year}" for m in MEASURES for year in years), "明显多于同级")
    widths = (24.0, 10.0, 7.0, 10.0, *[12.0] * (len(MEASURES) * len(years)), 40.0)
    said = (
        "得分：每 100 条核对过的规则中相符的、已说明原因的和只是提示的有几条（去尾）；没有报送的没有得分。"
        "历年的件数来自以前的结果（--earlier）和填报表带的上年数据，不知道的空着。"
    )
    writer = sheet(book, SCORES, title, said, heads, widths)
    for body, course in zip(bodies, courses, strict=True):
        rank, of = placed.get(body.card.id, (0, 0))
        standing = f"{rank} / {of}" if rank else ""
        cells = [writer.text(body.name), writer.text(body.card.level), writer.number(body.card.score)]
        more = "；".join(far.get(body.card.id, ()))
        figures = [writer.number(n) for n in _figures(course, years)]
        writer.row([*cells, writer.text(standing), *figures, writer.text(more)], height((more,), (40.0,)))
    if whole:
        figures = [writer.number(n) for n in _figures(whole, years)]
        told = "是已报单位之和" if desk.totals and not desk.totals[-1].determined else ""
        cells = [writer.text(desk.whole), *(writer.text("") for _ in range(3))]
        writer.row([*cells, *figures, writer.text(told)], height((told,), (40.0,)))


def log(book: Workbook, title: str, runs: Sequence[SeasonRun]) -> None:
    """Write the runs, the first one first: when, how many bodies stood where, who newly came."""
    shown = runs[-MOST_RUNS:]
    states = [s for s in _STATES if any(r.counts.get(s.value) for r in shown)]
    heads = ("时间", "单位数", *(s.label for s in states), "新收到", "新收到的单位")
    widths = (17.0, 8.0, *[9.0] * len(states), 8.0, 70.0)
    writer = sheet(book, LOG, title, "每汇总一次记一行，不记是谁、在哪台电脑上做的。", heads, widths)
    for run in shown:
        names = "、".join(run.names) + (f"等，共 {run.came} 个" if run.came > len(run.names) else "")
        counts = [writer.number(run.counts.get(s.value, 0)) for s in states]
        cells = [writer.text(run.when), writer.number(sum(run.counts.values())), *counts, writer.number(run.came)]
        writer.row([*cells, writer.text(names)], height((names,), (70.0,)))


def _figures(course: Course, years: Sequence[int]) -> list[int | None]:
    known = dict(course)
    return [known.get(year, {}).get(m.id) for m in MEASURES for year in years]
