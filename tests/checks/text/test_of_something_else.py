"""What only looks like the form's: of another time, of items of information, of two kinds at once."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks import check

FIVE = reports.changed(
    reports.zero(), requests__received__natural_person=5, requests__received__total=5,
    requests__full_grant__natural_person=5, requests__full_grant__total=5,
    requests__total__natural_person=5, requests__total__total=5, proactive__normative_documents__issued=5,
)  # fmt: skip


def told(text):
    """The findings that set a text against the tables."""
    reading = reports.reading(replace(FIVE, texts={**FIVE.texts, "overview": text}))
    return [f for f in check(reading) if f.rule in ("N1", "N4")]


@pytest.mark.parametrize(
    ("of_this_year", "of_another"),
    [
        ("我镇没有收到政府信息公开申请。", "2024年第一季度我镇没有收到政府信息公开申请。"),
        ("我镇收到政府信息公开申请9件。", "《条例》施行以来，我镇收到政府信息公开申请9件。"),
    ],
)
def test_what_is_said_of_another_time_is_not_set_against_this_year(of_this_year, of_another):
    assert told(of_this_year)
    assert told(of_another) == []


@pytest.mark.parametrize(
    ("requests", "items"),
    [("政府信息公开申请中，予以公开9件。", "政府信息公开申请中，予以公开政府信息9件。"),
     ("依申请公开9件。", "依申请公开政府信息9件。")],
)  # fmt: skip
def test_items_of_information_are_no_requests(requests, items):
    assert told(requests)
    assert told(items) == []


def test_a_figure_of_regulations_and_normative_documents_together_is_neither_s():
    assert told("全年制发规范性文件9件。")
    assert told("全年制发规章9件。")
    assert told("全年制发规章和规范性文件9件。") == []
