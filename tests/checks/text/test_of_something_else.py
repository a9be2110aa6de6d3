"""What only looks like the form's: of another time, of items of information, of two kinds at once."""

from dataclasses import replace

import pytest

import reports

FIVE = reports.changed(
    reports.zero(), requests__received__natural_person=5, requests__received__total=5,
    requests__full_grant__natural_person=5, requests__full_grant__total=5,
    requests__total__natural_person=5, requests__total__total=5, proactive__normative_documents__issued=5,
)  # fmt: skip


def told(text):
    """The findings that set a text against the tables."""
    reading = reports.reading(replace(FIVE, texts={**FIVE.texts, "overview": text}))
    return reports.told(reading, "N1", "N4")


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


@pytest.mark.parametrize(
    ("told_of", "not_told_of"),
    [("市政府共受理群众公开申请29件。", "市政府共受理群众公开申请29件，各乡镇政府、各部门共受理群众公开申请24件。"),
     ("全年收到法人或其他组织政府信息公开申请共32件。", "全年收到公民和法人或其他组织政府信息公开申请5件。"),
     ("因信息公开被行政诉讼5宗，其中2宗维持原答复。", "因信息公开被行政复议0宗、行政诉讼0宗，其中0宗维持原答复。")],
)  # fmt: skip
def test_figures_of_several_organs_applicants_or_blocks_are_not_set_against_one(told_of, not_told_of):
    assert told(told_of)
    assert told(not_told_of) == []


def test_a_denial_behind_a_figure_of_what_came_in_is_asked_and_a_part_is_no_total():
    assert [f.severity.value for f in told("我镇未收到政府信息公开申请。")] == ["error"]
    denied = told("接到依申请公开事项5项，均已答复，未产生依申请公开政府信息案例。")
    assert [f.severity.value for f in denied] == ["explain"]
    assert told("受理政府信息公开申请5件，其中2件均按规定程序办结。") == []
