"""Which charts the page has of the county's figures: results, applicants, years, bodies beside their peers."""

from __future__ import annotations

from collections.abc import Sequence

from nianbao.county.desk import charts, outliers, sum_tables, year_chart
from nianbao.county.desk.cards import Card
from nianbao.county.desk.charts import YearPair
from nianbao.county.desk.measures import MEASURES
from nianbao.county.desk.svg import Chart
from nianbao.county.desk.year_series import Course
from nianbao.county.model import Desk
from nianbao.form import Edition


def drawn(desk: Desk, edition: Edition, cards: Sequence[Card], course: Course) -> list[Chart]:
    """Return the charts there is something to draw in."""
    found = _totals(desk, edition)
    if len(course) > 1:
        note = f"{desk.whole}每年的件数；没有收齐的年度是已报单位之和"
        series = [(m.label, [(year, figures.get(m.id)) for year, figures in course]) for m in MEASURES]
        found.append(year_chart.columns("years", "历年数据", note, series))
    groups = outliers.groups(cards)
    if groups:
        note = "每点一个单位，越靠右新收申请越多；明显多于同级单位的写出名称"
        found.append(charts.dots("by-body", "各单位新收申请", note, groups))
    jumps = outliers.jumps(cards)
    if jumps:
        more = f"，图中是变化最大的 {charts.SHOWN_JUMPS} 个" if len(jumps) > charts.SHOWN_JUMPS else ""
        note = f"新收申请比上年增减超过一半、且超过 {outliers.LEAST} 件的 {len(jumps)} 个单位{more}"
        found.append(charts.changes("jumps", "与上年相差很大的单位", note, jumps))
    return found


def _totals(desk: Desk, edition: Edition) -> list[Chart]:
    now, before = sum_tables.of_whole(desk.totals), sum_tables.last_county(desk)
    if not now or not now.bodies:
        return []
    years = (f"{desk.year}年", f"{desk.year - 1}年") if desk.year else ("本年", "上年")

    def pairs(lines: Sequence[sum_tables.SumLine]) -> list[YearPair]:
        last = before.values if before else {}
        return [YearPair(x.label, sum_tables.added(now.values, x), sum_tables.added(last, x)) for x in lines]

    part = "" if now.determined else f"；{years[0]}是已报的 {len(now.bodies)} 个单位"
    if before and not before.determined:
        part += f"；{years[1]}是有上年数据的 {len(before.bodies)} 个单位"
    return [
        charts.bars(identity, title, note + part, pairs(lines), years)
        for identity, title, note, lines in (
            ("by-result", "办理结果", f"{now.scope.label}办结的申请，按结果分（件）", sum_tables.results(edition)),
            (
                "by-applicant",
                "申请人",
                f"{now.scope.label}新收的申请，按申请人分（件）",
                sum_tables.applicants(edition),
            ),
        )
    ]
