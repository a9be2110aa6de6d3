"""S9-S12: what is missing, doubled, unpaired or cut short; ordinary texts that look alike stay silent."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.wording.broken import sentences_are_whole
from nianbao.checks.wording.doubled import words_are_written_once
from nianbao.checks.wording.gaps import nothing_is_missing
from nianbao.checks.wording.pairs import marks_are_paired
from nianbao.findings import Severity
from nianbao.form import load_edition

RULES = load_edition("2021").rule
CHECKS = {
    "S9": nothing_is_missing,
    "S10": words_are_written_once,
    "S11": marks_are_paired,
    "S12": sentences_are_whole,
}


def found(rule, words, text="overview"):
    report = replace(reports.zero(), texts={text: words})
    return CHECKS[rule](RULES[rule], reports.reading(report))


WHOLE = [
    "制发规范性文件2件，废止0件，现行有效5件。",
    "公开现行有效的规范性文件，方便群众查询。",
    "清理规范性文件15件，公布现行有效的规范性文件目录。",
    "审查文件12件，废止、修改5件，现行有效的规范性文件共9件。",
    "收到的申请件均按期答复。",
    "对每一申请件，逐件登记。",
    "全年共收到群众信件、邮件，均已办理。",
    "共收到依申请公开件168件，其中当面申请的70件。",
    "共办理案件，均无复议。",
    "做到条条有回音、件件有落实。",
    "平台共享信息条目清楚，信息条数逐月统计。",
    "落实公共条例。",
    "全年公开信息四十一条，其中政策十三条。",
    "发布信息若干条，转载信息数条。",
    "收取信息处理费0元。",
    "单位：万元，占比100%。",
    "每年1月公开月报、年报，注明年、月、日。",
    "完整填写出生年月日和发文年月日。",
    "全年共三次培训，共计十二场。",
    "1月5日至3月2日公示，12月3、4日培训。",
    "共商共建，共享条件，共同推进。",
    "公开电话0597-4632003，邮编364306。",
    "按照国办函〔2020〕109号和示政办发〔2025〕3号文件，落实国令第711号。",
    "公报2025年第3号刊登文件6件。",
    "全年收到0件，办结0件，结转下年度0件。",
    "新收申请件中，自然人申请8件。",
    "增长率、占比均列表说明。",
    "定期召开会议，每次会议、每场活动都有记录。",
    "阅读量、访问量逐月公布。",
    "全年共接到热线工单、来电、来件，逐件办理。",
    "全年办理12345热线转办件、信访件，办结率100%。",
    "依申请公开件办结率100%，公开件、答复件归档及时。",
    "制发规范性文件3件，废止2件，现行有效规范性文件目录在网站公开。",
    "清理规范性文件12件，废止、失效的及时公布。",
    "全年没有新制发、废止规范性文件，没有现行有效的规范性文件。",
    "2025年3—12月开展专项整治，增长率达到预期。",
    "全年收到申请3件，办结3件，无结转下年度件。",
    "结转下年度件数为0，收到件、办结件分别登记。",
    "联系电话：0597-4632003；邮编：364306。",
    "监督电话：见政府网站。",
    "请与党政办联系（地址：滨河路18号，电话：0597-4632003）。",
    "联系方式：\n电话：\n0597-4632003",
]

MISSING = [
    ("制发规范性文件2件，废止1件，现行有效的规范性文件。", Severity.EXPLAIN),
    ("制发规范性文件2件，废止1件，现行有效件。", Severity.EXPLAIN),
    ("制发规范性文件2件，废止规范性文件，现行有效5件。", Severity.EXPLAIN),
    ("全年共发布信息条。", Severity.EXPLAIN),
    ("通过网站公开政府信息条，通过公众号发布信息30条。", Severity.EXPLAIN),
    ("2025年共收到政府信息公开申请件，均已答复。", Severity.EXPLAIN),
    ("全年收到申请件，办结件，结转下年度件。", Severity.EXPLAIN),
    ("共受理件，均已办结。", Severity.EXPLAIN),
    ("较上年增长%。", Severity.EXPLAIN),
    ("自然人申请8件，占%。", Severity.EXPLAIN),
    ("全年收取信息处理费元。", Severity.EXPLAIN),
    ("共计条，均已审核。", Severity.EXPLAIN),
    ("全年公开信息 条，其中政策 条。", Severity.EXPLAIN),
    ("新媒体发布信息篇，阅读量万次。", Severity.EXPLAIN),
    ("全年召开会议次，培训人员50人。", Severity.EXPLAIN),
    ("行政许可处理决定数量件。", Severity.EXPLAIN),
    ("本年新收政府信息公开申请数量件，上年结转件。", Severity.EXPLAIN),
    ("现行有效规范性文件件。", Severity.EXPLAIN),
    ("收到申请83件，办结80件，结转下年度件；没有发生复议。", Severity.EXPLAIN),
    ("办结12件，结转至2026年件。", Severity.EXPLAIN),
    ("全年共收到件依申请公开申请17件。", Severity.EXPLAIN),
    ("请与局办公室联系（地址：滨河路18号；联系电话：；邮编：364306）。", Severity.EXPLAIN),
    ("有疑问的，请联系（电话：）。", Severity.EXPLAIN),
    ("在会议上自年3月起执行。", Severity.EXPLAIN),
    ("专题会议于2025年312日召开。", Severity.EXPLAIN),
    ("截至2025年月日，网站运行正常。", Severity.EXPLAIN),
    ("专题会议于20253月5日召开。", Severity.EXPLAIN),
    ("按照国办公开办函202130号要求编制。", Severity.HINT),
    ("按照国办公开办函〔202130编制。", Severity.HINT),
    ("按照国办公开办函〔2021〕号编制。", Severity.HINT),
    ("按照国办公开办函?2021?30号编制。", Severity.HINT),
    ("落实示政办发20253号文件。", Severity.HINT),
]


@pytest.mark.parametrize("words", WHOLE)
def test_a_text_with_all_its_figures_is_left_alone(words):
    assert found("S9", words) == []


@pytest.mark.parametrize(("words", "severity"), MISSING)
def test_a_figure_or_character_left_out_is_found(words, severity):
    (one,) = found("S9", words)
    assert one.severity is severity


TWICE_RIGHTLY = [
    "做到镇镇有专栏、村村有公示、户户知政策、人人可查询。",
    "事项与清单一一对应，层层压实、步步推进，件件有回音、条条有着落、事事有落实、处处可查。",
    "我镇镇村两级公开栏共更换120期。",
    "我县县政府网站、我区区直部门、我市市民、我局局长、我局局机关、本街道街道办事处。",
    "示例县人民政府政府信息公开工作年度报告。",
    "2024年度年度报告、2024年年度报告均已公开。",
    "公开的目的的确是便民，标的的价格、有的的确没有。",
    "为了了解需求，存在在线办理少的问题，在在建工程公示。",
    "人民网网站、门户网网页、电子子站、公开公示、公告告知。",
    "及时公开公开目录，依申请公开公开率100%。",
    "所有有关部门、没有有效期的文件。",
    "是是非非都公开，刚刚、往往、仅仅、常常、渐渐、默默、等等。",
    "政府信息信息化水平提高，政务信息信息量大。",
    "公开本部门部门预算、本单位单位决算。",
    "党组织组织党员学习。",
    "统计统计局数据，申请申请人须知。",
    "全年培训5次次序井然，3条条款、5个个人。",
    "一步一步推进，一件一件落实，边学边干。",
    "以人民为中心，为为民服务。",
    "研究研究再研究，试试看看。",
    "12345政务服务便民热线12345件。",
    "与会人员参与与监督。",
    "和和美美，以及及时公开。",
    "谢谢群众，妈妈、爸爸、宝宝专区。",
    "天天更新、月月公示、年年公开、时时在线。",
    "新新人类、多多益善、实实在在、扎扎实实、方方面面、清清楚楚、明明白白、认认真真。",
    "复议0件，诉讼0件，收费0元，罚款0元。",
    "一是加强培训。二是加强检查。一是加强培训。",
    "在主要领导领导下，重点重点领域逐项公开。",
    "推进依法行政行政执法公示。",
    "以市政府和市政府办公室名义印发文件6件。",
    "公开公告和公告附件，更新指南及指南目录。",
    "完善公开指南和公开指南目录。",
]

TWICE_WRONGLY = [
    "全年公开政府信息信息92条。",
    "因政府信息公开引发行政行政复议2件。",
    "以市政府和市政府名义印发文件6件。",
    "完善公开指南及公开指南，方便查询。",
    "我局局认真落实制度。",
    "我镇镇高度重视公开工作。",
    "根据《条例》的的要求编制。",
    "报告中统计统计期限为全年。",
    "政务公开工作工作，努力保障公开。",
    "按照按照《条例》编制。",
    "新收政府信息公开公开申请0件。",
    "严格落实了了制度。",
    "在在县政府网站公开信息。",
    "全年发布92条条。",
    "截至12月31日日，均已办结。",
    "于2025年年12月召开。",
    "进行进行自查。",
    "行政处罚信息0条，行政处罚信息0条，行政强制信息0条。",
    "我镇严格落实信息发布三审三校制度，明确专人负责。全年培训2次。我镇严格落实信息发布三审三校制度，明确专人负责。",
    "定期对公开公开信息进行检查。",
    "信息公开工作信息公开工作取得成效。",
    "县政府门户网站县政府门户网站发布。",
]


@pytest.mark.parametrize("words", TWICE_RIGHTLY)
def test_what_is_rightly_written_twice_is_left_alone(words):
    assert [f.message[:80] for f in found("S10", words)] == []


@pytest.mark.parametrize("words", TWICE_WRONGLY)
def test_a_word_written_twice_by_mistake_is_hinted_at(words):
    (one,) = found("S10", words)
    assert one.severity is Severity.HINT


PAIRED = [
    "公开信息30条（其中图解2条（含视频1条））。",
    "落实《国务院办公厅关于印发〈要点〉的通知》（国办发〔2025〕12号）。",
    "1）制作图解；2）开通“示例发布”公众号；a）上门讲解。",
    "（一）主动公开。\n一）机构职能。",
    "落实“双随机、一公开”“三审三校”。",
    "（地址：滨河路18号\n电话：0597-4632003）",
    "群众问：“怎么查？”我们答：“到专区查。”",
    "公开(含解读)30条（括号混用也算一对)。",
]

ALONE = [
    ("依托示例发布”公众号推送。", "引号"),
    ("由“总体情况”、“主动公开情况、“依申请公开情况”组成。", "引号"),
    ("落实《条例要求。", "书名号"),
    ("落实年度报告格式》的通知。", "书名号"),
    ("《条例》（以下简称《条例》有关要求。", "括号"),
    ("公开信息30条，其中图解2条）。", "括号"),
    ("按照《示例省政府信息公开规定》（以下简称《规定》要求）编制。", "括号"),
    ("按照国办公开办函〔2021）30号编制。", "括号"),
]


@pytest.mark.parametrize("words", PAIRED)
def test_paired_marks_are_left_alone(words):
    assert found("S11", words) == []


@pytest.mark.parametrize(("words", "kind"), ALONE)
def test_a_mark_without_its_other_half_is_hinted_at(words, kind):
    messages = [f.message for f in found("S11", words)]
    assert messages
    assert all(f"{kind}不成对" in m for m in messages)


def test_what_an_open_mark_begins_is_quoted_to_the_next_comma():
    (one,) = found("S11", "修订《示例镇信息发布三级审核办法，明确分工。")
    assert "《示例镇信息发布三级审核办法”" in one.message
    (one,) = found("S11", "公开文件58件（县政府印发31件、办公室印发27件，均已上网。")
    assert "（县政府印发31件”" in one.message


COMPLETE = [
    "（一）主动公开和依申请公开情况",
    "一是在县政府网站公开各类信息，方便群众查询；\n二是规范办理依申请公开。",
    "公开的主要内容如下：\n1.机构职能。",
    "做到政务公开工作人人知晓、人人参与",
    "发布信息30条，这是全年公开工作的总和",
    "建立公开长效机制，公开质量不断提高",
    "本年度公开工作达到了预期的目的",
    "如有疑问，请联系：地址滨河路18号，\n电话0597-4632003，",
    "1.\t主动公开政府信息，全年30条。",
    "内容、形式、",
    "工作包括（一）主动公开，（二）依申请公开，（三）监督保障。",
]

CUT = [
    "全年在县政府网站公开信息，内容有通知、公告、",
    "严格落实信息发布三审制度，明确专人负责，",
    "加强与群众的互动，及时公开群众关心的",
    "按时公开机构职能、领导分工、部门预算以及",
    "进一步完善公开目录，丰富公开内容，通过",
    "进一步加强政务公开队伍建设，切实提高",
    "公众号关注人数5.1万人，（二）依申请公开。全年收到申请3件。",
]


@pytest.mark.parametrize("words", COMPLETE)
def test_headings_items_and_whole_sentences_are_left_alone(words):
    assert found("S12", words) == []


@pytest.mark.parametrize("words", CUT)
def test_a_sentence_cut_short_is_hinted_at(words):
    (one,) = found("S12", words)
    assert "没有写完" in one.message


@pytest.mark.parametrize("words", ["栏目\t30条", "全年公开　　信息30条。", "全年公开\u00a0 信息30条。"])
def test_blanks_inside_a_sentence_are_told(words):
    (one,) = found("S12", words)
    assert (one.severity, "几个空格" in one.message) == (Severity.HINT, True)


def test_a_pasted_table_is_told_once():
    (one,) = found("S12", "公开情况如下。\n栏目\t条数\t备注\n政策\t12\t无\n| 栏目 | 条数 |")
    assert "“栏目 条数 备注”" in one.message
    assert one.severity is Severity.HINT
