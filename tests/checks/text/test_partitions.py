"""Wholes and their parts, one by one: what adds up to what, and whether it must."""

from dataclasses import replace
from decimal import Decimal

import pytest

import reports
from nianbao.checks.text import recognised_partitions
from nianbao.checks.text.partition import _without_nested, is_slip
from nianbao.checks.wording.text_lines import clip


def of(text, rule):
    report = replace(reports.zero(), texts={**reports.TEXTS, "overview": text})
    return reports.told(reports.reading(report), rule)


def read(text):
    found = recognised_partitions(reports.reading(replace(reports.zero(), texts={"overview": text})))
    return [(str(p), p.closed, p.overlapping, p.holds) for p in found]


@pytest.mark.parametrize(
    ("text", "sum_", "closed", "holds"),
    [("发布信息94条，其中甲类20条，乙类9条，其他65条。", "94 = 20 + 9 + 65", True, True),
     ("发布信息94条，其中甲类20条、乙类9条等。", "94 ≠ 20 + 9", False, True),
     ("发布信息94条，主要包括甲类20条、乙类9条、丙类64条。", "94 ≠ 20 + 9 + 64", False, True),
     ("发布信息90条，其中甲类30条、乙类30条、丙类29条。", "90 ≠ 30 + 30 + 29", True, False),
     ("发布信息90条，其中甲类30条、乙类30条、丙类21条。", "90 ≠ 30 + 30 + 21", True, False),
     ("发布信息90条，其中甲类30条、乙类30条、丙类20条。", "90 ≠ 30 + 30 + 20", False, True),
     ("发布信息94条（甲类90条、乙类5条）。", "94 ≠ 90 + 5", True, False),
     ("收到申请10件，其中自然人8件、法人1件。", "10 ≠ 8 + 1", True, False),
     ("收到申请12件，办结10件，其中予以公开6件，部分公开1件，不予公开1件。", "10 ≠ 6 + 1 + 1", True, False),
     ("收到申请10件，分别为网络8件、信函1件。", "10 ≠ 8 + 1", True, False),
     ("发布信息90条，其中甲类30条、乙类等30条、丙类29条。", "90 ≠ 30 + 30 + 29", False, True),
     ("收到申请90件，其中甲30、乙30、丙29。", "90 ≠ 30 + 30 + 29", True, False),
     ("收到申请12件。其中网络8件，信函5件。", "12 ≠ 8 + 5", True, False),
     ("共发布20条，其中甲、乙各5条，丙10条。", "20 = 5 × 2 + 10", False, True),
     ("发布94条，同比增加20条，其中甲类9条、乙类90条。", "94 ≠ 9 + 90", False, False),
     ("发布94条，其中甲类20条，占21%，乙类74条，占79%。", "94 = 20 + 74", False, True),
     ("收到申请10件，其中予以公开11件。", "10 ≠ 11", False, False),
     ("收到申请94件（网络50件），其中自然人20件、法人75件。", "94 ≠ 20 + 75", True, False),
     ("发布信息94条，其中甲类20条和乙类30条，丙类40条，其他4条。", "94 ≠ 40 + 4", False, True)],
)  # fmt: skip
def test_a_list_must_add_up_or_only_not_exceed_its_whole(text, sum_, closed, holds):
    assert read(text) == [(sum_, closed, False, holds)]


@pytest.mark.parametrize(
    "text",
    ["发布信息90条，其中甲类60条，含图片20条，文字40条。", "收到申请4件，对其中1件予以公开，对其中2件部分公开。",
     "发布目录1条，包括甲类1条，以及预算2条。", "完成征集8次；公开会议信息，包括甲类15次、乙类22次。",
     "复议19件，诉讼7件，其中14件复议、5件诉讼维持，1件复议被纠正，其余尚未审结。"],
)  # fmt: skip
def test_lists_of_one_part_of_several_wholes_or_with_a_remainder_may_hold(text):
    assert of(text, "N2") == []


@pytest.mark.parametrize(
    "text",
    ["发布信息90条，其中甲类60条，乙类20条，丙类20条。", "收到申请4件，对其中5件予以公开。",
     "发布目录1条，包括甲类1条、预算2条。",
     "完成征集8次；包括甲类15次、乙类22次。", "复议19件，其中14件维持，1件被纠正，尚未审结3件。"],
)  # fmt: skip
def test_the_same_lists_without_these_words_do_not(text):
    assert len(of(text, "N2")) == 1


def test_the_same_item_on_several_platforms_may_count_more_than_once():
    text = "网站、微信发布信息94条，其中网站90条，微信公众号50条。"
    assert read(text) == [("94 ≠ 90 + 50", False, True, True)]


def test_a_list_in_brackets_within_a_list_has_its_own_whole():
    text = "发布信息30条，其中甲10条（其中子4条、丑7条）、乙20条。"
    assert read(text) == [("30 = 10 + 20", False, False, True), ("10 ≠ 4 + 7", False, False, False)]


def sums(text):
    """Each sum as printed; closed ones with a full stop, wrong ones with an exclamation mark."""
    return [f"{sum_}{'.' * closed}{'!' * (not holds)}" for sum_, closed, _, holds in read(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [("收到申请12件，发布信息30条，其中甲类10条，乙类25条。", ["30 ≠ 10 + 25!"]),
     ("发布信息30条，其中甲类10条，乙类25条，培训8人。", ["30 ≠ 10 + 25!"]),
     ("收到申请12件，其中网络8、信函5。", ["12 ≠ 8 + 5.!"]),
     ("发布信息30条其中甲类10条，其他25条。", ["30 ≠ 10 + 25.!"]),
     ("发布信息30条，培训5人，甲，其中丙类10条，其他25条。", ["30 ≠ 10 + 25.!"]),
     ("发布信息30条，培训5人，甲，乙，其中丙类10条，其他25条。", []),
     ("发布信息30条（含转发5条），其中甲类10条，其他25条。", ["30 ≠ 10 + 25.!"]),
     ("发布信息30条（转发5条（旧）），其中甲类10条，其他25条。", ["30 ≠ 10 + 25.!"]),
     ("发布信息30条（见网站），其中甲类10条，其他25条。", ["30 ≠ 10 + 25.!"]),
     ("其中甲类10条，乙类10条", []),
     ("网络申请包括8件信函、5件传真。", [])],
)  # fmt: skip
def test_the_whole_is_the_nearest_figure_of_the_same_unit_outside_brackets(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息12条。具体包括甲类8条、其他5条。", ["12 ≠ 8 + 5.!"]),
     ("发布信息12条。具体的包括甲类8条、其他5条。", []),
     ("发布信息9条。收到申请12件，其中网络8件，信函5件。", ["12 ≠ 8 + 5.!"]),
     ("发布信息12条，其中甲类9条，乙类3条。其中网站8条，其他5条。", ["12 = 9 + 3", "12 ≠ 8 + 5.!"]),
     ("发布信息9条（网站），修订12条。其中甲类8条，其他5条。", ["12 ≠ 8 + 5.!"]),
     ("发布信息（含转发）12条，其中9条转发。其中甲类8条，其他5条。", ["12 ≠ 9", "12 ≠ 8 + 5.!"])],
)  # fmt: skip
def test_a_sentence_that_begins_with_its_list_takes_the_whole_of_the_one_before(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息30条，其中网站10条，其中微信5条。", ["30 ≠ 10", "10 ≠ 5"]),
     ("发布信息30条，其中网站10条，其中微信15条。", ["30 ≠ 10"]),
     ("发布信息30条，其中网站10条，其中微信30条。", ["30 ≠ 10"]),
     ("发布信息30条，其中甲类10条，另有20条，其中乙类25条。", ["30 ≠ 10", "20 ≠ 25!"]),
     ("发布信息30条，其中甲类20条，其中子类15条，丑类5条。", ["30 ≠ 20", "20 = 15 + 5"]),
     ("发布信息30条，其中甲类20条，其中子类15条；乙类10条。", ["30 ≠ 20", "20 ≠ 15"]),
     ("发布信息30条，其中甲类20条，其中子类15条（旧）；乙类10条。", ["30 ≠ 20", "20 ≠ 15"]),
     ("发布信息30条，其中甲类10条；乙类25条。", ["30 ≠ 10 + 25!"])],
)  # fmt: skip
def test_a_list_in_a_list_ends_at_the_semicolon_and_a_second_one_may_share_the_whole(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息9条（甲类4条、乙类5条），收到意见5件（信件2件、网络3件）。", ["9 = 4 + 5.", "5 = 2 + 3."]),
     ("30条（甲类10条、乙类25条）。", ["30 ≠ 10 + 25.!"]),
     ("2024年30条（甲类10条、乙类25条）。", ["30 ≠ 10 + 25.!"]),
     ("发布信息（甲类9条、乙类5条）。", []),
     ("收到申请较上年多5件（信件2件、网络4件）。", []),
     ("发布信息10条（微信9条）。", []),
     ("发布信息30条（甲类10条，新增25条），收到意见8条。", ["30 ≠ 10 + 25.!"]),
     ("发布信息30条（其中甲类10条，新增25条）。", ["30 ≠ 10 + 25!"]),
     ("（发布信息30条，其中甲类10条，新增25条）", ["30 ≠ 10 + 25!"]),
     ("发布信息30条，其中甲类10条（新（旧）），其他25条。", ["30 ≠ 10 + 25.!"])],
)  # fmt: skip
def test_a_list_in_brackets_belongs_to_the_figure_before_them_and_is_all_of_it(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息30条，其中甲类10条，收到意见5条（见网站）。", ["30 ≠ 10"]),
     ("发布信息（网站）30条，其中甲类10条，收到意见5条。", ["30 ≠ 10"]),
     ("发布信息30条，其中收到网络8条，收到信函25条。", ["30 ≠ 8 + 25!"]),
     ("收到申请10件，其中予以公开8件，无法提供5件。", ["10 ≠ 8 + 5!"])],
)  # fmt: skip
def test_a_list_ends_where_something_else_is_told(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("发布信息30条，其中甲类10条，乙类5条丙类6条，其他10条。", ["30 ≠ 10 + 10"]),
     ("发布信息30条，其中甲类10条，乙类较上年25条，其他5条。", ["30 ≠ 10 + 5"]),
     ("发布信息30条，其中甲类10条，乙类25人，其他5条。", ["30 ≠ 10 + 5"]),
     ("发布信息30条，其中甲类和乙类10条，丙类20条。", ["30 = 10 + 20"]),
     ("发布信息10条，分别为甲类8条、乙类1条。", ["10 ≠ 8 + 1.!"]),
     ("主要制发9条，其中甲类8条、其他2条。", ["9 ≠ 8 + 2!"]),
     ("主要制发了9条，其中甲类8条、其他2条。", ["9 ≠ 8 + 2.!"])],
)  # fmt: skip
def test_a_list_with_something_left_out_need_not_be_complete(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    "text",
    ["发布信息约94条，其中甲类20条，乙类90条。", "（甲类90条、乙类5条）", "发布信息94条，涉及20个单位。",
     "发布94条，同比增加20条（甲类10条、乙类90条）。", "发布信息94条（其中甲类）、乙类90条。",
     "受理申请10件，发布信息94条，覆盖甲，乙，丙，丁，其中办理20件。"],
)  # fmt: skip
def test_a_rough_missing_or_far_whole_has_no_parts(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [("收到申请10件，其中予以公开11件。", "其中“予以公开”是 11，多于总数 10"),
     ("收到申请10件，其中予以公开11件（见附件）。", "其中“予以公开”是 11，多于总数 10"),
     ("收到申请10件，其中11件予以公开。", "其中“予以公开”是 11，多于总数 10"),
     ("发布信息94条（甲类90条、乙类5条）。", "各部分相加是 95，总数写的是 94（94 ≠ 90 + 5），相差 1"),
     ("发布信息9条（甲类10条、乙类5条）。", "各部分相加是 15，总数写的是 9（9 ≠ 10 + 5），相差 6")],
)  # fmt: skip
def test_n2_tells_the_part_that_is_too_large_or_the_sum(text, told):
    (found,) = of(text, "N2")
    assert f"，{told}。规则 N2：" in found.message


@pytest.mark.parametrize(
    ("text", "holds"),
    [("政策文件28条，占全年发布信息154条的18.2%。", True), ("政策文件约28条，占全年发布信息154条的18.1%。", True),
     ("政策文件28条，占全年发布信息154条的约18.1%。", True), ("政策文件28条，占全年发布信息154条的18%。", True),
     ("政策文件28条，占全年发布信息154条的19%。", False)],
)  # fmt: skip
def test_n3_compares_exact_figures_at_the_decimals_printed(text, holds):
    assert (of(text, "N3") == []) is holds


def test_n3_compares_no_list_of_shares_that_has_more_or_fewer_than_the_parts():
    text = "发布信息94条，其中甲类20条、乙类74条，占比分别为{}。"
    assert of(text.format("21%、79%"), "N3") == []
    assert len(of(text.format("25%、79%"), "N3")) == 1
    assert of(text.format("25%、79%、3%"), "N3") == []


@pytest.mark.parametrize(("year", "holds"), [(2019, True), (2020, False), (2024, False), (2025, True), (2026, False)])
def test_n7_takes_what_is_more_than_five_years_back_for_history(year, holds):
    assert (of(f"{year}年，我镇发布信息若干条。", "N7") == []) is holds


@pytest.mark.parametrize(
    ("words", "quoted"),
    [("甲乙“丙”", "“甲乙‘丙’”"), ("一二三四五六七八九十一二三四", "“一二三四五六七八……二三四”")],
)  # fmt: skip
def test_a_long_passage_is_quoted_with_its_beginning_and_end(words, quoted):
    assert clip(words, 12) == quoted


def test_n7_tells_a_year_once_in_a_paragraph():
    text = "2022年，我镇公开了信息。2022年，我镇更新了栏目。"
    assert len(of(text, "N7")) == 1
    assert len(of(text.replace("。2022", "。\n2022"), "N7")) == 2


def test_a_list_ends_at_a_semicolon_behind_which_something_new_is_published():
    assert of("发布部门动态38条，其中采用5条；发布工作动态32条，统计数据26条。", "N2") == []


def lists(text):
    return recognised_partitions(reports.reading(replace(reports.zero(), texts={"overview": text})))


@pytest.mark.parametrize(
    ("text", "found"),
    [("公开信息30条，按渠道分，网站10条；按内容分，政策5条，动态25条。", ["30 ≠ 10", "30 = 5 + 25."]),
     ("公开信息30条，按渠道分，网站10条，微信20条；按内容分，政策5条，动态26条。", ["30 = 10 + 20.", "30 ≠ 5 + 26.!"]),
     ("公开信息30条，从渠道看，广播10条，橱窗21条；从内容看，政策5条，动态25条。", ["30 ≠ 10 + 21!", "30 = 5 + 25"]),
     ("公开信息30条，其中网站10条，微信20条，按内容分，政策5条，动态15条。", ["30 ≠ 10", "20 = 5 + 15."]),
     ("行政复议8件，其中维持6件，未审结1件。", ["8 ≠ 6 + 1.!"]),
     ("行政复议8件，其中维持6件，未审结2件。", ["8 = 6 + 2."])],
)  # fmt: skip
def test_each_division_of_a_whole_is_a_list_of_its_own(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    ("text", "wholes", "behind", "most"),
    [("办理建议214件、提案367件，其中重点件20件，普通件570件。", [214, 367, 581], [], 581),
     ("办理建议214件，提案367件，其中重点件20件，普通件570件。", [214, 367, 581], [], 367),
     ("收到工单9件；办理建议214件、提案367件，其中重点件20件。", [9, 214, 367, 223, 581], [], 581),
     ("收到申请12件，上年结转3件，其中网络8件，信函7件。", [12, 3, 15], [], 15),
     ("发布信息30条，其中甲类10条，另有丙类5条，培训8人（见9条），丁类6条。", [30], [5, 6], 30),
     ("发布信息12条（含转载3条、原创9条）。", [], [], 12),
     ("收到信息9条。发布信息12条。其中甲类3条，乙类8条。", [12], [], 12),
     ("收到申请12件，上年结转3件，其中网络8、信函7。", [12, 3, 15], [], 15),
     ("发布信息30条，其中甲类10条，乙类15条；转载丙类5条。", [30], [5], 30),
     ("收到信息9条，发布信息30条（其中甲类10条，新增25条）。", [], [], 30),
     ("收到信息9条，发布信息30条（均有编号，其中甲类10条，新增25条）。", [], [], 30),
     ("收到信息9条，发布信息30条，另见附件（其中甲类10条，新增25条）。", [9, 30, 39], [], 30),
     ("收到信息9条，发布约12条。发布信息10条，培训3人，其中甲类3条，乙类8条。", [9, 10, 19], [], 10)],
)  # fmt: skip
def test_all_figures_that_may_be_meant_are_kept_beside_the_whole(text, wholes, behind, most):
    (one,) = lists(text)
    assert ([int(n) for n in one.wholes], [int(n) for n in one.behind], one.most) == (wholes, behind, most)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("发布信息30条，其中网站、微信各10条，其他10条。", [("网站、微信各", 10, 2), ("其他", 10, 1)]),
     ("发布信息40条，其中网站、微信、微博和抖音各10条。", [("网站、微信、微博和抖音各", 10, 4)]),
     ("发布信息30条，其中甲类（旧）和乙类10条，丙类20条。", [("甲类和乙类", 10, 1), ("丙类", 20, 1)]),
     ("发布信息30条，其中各10条，丙类20条。", [("各", 10, 1), ("丙类", 20, 1)]),
     ("办结12件，其中予以公开9件，不予公开3件，结转下年4件。", [("予以公开", 9, 1), ("不予公开", 3, 1)])],
)  # fmt: skip
def test_a_part_has_its_name_and_as_many_times_as_names_share_it(text, parts):
    (one,) = lists(text)
    assert [(p.name, int(p.token.value), p.times) for p in one.parts] == parts


@pytest.mark.parametrize(
    ("figures", "kept"),
    [([7, 6, 1, 4], [7, 4]), ([7, 4, 3], [7]), ([7, 7, 4], [7, 7, 4]), ([7], [7]), ([5, 6, 7, 2, 5], [5, 6, 7]),
     ([8, 1, 1, 1, 1, 1, 1, 1, 1], [8]), ([9, 1, 1, 1, 1, 1, 1, 1, 1, 1], [9, 1, 1, 1, 1, 1, 1, 1, 1, 1]),
     ([3, 2, 1, 4, 2, 2], [3, 4])],
)  # fmt: skip
def test_figures_that_add_up_to_the_one_before_them_are_its_parts(figures, kept):
    assert [int(n) for n in _without_nested([Decimal(n) for n in figures])] == kept


@pytest.mark.parametrize(
    ("difference", "slip"),
    [(1, True), (5, True), (10, True), (300, True), (9, True), (54, True), (270, True), (81, True), (12, False),
     (99, False), (90, True), (123, False), (108, False)],
)  # fmt: skip
def test_one_wrong_digit_or_two_exchanged_are_a_slip(difference, slip):
    assert is_slip(Decimal(difference)) is slip


def test_a_difference_of_parts_of_a_unit_is_a_slip():
    assert is_slip(Decimal("1.2"))
