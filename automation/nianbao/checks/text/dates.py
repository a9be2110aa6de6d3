"""N6 and N7: the statistics period, and years left over from another report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nianbao.checks.judge import text_finding
from nianbao.checks.text.clauses import Sentence, sentences
from nianbao.checks.text.quantities import TIME, Token
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

_PERIOD = Pattern(
    "统计(?:期限|时限|时间|周期|期间|区间|截[至止]|口径|范围|起止)|(?:数据|数字|信息)的?(?:统计)?(?:期限|时限|起止|周期|时间)|所列数据|报告(?:期限|时限|周期|期间)"
)
_SPAN = Pattern("@[^@，；]{0,4}?，?[至到—–~～-]+[^@，；]{0,2}@")
_BEFORE = Pattern(
    "(?:自从?|从|截[至止]到?|至|到|成立于|始建于|建于|早在|于|较|比|与|同|相比|针对|对照|对比|根据|落实|贯彻|对|召开|印发|制定|按照|关于|编制|公布|《)$"
)
_AFTER = Pattern(
    "以来|起[，至]|成立|始建|建成|设立|批复|获批|印发|出台|修订|版|届|施行|实施|开始|末|底|年底|相比|同期|的基础上|[^，；]{0,8}(?:结转|遗留|转入|继续办理|未办结)"
    "|[^，；]{0,14}(?:年报|年度报告|决算|预算|规划|计划|要点|方案|会议|大会|全会|通知|意见|办法|行动|清单|目录|考核|评估|测评|第三方|公报|白皮书)"
    "|[^，；]{0,10}(?:问题|不足|整改|反馈|提出)"
)
_FOUNDED = Pattern("成立|设立|始建|建成|启用")
_COMPARED = Pattern("较|相比|比上|同比|比@|结转|去年|上一?年|截[至止]|以来")
_FUTURE = Pattern(
    "下一步|明年|新的一年|来年|下一?年|计划|规划|将|拟|力争|目标|打算|展望|进一步|继续|加强|着力|切实|重点|继续办理"
)


def period_is_the_report_year(rule: Rule, reading: Reading) -> list[Finding]:
    """N6: the period of the figures is 1月1日 to 12月31日 of the report year."""
    found = []
    for sentence in sentences(reading.report):
        for first, last in _periods(sentence):
            named = [first.date[0], last.date[0] if last.date[0] is not None else first.date[0]]
            wrong_day = (first.date[1:], last.date[1:]) != ((1, 1), (12, 31))
            wrong_year = reading.report.year is not None and any(y not in (None, reading.report.year) for y in named)
            if not wrong_day and not wrong_year and len(set(named)) == 1:
                continue
            quoted = sentence.clean[first.start : last.end]
            year = reading.report.year or "报告"
            what = f"正文写的统计期限是“{quoted}”，应为 {year}年1月1日至12月31日"
            how = f"改为“{year}年1月1日至{year}年12月31日”；报告年度填错的，改正年度"
            found.append(text_finding(rule, reading, sentence.text, sentence.paragraph, what, how=how))
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


def years_are_of_this_report(rule: Rule, reading: Reading) -> list[Finding]:
    """N7: a year that is not the report's stands only where one may: plans, titles, comparisons, beginnings."""
    year = reading.report.year
    if year is None:
        return []
    found = []
    told: set[tuple[str, int, int]] = set()
    for sentence in sentences(reading.report):
        for token in _strange_years(sentence, year):
            named = token.date[0] or 0
            where = (sentence.text, sentence.paragraph, named)
            if where in told:
                continue
            told.add(where)
            quoted = sentence.quote(token.start, token.end)
            what = f"正文{quoted}写的是 {named} 年，本报告是 {year} 年度，可能是上年文字未改"
            found.append(text_finding(rule, reading, sentence.text, sentence.paragraph, what))
    return found


def _strange_years(sentence: Sentence, year: int) -> Iterator[Token]:
    text = sentence.shape.text
    if next(_periods(sentence), None):
        return
    for token in sentence.shape.tokens:
        named = token.date[0]
        if token.kind == TIME and named is not None and named != year and not _may_stand(sentence, token, year):
            yield token
        if text.find("@", token.at + 1) < 0:
            return


def _may_stand(sentence: Sentence, token: Token, year: int) -> bool:
    text = sentence.shape.text
    named = token.date[0] or 0
    before, after = text[: token.at], text[token.at + 1 :]
    clause = re.split("[，；]", before)[-1] + "@" + re.split("[，；。]", after)[0]
    if _FOUNDED.search(text) or _BEFORE.search(before[-4:]) or _AFTER.match(after) or _COMPARED.search(clause):
        return True
    if named > year:
        return sentence.text == "introduction" or bool(token.date[1]) or bool(_FUTURE.search(text))
    return bool(re.match("[、和及与-]@", after) or re.search("@[、和及与-]$", before)) or named < year - 5
