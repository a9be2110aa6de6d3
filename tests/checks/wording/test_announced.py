"""S13 and S14: as many points as announced; an overview that is about this body. And S3: only praise."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.wording.announced import points_are_as_many_as_announced
from nianbao.checks.wording.generic import overview_is_about_this_body
from nianbao.checks.wording.problems import problems_have_measures
from nianbao.findings import Severity
from nianbao.form import load_edition

RULES = load_edition("2021").rule


def read(words, text, **body):
    base = reports.zero()
    return reports.reading(replace(base, texts={**reports.TEXTS, text: words}, body={**base.body, **body}))


def points(words):
    return points_are_as_many_as_announced(RULES["S13"], read(words, "problems"))


def generic(words, **body):
    return overview_is_about_this_body(RULES["S14"], read(words, "overview", **body))


def praise(words):
    return [f for f in problems_have_measures(RULES["S3"], read(words, "problems")) if "只写了成绩" in f.message]


AS_MANY = [
    "（一）意识不强。\n（二）更新慢。改进有三项措施：（一）按月检查。（二）增加图解。（三）培训。\n下一步有四项措施：",
    "存在两个方面的问题：一是更新不及时，二是解读不多。\n改进措施：一是按月检查，二是增加图解。",
    "主要存在以下三个方面问题：\n（一）意识不强。\n（二）解读不多。\n（三）互动较少。",
    "2026年将抓好三项工作：一是梳理流程，二是研究案例，有效降低复议、诉讼发生率，三是加强培训。",
    "下一步重点做好3项工作：1.按月检查。2.增加图解。3.加强培训。",
    "存在三个方面的不足：一是更新慢，二是解读少，此外群众知晓率不高。",
    "上年提出的3个问题已整改到位。今年的不足：一是更新慢，二是解读少。",
    "围绕4个方面15项任务，一是建台账，二是抓落实。",
    "从两个方面改进：一是建制度：①明确专人；②明确时限；③明确责任。二是抓培训。",
    "问题有两个方面。一是更新慢。二是解读少。下一步有三项措施。一是查。二是改。三是评。",
    "第三方面的工作：一是查，二是改。",
    "存在一个方面的问题：更新慢。",
    "从两个方面加强保障：一是明确专人，二是按月检查。",
    "从四个方面推出三项措施：一是查，二是改，三是评。",
    "四个方面的任务均已完成。今年的不足：一是更新慢，二是解读少。",
]

FEWER = [
    ("存在的问题主要有三个方面：一是意识不强，二是内容不多。\n下一步，一是加强学习；二是拓展内容。", "三", 2),
    ("主要存在以下三个方面问题：一是意识不强；二是解读不多。下一步，一是通报；二是推广。", "三", 2),
    ("主要有以下两点不足：\n1.更新慢。\n2.解读少。\n3.互动少。", "两", 3),
    ("下一步将从四个方面加以改进：（一）查。（二）改。（三）评。", "四", 3),
    ("还存在3个问题，一是更新慢，二是解读少。", "3", 2),
    ("存在两个方面的不足：一是更新慢，二是解读少。\n下一步采取三项措施：一是查，二是改。", "三", 2),
    ("镇里从四个方面压实责任：一是专人专岗，二是组织培训，三是抽查；全年培训3期。", "四", 3),
]


@pytest.mark.parametrize("words", AS_MANY)
def test_as_many_points_as_announced_are_left_alone(words):
    assert points(words) == []


@pytest.mark.parametrize(("words", "said", "given"), FEWER)
def test_another_number_of_points_is_hinted_at(words, said, given):
    (one,) = points(words)
    assert one.severity is Severity.HINT
    assert f"说是{said}个，后面列了 {given} 个" in one.message


ABOUT_ITSELF = [
    "本机关围绕重点工作主动公开政府信息，规范办理依申请公开，加强政府信息管理，维护政府信息公开平台，落实监督保障责任。",
    "围绕中心工作做好主动公开，及时更新指南和目录；规范依申请公开办理流程；加强信息管理；做好平台建设；强化监督保障，纳入年度考核。",
    "近年来，各级政府部门高度重视，部分地区成效明显。我镇认真学习，未来将进一步加强。",
    "近年来，各级政府部门高度重视，部分地区成效明显。示例镇认真学习，未来将进一步加强。",
    "各级各部门认真落实，相关部门应公开尽公开，做好主动公开、依申请公开、信息管理、平台建设和监督保障工作。",
    "2025年，各级政府高度重视，部分地区成效明显，未来相关部门应进一步加强。",
    "略。",
    "近年来，我国政务公开不断深入。按照部署，积极推进主动公开，规范依申请公开，加强信息管理，强化监督保障，各项工作有序开展。",
]

ABOUT_NOBODY = [
    "近年来，各级政府部门高度重视信息公开工作，部分地区还开发了应用程序。未来，相关部门应进一步加强制度建设，提升满意度。",
    "随着信息技术的发展，我国政务公开不断深入，各地区、各部门积极探索，社会各界越来越关注。今后有关部门需进一步完善机制，推动公开工作迈上新台阶。",
    "公开是民主的要求。" * 40,
    "随着社会的发展，政府信息公开越来越重要。政府部门应当不断完善制度，提升透明度，保障公众知情权，推动社会进步。",
]


@pytest.mark.parametrize("words", ABOUT_ITSELF)
def test_a_short_and_own_overview_is_left_alone(words):
    assert generic(words) == []


@pytest.mark.parametrize("words", ABOUT_NOBODY)
def test_an_overview_about_nobody_is_asked_about(words):
    (one,) = generic(words)
    assert one.severity is Severity.EXPLAIN


ONLY_PRAISE = [
    "我局政府信息公开工作开展顺利，得到群众好评，今后将继续保持。",
    "全年公开工作平稳有序，成效显著。群众满意。未发现明显问题。",
    "各项工作按要求完成，受到上级肯定。",
]

PROBLEMS = [
    "问题1：公开栏更换不及时。措施：每月更换。",
    "公开工作取得成效，但更新偏慢。将每周检查。",
    "我镇公开工作稳步推进，群众好评，仍需提高解读质量。",
    "公开工作有序开展，两块短板：解读偏专业，查阅点使用少。对策：附图解。",
    "上年反馈的事项全部整改，群众满意。",
    "成效明显，与群众期待相比还有差距，今后加强。",
    "公开工作取得成效，但离要求尚有距离，解读形式还可以更多样。将制作图解。",
    "工作顺利，同时人员流动大，影响更新，打算集中培训，难题逐步解决。",
]


@pytest.mark.parametrize("words", ONLY_PRAISE)
def test_only_praise_is_asked_about(words):
    (one,) = praise(words)
    assert one.severity is Severity.EXPLAIN


@pytest.mark.parametrize("words", PROBLEMS)
def test_a_problem_beside_praise_is_a_problem(words):
    assert praise(words) == []


def test_a_report_without_an_overview_has_none_about_anybody():
    reading = read("", "overview")
    reading = replace(reading, report=replace(reading.report, texts={}))
    assert overview_is_about_this_body(RULES["S14"], reading) == []


@pytest.mark.parametrize(("signs", "told"), [("近年来、越来越、未来", 0), ("近年来、越来越、未来、社会各界", 1)])
def test_four_different_signs_make_a_short_overview_one_about_everybody(signs, told):
    words = f"公开是民主的要求，应当依法、及时、准确、全面地做好，并且持之以恒地改进下去，不能松懈：{signs}。"
    assert len(generic(words)) == told
    assert len(generic(words.replace("近年来", "我国"))) == 1
    assert len(generic(words.replace("未来", "近年来").replace("社会各界", "近年来"))) == 0


@pytest.mark.parametrize(("length", "told"), [(299, 0), (300, 1)])
def test_a_long_overview_without_anything_of_its_own_is_asked_about(length, told):
    assert len(generic("公" * length)) == told


@pytest.mark.parametrize(("length", "told"), [(39, 0), (40, 1)])
def test_a_line_is_too_short_to_be_about_anybody(length, told):
    signs = "各级政府部门、部分地区、我国"
    assert len(generic(signs + "公" * (length - len(signs)))) == told
