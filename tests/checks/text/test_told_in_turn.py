"""Figures told in turn: applicants of several kinds, outcomes that several figures share, attributes of documents."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks import check

ASKED = {"requests__received__natural_person": 3, "requests__received__business": 2,
         "requests__full_grant__natural_person": 3, "requests__full_grant__business": 2}  # fmt: skip
SUED = {
    "review__reconsideration__upheld": 14, "review__reconsideration__other": 2, "review__reconsideration__pending": 3,
    "review__post_reconsideration_litigation__upheld": 5, "review__post_reconsideration_litigation__pending": 2,
}  # fmt: skip


def told(text, *, level="department", **values):
    """The findings that set a text against the tables, of a bureau where nothing else is said."""
    report = reports.zero(year=2024)
    edition = reports.load_edition("2021")
    inputs = {k: v for k, v in report.values.items() if k not in edition.sums}
    full = reports.with_totals(edition, {**inputs, **{k.replace("__", "."): v for k, v in values.items()}})
    body = {**report.body, "name": "苇塘县水务局", "county": "苇塘县", "level": level}
    report = replace(report, values=full, texts={**reports.TEXTS, "overview": text}, body=body)
    return [(f.rule, f.severity.value) for f in check(reports.reading(report)) if f.rule in ("N1", "N2", "N4")]


@pytest.mark.parametrize(
    "text",
    ["共收到政府信息公开申请5件，公民申请3件，企业申请2件。", "收到公民申请3件、企业申请2件，合计5件。",
     "收到居民提出的公开申请3件，收到法人提出的公开申请2件。", "共受理政府信息公开申请5件。单位申请2件。",
     "共受理政府信息公开申请5件，公民申请3件，法人和其他组织申请2件。"],
)  # fmt: skip
def test_applicants_of_one_kind_are_not_all(text):
    assert told(text, **ASKED) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [("共收到政府信息公开申请5件，公民申请4件，企业申请2件。", "explain"), ("收到公民申请4件，均已答复。", "error"),
     ("收到公民和企业申请4件，均已答复。", "error")],
)  # fmt: skip
def test_natural_persons_are_asked_about_and_all_are_refused(text, severity):
    assert told(text, **ASKED) == [("N1", severity)]


@pytest.mark.parametrize(
    "text",
    ["政府信息公开类行政复议19件、行政诉讼7件，其中14件行政复议、5件行政诉讼获维持，2件行政复议为其他结果，其余尚未审结。",
     "政府信息公开类行政复议19件、行政诉讼7件，其中维持14件行政复议、5件行政诉讼。",
     "政府信息公开类行政复议19件、行政诉讼7件，其中行政复议14件、行政诉讼5件结果维持。",
     "政府信息公开类行政复议19件、行政诉讼7件，维持的有行政复议14件，行政诉讼5件。",
     "政府信息公开类行政复议19件、行政诉讼7件，尚未审结的行政复议3件、行政诉讼2件。"],
)  # fmt: skip
def test_figures_of_two_blocks_may_share_an_outcome(text):
    assert told(text, **SUED) == []


def test_a_shared_outcome_that_fits_neither_is_asked_and_without_one_a_total_is_refused():
    shared = "政府信息公开类行政复议19件、行政诉讼7件，其中15件行政复议、5件行政诉讼获维持。"
    assert told(shared, **SUED) == [("N1", "explain")]
    assert told("政府信息公开类行政复议15件、行政诉讼7件。", **SUED) == [("N1", "error")]


@pytest.mark.parametrize(
    "text",
    ["全年制发公文120件，其中主动公开90件，依申请公开20件，不予公开10件。",
     "全年制作政府信息120件，其中主动公开文件90件，依申请公开文件20件，不予公开文件10件。",
     "全年制发文件120份，属性为主动公开的90份、依申请公开的20份、不予公开的10份。",
     "对120件公文认定公开属性，主动公开90件、依申请公开20件、不予公开10件。"],
)  # fmt: skip
def test_attributes_of_documents_are_no_requests(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    ["主动公开信息90条，收到依申请公开申请20件。", "主动公开公文90件；依申请公开20件。",
     "主动公开公文90件，办理政府信息公开申请，不予公开10件。"],
)  # fmt: skip
def test_requests_beside_documents_are_refused_as_before(text):
    assert told(text) == [("N1", "error")]


@pytest.mark.parametrize(
    ("text", "level", "found"),
    [("审核县政府规范性文件8件，各部门制发行政规范性文件5件。", "department", []),
     ("审查各乡镇报送的规范性文件8件，各乡镇出台规范性文件5件，废止2件。", "department", []),
     ("各部门制发行政规范性文件5件，我局制发行政规范性文件2件。", "department", [("N1", "explain")]),
     ("制发行政规范性文件5件。", "department", [("N1", "error")]),
     ("各部门制发行政规范性文件5件。", "county_office", [("N1", "explain")])],
)  # fmt: skip
def test_a_bureau_tells_of_documents_of_others(text, level, found):
    assert told(text, level=level) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("确定继续有效的行政规范性文件33件。", []), ("继续有效的行政规范性文件37件。", []),
     ("继续有效的行政规范性文件36件。", [("N1", "error")]), ("现行有效行政规范性文件33件。", [("N1", "error")])],
)  # fmt: skip
def test_what_stays_in_force_may_leave_out_what_is_new(text, found):
    new = {"proactive__normative_documents__issued": 4, "proactive__normative_documents__in_force": 37}
    assert told(text, **new) == found


@pytest.mark.parametrize(
    "text",
    ["共受理公开申请59件，结转上年后新收到公开申请47件。", "新收公开申请47件，加上上年结转后共办理59件。"],
)
def test_what_comes_after_last_year_s_were_carried_over_is_new(text):
    flow = {"requests__received__natural_person": 47, "requests__pending_start__natural_person": 12,
            "requests__full_grant__natural_person": 59}  # fmt: skip
    assert told(text, **flow) == []


def test_items_about_reviews_are_no_reviews():
    listed = "主动公开政府信息90条，其中行政复议类信息24条，提案答复2件。"
    assert told(listed) == []
    assert told(listed.replace("类信息24条", "24件")) == [("N1", "explain")]
