"""What a text must speak of: the five aspects of 总体情况 (S2) and the processing fee in the last section (S4).

Knows the national form: its texts overview and other_matters. Of an edition without them nothing is said.
"""

from __future__ import annotations

from nianbao.checks.wording.structure import fee_sentence_follows
from nianbao.checks.wording.text_lines import whole_text
from nianbao.findings import Finding
from nianbao.form import Rule
from nianbao.patterns import Pattern
from nianbao.report import Reading

ASPECTS = {
    "主动公开": Pattern(
        r"主动公开|主动发布|主动向社会公开|主动公布|应公开[、，]?尽公开|"
        r"(?:发布|公布|更新|推送|(?<!申请)公开(?!申请|诉求))[^。；\n]{0,16}(?:信息|政策|文件|条|篇|份|期)"
    ),
    "依申请公开": Pattern(
        r"依申请|依法申请公开|信息公开申请|公开(?:政府)?信息的?申请|申请公开(?:政府)?信息|公开诉求|"
        r"(?:收到|接到|接获|受理|办理|答复)[^。；\n]{0,12}(?<!许可)申请"
    ),
    "政府信息管理": Pattern(
        r"信息管理|信息(?:的)?(?:采集|制作|保管|归档|维护|梳理|清理|编排)|审核|审查|先审后发|三审|审批(?:制度|程序)|公开属性|动态(?:调整|更新|管理)|更新维护|清单(?:化)?管理|公开目录|"
        r"公开指南|(?:规范性)?文件(?:的)?(?:清理|管理|归集)|源头管理|台账"
    ),
    "政府信息公开平台建设": Pattern(
        r"平台|网站|网页|公众号|新媒体|微信|微博|客户端|公开栏|公示栏|宣传栏|专区|专栏|查阅点|公开场所|查阅场所|LED|触摸屏|显示屏"
    ),
    "监督保障": Pattern(
        r"监督|考核|评议|责任追究|问责|培训|督查|督导|督促|检查|领导小组|组织领导|专题(?:会议|研究)|自查|整改|通报|"
        r"(?:专人|分管领导|主要领导)[^。\n]{0,10}(?:负责|抓)|制度(?:保障|建设)|队伍建设"
    ),
}
"""The aspects of section one, each with the wordings by which real reports are known to speak of it."""

_FEE = Pattern(r"处理费|收取[^。；\n]{0,12}费|收费|费用|缴费")


def overview_covers_the_five_aspects(rule: Rule, reading: Reading) -> list[Finding]:
    """S2: one hint that names the aspects 总体情况 does not speak of."""
    overview = reading.report.texts.get("overview", "")
    if not overview.strip():
        return []
    missing = [name for name, wording in ASPECTS.items() if not wording.search(overview)]
    if not missing:
        return []
    names = "、".join(f"“{name}”" for name in missing)
    how = f"补写{names}方面的情况；全年没有发生的也写一句，例如“全年未收到政府信息公开申请”"
    if "依申请公开" not in missing:
        how = f"补写{names}方面的情况；已经写到而用语不同的，可以不改"
    return [whole_text(rule, reading, "overview", f"全文没有写到{names}", how=how)]


def last_section_reports_the_fee(rule: Rule, reading: Reading) -> list[Finding]:
    """S4: section six says something of 信息处理费, unless a sentence or a table of the edition says it."""
    edition = reading.edition
    last = next((s for s in edition.sections if s.text == "other_matters"), None)
    written = reading.report.texts.get("other_matters", "")
    if last is None or not written.strip() or _FEE.search(written):
        return []
    if any(s.table == "fee" for s in edition.sections) or (last.fee_sentence and fee_sentence_follows(reading)):
        return []
    return [whole_text(rule, reading, "other_matters", "没有写信息处理费的收取情况")]
