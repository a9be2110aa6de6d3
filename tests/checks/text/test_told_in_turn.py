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


def told(text, *, level="department", name="苇塘县水务局", **values):
    """The findings that set a text against the tables, of a bureau where nothing else is said."""
    report = reports.zero(year=2024)
    edition = reports.load_edition("2021")
    inputs = {k: v for k, v in report.values.items() if k not in edition.sums}
    full = reports.with_totals(edition, {**inputs, **{k.replace("__", "."): v for k, v in values.items()}})
    body = {**report.body, "name": name, "county": "苇塘县", "level": level}
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
     ("制发行政规范性文件、政策解读各5件。", "department", []),
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


TWELVE = {"requests__received__natural_person": 12, "requests__full_grant__natural_person": 12}


@pytest.mark.parametrize(
    "text",
    ["局机关收到公开申请9件，各分局收到公开申请3件，合计12件。", "本级收到公开申请9件，下属单位收到公开申请3件。",
     "收到公开申请14件，其中2件重复登记，实际收到12件。", "接收公开申请14件，不予受理2件，受理12件。",
     "收到各类申请14件，其中政府信息公开申请12件。"],
)  # fmt: skip
def test_organs_in_turn_and_what_was_set_aside_are_not_what_came_in(text):
    assert told(text, **TWELVE) == []


@pytest.mark.parametrize(
    "text", ["收到公开申请14件，均已答复。", "收到公开申请14件，重复登记的1件已合并。", "接收公开申请13件，受理13件。"]
)
def test_without_an_explanation_that_adds_up_more_than_the_cell_is_refused(text):
    assert ("N1", "error") in told(text, **TWELVE)


@pytest.mark.parametrize(("number", "found"), [(3, []), (4, [("N1", "explain")])])
def test_as_many_of_each_are_held_against_each(number, found):
    both = {
        f"requests__{row}__{who}": 3 for row in ("received", "full_grant") for who in ("natural_person", "business")
    }
    assert told(f"收到公民和企业的政府信息公开申请各{number}件。", **both) == found


OFFICE = {"level": "county_office", "name": "苇塘县人民政府办公室"}


def test_an_office_may_tell_of_the_county_beside_itself():
    assert told("全县共收到公开申请30件，其中县政府办公室收到12件。", **OFFICE, **TWELVE) == []
    assert told("全县共收到公开申请30件。", **OFFICE, **TWELVE) == [("N1", "explain")]


COUNTY = {"level": "county", "name": "苇塘县人民政府"}


def test_a_county_may_tell_of_its_office_beside_all():
    case = {"review__reconsideration__upheld": 1, "review__reconsideration__corrected": 1}
    assert told("全县政府信息公开行政复议2件。县政府本级无政府信息公开行政复议被纠正。", **COUNTY, **case) == []
    assert told("全县收到公开申请12件。县政府办公室未收到公开申请。", **COUNTY, **TWELVE) == []
    assert told("全县未收到公开申请。", **COUNTY, **TWELVE) == [("N1", "error")]


PARTLY = {
    "requests__received__natural_person": 12, "requests__full_grant__natural_person": 3,
    "requests__partial_grant__natural_person": 2, "requests__unavailable__not_held__natural_person": 7,
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [("收到公开申请12件，予以公开5件（其中部分公开2件），无法提供7件。", []),
     ("收到公开申请12件，作出予以公开（含部分公开）答复5件，无法提供7件。", []),
     ("收到公开申请12件，予以公开5件，无法提供7件。", [("N1", "error")]),
     ("收到公开申请12件，予以公开4件（其中部分公开2件），无法提供7件。", [("N1", "error")]),
     ("收到公开申请12件，不予公开7件，其余已公开。", [("N1", "explain")]),
     ("收到公开申请12件，不予公开6件，其余已公开。", [("N1", "error")])],
)  # fmt: skip
def test_what_was_given_may_hold_what_was_given_in_part(text, found):
    assert told(text, **PARTLY) == found


def test_last_year_s_with_one_result_belong_to_it():
    flow = {"requests__received__natural_person": 12, "requests__pending_start__natural_person": 2,
            "requests__full_grant__natural_person": 11, "requests__partial_grant__natural_person": 3}  # fmt: skip
    text = "收到公开申请12件，予以公开9件、部分公开3件；上年结转2件，均{}。"
    assert told(text.format("予以公开"), **flow) == []
    assert told(text.format("无法提供"), **flow) == [("N1", "error")]


@pytest.mark.parametrize(
    ("text", "honest"),
    [("修订规范性文件1件，新制定规范性文件2件。", True), ("新制定规范性文件2件。", False),
     ("修订规范性文件2件，新制定规范性文件2件。", False)],
)  # fmt: skip
def test_revised_documents_may_be_issued_ones(text, honest):
    issued = {"proactive__normative_documents__issued": 3, "proactive__normative_documents__in_force": 9}
    assert (told(text, **issued) == []) is honest


def test_what_was_done_the_year_after_is_not_of_this_one():
    late = {**TWELVE, "requests__full_grant__natural_person": 10, "requests__pending_end__natural_person": 2}
    assert told("收到公开申请12件，其中10件当年办结，2件于2025年1月办结。", **late) == []
    assert told("收到公开申请12件，其中10件当年办结，3件结转2025年办理。", **late) == [("N1", "error")]
