"""Similarity: copies are found wherever they were moved, with their passages; common phrases make no copy; H7."""

import random
import sys
from dataclasses import replace
from itertools import combinations
from subprocess import run

import pytest

import reports
from nianbao.checks import check
from nianbao.checks.rule_findings import NO_TEXT
from nianbao.checks.similarity import SHORTEST_PASSAGE, SHORTEST_TEXT, compare
from nianbao.checks.text_pairs import pairs
from nianbao.checks.wording.repetition import text_is_not_last_years
from nianbao.form import load_edition

LAST = """2024年，在县委、县政府的正确领导下，我镇坚持以习近平新时代中国特色社会主义思想为指导，\
深入贯彻落实党的二十大精神，\
认真执行《中华人民共和国政府信息公开条例》。现将工作总结如下：
（一）主动公开
我镇修订了信息发布审核办法，明确由党政办初审、分管领导终审，全年发布信息83条，没有发生错发漏发。惠农补贴、低保救助、工程招标三类信息做到当月产生当月公开。
（二）依申请公开
全年收到政府信息公开申请2件，均在二十个工作日内答复，没有引发行政复议和行政诉讼。
（三）平台建设
网站改版后栏目由11个减为7个，历史信息重新归类，检索更快。镇政务公众号推送图文46期，阅读量最高的一期是医保缴费问答。"""

YEARS_CHANGED = LAST.replace("2024", "2025").replace("83", "96").replace("2件", "5件").replace("46", "51")

SAME_TEMPLATE = """2025年，在县委、县政府的正确领导下，我镇坚持以习近平新时代中国特色社会主义思想为指导，\
深入贯彻落实党的二十大精神，\
认真执行《中华人民共和国政府信息公开条例》。现将工作总结如下：
（一）主动公开
春耕期间把种粮补贴的标准和名单逐村张榜，赶集日设摊解答，群众来电询问比去年少了一半。
（二）依申请公开
县自然资源局转来征地批文查询1件，经协商由申请人当场查阅复印，未再提出书面申请。
（三）平台建设
文化站增设公开查阅专区，配电脑两台；七个山区村用广播播放方言版政策问答，解决老人不会上网的难题。"""


def test_a_copy_with_other_years_and_figures_is_found():
    alike = compare(YEARS_CHANGED, LAST)
    assert alike.score > 0.95
    assert all(p.text in YEARS_CHANGED.split("\n")[p.ours] for p in alike.passages)
    assert all(p.text in LAST.split("\n")[p.theirs] for p in alike.passages)
    assert alike.passages[0].text.startswith("网站改版后栏目由11个减为7个")
    assert min(len(p.text) for p in alike.passages) >= SHORTEST_PASSAGE


def test_the_same_template_with_other_contents_is_no_copy():
    assert compare(SAME_TEMPLATE, LAST).score < 0.3


def test_moved_paragraphs_are_still_found():
    moved = "\n".join(reversed(YEARS_CHANGED.split("\n")))
    assert compare(moved, LAST).score > 0.95


def test_half_a_copy_scores_about_half():
    lines, new = YEARS_CHANGED.split("\n"), SAME_TEMPLATE.split("\n")
    assert 0.3 < compare("\n".join([*lines[:3], *new[3:]]), LAST).score < 0.7


def test_light_rewording_is_still_found():
    reworded = YEARS_CHANGED.replace("没有发生", "未发生").replace("明确由", "规定由").replace("检索更快", "查找更快")
    assert compare(reworded, LAST).score > 0.85


def test_set_phrases_and_headings_alone_are_too_short_to_judge():
    opening = "\n".join(LAST.split("\n")[:2])
    assert compare(opening, opening).score == 0.0


def test_a_text_is_wholly_in_itself_and_a_stranger_in_none():
    assert compare(LAST, LAST).score == 1.0
    assert compare("甲乙丙丁" * 40, LAST).score == 0.0
    assert compare("", LAST).passages == compare(LAST, "").passages == ()


def test_neighbours_that_are_alike_are_found():
    texts = {"甲镇": LAST, "乙镇": YEARS_CHANGED.replace("我镇", "乙镇"), "丙镇": SAME_TEMPLATE}
    (pair,) = pairs(texts, 0.6)
    assert {pair.ours, pair.theirs} == {"甲镇", "乙镇"}
    assert pair.score == compare(texts[pair.ours], texts[pair.theirs]).score


def texts_of_sentences(rng):
    """Made texts of sentences that some share, some have with other words, and some have alone."""
    sentences = [s for t in (LAST, SAME_TEMPLATE) for s in t.replace("\n", "").split("。") if s]
    for n in range(9):
        own = [s.replace("年", "年度").replace("发布", rng.choice(["公布", "发出"])) for s in rng.sample(sentences, 3)]
        yield (
            f"{n}镇",
            "。\n".join([*rng.sample(sentences, 7), *own, f"第{n}镇自己的一句话没有别的镇会写{rng.random()}"]),
        )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("part", [(0, None), (0, 4), (4, 9)])
def test_many_texts_are_as_alike_as_each_two_of_them(seed, part):
    texts = dict(texts_of_sentences(random.Random(seed)))
    first, last = part
    expected = []
    for one, two in combinations(texts, 2):
        scores = [(a, b, compare(texts[a], texts[b]).score) for a, b in ((one, two), (two, one))]
        best = max(scores, key=lambda s: s[2])
        if best[2] >= 0.5 and one in list(texts)[first:last]:
            expected.append(best)
    assert [tuple(p) for p in pairs(texts, 0.5, first, last)] == expected
    assert expected or part != (0, None)


def test_of_equal_sentences_the_first_is_shown():
    twice = f"{LAST}\n{LAST}"
    paragraphs = LAST.count("\n") + 1
    assert {p.theirs for p in compare(LAST, twice).passages} <= set(range(paragraphs))


def test_a_text_of_the_least_length_is_judged_and_a_shorter_one_is_not():
    text = f"{'全年发布政务信息' * SHORTEST_TEXT}"[:SHORTEST_TEXT]
    assert compare(text, text).score == 1
    assert [p.score for p in pairs({"a": text, "b": text}, 0.5)] == [1]
    assert compare(text[:-1], text[:-1]).score == 0
    assert list(pairs({"a": text[:-1], "b": text[:-1]}, 0.5)) == []


def h7(now, last):
    base = reports.zero()
    this_year = replace(base, texts={**base.texts, "overview": now})
    last_year = None if last is None else replace(base, year=2024, texts={**base.texts, "overview": last})
    return [f for f in check(reports.reading(this_year, last_year=last_year)) if f.rule == "H7"]


def test_h7_shows_the_score_and_the_two_longest_passages():
    (one,) = h7(YEARS_CHANGED, LAST)
    assert "% 与上年报告相同，例如“" in one.message
    assert one.message.partition("规则 H7")[0].count("“") == 2
    assert max(map(len, one.evidence)) > 40  # a passage is quoted at length
    assert one.place == "总体情况"


def test_h7_is_quiet_without_last_year_and_on_new_contents():
    assert h7(YEARS_CHANGED, None) == []
    assert h7(SAME_TEMPLATE, LAST) == []
    assert h7(LAST, "") == []
    assert h7("", LAST) == []


def test_h7_does_not_judge_a_report_without_a_text():
    last = replace(reports.zero(year=2024), texts={"overview": LAST})
    this_year = replace(reports.zero(), texts={"overview": " \n"})
    rule = load_edition("2021").rule["H7"]
    assert text_is_not_last_years(rule, reports.reading(this_year, last_year=last)) == [NO_TEXT]


def test_a_report_without_last_year_does_not_load_the_library():
    code = (
        "import sys; from nianbao.checks import check; from nianbao.demo import sample; "
        "check(sample()); print('rapidfuzz' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
