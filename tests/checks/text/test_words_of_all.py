"""Statements about all, and outcomes told in words (N1, N4)."""

from dataclasses import replace

import pytest

import reports


def told(text, **values):
    report = reports.zero(year=2024)
    edition = reports.load_edition("2021")
    inputs = {k: v for k, v in report.values.items() if k not in edition.sums}
    named = {k.replace("__", "."): v for k, v in values.items()}
    full = reports.with_totals(edition, {**inputs, **named})
    report = replace(report, values=full, texts={**reports.TEXTS, "overview": text})
    return [(f.rule, f.severity.value) for f in reports.told(reports.reading(report), "N1", "N4")]


RECONSIDERED = "review__reconsideration__"


@pytest.mark.parametrize(
    ("said", "column", "right"),
    [("结果维持", "upheld", True), ("结果维持", "other", False), ("复议机关予以维持", "upheld", True),
     ("复议机关予以维持", "corrected", False), ("为其他结果", "other", True), ("为其他结果", "upheld", False),
     ("尚未审结", "pending", True), ("尚未审结", "upheld", False), ("被撤销", "corrected", True),
     ("驳回复议申请", "upheld", True), ("驳回复议申请", "other", True), ("驳回复议申请", "corrected", False)],
)  # fmt: skip
def test_the_outcome_of_one_case_told_in_words_is_its_cell(said, column, right):
    found = told(f"因政府信息公开被申请行政复议1件，{said}。", **{RECONSIDERED + column: 1})
    assert found == ([] if right else [("N1", "error")])


@pytest.mark.parametrize(
    "text",
    ["因政府信息公开被申请行政复议1件（已撤销申请）。", "因政府信息公开被申请行政复议1件，已撤销复议申请。",
     "因政府信息公开被申请行政复议1件，已撤销。", "因政府信息公开被申请行政复议1件，其中申请人撤销1件。"],
)  # fmt: skip
def test_what_applicants_revoke_is_not_corrected(text):
    assert told(text, **{RECONSIDERED + "other": 1}) == []


def test_revoked_by_nobody_named_is_one_of_two_outcomes():
    case = "因政府信息公开被申请行政复议1件，已撤销。"
    assert told(case, **{RECONSIDERED + "corrected": 1}) == []
    assert told(case, **{RECONSIDERED + "upheld": 1}) == [("N1", "error")]
    counted = "因政府信息公开被申请行政复议3件，撤销1件，维持2件。"
    assert told(counted, **{RECONSIDERED + "other": 1, RECONSIDERED + "upheld": 2}) == [("N1", "explain")]


def test_an_outcome_of_several_cases_says_nothing_without_all():
    assert told("因政府信息公开被申请行政复议2件，结果维持。", **{RECONSIDERED + "corrected": 2}) == []
    found = told("因政府信息公开被申请行政复议2件，均被驳回。", **{RECONSIDERED + "corrected": 2})
    assert found == [("N1", "error")]


RECEIVED = {"requests__received__natural_person": 3, "requests__full_grant__natural_person": 3}


@pytest.mark.parametrize(
    ("text", "values", "found"),
    [("收到政府信息公开申请3件，均予以公开。", RECEIVED, []),
     ("收到政府信息公开申请3件，均予以公开。",
      {**RECEIVED, "requests__full_grant__natural_person": 2, "requests__unavailable__not_held__natural_person": 1},
      [("N4", "error")]),
     ("收到政府信息公开申请3件，均为自然人提交。", RECEIVED, []),
     ("收到政府信息公开申请3件，均为自然人提交。",
      {**RECEIVED, "requests__received__natural_person": 2, "requests__received__business": 1,
       "requests__full_grant__natural_person": 2, "requests__full_grant__business": 1}, [("N4", "error")]),
     ("收到政府信息公开申请4件，除1件转2025年办理，其他3件都已按期答复。",
      {**RECEIVED, "requests__received__natural_person": 4, "requests__pending_end__natural_person": 1}, []),
     ("收到政府信息公开申请3件，上年结转政府信息公开申请1件，所有申请均已办理完成。",
      {**RECEIVED, "requests__pending_start__natural_person": 1, "requests__pending_end__natural_person": 1},
      [("N4", "error")]),
     ("收到政府信息公开申请3件。全年未收到依申请公开行政复议、诉讼案件。", RECEIVED, []),
     ("全年未收到政府信息公开申请、行政复议、行政诉讼。", RECEIVED, [("N1", "error")])],
)  # fmt: skip
def test_what_is_said_of_all_or_none_is_held_against_the_cells(text, values, found):
    assert told(text, **values) == found


N = "requests__{}__natural_person"
PARTLY = {N.format("received"): 4, N.format("partial_grant"): 3, N.format("full_grant"): 1}
NOT_HELD = {N.format("received"): 17, N.format("full_grant"): 11, N.format("partial_grant"): 4,
            N.format("unavailable.not_held"): 2}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "values", "found"),
    [("收到公开申请4件、办结4件，结果均为部分公开。", PARTLY, [("N4", "error")]),
     ("收到公开申请4件、办结4件，结果均为部分公开。",
      {**PARTLY, N.format("partial_grant"): 4, N.format("full_grant"): 0}, []),
     ("收到公开申请4件，其中3件涉及个人信息，均为部分公开。", PARTLY, []),
     ("共收到申请17件，除部分公开4件外，其余均予以公开。", NOT_HELD, [("N4", "error")]),
     ("共收到申请17件，除部分公开4件外，其余均予以公开。",
      {**NOT_HELD, N.format("full_grant"): 13, N.format("unavailable.not_held"): 0}, []),
     ("共收到申请17件，部分公开4件，没有无法提供的情形。", NOT_HELD, [("N4", "error")]),
     ("我局的信息没有无法提供的情形。", NOT_HELD, []),
     ("收到公开申请4件，其中行政查询事项1件、执法案卷信息3件均不予公开。",
      {N.format("received"): 4, N.format("denied.administrative_inquiry"): 1, N.format("denied.enforcement_file"): 3},
      []),
     ("收到申请5件，4件予以公开，1件因缺少必要信息、补正后仍不明确而无法提供。",
      {N.format("received"): 5, N.format("full_grant"): 4, N.format("other.overdue_correction"): 1},
      [("N1", "explain")])],
)  # fmt: skip
def test_one_result_said_of_all_or_of_the_rest_is_all_there_is(text, values, found):
    assert told(text, **values) == found


@pytest.mark.parametrize(
    ("text", "denies"),
    [("未收到要求公开会议纪要的申请。", False), ("未收到要求公开政府信息的申请。", True),
     ("未收到涉及征收的政府信息公开申请。", False), ("未收到关于政府信息公开的申请。", True),
     ("全年未收到行政复议申请。", False), ("全年未收到政府信息公开申请。", True)],
)  # fmt: skip
def test_a_denial_of_one_matter_or_of_reviews_denies_no_requests(text, denies):
    assert told(text, **RECEIVED) == ([("N1", "error")] if denies else [])


@pytest.mark.parametrize(
    ("text", "denies"),
    [("未制发涉企规范性文件。", False), ("未制发重大行政决策类规范性文件。", False),
     ("未制发任何行政规范性文件。", True), ("未制定规章和规范性文件。", True)],
)  # fmt: skip
def test_a_denial_of_documents_of_one_kind_denies_no_others(text, denies):
    issued = {"proactive__normative_documents__issued": 2, "proactive__normative_documents__in_force": 2}
    assert told(text, **issued) == ([("N1", "error")] if denies else [])


@pytest.mark.parametrize("cause", ["工作不到位", "答复不及时", "违反规定", "失误"])
def test_a_denial_of_cases_with_a_fault_denies_no_others(cause):
    case = {RECONSIDERED + "upheld": 1}
    assert told(f"未因政府信息公开{cause}引发行政复议。", **case) == []
    assert told("未因政府信息公开引发行政复议。", **case) == [("N4", "error")]


def test_a_case_with_an_outcome_at_each_court_has_none_for_sure():
    sued = "review__direct_litigation__"
    assert told("因政府信息公开被提起行政诉讼1件，一审维持，二审尚未审结。", **{sued + "upheld": 1}) == []
    assert told("因政府信息公开被提起行政诉讼1件，尚未审结。", **{sued + "upheld": 1}) == [("N1", "error")]
    told_twice = "因政府信息公开被申请行政复议3件，维持2件，驳回1件。"
    assert told(told_twice, **{RECONSIDERED + "upheld": 3}) == []


def test_given_with_something_left_out_is_given_in_part():
    partly = {"requests__received__natural_person": 2, "requests__full_grant__natural_person": 1,
              "requests__partial_grant__natural_person": 1}  # fmt: skip
    assert told("收到政府信息公开申请2件，均予以公开（其中1件部分公开）。", **partly) == []
    one = {"requests__received__natural_person": 1, "requests__partial_grant__natural_person": 1}
    assert told("收到政府信息公开申请1件，已依法予以公开，个人信息作区分处理。", **one) == []
    assert told("收到政府信息公开申请1件，已依法予以公开。", **one) == [("N1", "error")]
