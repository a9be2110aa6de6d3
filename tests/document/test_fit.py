"""Fitting text into cells: what lines it takes, what gives way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.document import fit


def test_a_line_holds_as_many_characters_as_it_is_wide_and_no_mark_begins_one():
    assert fit.lines("一二三四五六", 4) == ["一二三四", "五六"]
    assert fit.lines("一二三四，五六", 4) == ["一二三", "四，五六"]
    assert fit.lines("一二三“四五六", 4) == ["一二三", "“四五六"]
    assert fit.lines("见 WORD 文件", 4) == ["见", "WORD", "文件"]


def test_a_mark_over_a_letter_takes_no_room():
    accented = "e\u0301" * 6
    assert fit.lines(accented, 4) == [accented]


def test_a_word_longer_than_a_line_breaks_anywhere():
    assert "".join(fit.lines("甲" + "w" * 9, 4)) == "甲" + "w" * 9
    assert max(map(len, fit.lines("w" * 9, 4))) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", [""]), ("一二三四五六", ["一二三四", "五六"]), ("一二三四五六七八九", ["一二三四", "五六……"])],
)
def test_what_does_not_fit_gives_way_to_an_ellipsis(text, expected):
    assert expected == fit.shortened(text, 4, 2)


def test_one_line_drops_what_no_document_can_hold():
    assert fit.one_line(" 甲\n\t乙\x00丙\ud800\ufffe\u202e丁\u2028 ") == "甲 乙 丙 丁"


@given(st.text(), st.integers(3, 40), st.integers(1, 9))
def test_never_more_lines_than_asked_and_nothing_lost_that_fits(text, width, most):
    found = fit.shortened(text, width, most)
    assert 1 <= len(found) <= most
    whole = fit.lines(fit.one_line(text), width)
    if len(whole) <= most and len(text) < width:
        assert whole == found
