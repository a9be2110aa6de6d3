"""Figures as published pages write them: taken only when they can mean one number."""

from decimal import Decimal

import pytest

from nianbao.form import load_edition
from nianbao.published import figure_text

COUNT = load_edition("2021").values["requests.full_grant.total"]
MONEY = load_edition("2021").values["proactive.charges.amount"]
FEE = load_edition("2021").values["fee.processing_fee.amount_notified"]
CHANGE = load_edition("2019").values["proactive.licences.change"]


@pytest.mark.parametrize(
    ("text", "value", "number"),
    [
        ("0", COUNT, 0),
        (" 12\n", COUNT, 12),
        ("-1", COUNT, -1),
        ("1.5", COUNT, Decimal("1.5")),
        ("7545", MONEY, Decimal(7545)),
        ("1.25", MONEY, Decimal("1.25")),
        ("+14", CHANGE, 14),
        ("-3", CHANGE, -3),
    ],
)
def test_a_plain_figure_is_taken_without_a_word(text, value, number):
    assert figure_text.read(text, value) == figure_text.CellFigure(number)
    assert type(figure_text.read(text, value).value) is type(number)  # money is never a whole number of Python's


@pytest.mark.parametrize(
    ("text", "value", "number"),
    [
        ("22（其中修订16件）", COUNT, 22),
        ("22件（其中修订16件）", COUNT, 22),
        ("１２", COUNT, 12),
        ("1,234", COUNT, 1234),
        ("12件", COUNT, 12),
        ("+2", COUNT, 2),
        ("007", COUNT, 7),
        ("减4", CHANGE, -4),
        ("减少4项", CHANGE, -4),
        ("增2", CHANGE, 2),
        ("－3", CHANGE, -3),
        ("−3", CHANGE, -3),
        ("–3", CHANGE, -3),
        ("下降3项", CHANGE, -3),
        ("上升2", CHANGE, 2),
        ("12（" + "修" * 76 + "）", COUNT, 12),
        ("3（单位：万元）", MONEY, Decimal(3)),
        ("30000（单位：元）", MONEY, Decimal(3)),
        ("22万（其中修订16件）", MONEY, None),
        ("79000.1元", MONEY, Decimal("7.90001")),
        ("79000.1（元）", MONEY, Decimal("7.90001")),
        ("3.5万元", MONEY, Decimal("3.5")),
        ("0.2亿元", MONEY, Decimal(2000)),
        ("1万元", FEE, Decimal(10000)),
        ("100元", FEE, Decimal(100)),
    ],
)
def test_a_figure_with_a_remark_or_unit_is_taken_and_noted(text, value, number):
    found = figure_text.read(text, value)
    assert (found.value, found.noted) == (number, text)


@pytest.mark.parametrize(
    "text",
    ["/", "—", "-", "无", "三", "十几", "约3", "3、4", "1\n2", "1 234", "3（2）", "（3）", "3(2", "12%", "O", "1,23",
     "3件4件", "减4", "3+4", "1.2.3", "12元", "9" * 20, "5" * 200, "22（16", "*3",
     "约3（其中修订1件）", "3（单位：元）", "3（万）", "3（千元）", "12（" + "修" * 77 + "）", "√", "3（万元）"],
)  # fmt: skip
def test_what_may_mean_two_numbers_or_none_is_not_taken(text):
    found = figure_text.read(text, COUNT)
    assert found.value is None
    assert found.noted == text.strip()


@pytest.mark.parametrize(
    ("text", "value", "number"),
    [("12（" + "修" * 76 + "）", COUNT, 12), ("12（" + "修" * 77 + "）", COUNT, None),
        ("减3（其中取消2项）", CHANGE, None), ("持平", CHANGE, None), ("增减3", CHANGE, None),
     ("-3（其中取消4项）", CHANGE, -3), ("−100元", MONEY, Decimal("-0.01")), ("3（万元）", COUNT, None),
     ("3(万元)", MONEY, 3),
     ("约3（其中修订1件）", COUNT, None), ("1,234.5万元", MONEY, Decimal("1234.5")), ("1,23元", MONEY, None)],
)  # fmt: skip
def test_a_remark_or_a_unit_beside_a_figure_is_understood_or_the_figure_is_not_taken(text, value, number):
    found = figure_text.read(text, value)
    assert (found.value, found.noted) == (number, text)


@pytest.mark.parametrize("text", ["", "  ", "\xa0", "　", "\u200b", "\n"])
def test_a_blank_is_a_blank(text):
    assert figure_text.read(text, COUNT).blank


@pytest.mark.parametrize("text", ["1,23元", "1,2,3万元", "9" * 20 + "元"])
def test_an_amount_with_a_unit_whose_number_is_none_is_not_taken(text):
    assert figure_text.read(text, MONEY) == figure_text.CellFigure(None, text)
