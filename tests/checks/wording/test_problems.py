"""S3: 问题及改进 says something, in more than a sentence, and answers each problem; S1 and S3 never both complain."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.wording.problems import problems_have_measures
from nianbao.findings import Severity
from nianbao.form import load_edition

RULE = load_edition("2021").rule["S3"]


def found(words, **texts):
    report = replace(reports.zero(), texts={"overview": "全年发布信息30条。", "problems": words, **texts})
    return problems_have_measures(RULE, reports.reading(report))


EMPTY = [
    "无",
    "无。",
    "暂无。",
    "暂无问题。",
    "没有问题。",
    "不存在问题。",
    "无主要问题。",
    "目前暂无突出问题。",
    "本年度不存在相关问题，无改进情况。",
    "我镇2025年政务公开工作中未发现突出问题。",
    "经自查，不存在问题和不足。",
]

NO_MEASURE = [
    "一是更新不够及时。二是解读形式单一，群众看不懂。",
    "信息更新不够及时。解读形式有待丰富。",
    "公开意识还不强，制度仍需完善。人员力量薄弱。",
    "1.公开不够全面。\n2.解读有待加强。\n3.培训还需加大。",
]

ONE_SENTENCE = ["更新不够及时，下一步将加强更新。", "加强学习，提高认识"]

SOUND = [
    "一是更新不够及时。二是解读形式单一，今后增加图解。一是针对更新不够及时，每月检查。",
    "一是更新不够及时，二是解读形式单一。下一步将每月检查更新情况，增加图解。",
    "一是更新不够及时。\n二是解读形式单一。\n下一步，我镇将每月检查，并增加图解。",
    "1.更新不够及时。针对这一问题，每月检查一次。\n2.解读形式单一。针对这一问题，增加图解。",
    "（一）存在的问题\n1.更新不够及时。\n2.解读形式单一。\n（二）改进措施\n1.每月检查一次。\n2.增加图解。",
    "存在问题：更新不够及时，解读形式单一。\n改进措施：一是加强检查；二是丰富解读形式。",
    "个别部门研判能力不足，答复规范性有待提升。针对存在问题，2026年将抓好以下工作：一是推进流程优化。二是加强案例研究。三是继续加强培训。",
    "1.更新不够及时。\n2.解读形式单一。\n3.人员经常变动，业务不熟。下一步，我镇将每月检查、增加图解、加强培训。",
    "更新不够及时的问题已经整改。今年安排专人每周检查栏目。",
    "问题：培训较少。措施：邀请县政务公开办授课两次。",
    "一是重视不够。今后加强学习。二是人手不足。今后增配人员。",
    "群众知晓率不高。我镇将在赶集日设点宣传，发放手册。",
    "（一）更新不够及时。安排专人每周检查。\n（二）解读形式单一。制作图解和短视频。",
    "无障碍阅读功能不够完善。下一步将完善适老化和无障碍功能。",
    "没有专人负责解读，解读较少。下一步明确专人。",
    "存在问题：\n（一）政策解读数量偏少。\n（二）栏目更新不及时。\n改进措施：\n（一）加强政策解读。\n（二）加强栏目维护。",
    "（一）存在问题。一是重视程度不够，二是培训不足。\n（二）改进情况。一是提高站位，二是常态培训。",
    "（一）解读质量不高。改进：对重点政策做图解，全年发布6期。\n（二）队伍不稳。改进：实行AB岗。",
    "上年解读形式单一的问题，今年通过短视频解决。今年主要不足是站所报送不及时，明年每月通报。",
    "问题一：信息公开不够及时。整改：专人每日巡查。\n问题二：内容不够丰富。整改：增设三个栏目。",
    "一是公开内容不够全面，应在教育、医疗领域多公开；二是解读不够生动，应多用图解。",
    "专业人员缺乏，须引进人才。公开渠道不畅，须拓展渠道。",
    "1.公开意识不强。\n2.渠道不多。\n1.组织学习。\n2.开通公众号。",
    "1.公开意识不强。\n改进措施：组织学习。\n2.渠道不多。\n改进措施：开通公众号。",
]


@pytest.mark.parametrize("words", EMPTY)
def test_nothing_said_is_asked_about(words):
    (one,) = found(words)
    assert one.severity is Severity.EXPLAIN


@pytest.mark.parametrize("words", NO_MEASURE)
def test_problems_without_measures_are_asked_about(words):
    (one,) = found(words)
    assert "没有看到改进措施" in one.message


@pytest.mark.parametrize("words", ONE_SENTENCE)
def test_a_single_sentence_is_asked_about(words):
    (one,) = found(words)
    assert "只有一句话" in one.message


@pytest.mark.parametrize("words", SOUND)
def test_problems_with_measures_are_left_alone(words):
    assert found(words) == []


def test_the_problem_left_without_an_answer_is_named_when_the_others_are_answered_one_by_one():
    words = (
        "1.更新不够及时。针对这一问题，每月检查一次。\n"
        "2.解读形式单一，群众看不懂。\n"
        "3.培训较少。针对这一问题，每季度培训一次。"
    )
    (one,) = found(words)
    assert "第2段" in one.message
    assert "2.解读形式单一" in one.message


def test_a_number_that_comes_again_in_its_paragraph_begins_another_problem():
    (one,) = found("一是更新不够及时，今后每月检查；二是解读单一，今后增加图解。一是培训较少，群众看不懂。")
    assert "一是培训较少" in one.message
    assert "更新" not in one.message.partition("规则")[0]


def test_a_report_without_any_text_is_left_to_rule_s1():
    report = replace(reports.zero(), texts={})
    assert problems_have_measures(RULE, reports.reading(report)) == []
