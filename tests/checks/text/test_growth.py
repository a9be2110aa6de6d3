"""Changes against last year, shares of several figures, rates: recomputed only where both figures are in the text."""

import pytest

from checks.text.test_partitions import of


@pytest.mark.parametrize(
    ("text", "right"),
    [("收到信息公开申请24件，比2023年（33件）下降{}%。", "27"),
     ("公开信息162条，上年为150条，增长{}%。", "8"),
     ("收到信息公开申请412件，较2023年的386件增长{}%。", "6.7"),
     ("新收信息公开申请46件，较上年同比下降{}%（2023年54件）。", "14.8"),
     ("收到信息公开申请6件，同比上升{}%（上年4件）。", "50.0"),
     ("收到信息公开申请521件，较去年减少38件，降幅{}%。", "6.8"),
     ("收到信息公开申请521件，较去年增加21件，增长{}%。", "4.2"),
     ("收到信息公开申请6件，比上年（5件）增加{}件。", "1")],
)  # fmt: skip
def test_a_change_follows_from_its_two_figures(text, right):
    wrong = str(float(right) + 3) if "." in right else str(int(right) + 3)
    for year in ("2023", "2024"):
        asked = text.replace("2023", "2024") if year == "2023" else text  # reports.zero() is of 2025
        assert of(asked.format(right), "N3") == []
        (finding,) = of(asked.format(wrong), "N3")
        assert wrong in finding.message


@pytest.mark.parametrize(
    "text",
    ["公开信息105条，完成年度目标的105%，阅读量是上年的1.5倍。", "收到申请5件（较2024年减少4件）。",
     "共受理20件，比上一年减少3件、下降13.0%。", "收到申请3件，比2024年增加3件。",
     "上年收到约50件，今年收到60件，增长30%。", "上年公开信息50条，其中动态20条，今年公开60条，增长30%。",
     "收到申请521件，较去年减少38件，办结率提高8.6%。",
     "公开信息由2024年的186条增加到2025年的240条，发布解读30%，同比增长10%。"],
)  # fmt: skip
def test_a_change_without_its_base_or_of_something_else_is_not_recomputed(text):
    assert of(text, "N3") == []


def test_shares_of_a_list_are_taken_of_the_figure_that_fits_most_of_them():
    text = (
        "受理287件，答复274件。予以公开115件，占{}%；不予公开12件，占4.4%；无法提供118件，占43.1%；其他29件，占10.6%。"
    )
    assert of(text.format("42.0"), "N3") == []
    (finding,) = of(text.format("40.1"), "N3")
    assert "42.0%" in finding.message


def test_a_single_share_that_fits_any_figure_before_it_is_right():
    text = "办结申请124件，其中予以公开104件（占{}%），受理申请100件。"
    assert of(text.format("83.9"), "N3") == []
    assert len(of(text.format("59.5"), "N3")) == 1


def test_shares_in_a_row_belong_to_figures_in_a_row():
    text = "新收申请1000件，网上、信函、当面分别为625件、351件、24件，分别占62.5%、{}%、2.4%。"
    assert of(text.format("35.1"), "N3") == []
    assert len(of(text.format("36.1"), "N3")) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [("收到来信1862件，办结1859件，办结率99.84%。", 0), ("收到来信1862件，办结1859件，办结率98.84%。", 1),
     ("收到来信12件，答复9件，按期答复率100%。", 0), ("收到来信12件，答复9件，满意率100%。", 0)],
)  # fmt: skip
def test_a_rate_is_recomputed_when_both_its_figures_stand_before_it(text, number):
    assert len(of(text, "N3")) == number


def test_a_part_in_brackets_between_a_figure_and_its_share_is_passed_over():
    text = "答复83件。予以公开4件，占4.82%；无法提供33件，占39.76%；其他处理46件（其中主动撤销36件），占{}%。"
    assert of(text.format("55.42"), "N3") == []
    (finding,) = of(text.format("43.37"), "N3")
    assert "55.42%" in finding.message


@pytest.mark.parametrize(
    ("text", "told"),
    [("收到信息公开申请521件，较去年减少38件，降幅9.8%。", 1), ("收到信息公开申请521件，较去年减少38，降幅9.8%。", 1),
     ("收到信息公开申请约521件，较去年减少38件，降幅9.8%。", 0),
     ("收到信息公开申请521件，较去年减少约38件，降幅9.8%。", 0),
     ("收到信息公开申请521件，较去年减少38人，降幅9.8%。", 0), ("收到信息公开申请521件，较去年减少38件，增长9.8%。", 0),
     ("收到信息公开申请38件，较去年增加38件，增长9.8%。", 0), ("收到信息公开申请21件，较去年增加38件，增长9.8%。", 0),
     ("收到信息公开申请39件，较去年增加38件，增长9.8%。", 1)],
)  # fmt: skip
def test_a_rate_follows_from_an_exact_figure_and_an_exact_change_of_its_unit(text, told):
    assert len(of(text, "N3")) == told


def test_last_years_figure_that_follows_is_told():
    (down,) = of("收到信息公开申请521件，较去年减少38件，降幅9.8%。", "N3")
    assert "由 559 到 521，降幅的比例是 6.8%，写的是 9.8%" in down.message
    (up,) = of("收到信息公开申请521件，较去年增加21件，增长9.8%。", "N3")
    assert "由 500 到 521，增长的比例是 4.2%，写的是 9.8%" in up.message


@pytest.mark.parametrize(
    ("text", "told"),
    [("发布信息由2024年的186条增加到2025年的240条，增长29.0%。", ""),
     ("发布信息由2024年的186条增加到2025年的240条，增长39.0%。", "由 186 到 240，增长的比例是 29.0%，写的是 39.0%"),
     ("发布信息由2024年的186条增加到2025年的240条，增加54条。", ""),
     ("发布信息由2024年的186条增加到2025年的240条，增加55条。", "240 与 186 相差 54，写的是增加 55"),
     ("发布信息由2024年的240条减少到2025年的186条，下降22.5%。", ""),
     ("发布信息由2024年的240条减少到2025年的186条，下降23.5%。", "由 240 到 186，下降的比例是 22.5%，写的是 23.5%"),
     ("发布信息由2024年的240条减少到2025年的186条，占全县22%。", "")],
)  # fmt: skip
def test_a_change_from_one_year_to_the_next_follows_from_both_figures(text, told):
    found = of(text, "N3")
    assert [told in f.what for f in found] == [True] * bool(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [("公开信息162条，上年为150条，减少12条。", "由 150 到 162 是相反的方向（12），写的是减少 12"),
     ("公开信息162条，上年为150条，减少8%。", "由 150 到 162 是相反的方向（8%），写的是减少 8%"),
     ("公开信息150条，上年为150条，增加2条。", "150 与 150 相差 0，写的是增加 2"),
     ("公开信息162条，增加13条，上年为150条。", "162 与 150 相差 12，写的是增加 13"),
     ("公开信息162条，上年为150条，增加13。", "162 与 150 相差 12，写的是增加 13")],
)  # fmt: skip
def test_a_wrong_change_is_told_with_what_is_right(text, told):
    (found,) = of(text, "N3")
    assert found.what.endswith(told)


@pytest.mark.parametrize(
    "text",
    ["公开信息162条，上年为150条，增加12条。", "公开信息162条，上年为150条，增加13件。",
     "公开信息162条，上年为150条，增加约13条。", "公开信息约162条，上年为150条，增加13条。",
     "公开信息162条，上年为约150条，增加13条。", "公开信息162条，上年为0条，增加13条。",
     "公开信息162条，上年为150条；访问量增加13条。", "公开信息162条，上年为150条，其中动态增加13条。",
     "公开信息162条，上年为150人，增加13条。", "公开信息162条，增加13条，召开会议5次，上年为150条。",
     "公开信息162条，上年为150条，逐级审核把关、登记造册后在各村各社区公开栏张贴公布并归档，增加13条。"],
)  # fmt: skip
def test_a_change_of_another_unit_or_far_from_its_base_is_not_recomputed(text):
    assert of(text, "N3") == []


@pytest.mark.parametrize(("last", "right"), [("16.9", True), ("17.0", True), ("16.8", False), ("17.1", False)])
def test_one_share_may_be_moved_by_its_last_digit_so_that_all_make_a_hundred(last, right):
    text = f"收到申请201件，其中网上提交101件，占50.2%；信函提交66件，占32.8%；当面提交34件，占{last}%。"
    assert (of(text, "N3") == []) is right


def test_two_shares_or_some_of_them_are_not_moved():
    assert len(of("收到申请201件，其中网上提交101件，占50.2%；信函提交100件，占49.7%。", "N3")) == 1
    assert len(of("收到申请201件，其中网上提交101件，占50.2%；信函提交66件，占32.8%；其他33件，占17.0%。", "N3")) == 1
