"""Small parts of the wording rules, each by itself: what is quoted, how often, where it stands."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.wording.repetition import _place
from nianbao.checks.wording.text_lines import TypedParagraph, clip, hits, listed, quotes, whole_text
from nianbao.findings import Places
from nianbao.form import load_edition
from nianbao.patterns import Pattern

EDITION = load_edition("2021")


def told(words, *rules, where="overview", **body):
    base = reports.zero()
    report = replace(base, texts={**reports.TEXTS, where: words}, body={**base.body, **body})
    return reports.told(reports.reading(report), *rules)


def line(words):
    return TypedParagraph("overview", 0, words)


@pytest.mark.parametrize(
    ("spans", "count"),
    [([(2, 4)], [1]), ([(2, 4), (3, 6)], [1]), ([(2, 4), (4, 6)], [2]), ([(2, 4), (10, 12)], [2]),
     ([(2, 4), (11, 12)], [1, 1]), ([(11, 12), (2, 4)], [1, 1]), ([(2, 9), (3, 5), (15, 16)], [2]),
     ([(2, 4), (2, 9), (16, 17)], [1, 1]), ([], [])],
)  # fmt: skip
def test_passages_close_together_are_one_quotation_and_each_counts_once(spans, count):
    assert [h.count for h in quotes(line("零一二三四五六七八九零一二三四五六七八九"), spans)] == count


def test_a_quotation_has_six_characters_on_both_sides():
    (one,) = quotes(line("零一二三四五六七八九零一二三四五六七八九"), [(8, 9), (10, 11)])
    assert one.quote == "“二三四五六七八九零一二三四五六”"


def test_quotations_are_listed_once_the_first_three_only():
    found = [h for n in "甲乙丙丁甲" for h in hits(line(n), Pattern("."))]
    assert listed(found[:2]) == "“甲”、“乙”"
    assert listed(found[:3]) == "“甲”、“乙”、“丙”"
    assert listed(found[:4]) == "“甲”、“乙”、“丙”等4处"
    assert listed([found[0], found[4]]) == "“甲”等2处"


@pytest.mark.parametrize(("length", "shown"), [(36, "甲" * 36), (37, "甲" * 24 + "……" + "甲" * 9)])
def test_a_long_passage_is_shortened(length, shown):
    assert clip("甲" * length) == f"“{shown}”"


def test_a_text_as_a_whole_stands_at_its_first_paragraph():
    reading = reports.reading(reports.zero())
    one = whole_text(EDITION.rule["S1"], reading, "overview", "甲")
    assert (one.place, one.where) == ("总体情况", "总体情况")
    places = Places(EDITION, {"overview": "总体情况!A10", "overview:0": "总体情况!A11"})
    one = whole_text(EDITION.rule["S1"], replace(reading, places=places), "overview", "甲")
    assert (one.place, one.where) == ("总体情况!A11", "总体情况!A11（总体情况）")


@pytest.mark.parametrize(
    ("paragraph", "place"), [(0, ("overview", 0)), (1, ("overview", 1)), (2, ("problems", 0)), (3, ("problems", 1))]
)
def test_a_paragraph_of_both_texts_together_belongs_to_one_of_them(paragraph, place):
    report = replace(reports.zero(), texts={"overview": "甲\n乙", "problems": "丙\n丁"})
    assert _place(report, paragraph) == place


@pytest.mark.parametrize(
    ("words", "rule", "where", "what"),
    [("甲。\n以市政府和市政府名义发文。", "S10", "总体情况 第2段", "字词重复：“以市政府和市政府名义发文。”"),
     ("统计工作于20253月5日召开。", "S9", "总体情况 第1段", "日期缺了字或多了字：“统计工作于20253月5日召开。”"),
     ("甲（乙丙，丁戊己庚辛。\n再“己庚。\n庚）辛", "S11", "总体情况 第2段", "引号不成对：“再‘己庚”"),
     ("（甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸，丁", "S11", "总体情况 第1段",
      "括号不成对：“（甲乙丙丁戊己庚辛壬癸甲乙丙丁戊己庚辛壬癸甲乙丙丁戊”"),
     ("甲）乙。\n丙丁戊己庚（辛，壬", "S11", "总体情况 第1段", "括号不成对：“甲）乙。”、“丙丁戊己庚（辛”")],
)  # fmt: skip
def test_what_is_wrong_is_quoted_at_its_paragraph(words, rule, where, what):
    (one,) = told(words, rule)
    assert (one.where, one.what) == (where, what)


def test_a_damaged_date_in_the_introduction_is_told_unless_it_is_of_the_period():
    assert len(told("20253月5日召开。", "S9", where="introduction")) == 1
    assert told("统计期限为20253月5日。", "S9", where="introduction") == []


@pytest.mark.parametrize(("length", "twice"), [(19, 0), (20, 1)])
def test_a_sentence_of_twenty_characters_is_told_the_second_time(length, twice):
    sentence = "零一二三四五六七八九天地玄黄宇宙洪荒日月"[:length]
    assert len(told(f"{sentence}。甲。{sentence}。", "S10")) == twice


BUREAU = {"name": "示例县教育局", "level": "department"}


@pytest.mark.parametrize(
    ("words", "body", "quoted"),
    [("现发布示例县财政局2025年政府信息公开工作年度报告。", BUREAU, "“现发布示例县财政局2025年政”"),
     ("现发布岩坪镇人民政府2025年政府信息公开工作年度报告。", {}, "“现发布岩坪镇人民政府2025年政”"),
     ("现发布岩坪镇2025年政府信息公开工作年度报告。", {}, "“现发布岩坪镇2025年政”")],
)  # fmt: skip
def test_another_bodys_report_in_the_introduction_is_quoted_once(words, body, quoted):
    (one,) = told(words, "S5", where="introduction", **body)
    assert one.what == f"写的是别的单位，本单位是“{body.get('name', '示例镇人民政府')}”：{quoted}"


@pytest.mark.parametrize(
    ("words", "body"),
    [("现发布县财政局2025年政府信息公开工作年度报告。", {}),
     ("现发布镇2025年政府信息公开工作年度报告。", {"name": "镇"}),
     ("在岩坪镇办公的企业，可向岩坪镇人民政府办公室咨询。", {"name": "示例县人民政府", "level": "county"}),
     ("在县政府办公室申请。", BUREAU), ("在岩坪镇公开栏张贴。", BUREAU)],
)  # fmt: skip
def test_names_that_may_stand_there_are_left_alone(words, body):
    assert told(words, "S5", where="introduction", **body) == []
    assert told(words, "S5", **body) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [("我局全年发布信息。", "自称与本单位“示例镇人民政府”不符：“我局全年发布信息”"),
     ("2025年，全省共收到申请90件。", "说的是上级的范围，不是本单位“示例镇人民政府”：“2025年，全省共收到申请9”"),
     ("示例乡发布信息30条。", "本单位是“示例镇人民政府”，名称写得不一样：“示例乡发布信息30”")],
)  # fmt: skip
def test_words_of_another_body_are_quoted_at_their_paragraph(words, what):
    (one,) = told(f"甲。\n{words}", "S5")
    assert (one.where, one.what) == ("总体情况 第2段", what)


def test_a_work_that_is_a_bureaus_is_hinted_at_where_it_stands():
    (one,) = told("甲。\n围绕税收工作公开信息。", "S5")
    assert (one.where, one.severity.value) == ("总体情况 第2段", "hint")
    assert one.what == "像是部门报告里的话，本单位是“示例镇人民政府”：“围绕税收工作公开信息。”"
    assert told("甲。\n围绕税收工作公开信息。", "S5", **BUREAU) == []


@pytest.mark.parametrize(
    ("words", "left"),
    [("1.更新不及时。\n2.渠道不多。针对这一问题，增加渠道。\n3.培训较少。\n4.人手不足。针对这一问题，增加人手。",
      ["1.", "3."]),
     ("1.更新不及时。\n2.渠道不多。针对这一问题，增加渠道。\n下一步，每月检查。", []),
     ("1.更新不及时。\n下一步，每月检查。\n2.渠道不多。针对这一问题，增加渠道。", []),
     ("1.更新不及时。\n2.渠道不多。\n1.每月检查。\n2.增加渠道。", [])],
)  # fmt: skip
def test_a_problem_without_an_answer_is_told_unless_all_are_answered_together(words, left):
    found = told(words, "S3", where="problems")
    assert [f.what.partition("：“")[2][:2] for f in found] == left


def test_what_follows_a_list_in_its_paragraph_speaks_of_all_of_it():
    words = "一是更新不及时；二是渠道不多，须增加渠道。2026年，我镇将每月检查。"
    assert told(words, "S3", where="problems") == []
    assert len(told(words.partition("2026")[0], "S3", where="problems")) == 1
