"""How to mend a cell follows from what is in it."""

import pytest

from nianbao.workbook.cures import PLAIN, of_text, of_unreadable


@pytest.mark.parametrize("typed", ["无", "／", "/", "-", "—", "没有", "N/A", " 无 ", "〇"])
def test_a_word_for_nothing_becomes_a_zero(typed):
    assert of_unreadable(typed).startswith("没有发生的填0")


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("八件", "阿拉伯数字"),
        ("十二", "阿拉伯数字"),
        ("#DIV/0!", "删去出错的公式"),
        ("8①", "只填数字 8，注解"),
        ("8*", "只填数字 8，注解"),
        ("12（含上年）", "只填数字 12，注解"),
        ("约8件", "准确的一个数字"),
        ("8-9", "准确的一个数字"),
        ("十几", "准确的一个数字"),
        ("见附件", PLAIN),
        (True, PLAIN),
    ],
)
def test_what_can_t_be_read_is_mended_by_what_it_is(typed, word):
    assert word in of_unreadable(typed)
    assert "公式" not in of_unreadable(typed) or "#" in str(typed)


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("8件", "去掉单位，改填 8"),
        (" 8 ", "去掉空格，改填 8"),
        ("８", "改用半角数字 8"),
        ("8", "这一格改为数字格式，重新填 8"),
    ],
)
def test_a_figure_typed_as_text_is_written_anew(typed, how):
    assert of_text(typed, 8) == how
