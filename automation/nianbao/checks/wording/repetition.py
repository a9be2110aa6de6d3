"""This year's text against last year's (H7)."""

from __future__ import annotations

from nianbao.checks.rule_findings import NO_LAST_YEAR, NO_TEXT, text_finding
from nianbao.checks.wording.text_lines import clip
from nianbao.form import Rule
from nianbao.report import Reading, Report
from nianbao.verdicts import Told, Unjudged

_NO_LAST_TEXT = Unjudged("上年数据没有正文")

TOO_ALIKE = 0.8
"""The share of the text found again in last year's from which a reason is asked for."""

COMPARED = ("overview", "problems")
_SHOWN = 2
_LONGEST_QUOTE = 60


def text_is_not_last_years(rule: Rule, reading: Reading) -> Told:
    """H7: 总体情况 and 问题 together are not last year's again; nothing is judged without last year's text."""
    last = reading.last_year
    if last is None:
        return [NO_LAST_YEAR]
    ours, theirs = _joined(reading.report), _joined(last)
    if not ours.strip():
        return [NO_TEXT]
    if not theirs.strip():
        return [_NO_LAST_TEXT]
    from nianbao.checks import similarity  # noqa: PLC0415 - only where there is something to compare

    alike = similarity.compare(ours, theirs)
    if alike.score < TOO_ALIKE:
        return []
    passages = alike.passages[:_SHOWN]
    quotes = [clip(p.text, _LONGEST_QUOTE) for p in passages]
    what = f"正文有 {alike.score:.0%} 与上年报告相同" + (f"，例如{'、'.join(quotes)}" if quotes else "")
    text, paragraph = _place(reading.report, passages[0].ours if passages else 0)
    said = (f"{alike.score:.0%}", *quotes)
    return [text_finding(rule, reading, text, paragraph, what, evidence=said)]


def _joined(report: Report) -> str:
    return "\n".join(report.texts.get(t, "") for t in COMPARED)


def _place(report: Report, paragraph: int) -> tuple[str, int]:
    """Return the text a paragraph of the joined texts belongs to, and its number there."""
    first = report.texts.get(COMPARED[0], "").count("\n") + 1
    return (COMPARED[0], paragraph) if paragraph < first else (COMPARED[1], paragraph - first)
