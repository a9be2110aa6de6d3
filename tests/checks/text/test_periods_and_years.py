"""N6 and N7: damaged and early periods, years left over; years that have a reason stay silent."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.text.text_dates import period_is_the_report_year, years_are_of_this_report
from nianbao.findings import Severity
from nianbao.form import load_edition

RULES = load_edition("2021").rule


def read(words, text):
    return reports.reading(replace(reports.zero(), texts={**reports.TEXTS, text: words}))


def period(words, text="introduction"):
    return period_is_the_report_year(RULES["N6"], read(words, text))


def years(words, text="overview"):
    return years_are_of_this_report(RULES["N7"], read(words, text))


RIGHT_PERIODS = [
    "统计期限自2025年1月1日起至2025年12月31日止。",
    "数据统计期限从2025年1月1日至12月31日止。",
    "统计期限自2025年1月1日起，到2025年12月31日止。",
    "数据统计时限为2025年1月1日到12月31号。",
    "统计期限：2025年1月1日—12月31日。",
    "统计时间段为2025年1月1日起至2025年12月31日止。",
    "除另有说明外，数据统计时限均为2025年1月1日至2025年12月31日。",
    "统计周期：2025.01.01-2025.12.31。",
    "所列数据的统计期限自2025年1月1日0时起至2025年12月31日24时止。",
    "本报告统计期限为2025年1月至12月。",
    "本报告所列数据为2025年度数据。",
]

DAMAGED_PERIODS = [
    "统计期限自20251月1日起至202512月31日止。",
    "统计期限自2025年1月1日起至2025年12月31止。",
    "统计期限为2025年1月1日至2025年年12月31日。",
    "统计期限自2025年月日起至2025年月日止。",
    "统计期限自2025年1月1日至20251231日。",
    "统计期限自2025年1月1至12月31日。",
]

WRONG_PERIODS = [
    "统计期限自2024年1月1日起至2024年12月31日止。",
    "数据统计期限为2025年1月1日到2025年11月30日。",
    "统计期限从2025年2月1日至2025年12月31日。",
]


@pytest.mark.parametrize("words", RIGHT_PERIODS)
def test_the_year_in_any_wording_is_left_alone(words):
    assert period(words) == []


@pytest.mark.parametrize("words", DAMAGED_PERIODS)
def test_a_period_with_a_damaged_date_is_asked_about(words):
    (one,) = period(words)
    assert one.severity is Severity.EXPLAIN
    assert "缺了字" in one.message


@pytest.mark.parametrize("words", WRONG_PERIODS)
def test_a_whole_date_that_is_another_is_refused(words):
    (one,) = period(words)
    assert one.severity is Severity.ERROR


UNTIL_THE_END = [
    "截至2025年12月31日，收到政府信息公开申请8件。",
    "截至2025年底，收到政府信息公开申请8件，均已办结。",
    "截至11月底收到申请7件，全年收到申请8件。",
    "截至2026年1月15日，结转的2件申请已办结。",
    "截至2025年11月底，公众号关注人数1.2万人。",
    "2025年截至6月底局公众号共发布180篇信息。",
    "截至目前，收到政府信息公开申请8件。",
]

UNTIL_EARLIER = [
    ("截至2025年11月底，收到政府信息公开申请8件。", Severity.EXPLAIN),
    ("截至11月30日，共受理政府信息公开申请8件。", Severity.EXPLAIN),
    ("截止2025年12月20日，共收到申请8件，办结7件。", Severity.EXPLAIN),
    ("截至2025年11月底，全镇公开信息120条。", Severity.HINT),
]


@pytest.mark.parametrize("words", UNTIL_THE_END)
def test_figures_of_the_whole_year_are_left_alone(words):
    assert period(words, "overview") == []


@pytest.mark.parametrize(("words", "severity"), UNTIL_EARLIER)
def test_figures_up_to_an_earlier_day_are_asked_about(words, severity):
    (one,) = period(words, "overview")
    assert one.severity is severity


WITH_A_REASON = [
    "2月底前公开了上年度报告和2024年度报告。",
    "各部门2024年度报告已于2025年2月底前全部公开。",
    "公开2024年度建议提案办理结果30件。",
    "1件转2026年办理。",
    "余下4件转至2026年办理。",
    "0件转结2026年办结。",
    "另有3件依法延期至2026年答复。",
    "2024年结转的4件申请全部于2025年1月答复。",
    "2024年12月收到、2025年1月办结1件。",
    "2024年12月28日收到的申请于2025年1月答复。",
    "2024年以来，累计公开信息300条。",
    "2024年度报告中提出的3个问题已整改到位。",
    "因2024年答复的申请引发行政复议2件。",
    "公开2024年度部门决算、2025年度部门预算。",
    "补录2021—2024年项目信息316条。",
    "发布信息较2024年增加12条。",
    "荣获2024年度全县政务公开先进单位。",
    "在全县2024年度政务公开考评中列第4名。",
    "公众号于2020年6月8日开通，目前订阅数9010。",
    "公开了2024年国民经济和社会发展统计公报。",
    "截至2024年底有专栏12个，2025年新增3个。",
    "截至2024年底，上年结转2件。",
    "按时公开2024年财政收支、2024年惠农补贴发放结果。",
    "收到申请9件（2024年8件），增长12.5%。",
    "收到申请9件（2024年8件），都及时办结，数量增长。",
    "（2024年8件）收到申请9件，数量增长。",
    "2024年，我镇新收申请43件，2025年新收50件。",
    "2024年8月1日起施行的《条例实施细则》已经公开。",
    "2024年新修订的公开指南今年继续使用。",
    "2024年，我镇被确定为试点镇，2025年继续推进试点。",
    "2024年12月，县里部署开展专项检查，我镇2025年1月完成整改。",
    "2023年、2024年和2025年分别收到申请1件、2件、3件。",
    "2024-2025年度，我镇连续两年未收到申请。",
    "对2024年发布的信息开展清理，下架过期信息30条。",
    "2025年收到申请14件，2024年为20件，减少30%。",
    "公开2025年度部门预算，以及2024年度财政支出项目绩效评价结果等财政信息。",
    "2024年度指出的“重形式轻实效”等两个问题，均已整改。",
    "2024年检查发现的更新不及时等三类问题已整改到位。",
    "根据《中华人民共和国政府信息公开条例》（2019年4月3日国务院令第711号修订）开展工作。",
    "根据《条例》（2007年4月5日公布，2019年4月3日修订）开展工作。",
    "截至2024年底，现行有效规范性文件7件，2025年废止2件。",
    "申请中有1件结转至2026年办理。",
    "上年度收到的5件申请，办结3件，2件结转到2025年办理。",
    "2024年结转至2025年申请2件，均已答复。",
    "落实《2025年示例县政务公开工作要点》。",
    "对照《2024年示例县政务公开工作要点》开展回头看。",
    "按照《示例县2024年政务公开工作要点》推进各项工作。",
    "公开《2024年法治政府建设年度报告》。",
]

LEFT_OVER = [
    "2024年，我镇发布信息94篇。",
    "2024年，我镇在县政府网站发布动态118条，在公众号发布240条。",
    "2022年我镇共收到政府信息公开申请3件。",
    "截至2024年12月31日，我镇公开信息74条。",
    "截至2024年底，共发布信息74条。",
    "截至2024年12月31日，现行有效的规范性文件7件，全年废止2件。",
    "截至2024年底，现行有效规范性文件7件，当年新制定1件。",
    "全年收到申请5件，办结4件，结转至2025年办理1件。",
    "申请办结3件，转到2025年度继续办理2件。",
    "（2024年全镇发布信息94条）",
    "收到申请9件（2024年8件），都及时办结。",
    "收到申请9件，2024年8件，都及时办结，数量增长。",
    "截至2024年12月31日，我镇通过县政府网站公布信息74条，报送稿件15条。",
]


@pytest.mark.parametrize("words", WITH_A_REASON)
def test_a_year_with_a_reason_is_left_alone(words):
    assert years(words) == []


@pytest.mark.parametrize("words", LEFT_OVER)
def test_last_years_sentence_is_asked_about(words):
    (one,) = years(words)
    assert one.severity is Severity.EXPLAIN


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("按照《示例县2024年政务公开工作要点》编制本报告。", 1),
        ("根据《条例》和《示例县2024年政务公开任务分解表》编制。", 1),
        ("根据《示例县2025年政务公开工作要点》编制。", 0),
        ("根据《关于做好2024年度政府信息公开工作年度报告编制工作的通知》编制。", 0),
    ],
)
def test_the_plan_a_report_is_compiled_by_is_of_its_year(words, told):
    assert len(years(words, "introduction")) == told


PLANS = [
    "2026年，我镇将固定两名信息员。",
    "下一步，2026年我镇将每月检查。",
    "2025年，我镇将政务公开纳入考核，明确责任。",
    "2025年，我镇将重点工作信息逐项公开。",
    "2025年年初，我镇将公开目录重新梳理。",
    "针对2025年存在的问题，下一步将每月检查。",
    "今后，力争2025年底前形成的台账全部归档。",
    "对照年初提出的2025年将完成的任务，逐项销号。",
]

LATE_PLANS = [
    "下一步，2025年我镇将固定两名信息员。",
    "2025年，我局将进一步加强栏目维护。",
    "今后，2025年将从以下方面改进。",
    "展望2025年，我镇将增加图解。",
    "2025年的工作打算：增加图解。",
    "存在更新不及时的问题。2025年我镇将继续加大公开力度。",
]


@pytest.mark.parametrize("words", PLANS)
def test_what_was_done_in_the_year_is_no_plan(words):
    assert years(words, "problems") == []


@pytest.mark.parametrize("words", LATE_PLANS)
def test_a_plan_for_the_reports_own_year_is_asked_about(words):
    (one,) = years(words, "problems")
    assert one.severity is Severity.EXPLAIN
    assert "当作下一年" in one.message


@pytest.mark.parametrize(
    "words",
    [
        "2024年我局公开工作还存在不足：更新不够及时。2025年，我局将进一步加强维护。",
        "2024年我局公开工作还有欠缺，2025年将继续加强维护。",
    ],
)
def test_both_years_of_last_reports_problems_are_asked_about(words):
    assert [m.message.count("上年文字未改") for m in years(words, "problems")] == [1, 1]


@pytest.mark.parametrize("year", [2023, 2024, 2026])
def test_the_own_title_has_the_reports_year(year):
    words = f"现公布示例镇{year}年政府信息公开工作年度报告。"
    assert len(years(words, "introduction")) >= 1
    assert years(words.replace(str(year), "2025"), "introduction") == []
