"""The year's total of information disclosed, stated twice: the same circle and unit, another figure."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.text.repeated_totals import contradictions


def read(text):
    return reports.reading(replace(reports.zero(year=2024), texts={**reports.TEXTS, "overview": text}))


def told(text):
    reading = read(text)
    return [(int(first.token.value), int(later.token.value)) for first, later in contradictions(reading)]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("全年共主动公开信息126条。全年共主动公开政府信息162条。", [(126, 162)]),
        ("全年共主动公开信息126条。全年共主动公开政府信息162条。全年主动公开信息170条。", [(126, 162), (126, 170)]),
        ("全年共主动公开信息126条。全年主动公开政府信息126条。", []),
        ("全年共主动公开信息126条。全年共主动公开政府信息162件。", []),
        ("全年共主动公开信息126条。全县共主动公开政府信息1620条。", []),
        ("全县共主动公开信息126条。全年共主动公开政府信息8件。", []),
        ("全年共主动公开信息126条，一是做好网站公开，全年主动公开信息92条。", []),
        ("全年共主动公开信息126条。其中，全年主动公开信息92条。", []),
        ("全年共主动公开信息126条。上年主动公开信息92条；全年主动公开信息136条。", [(126, 136)]),
        ("全年共主动公开信息126条。主动公开目录3类，全年主动公开政府信息162条。", [(126, 162)]),
    ],
)
def test_a_later_total_of_the_same_circle_and_unit_is_set_beside_the_first(text, pairs):
    assert told(text) == pairs


def test_both_totals_are_quoted_each_with_its_own_words():
    (one,) = reports.told(read("全年共主动公开信息126条，更新及时。全年共主动公开政府信息162条，受到好评。"), "N2")
    assert "“全年共主动公开政府信息162条”，前面写的是“全年共主动公开信息126条”" in one.what
