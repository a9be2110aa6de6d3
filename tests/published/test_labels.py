"""Labels are recognised in spite of how they are written, and never confused."""

import itertools

import pytest

from nianbao.form import edition_names, load_edition
from nianbao.published.expected import segments
from nianbao.published.labels import LabelVocabulary, distance, fold


def vocabulary() -> LabelVocabulary:
    rows = [s for n in edition_names() for s in segments(load_edition(n))]
    return LabelVocabulary([x for s in rows for r in s.rows for x in r.labels] + [h for s in rows for h in s.heads])


ROWS = sorted({r.label for n in edition_names() for s in segments(load_edition(n)) for r in s.rows if r.label})
PARTIAL = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
STRANGE = "天Ａ一12、（ "


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("一．本年新收政府信息公开申请数量", "一、本年新收政府信息公开申请数量"),
        ("三 、本 年 度\n办 理 结 果", "三、本年度办理结果"),
        (PARTIAL.translate(str.maketrans("（），", "(),")), PARTIAL),
        ("(二)部分公开", PARTIAL),
        ("㈠予以公开", "（一）予以公开"),
        ("1、属于国家秘密", "1.属于国家秘密"),
        ("１．属于国家秘密", "1.属于国家秘密"),
        ("属于国家秘密", "1.属于国家秘密"),
        ("3.危及\"三安全一稳定\"", "3.危及“三安全一稳定”"),
        ("2.其他法律行政止公开", "2.其他法律行政法规禁止公开"),
        ("5.要求行政机关确认或重", "5.要求行政机关确认或重新出具已获取信息"),
        ("3．其它", "3.其他"),
        ("商业\n企业", "商业企业"),
        ("\u200b行政\xa0许可", "行政许可"),
    ],
)  # fmt: skip
def test_a_label_is_recognised(written, label):
    found = vocabulary().find(written)
    assert found is not None
    assert fold(found.label) == fold(label)


@pytest.mark.parametrize(
    ("written", "exact"),
    [("（一）予以公开", True), ("予以公开", True), ("1、属于国家秘密", True), ("(二)部分公开", False),
     ("2.其他法律行政止公开", False),
     ("5.要求行政机关确认或重", False)],
)  # fmt: skip
def test_a_label_that_is_not_written_as_in_the_form_is_told_apart(written, exact):
    assert vocabulary().find(written).exact is exact


@pytest.mark.parametrize("written", ["", " ", "12", "不以公开", "小计", "备注", "行政强罚", "不予公开小计", "长" * 500])
def test_what_may_be_two_labels_or_none_is_no_label(written):
    assert vocabulary().find(written) is None


def test_a_text_far_from_every_label_is_none_of_them():
    assert LabelVocabulary(["要求行政机关确认或重新出具已获取信息"]).find("行政许可") is None
    assert LabelVocabulary([]).find("行政许可") is None


def test_no_single_misspelt_character_makes_one_label_of_another():
    known = vocabulary()
    for label in ROWS:
        for i, char in itertools.product(range(len(label)), STRANGE):
            for slip in (label[:i] + char + label[i + 1 :], label[:i] + label[i + 1 :], label[:i] + char + label[i:]):
                found = known.find(slip)
                assert found is None or fold(found.label).core == fold(label).core, slip


@pytest.mark.parametrize(
    ("a", "b", "expected"), [("", "", 0), ("甲乙", "甲丙", 1), ("甲", "甲乙丙", 2), ("甲乙丙", "", 3)]
)
def test_the_distance_counts_changes_up_to_its_limit(a, b, expected):
    assert distance(a, b, 4) == distance(b, a, 4) == expected
    assert distance(a, b, 1) == min(expected, 2)
