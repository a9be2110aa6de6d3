"""Wholes that follow their parts (N2), and what may honestly be meant as the parts of a whole before them."""

from dataclasses import replace

import pytest

import reports
from checks.text.test_partitions import sums
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.partition import _without_nested, is_slip
from nianbao.checks.text.totals import totals_last


def added_up(text):
    """Each sum as printed; what must add up with a full stop, what does not with an exclamation mark."""
    report = replace(reports.zero(), texts={"overview": text})
    found = [p for s in sentences(reports.reading(report)) for p in totals_last(s)]
    return [f"{p}{'.' * p.closed}{'!' * (not p.holds)}" for p in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [("网站20条，新媒体30条，全年合计50条。", ["50 = 20 + 30"]),
     ("网站20条，新媒体30条，全年合计51条。", ["51 ≠ 20 + 30.!"]),
     ("网站20条，新媒体30条，全年合计80条。", ["80 ≠ 20 + 30.!"]),
     ("网站20条，新媒体30条，全年合计73条。", ["73 ≠ 20 + 30"]),
     ("网站0条，新媒体0条，全年合计5条。", ["5 ≠ 0 + 0"]),
     ("网站0条，新媒体5条，全年合计6条。", ["6 ≠ 0 + 5.!"]),
     ("收到来信5条，网站20条，新媒体30条，合计50条。", ["50 ≠ 5 + 20 + 30"]),
     ("甲20个，乙30家，合计51个。", ["51 ≠ 20 + 30.!"])],
)  # fmt: skip
def test_a_whole_behind_its_parts_is_told_when_one_slip_explains_the_difference(text, found):
    assert added_up(text) == found


@pytest.mark.parametrize(
    "text",
    ["网站20条，合计51条。", "网站20条，新媒体30条，合计51人。", "网站20条，新媒体30个，合计51条。",
     "网站20条，新媒体30条，合计51。", "网站约20条，新媒体30条，合计51条。", "网站20条，新媒体30条，合计约51条。",
     "累计发布20条，新媒体30条，合计51条。", "（网站20条，新媒体30条，合计51条）",
     "网站20条，新媒体30条，微信1条，共52条。"],
)  # fmt: skip
def test_a_whole_of_other_units_rough_figures_or_a_single_part_is_none(text):
    assert added_up(text) == []


def test_a_whole_is_of_what_stands_behind_the_last_semicolon():
    assert added_up("甲类5条；网站20条，新媒体30条，合计51条。") == ["51 ≠ 20 + 30.!"]
    assert added_up("网站20条、新媒体30条、微信1条，共52条。") == ["52 ≠ 20 + 30 + 1.!"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息30条，其中甲类20条，乙类10条，丙类5条。", ["30 ≠ 20 + 10 + 5"]),
     ("发布信息30条，其中甲类30条，乙类5条，丙类5条。", ["30 ≠ 30 + 5 + 5!"]),
     ("发布信息30条，其中甲类20条，乙类10条，其他5条。", ["30 ≠ 20 + 10 + 5.!"]),
     ("发布信息30条（甲类20条，乙类10条，丙类5条）。", ["30 ≠ 20 + 10 + 5.!"]),
     ("发布信息30条，其中甲类30条，乙类5条。", ["30 ≠ 30 + 5!"])],
)  # fmt: skip
def test_the_first_parts_but_never_one_alone_may_be_the_whole_list(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息30条，其中甲类10条，其他10条；另有10条。", ["30 ≠ 10 + 10."]),
     ("发布信息30条，其中甲类10条，其他10条；另有5条，还有5条。", ["30 ≠ 10 + 10."]),
     ("发布信息30条，其中甲类10条，其他10条；另有9条。", ["30 ≠ 10 + 10.!"]),
     ("发布信息30条，其中甲类10条，其他10条；另有10人。", ["30 ≠ 10 + 10.!"]),
     ("发布信息30条，其中甲类10条，其他10条；另有（新10条）。", ["30 ≠ 10 + 10.!"])],
)  # fmt: skip
def test_figures_of_the_same_unit_behind_a_list_may_belong_to_it_unless_in_brackets(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息15条，其中甲类7条，子类6条，丑类1条，乙类8条。", ["15 ≠ 7 + 6 + 1 + 8"]),
     ("发布信息15条，其中甲类7条，子类6条，乙类8条。", ["15 ≠ 7 + 6 + 8!"]),
     ("发布信息7条，其中甲类7条，子类6条，丑类1条。", ["7 ≠ 7 + 6 + 1"])],
)  # fmt: skip
def test_parts_of_a_part_are_not_added_again(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("values", "kept"),
    [((7, 6, 1, 4), (7, 4)), ((4, 7, 6, 1), (4, 7)), ((7, 7, 4), (7, 7, 4)), ((7, 6, 2, 5), (7, 6, 2, 5)),
     ((7, 1, 2, 4, 5), (7, 5)), ((3, 2, 1, 9, 5, 4), (3, 9)), ((8, *(1,) * 8), (8,)), ((9, *(1,) * 9), (9, *(1,) * 9)),
     ((7,), (7,)), ((7, 6), (7, 6)), ((), ())],
)  # fmt: skip
def test_figures_that_make_the_one_before_them_are_its_parts_two_to_eight_of_them(values, kept):
    assert _without_nested(list(values)) == list(kept)


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息30条，其中甲类20条，其他类等9条。", ["30 ≠ 20 + 9.!"]),
     ("发布信息30条，其中甲类20条，其他类9条等。", ["30 ≠ 20 + 9"]),
     ("发布信息30条，其中甲类等20条，其他类9条。", ["30 ≠ 20 + 9.!"])],
)  # fmt: skip
def test_a_list_is_left_open_by_an_et_cetera_behind_its_last_figure_only(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("difference", "slip"),
    [(1, True), (9, True), (10, True), (11, False), (18, True), (19, False), (54, True), (81, True), (90, True),
     (99, False), (108, False), (270, True), (300, True), (310, False), (900, True)],
)  # fmt: skip
def test_one_wrong_digit_or_two_exchanged_make_a_slip(difference, slip):
    assert is_slip(difference) is slip
