"""Where a year that is not the report's may stand, and where the report's own year may not (part of N7)."""

from __future__ import annotations

import re

from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.quantities import Token
from nianbao.patterns import Pattern

_BEFORE = Pattern(
    "(?:自从?|从|截[至止]到?|至|到|成立于|始建于|建于|早在|于|较|比|与|同|相比|针对|对照|对比|根据|落实|贯彻|对|召开|印发|制定|按照|关于|编制|公布|《"
    "|公开了?|发布了?|公示了?|更新了?|报送了?|移交了?|归档了?|填报了?|形成了?|总结了?|梳理了?|清理了?|修订了?|补录了?|补发了?|完成了?|开展了?"
    "|获|获得|荣获|获评|评为|授予|入选|因|就|按|以|以及|即)$"
)
_AFTER = Pattern(
    "以来|起(?:[，至]|施行|实施|执行|实行|启用|开展)|成立|始建|建成|设立|批复|获批|印发|出台|修订|版|届|施行|实施|开始|末|底|年底|相比|同期|的基础上|[^，；]{0,8}(?:结转|遗留|转入|继续办理|未办结)"
    "|[^，；]{0,14}(?:年报|年度报告|决算|预算|规划|计划|要点|方案|绩效|评价|会议|大会|全会|通知|意见|办法|行动|清单|目录|考核|考评|评估|测评|评议|第三方|公报|白皮书)"
    "|[^，；]{0,10}(?:整改|反馈|提出|建议|提案|议案|报告|年鉴|统计)|(?![^，；]{0,14}(?:还|仍|依然)(?:存在|有))[^，；]{0,10}(?:问题|不足)"
    "|[^，；。]{0,4}(?:修订|制定|印发|出台|建立|建成|开通|编制|实施)的"
    "|[^，；。]{0,4}(?:答复|作出|收到|受理|提出|提交|提起|新收|接收|接到|发生|引发)[^，；。]{0,6}的"
    "|[^，；。#]{0,6}(?:指出|查摆|查出|列出|反映|通报|自查发现|检查发现|评估发现)的"
)
_LISTED = Pattern("(?:公开|公布|发布|公示|更新|编制|报送)[^，；]*@[^，；]*[、和及与]$")
_CHANGED = Pattern("增长|下降|上升|减少|增加|提高|降低|较|比")
_OF_A_LAW = Pattern("[^）；]{0,40}(?:令[第~（〔]|修订|修正|(?:公布|通过|施行|发布)[，）])")
"""What follows the date in a bracket behind a law: （2019年4月3日国务院令第711号修订）."""

_CLOSES_A_TITLE = ("》", "~", "例", "法")
_CASE = Pattern("[^，；。]{0,4}(?:收到|受理|接到|新收|提出|提交|申请|立案|起诉|提起|复议)")
_FOUNDED = Pattern("成立|设立|始建|建成|启用|开通|上线")
_COMPARED = Pattern("较|相比|比上|同比|比@|结转|转结|去年|上一?年|截[至止]|以来")
_FUTURE = Pattern(
    "下一步|明年|新的一年|来年|下一?年|计划|规划|将|拟|力争|目标|打算|展望|进一步|继续|加强|着力|切实|重点|继续办理"
)
_CARRIED = Pattern("(?:转|结|延|跨|移|留|顺延|延期)[至到入]?$")
_DONE_LATER = Pattern("[^，；。]{0,4}(?:办理|办结|答复|处理|审结|完成)")
_HAS_FIGURE = Pattern("#")
_OF_THIS_YEAR = Pattern("今年|本年|上一?年|去年|结转|历年|累计|存量|历史")
_FIGURES = Pattern("(?:公开|公布|报送|刊发|发布|收到|受理|办结|答复|推送|更新|制发|现行有效|新收)[^，。；]{0,24}#")
_YEARS_OF_HISTORY = 5
"""Years further back than this are history."""

_NEXT = "(?:下一?步|今后|接下来|下一?阶段|明年|来年|新的一年|下一?年度?)"
_PLANNED_BEFORE = Pattern(f"展望$|{_NEXT}(?:工作)?(?:打算|计划|安排)?[，：:、]?(?:在|我[镇乡局区县市]|我?街道)?$")
_PLANNED_AFTER = Pattern(
    "[，]?(?:度)?[，]?[^，。；#@]{0,8}?(?:"
    "将(?:进一步|继续|着力|不断|持续|积极|加大|加强|加快|切实|坚持|围绕|针对|严格|努力|在(?!线)|从|会|着重|抓好|做好|把|认真|采取|突出|聚焦|重点(?!工作|领域|任务|项目|事项))"
    "|拟(?:在|于|从|开展|建立|进一步)|打算|计划从|要(?:进一步|继续))"
)
_COMPARED_WITH = Pattern(
    "(?:度|全年)?(?:则|只|仅|同期)?(?:为|是|有|#)#?[^#，；。]{0,8}，[^#，；。]{0,6}(?:增|减|升|降|多|少|上涨|提高|持平)"
)
"""2024年为20件，减少30%: last year's figure beside this year's."""
_RIGHT_AWAY = Pattern("[^，。；#]{0,24}#")
_GOES_ON = Pattern("[，]?[^，。；将拟]{0,8}(?:继续|巩固|延续|沿用)")
_TOLD_EARLIER = Pattern("年初|上年|去年|年报|报告|方案|计划|要点|提出|部署|安排")


def has_leave(sentence: Sentence, token: Token, year: int) -> bool:
    """Tell whether a year other than the report's has a reason to stand where it stands."""
    text = sentence.shape.text
    named = token.date[0] or 0
    before, after = text[: token.at], text[token.at + 1 :]
    if _is_last_years_end(sentence, token, year):
        return False
    clause = re.split("[，；]", before)[-1] + "@" + re.split("[，；。]", after)[0]
    if _FOUNDED.search(text) or _BEFORE.search(before[-4:]) or _AFTER.match(after) or _COMPARED.search(clause):
        return True
    if _LISTED.search(before[-60:]) or (before[-1:] == "（" and _CHANGED.search(text)):
        return True
    if before[-1:] == "（" and before[-2:-1] in _CLOSES_A_TITLE and _OF_A_LAW.match(after):
        return True
    dated = bool(token.date[1]) or after.startswith("@")  # 2022年12月 is a year and a month
    if dated and _CASE.match(after.removeprefix("@")):
        return True
    return _may_be_later(sentence, token, dated=dated) if named > year else _may_be_earlier(sentence, token, year)


def _may_be_later(sentence: Sentence, token: Token, *, dated: bool) -> bool:
    """Tell whether a later year is a plan's, that of the report's writing, or that a case goes over to."""
    text = sentence.shape.text
    carried = _CARRIED.search(text[: token.at][-3:]) or _DONE_LATER.match(text, token.at + 1)
    return sentence.text == "introduction" or dated or bool(carried) or bool(_FUTURE.search(text))


def _may_be_earlier(sentence: Sentence, token: Token, year: int) -> bool:
    """Tell whether an earlier year stands in a row of years, beside this year's figure, or is history."""
    before, after = sentence.shape.text[: token.at], sentence.shape.text[token.at + 1 :]
    listed = re.match("[、和及与-]@", after) or re.search("@[、和及与-]$", before)
    if _COMPARED_WITH.match(after) and "#" in before:
        return True
    history = (token.date[0] or 0) < year - _YEARS_OF_HISTORY
    return bool(listed) or history or _is_beside_this_year(sentence, token, year)


def _is_beside_this_year(sentence: Sentence, token: Token, year: int) -> bool:
    """Tell whether this year follows in the sentence: 2024年43件，2025年50件; 2024年12月部署，2025年1月完成."""
    later = next((t.at for t in sentence.shape.tokens if t.at > token.at and t.date[0] == year), None)
    text = sentence.shape.text
    if later is None:
        return False
    dated = bool(token.date[1]) or text[token.at + 1 : token.at + 2] == "@"
    counted = "#" in text[token.at : later] and bool(_RIGHT_AWAY.match(text, later + 1))
    return counted or bool(_GOES_ON.match(text, later + 1)) or (dated and token.date[0] == year - 1)


def _is_last_years_end(sentence: Sentence, token: Token, year: int) -> bool:
    """Tell whether figures are given up to the end of the year before and nothing of this year beside them."""
    text = sentence.shape.text
    at_end = token.date[1:] == (12, 31) or bool(re.match("[年]?[底末]", text[token.at + 1 :]))
    if token.date[0] != year - 1 or not at_end or not re.search("截[至止]到?$", text[: token.at]):
        return False
    if _OF_THIS_YEAR.search(text) or any(t.date[0] == year for t in sentence.shape.tokens):
        return False
    return bool(_FIGURES.search(text, token.at))


def is_planned_too_late(sentence: Sentence, token: Token) -> bool:
    """Tell whether a sentence plans for the report's own year, as the report of the year before did."""
    text = sentence.shape.text
    before, after = text[: token.at], text[token.at + 1 :]
    if token.date[1] or _TOLD_EARLIER.search(before):
        return False
    if _PLANNED_BEFORE.search(before[-12:]):
        return not re.match("[^，。；]{0,12}(?:底|末|前|结束|报告|年报)", after)
    opens = not before or before[-1] in "。；，：" or (sentence.text == "problems" and len(before) <= 2)
    return opens and bool(_PLANNED_AFTER.match(after))
