"""N6 and N7: the statistics period, figures up to an earlier day, and years left over from another report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.checks.facts.report_date import year_meant
from nianbao.checks.rule_findings import YEARS_DIFFER, text_finding
from nianbao.checks.text.clauses import QUOTED, Sentence, sentences
from nianbao.checks.text.quantities import COUNT, TIME, Token
from nianbao.checks.text.years import has_leave, is_planned_too_late
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading
from nianbao.verdicts import Told

_PERIOD = Pattern(
    "统计(?:期限|时限|时间|周期|期间|区间|截[至止]|口径|范围|起止)|(?:数据|数字|信息)的?(?:统计)?(?:期限|时限|起止|周期|时间)|所列数据|报告(?:期限|时限|周期|期间)"
)
_SPAN = Pattern("@[^@，；]{0,4}?，?[至到—–~～-]+[^@，；]{0,2}@")
_DAMAGED = Pattern(
    "(?<![0-9])(?:19|20)[0-9]{2}(?:1[0-2]|[1-9])月[0-9]{0,2}日?|(?<![0-9])20[0-9]{2}年年?(?:月[0-9]{0,2}日?|[0-9]{1,2}月日|[0-9]{3,4}日)|(?<![0-9])20[0-9]{6}日"
    "|[0-9]{1,2}月[0-9]{1,2}(?=[起止]|[至到](?:(?:19|20)[0-9]{2}年|[0-9]{1,2}月)|[。，]|$)|(?<![0-9])20[0-9]{2}年年[0-9]"
)
_DAY_TO = Pattern(
    "截[至止]到?(?:(?P<year>20[0-9]{2})年)?(?P<day>(?P<month>1[01]|[1-9])月(?:[0-9]{1,2}日|底|末|份|中旬)?|12月(?:[1-9]|[12][0-9])日)"
)
_OF_REQUESTS = Pattern(
    "(?:收到|受理|新收|接到|办结|办理|答复)[^，。；#]{0,24}申请[^，。；#]{0,6}#|申请[^，。；]{0,8}(?:收到|受理|办结|答复)#"
)
_OF_ITEMS = Pattern("(?:公开|发布|更新|推送)[^，。；#]{0,20}(?:信息|文件|文章|稿件)[^，。；#]{0,6}#")
_TITLE = Pattern(
    "(?:编制|公布|公开|发布|撰写|形成)(?:了|完成)?(?:本|我)?(?P<title>[^，。；：》、]{0,30}?(?P<year>20[0-9]{2})年度?政府信息公开(?:工作)?(?:年度)?报告)"
)
_CARRIED_INTO = Pattern("(?:转|结)[至到](?P<year>20[0-9]{2})年")
_FROM_BEFORE = Pattern("(?:上一?年|去年)度?(?!度?结转)|以前|往年|历年")
_LAST_PLAN = Pattern(
    "(?:根据|按照|依照|依据|以及|[和及与、])(?P<title>《[^》]{0,40}?(?P<year>20[0-9]{2})年[^》]{0,16}(?:政务公开|政府信息公开)"
    "[^》]{0,10}(?:要点|任务|分工|安排)[^》]{0,14}》?)"
)
"""The work plan a report is compiled by is that of its year; one may go on carrying out an earlier one."""

_AUTUMN = 10
"""Items published up to an earlier month are those of one column or account rather than a draft's."""

_WHOLE_YEAR = Pattern("结转|上一?年|[上下]半年|季度|全年|年内|本年度|年底|12月31日|12月底|12月末")


def period_is_the_report_year(rule: Rule, reading: Reading) -> list[Finding]:
    """N6: the period of the figures is 1月1日 to 12月31日 of the report year."""
    found = []
    for sentence in sentences(reading):
        damaged = _damaged_period(rule, reading, sentence)
        found += damaged
        for first, last in () if damaged else _periods(sentence):
            named = [first.date[0], last.date[0] if last.date[0] is not None else first.date[0]]
            wrong_day = (first.date[1:], last.date[1:]) != ((1, 1), (12, 31))
            wrong_year = reading.report.year is not None and any(y not in (None, reading.report.year) for y in named)
            if not wrong_day and not wrong_year and len(set(named)) == 1:
                continue
            quoted = sentence.clean[first.start : last.end]
            year = reading.report.year or "报告"
            what = f"正文写的统计期限是“{quoted}”，应为 {year}年1月1日至12月31日"
            how = f"改为“{year}年1月1日至{year}年12月31日”；报告年度填错的，改正年度"
            said = (quoted, str(year))
            found.append(text_finding(rule, reading, sentence.text, sentence.paragraph, what, how=how, evidence=said))
        found += _cut_off(rule, reading, sentence)
    return found


def _periods(sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    said = _PERIOD.search(sentence.shape.text)
    if said is None or re.search("上一?年|去年", sentence.shape.text):
        return
    for match in _SPAN.finditer(sentence.shape.text):
        first = sentence.shape.token(match.start())
        last = sentence.shape.token(match.end() - 1)
        if first.date[1] and last.date[1]:
            yield first, last
            return


def _damaged_period(rule: Rule, reading: Reading, sentence: Sentence) -> list[Finding]:
    """Ask about a period whose dates have lost a character: 20221月1日, 12月31止. Elsewhere S9 speaks of them."""
    if "月" not in sentence.clean or not _PERIOD.search(sentence.clean):
        return []
    damaged = [m[0] for m in _DAMAGED.finditer(sentence.clean)]
    if not damaged:
        return []
    quoted = "、".join(f"“{d}”" for d in dict.fromkeys(damaged))
    year = reading.report.year or "报告"
    what = f"统计期限里的日期{quoted}缺了字"
    how = f"改为“{year}年1月1日至{year}年12月31日”"
    at, severity = (sentence.text, sentence.paragraph), Severity.EXPLAIN
    return [text_finding(rule, reading, *at, what, how=how, severity=severity, evidence=damaged)]


def _cut_off(rule: Rule, reading: Reading, sentence: Sentence) -> list[Finding]:
    """Ask about figures of requests up to a day before the year's end; of items published it is only said.

    Silent where the sentence or the one before also speaks of the whole year, or where another year is meant.
    """
    if "截" not in sentence.clean or COUNT not in sentence.shape.text:
        return []
    match = _DAY_TO.search(sentence.clean)
    if match is None:
        return []
    around = sentence.clean + (sentence.previous.clean if sentence.previous else "")
    if _WHOLE_YEAR.search(around):
        return []
    named = match["year"]
    if named and reading.report.year is not None and int(named) != reading.report.year:
        return []
    requests = _OF_REQUESTS.search(sentence.shape.text)
    items = _OF_ITEMS.search(sentence.shape.text) and int(match["month"] or 12) >= _AUTUMN
    if not requests and not items:
        return []
    quoted = sentence.clean[match.start() :][:QUOTED].rstrip("。，；")
    what = f"正文“{quoted}”的数字只算到{match['day']}，不是全年的数"
    how = "改为全年的数；确实只能写到这一天的，写明原因"
    severity = Severity.EXPLAIN if requests else Severity.HINT
    at = (sentence.text, sentence.paragraph)
    return [text_finding(rule, reading, *at, what, how=how, severity=severity, evidence=(quoted,))]


def years_are_of_this_report(rule: Rule, reading: Reading) -> Told:
    """N7: a year that is not the report's stands only where one may: plans, titles, comparisons, beginnings.

    Where the texts and the date agree against the report's year, that is told of the year (F5).
    """
    year = reading.report.year
    if year is None:
        return []
    if year_meant(reading) is not None:
        return [YEARS_DIFFER]
    found: list[Finding] = []
    told: set[tuple[str, int, int | None]] = set()
    for sentence in sentences(reading):
        found += _own_title(rule, reading, sentence, year)
        found += _last_plan(rule, reading, sentence, year)
        found += _carried_into_itself(rule, reading, sentence, year)
        for token in (*_strange_years(sentence, year), *_late_plans(sentence, year)):
            named = token.date[0]
            where = (sentence.text, sentence.paragraph, named)
            if where in told:
                continue
            told.add(where)
            quoted = sentence.quote(token.start, token.end)
            what = f"正文{quoted}写的是 {named} 年，本报告是 {year} 年度，可能是上年文字未改"
            if named == year:
                what = f"正文{quoted}把 {year} 年当作下一年来打算，本报告报告的正是 {year} 年，可能是上年文字未改"
            said = (quoted, str(named), str(year))
            found.append(text_finding(rule, reading, sentence.text, sentence.paragraph, what, evidence=said))
    return found


def _own_title(rule: Rule, reading: Reading, sentence: Sentence, year: int) -> list[Finding]:
    """Ask about the report's own title with another year, where the introduction says what is published."""
    match = _TITLE.search(sentence.clean) if sentence.text == "introduction" else None
    if match is None or int(match["year"]) == year:
        return []
    title = match["title"] + ("》" if sentence.clean[match.end() :][:1] == "》" and "《" in match["title"] else "")
    what = f"正文说公布的是“{title}”，写的是 {match['year']} 年，本报告是 {year} 年度，可能是上年文字未改"
    said = (match["title"], str(year))
    return [text_finding(rule, reading, sentence.text, sentence.paragraph, what, evidence=said)]


def _last_plan(rule: Rule, reading: Reading, sentence: Sentence, year: int) -> list[Finding]:
    """Ask about last year's work plan as what the report is compiled by, unless this year's is named beside it."""
    named = f"{year - 1}年"
    if sentence.text != "introduction" or named not in sentence.clean:
        return []
    plans = [m for m in _LAST_PLAN.finditer(sentence.clean) if m["year"] == str(year - 1)]
    if not plans or any(w in sentence.clean for w in (f"{year}年政务公开", "回头看", "上年", "落实情况")):
        return []
    what = f"正文依据的是“{plans[0]['title']}”，是上一年的安排，可能是上年文字未改"
    said = (plans[0]["title"],)
    return [text_finding(rule, reading, sentence.text, sentence.paragraph, what, evidence=said)]


def _carried_into_itself(rule: Rule, reading: Reading, sentence: Sentence, year: int) -> list[Finding]:
    """Ask about requests carried over into the report's own year, where nothing says that they came from before."""
    if "转" not in sentence.clean or f"{year - 1}年" in sentence.clean or "申请" not in _around(sentence):
        return []
    match = _CARRIED_INTO.search(sentence.clean)
    if match is None or int(match["year"]) != year or _FROM_BEFORE.search(sentence.clean, 0, match.start()):
        return []
    quoted = sentence.quote(match.start(), match.end())
    what = f"正文{quoted}说结转到 {year} 年，本报告报告的正是 {year} 年，应结转到 {year + 1} 年，可能是上年文字未改"
    return [text_finding(rule, reading, sentence.text, sentence.paragraph, what, evidence=(quoted, str(year)))]


def _around(sentence: Sentence) -> str:
    return sentence.clean + sentence.heading + (sentence.previous.clean if sentence.previous else "")


def _strange_years(sentence: Sentence, year: int) -> Iterator[Token]:
    text = sentence.shape.text
    if "@" not in text or next(_periods(sentence), None):
        return
    for token in sentence.shape.tokens:
        named = token.date[0]
        if token.kind == TIME and named is not None and named != year and not has_leave(sentence, token, year):
            yield token
        if text.find("@", token.at + 1) < 0:
            return


def _late_plans(sentence: Sentence, year: int) -> Iterator[Token]:
    if sentence.text == "introduction" or f"{year}年" not in sentence.clean:
        return
    for token in sentence.shape.tokens:
        if token.kind == TIME and token.date[0] == year and is_planned_too_late(sentence, token):
            yield token
            return
