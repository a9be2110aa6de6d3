"""S1, S2, S4, S8 and the whole family: the seed, a report without texts, the base of the cases, the time it takes."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks import check
from nianbao.checks.wording.aspects import overview_covers_the_five_aspects
from nianbao.checks.wording.structure import sections_hold_one_text_each
from nianbao.demo import sample
from nianbao.findings import Severity
from nianbao.form import load_edition

EDITION = load_edition("2021")
FAMILY = {*(f"S{n}" for n in range(1, 15)), "P1", "H7"}


def ours(reading):
    return reports.told(reading, *FAMILY)


def reading(**texts):
    return reports.reading(replace(reports.zero(), texts=texts))


def structure(**texts):
    given = {"overview": "甲。", "problems": "乙。", "other_matters": "丙。", **texts}
    return sections_hold_one_text_each(EDITION.rule["S1"], reading(**given))


def missing(overview):
    said = [
        f.message.partition("。规则")[0]
        for f in overview_covers_the_five_aspects(EDITION.rule["S2"], reading(overview=overview))
    ]
    return said[0].partition("没有写到")[2] if said else ""


def test_the_seed_has_one_s2_and_one_s6_and_nothing_else():
    found = ours(sample())
    assert [f.rule for f in found] == ["S2", "S6"]
    assert "没有写到“依申请公开”。" in found[0].message
    assert "1.的政策文件" in found[1].message


def test_a_report_without_its_texts_is_none():
    found = ours(reading())
    assert [(f.rule, f.severity) for f in found] == [("S1", Severity.ERROR)]
    assert "“一、总体情况”、“五、存在的主要问题及改进情况”没有正文" in found[0].message


def test_the_base_of_the_cases_gets_hints_at_most():
    assert {f.severity for f in ours(reports.reading(reports.zero()))} <= {Severity.HINT}


@pytest.mark.parametrize(
    "words",
    [
        "二、主动公开政府信息情况",
        "二、 主动公开政府信息情况。",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "总体情况",
        "一、总体情况",
        "一、工作开展情况",
        "十一、其他工作",
    ],
)
def test_a_section_heading_inside_a_text_is_an_error(words):
    (one,) = structure(overview=f"甲。\n{words}\n乙。")
    assert one.severity is Severity.ERROR
    assert "第2段" in one.message


@pytest.mark.parametrize(
    "words",
    [
        "（一）主动公开政府信息情况",
        "主动公开政府信息情况",
        "一、二、三产业信息全部公开。",
        "三、四季度各培训一次。",
        "政府信息公开行政复议、行政诉讼情况见第四部分。",
        "一是加强领导。",
        "一月、二月集中更新。",
        "六、七月开展自查。",
    ],
)
def test_other_words_are_no_section_headings(words):
    assert structure(overview=f"甲。\n{words}") == []


def test_a_sentence_numbered_like_a_section_is_only_hinted_at():
    (one,) = structure(overview="一、加强领导。我镇成立了领导小组，由镇长任组长。")
    assert one.severity is Severity.HINT


def test_without_what_must_be_written_there_is_no_report_and_one_part_missing_is_told():
    (both,) = structure(overview="", problems="")
    assert both.severity is Severity.ERROR
    assert [f.severity for f in structure(overview="")] == [Severity.HINT]
    assert [f.severity for f in structure(problems="")] == [Severity.EXPLAIN]
    assert structure(other_matters="") == []


@pytest.mark.parametrize(
    "words",
    [
        "（一）主动公开。（二）依申请公开。（三）政府信息管理。（四）政府信息公开平台建设。（五）监督保障。",
        "网站公布信息30条。未收到群众提出的公开申请。落实保密审查。党政办专人负责。",
        "在公示栏公开惠农政策12期。全年没有依申请公开事项。做到先审后发。接受社会评议。",
        "政务新媒体推送解读信息8篇。受理申请2件。建立公开清单管理台账。每季度自查整改。",
        "主动公布预算。收到政府信息公开申请0件。开展文件清理。利用微信公众号发布。组织业务培训。",
        "应公开、尽公开。办理依申请公开1件。信息审核把关严格。在村级公开栏张贴。领导小组定期研究。",
    ],
)
def test_the_five_aspects_are_recognised_in_other_words(words):
    assert missing(words) == ""


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("主动公开信息30条，落实审核制度，网站运行正常，开展培训。", "“依申请公开”"),
        ("主动公开信息30条，收到公开申请1件，网站运行正常，开展培训。", "“政府信息管理”"),
        ("主动公开信息30条，收到公开申请1件，落实保密审查，开展培训。", "“政府信息公开平台建设”"),
        ("主动公开信息30条，收到公开申请1件，落实保密审查，网站运行正常。", "“监督保障”"),
        ("收到公开申请1件，落实保密审查，网站运行正常，开展培训。", "“主动公开”"),
        ("我镇各项事业取得新成效。", "“主动公开”、“依申请公开”、“政府信息管理”、“政府信息公开平台建设”、“监督保障”"),
        ("主动公开信息30条，办理行政许可申请9件，落实审核制度，网站运行正常，开展培训。", "“依申请公开”"),
    ],
)
def test_missing_aspects_are_named_in_one_hint(words, names):
    assert missing(words) == names


def test_a_fee_told_in_a_section_of_its_own_is_enough():
    edition = load_edition("wuping-2022")
    base = reports.zero("wuping-2022", 2022)
    report = replace(base, texts={**base.texts, "other_matters": "没有其他需要报告的事项。"})
    assert "S4" not in {f.rule for f in check(reports.reading(report, edition))}
