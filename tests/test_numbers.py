"""Figures as people type them: what is taken, as which number, and what is not guessed."""

import sys
import unicodedata
from decimal import Decimal

import pytest

from nianbao.form import Kind
from nianbao.numbers import BLANK, UNREADABLE, Read, Spelling, normalised, read_number, spell

LARGEST = 10**15 - 1


@pytest.mark.parametrize("raw", [None, "", "  ", "\u3000"])
def test_a_blank_stays_blank_and_is_no_zero(raw):
    assert read_number(raw, Kind.COUNT, "件") == BLANK
    assert Read(None, Spelling.BLANK) == BLANK


@pytest.mark.parametrize(
    ("raw", "value"),
    [(0, 0), (12, 12), (-3, -3), (LARGEST, LARGEST), (-LARGEST, -LARGEST), (12.0, 12), (Decimal("12"), 12),
     (1.5, Decimal("1.5")), (0.1, Decimal("0.1")), (Decimal("2.50"), Decimal("2.50")), (1e14, 10**14)],
)  # fmt: skip
def test_a_number_is_read_as_the_whole_number_it_is_or_else_exactly(raw, value):
    read = read_number(raw, Kind.COUNT, "件")
    assert read == Read(value, Spelling.NUMBER)
    assert type(read.value) is type(value)


@pytest.mark.parametrize(("raw", "value"), [(3, "3"), (2.5, "2.5"), ("1.250", "1.25"), ("300", "300"), (100.0, "100")])
def test_an_amount_is_a_decimal_without_needless_zeros(raw, value):
    read = read_number(raw, Kind.AMOUNT, "元").value
    assert isinstance(read, Decimal)
    assert str(read) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [("12", 12), (" 3 ", 3), ("１２", 12), ("1,234", 1234), ("1,234,567", 1234567), ("12件", 12), ("12 件", 12),
     ("-4", -4), ("−4", -4), ("+4", 4), ("0", 0), ("2.50", Decimal("2.50")), ("9" * 15, LARGEST),
     ("123,456,789,012.00", 123456789012), ("1.000000000000000000000", 1)],
)  # fmt: skip
def test_a_spelling_that_can_mean_one_number_is_taken_and_marked_as_text(raw, value):
    assert read_number(raw, Kind.COUNT, "件") == Read(value, Spelling.TEXT)


def test_only_ordinary_and_wide_digits_are_digits():
    others = [c for c in map(chr, range(sys.maxunicode + 1)) if c.isnumeric() and not "一" <= c <= "龥"]
    assert len(others) >= 900
    for digit in others:
        read = read_number(f"-1{digit}.5", Kind.COUNT, "件")
        if digit in "0123456789０１２３４５６７８９":
            assert read.value == -(10 + unicodedata.decimal(digit)) - Decimal("0.5")
        else:
            assert read == UNREADABLE, digit


@pytest.mark.parametrize(
    "raw",
    [True, False, "/", "无", "十几", "3万元", "12条", "1,23", "12,34,567", "1 2", "--1", "1.", ".5", "1e3", "9" * 16,
     10**15, -(10**15), 10.0**15, float("nan"), float("inf"), Decimal("NaN"), Decimal(10) ** 15, [1], b"1",
     "1." + "0" * 22],
    ids=repr,
)  # fmt: skip
def test_what_could_mean_another_number_or_none_is_not_read(raw):
    assert read_number(raw, Kind.COUNT, "件") == UNREADABLE


def test_a_unit_is_taken_only_when_it_is_the_columns_own():
    assert read_number("3万元", Kind.AMOUNT, "万元") == Read(Decimal(3), Spelling.TEXT)
    assert read_number("3万元", Kind.AMOUNT, "元") == UNREADABLE


@pytest.mark.parametrize(("value", "text"), [("1.250", "1.25"), ("1E+2", "100"), ("0.00", "0"), ("7.0", "7")])
def test_an_amount_is_never_written_in_scientific_notation(value, text):
    assert str(normalised(Decimal(value))) == text


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [(1234, None, "1234"), (1234, Kind.COUNT, "1234"), (3, Kind.SIGNED, "+3"), (0, Kind.SIGNED, "0"),
     (-3, Kind.SIGNED, "-3"), (Decimal("2.50"), Kind.AMOUNT, "2.5"), (Decimal("1E+3"), Kind.AMOUNT, "1000"),
     (Decimal("0.5"), Kind.SIGNED, "+0.5"), (Decimal("1.5"), None, "1.5")],
)  # fmt: skip
def test_a_figure_is_printed_plainly_with_a_plus_only_where_the_form_is_signed(value, kind, text):
    assert spell(value, kind) == text
