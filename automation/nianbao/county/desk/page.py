"""The page itself: everything the template shows, put together. The desk's door to Jinja; nothing is written here."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from nianbao.county.desk import alike, bodies, by_rule, charts, outliers, sums
from nianbao.county.desk.charts import Pair
from nianbao.county.desk.svg import Chart, printable
from nianbao.county.model import OVERVIEW, Course, Desk, Status
from nianbao.findings import Severity
from nianbao.form import Edition, load_edition

_HERE = Path(__file__).parent
_USUAL_EDITION = "2021"

TO_DO = (
    (Status.MISSING, "没有报送", "请催报"),
    (Status.ASKED, "有来件待确认", f"请问清是哪个单位报的，在{OVERVIEW}的“归属”一栏写明，或用 --assign 指明"),
    (
        Status.DOUBLED,
        "报了几份",
        f"请问清以哪一份为准，在{OVERVIEW}中这一份的“归属”写上单位，或用 --assign 指明",
    ),
    (Status.WRONG_YEAR, "年度不符", "请重新报送"),
    (Status.UNREADABLE, "文件读不出", "请重新报送"),
    (Status.WRONG, "数字或文字有错", "请退回改正"),
    (Status.UNEXPLAINED, "有待说明的问题", "请核实并写明原因"),
    (Status.RECEIVED, "已收到，文件还没有生成", "请重新运行一次"),
)
"""What is left to do at the county office, most urgent first."""

_SHOWN = (Status.DONE, Status.UNEXPLAINED, Status.WRONG, Status.MISSING, Status.DOUBLED, Status.WRONG_YEAR,
          Status.UNREADABLE, Status.RECEIVED, Status.UNKNOWN, Status.ASKED)  # fmt: skip
_ALWAYS = (Status.DONE, Status.UNEXPLAINED, Status.WRONG, Status.MISSING)


def render(desk: Desk) -> str:
    """Return the desk as one HTML page that needs nothing beside it; links lead to files beside the page.

    The same desk always gives the same page. Raises EditionError when an edition the desk names is not at hand.
    """
    edition = load_edition(desk.edition or _USUAL_EDITION)
    lines = bodies.lines(desk, edition)
    counts = {s: sum(x.status is s for x in desk.bodies) for s in _SHOWN}
    known = [(s, counts[s]) for s in _SHOWN if counts[s] or s in _ALWAYS]
    style, script = _source("desk.css"), _source("desk.js")
    told: dict[str, Any] = {
        "kind": edition.report_name,
        "desk": desk,
        "edition": edition,
        "deadline": bodies.in_words(desk.deadline),
        "statuses": known,
        "tally": charts.tally("tally", "各单位的状态", [(s.value, s.label, n) for s, n in known]),
        "changes": _changes(desk),
        "to_do": [(s, what, how, [x for x in lines if x.status is s]) for s, what, how in TO_DO if counts.get(s)],
        "lines": lines,
        "shown": {b.id: b.member.shown for b in desk.bodies},
        "levels": list(dict.fromkeys(x.level for x in lines if x.level)),
        "severities": list(Severity),
        "rules": by_rule.groups(lines, edition),
        "county_findings": [bodies.told(f) for f in desk.findings],
        "standing": sums.standing(desk.totals),
        "blocks": sums.blocks(desk, edition) if desk.totals else (),
        "whole": desk.totals[-1].scope.label if desk.totals else "全县",
        "last": sums.last_county(desk),
        "charts": _charts(desk, edition),
        "links": bodies.links(desk.files),
        "neighbours": alike.neighbours(desk.pairs, {b.id: b for b in desk.bodies}),
        "style": style,
        "script": script,
        "policy": _policy(style, script),
    }
    return _template().render(told)


def _changes(desk: Desk) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Return what changed since the run before, by its course: each body's id and name ('' for a file), what."""
    shown = {b.id: b.member.shown for b in desk.bodies}
    grouped = ((c.label, [(x.body, shown.get(x.body, ""), x.what) for x in desk.changes if x.course is c])
               for c in (Course.WORSE, Course.NEW, Course.MENDED, Course.REPLACED))  # fmt: skip
    return [(label, listed) for label, listed in grouped if listed]


def _charts(desk: Desk, edition: Edition) -> list[Chart]:
    now, before = sums.of_whole(desk.totals), sums.last_county(desk)
    years = (f"{desk.year}年", f"{desk.year - 1}年") if desk.year else ("本年", "上年")
    found = []
    if now and now.bodies:

        def pairs(lines: Sequence[sums.Line]) -> list[Pair]:
            last = before.values if before else {}
            return [Pair(x.label, sums.added(now.values, x), sums.added(last, x)) for x in lines]

        part = "" if now.determined else f"；{years[0]}是已报的 {len(now.bodies)} 个单位"
        if before and not before.determined:
            part += f"；{years[1]}是有上年数据的 {len(before.bodies)} 个单位"
        for identity, title, note, lines in (
            ("by-result", "办理结果", f"{now.scope.label}办结的申请，按结果分（件）", sums.results(edition)),
            ("by-applicant", "申请人", f"{now.scope.label}新收的申请，按申请人分（件）", sums.applicants(edition)),
        ):
            found.append(charts.bars(identity, title, note + part, pairs(lines), years))
    groups = outliers.groups(desk.bodies, desk.totals)
    if groups:
        note = "每点一个单位，越靠右新收申请越多；明显多于同级单位的写出名称"
        found.append(charts.dots("by-body", "各单位新收申请", note, groups))
    jumps = outliers.jumps(desk.bodies)
    if jumps:
        more = f"，图中是变化最大的 {charts.SHOWN_JUMPS} 个" if len(jumps) > charts.SHOWN_JUMPS else ""
        note = f"新收申请比上年增减超过一半、且超过 {outliers.LEAST} 件的 {len(jumps)} 个单位{more}"
        found.append(charts.changes("jumps", "与上年相差很大的单位", note, jumps))
    return found


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("desk.html")


def _printed(value: object) -> object:
    """Return a value as the page can hold it; what is markup already was made so from escaped words."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _source(name: str) -> Markup:
    """Return our own style sheet or script, to stand in the page as it is."""
    return Markup((_HERE / name).read_text(encoding="utf-8").strip())  # noqa: S704 (our own file)


def _policy(style: str, script: str) -> str:
    """Return the policy that lets nothing be loaded and only our own style and script run."""
    digests = [base64.b64encode(hashlib.sha256(x.encode("utf-8")).digest()).decode() for x in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
