"""Which label a text is, among a few: the only one near enough, or none."""

import pytest

from nianbao.published import labels
from nianbao.published.labels import Folded, LabelMatch, LabelVocabulary, distance

LONG = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"
"""A label of 16 characters, of which four may be wrong."""


@pytest.mark.parametrize(
    ("written", "number", "core"),
    [("（一）予以公开", "一", "予以公开"), ("一、本年新收", "一", "本年新收"), ("1．其他", "1", "其他"),
     ("12)其他", "12", "其他"), ("(3)、其他", "3", "其他"), ("3 其他情形", "3", "其他情形"), ("3其", "", "3其"),
     ("二十一、其他", "二十一", "其他"), ("1.5其他", "", "15其他"), ("合 计", "", "总计"),
     ("2.其它处理", "2", "其他处理"),
     ("其他（注）", "", "其他注"), ("", "", ""), ("—", "", "")],
)  # fmt: skip
def test_a_label_is_its_number_and_its_letters(written, number, core):
    assert labels.fold(written) == Folded(number, core)


@pytest.mark.parametrize(
    ("text", "plain"),
    [(" 甲\u3000乙\n", "甲乙"), ("Ａ１（", "A1("), ("甲\u200b\ufeff乙", "甲乙"), ("长" * 2_001, "长" * 2_000)],
)
def test_layout_is_no_part_of_a_text(text, plain):
    assert labels.plain(text) == plain


@pytest.mark.parametrize(
    ("a", "b", "limit", "expected"),
    [("甲乙丙", "丙乙甲", 4, 2), ("甲", "甲乙丙丁", 3, 3), ("甲", "甲乙丙丁戊", 3, 4), ("甲乙丙", "丁戊丙", 2, 2),
     ("甲乙丙丁", "戊己庚辛", 2, 3), ("甲乙丙丁", "戊己庚辛", 4, 4), ("甲乙丙丁", "乙丙丁甲", 4, 2),
     ("甲乙丙丁戊", "甲丙丁戊", 1, 1),
     ("甲乙甲乙", "乙甲乙甲", 3, 2), ("甲甲甲甲", "乙乙乙甲", 2, 3), ("", "甲", 0, 1), ("甲", "甲", 0, 0),
     ("甲乙丙丁", "甲乙天地玄黄", 2, 3)],
)  # fmt: skip
def test_the_distance_is_that_of_the_shortest_way(a, b, limit, expected):
    assert distance(a, b, limit) == distance(b, a, limit) == expected


@pytest.mark.parametrize(
    ("length", "wrong"), [(0, 0), (3, 0), (4, 1), (7, 1), (8, 2), (12, 3), (16, 4), (19, 4), (20, 4), (99, 4)]
)
def test_of_each_four_characters_one_may_be_wrong_and_of_a_long_label_four(length, wrong):
    assert labels.tolerance(length) == wrong


def swapped(count):
    return "天" * count + LONG[count:]


def case(name, known, text, label="", exact=False):
    return pytest.param(known, text, LabelMatch(label, exact) if label else None, id=name)


NOTED = "（二）部分公开（区分处理的，只计这一情形）"


@pytest.mark.parametrize(
    ("known", "text", "match"),
    [
        case("as it is", ["行政许可"], "行政许可", "行政许可", True),
        case("another layout", ["行政许可"], "行 政\n许可", "行政许可", True),
        case("another number", ["2.行政许可"], "（五）行政许可", "2.行政许可", True),
        case("the first of two alike", ["1.其他情形", "2.其他情形"], "其他情形", "1.其他情形", True),
        case("without its note", [NOTED], "部分公开", NOTED),
        case("with a note of its own", ["予以公开"], "予以公开（含转送）", "予以公开"),
        case("with another note", [NOTED], "（二）部分公开（区分处理）", NOTED),
        case("without the note of two", ["办件数量（件）", "办件数量（项）"], "办件数量"),
        case("a figure", ["12"], "12"),
        case("one character", ["县"], "县"),
        case("nothing", ["行政许可"], ""),
        case("one of four wrong", ["行政许可"], "行政许课", "行政许可"),
        case("two of four wrong", ["行政许可"], "行证许课"),
        case("one of three wrong", ["自然人"], "自燃人"),
        case("four of sixteen wrong", [LONG], swapped(4), LONG),
        case("five of sixteen wrong", [LONG], swapped(5)),
        case("one character left out", [LONG], LONG[1:], LONG),
    ],
)  # fmt: skip
def test_a_text_is_a_label_as_far_as_it_is_like_it(known, text, match):
    assert LabelVocabulary(known).find(text) == match


@pytest.mark.parametrize(
    ("known", "text", "match"),
    [
        case("as near to two", ["行政许可事项数", "行政许可事由数"], "行政许可事务数"),
        case("one character nearer to one by a slip", ["行政许可事项", "行政许可事由名"], "行政许可事由",
            "行政许可事由名"),
        case("nearer by one where two are wrong", [LONG, "天天" + LONG[2:-1] + "亥"], swapped(1) + "天"),
        case("one wrong and two to the next", [LONG, swapped(3)], swapped(1), LONG),
        case("two wrong and one more to the next", [LONG, swapped(2) + "天"], "天甲" + LONG[2:]),
        case("two wrong and three to the next", [LONG, "地" * 5 + LONG[5:]], swapped(2), LONG),
        case("two wrong and two more to the next", [LONG, "地" * 4 + LONG[4:]], swapped(2), LONG),
        case("two wrong, and to the next three", [LONG, "地天" + LONG[2:-2] + "地地"], swapped(2)),
        case("one wrong and another number", ["2.行政许可事项"], "3.行政许可事由"),
        case("one wrong and the same number", ["2.行政许可事项"], "2.行政许可事由", "2.行政许可事项"),
        case("one wrong and no number", ["2.行政许可事项"], "行政许可事由", "2.行政许可事项"),
        case("one wrong and a number too many", ["行政许可事项"], "2.行政许可事由", "行政许可事项"),
        case("cut off after six", [LONG], LONG[:6], LONG),
        case("cut off after five", [LONG], LONG[:5]),
        case("cut off where two go on", [LONG, LONG[:8] + "天地玄黄宇宙"], LONG[:6]),
        case("cut off where one goes on", [LONG, LONG[:8] + "天地玄黄宇宙"], LONG[:9], LONG),
        case("cut off with another number", ["2." + LONG], "3." + LONG[:6]),
        case("cut off with its number", ["2." + LONG], "2." + LONG[:6], "2." + LONG),
        case("cut off without its number", ["2." + LONG], LONG[:6], "2." + LONG),
        case("cut off with a number too many", [LONG], "2." + LONG[:6]),
        case("begun in the middle", [LONG], LONG[6:]),
        case("no labels", [], "行政许可"),
        case("a number that is part of it", ["三公经费支出"], "三、公经费支出", "三公经费支出", True),
    ],
)  # fmt: skip
def test_a_text_is_the_only_label_it_can_be(known, text, match):
    vocabulary = LabelVocabulary(known)
    assert vocabulary.find(text) == match
    assert vocabulary.find(text) == match  # remembered


def test_letters_and_digits_of_a_text_may_be_taken_with_its_number():
    assert labels.fold_without_number("（一）1.予以（甲）公开b2") == "一1予以甲公开b2"


@pytest.mark.parametrize(
    ("text", "label", "same", "near"),
    [("行政许可", "行政许可", True, True), ("1.行政许可", "行政许可", True, True),
        ("行政许课", "行政许可", False, True),
     ("行证许课", "行政许可", False, False), ("行政", "行政许可", False, True), ("行", "行政许可", False, False),
     ("", "行政许可", False, False), ("", "县", False, False), ("—", "县", False, False), ("市", "县", False, True),
     ("政许可事项", "行政许可事项数", False, False), ("许可", "行政许可", False, False), ("", "", False, False)],
)  # fmt: skip
def test_a_heading_may_be_misspelt_by_one_character_or_cut_off(text, label, same, near):
    assert (labels.same(text, label), labels.near(text, label)) == (same, near)
