"""What sentences say of all or none: denials (to N1 figures 0) and statements about all (N4), as they are read."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.text.claims import claims
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.denials import denials

NEW, CARRIED = ("本年新收", "本年新收加上年结转"), "结转下年度"


def read(text, function):
    report = replace(reports.zero(), texts={"overview": text})
    return [(s, one) for s in sentences(reports.reading(report)) for one in function(s, report)]


def denied(text):
    """Of each denial what it is of, whether it may be refused, whose it is, its clause, its readings."""
    return [
        (m.label, m.sure, str(m.scope), s.clean[m.start : m.end], tuple(r.says for r in m.readings), m.columns, m.value)
        for s, m in read(text, denials)
    ]


@pytest.mark.parametrize(
    ("text", "label", "sure", "quoted", "readings"),
    [("全年未收到政府信息公开申请。", "收到的申请", True, "全年未收到政府信息公开申请", NEW),
     ("全年未收到公民、法人提出的政府信息公开申请，工作有序。", "收到的申请", True,
      "全年未收到公民、法人提出的政府信息公开申请", NEW),
     ("全年收到举报5件，没有收到政府信息公开申请。", "收到的申请", False, "没有收到政府信息公开申请", NEW),
     ("全年收到申请5件，没有收到政府信息公开申请。", "收到的申请", False, "没有收到政府信息公开申请", NEW),
     ("办结政府信息公开申请5件，无结转。", CARRIED, True, "无结转", (CARRIED,)),
     ("政府信息公开申请均已答复，无结转。", CARRIED, True, "无结转", (CARRIED,)),
     ("政府信息公开申请无结转。", "结转", False, "政府信息公开申请无结转", (CARRIED, "上年结转")),
     ("政府信息公开申请无上年结转。", "上年结转", True, "政府信息公开申请无上年结转", ("上年结转",)),
     ("政府信息公开申请无结转下年度。", CARRIED, True, "政府信息公开申请无结转下年度", (CARRIED,))],
)  # fmt: skip
def test_a_denial_is_a_figure_of_nought(text, label, sure, quoted, readings):
    assert denied(text) == [(label, sure, "whole", quoted, readings, ("total",), 0)]


def test_a_denial_of_documents_names_whole_cells():
    (one,) = denied("全年未制发规范性文件。")
    assert (one[0], one[1], one[3], one[5]) == ("规范性文件制发", True, "全年未制发规范性文件", ())


def test_a_denial_may_be_of_more_than_the_body():
    (one,) = denied("全县未收到政府信息公开申请。")
    assert one[2] == "wider"


@pytest.mark.parametrize(
    "text",
    ["全年未收到法人提出的政府信息公开申请。", "全年未收到网上申请，收到信函申请5件。",
     "全年未收到依申请公开行政复议案件。",
     "没有正当理由的政府信息公开申请2件。", "没有收到政府信息公开申请以外的申请。",
     "如未收到政府信息公开申请的，应当零报告。",
     "2023年未收到政府信息公开申请。", "除上年结转1件外，全年未收到政府信息公开申请。", "未收到信息处理费申请。",
     "没有行政许可申请。", "因未收到缴费，政府信息公开申请终止。", "工单均已办结，无结转。",
     "政府信息公开申请无结转5件。",
     "如未制发规范性文件，应当零报告。"],
)  # fmt: skip
def test_a_denial_of_some_of_another_time_or_of_something_else_is_none(text):
    assert denied(text) == []


OTHER_RESULTS = ("requests.denied.*", "requests.unavailable.*", "requests.not_processed.*")
REVIEWED, DIRECT, LATER = (
    f"review.{b}" for b in ("reconsideration", "direct_litigation", "post_reconsideration_litigation")
)
FIVE = "收到政府信息公开申请5件，"
OURS = "政府信息公开"


@pytest.mark.parametrize(
    ("text", "label", "sure", "quoted", "against", "columns"),
    [(f"{FIVE}均已办结，群众满意。", "申请均已办结（答复）", True, "均已办结", ["requests.pending_end"], ["total"]),
     (f"{FIVE}办结率100%。", "申请办结率100%", False, "办结率100%", ["requests.pending_end"], ["total"]),
     (f"{FIVE}均由自然人提出。", "申请均由自然人提出", True, "均由自然人提出", ["requests.received"],
      ["business", "research", "public_welfare", "legal_service", "other"]),
     (f"{FIVE}均予以公开。",
     "申请均予以公开", True, "均予以公开", ["requests.partial_grant", *OTHER_RESULTS], ["total"]),
     (f"{FIVE}均不予公开。", "申请均不予公开", True, "均不予公开",
      ["requests.full_grant", "requests.partial_grant", *OTHER_RESULTS[1:]], ["total"]),
     (f"{FIVE}结果全部无法提供。", "申请均无法提供", True, "结果全部无法提供",
      ["requests.full_grant", "requests.partial_grant", "requests.denied.*", "requests.not_processed.*"], ["total"]),
     (f"{FIVE}除部分公开4件外，其余均予以公开。", "除部分公开外均予以公开", True, "除部分公开4件外，其余均予以公开",
      OTHER_RESULTS, ["total"]),
     (f"{FIVE}没有不予公开的情形。", "没有不予公开", True, "没有不予公开的情形", ["requests.denied.*"], ["total"]),
     (f"{OURS}申请没有无法提供的情形。", "没有无法提供", False, f"{OURS}申请没有无法提供的情形",
      ["requests.unavailable.*"], ["total"]),
     (f"没有因{OURS}引起的复议、诉讼。", "没有发生行政复议和行政诉讼", True, f"没有因{OURS}引起的复议、诉讼",
      [f"{r}.total" for r in (REVIEWED, DIRECT, LATER)], []),
     (f"没有因{OURS}被提起行政诉讼。", "没有发生行政诉讼", True, f"没有因{OURS}被提起行政诉讼",
      [f"{r}.total" for r in (DIRECT, LATER)], []),
     (f"{OURS}没有败诉案件。", "复议诉讼没有被纠正", False, f"{OURS}没有败诉案件",
      [f"{r}.corrected" for r in (REVIEWED, DIRECT, LATER)], []),
     (f"{OURS}行政复议5件，均获维持。", "行政复议均维持", True, "均获维持",
      [f"{REVIEWED}.{c}" for c in ("corrected", "other", "pending")], []),
     (f"{OURS}行政复议5件，审结4件，均获维持。", "行政复议均维持", True, "均获维持",
      [f"{REVIEWED}.{c}" for c in ("corrected", "other")], []),
     (f"{OURS}工作未收取任何费用。", "没有收取信息处理费", True, f"{OURS}工作未收取任何费用",
      ["fee.processing_fee.amount_received"], [])],
)  # fmt: skip
def test_a_statement_about_all_or_none_rules_cells_out(text, label, sure, quoted, against, columns):
    ((sentence, one),) = read(text, claims)
    assert (one.stated.label, one.stated.sure, sentence.clean[one.start : one.end]) == (label, sure, quoted)
    assert (one.stated.against.plus, one.stated.columns) == (tuple(against), tuple(columns))
    assert one.scope == "whole"


@pytest.mark.parametrize(
    "text",
    [f"{FIVE}办结4件，均已答复。", f"{FIVE}均已办结，其余在办。", f"{FIVE}按时办结率100%。", f"{FIVE}办结率98%。",
     f"{FIVE}其中3件，均不予公开。", "除部分公开4件外，其余均予以公开。", f"{FIVE}转办3件，均不予公开。",
     f"{FIVE}除部分公开、不予公开4件外，其余均予以公开。", "收到工单5件，除部分公开4件外，其余均予以公开。",
     "收到工单5件，均已办结。", "收到工单5件，均予以公开。", f"2024年{FIVE}除部分公开4件外，其余均予以公开。",
     "没有败诉案件。", "行政许可未收取任何费用。",
     f"如{OURS}未收取信息处理费。", f"{OURS}申请2件，没有不予公开1件。"],
)  # fmt: skip
def test_what_is_said_of_some_or_of_something_else_rules_nothing_out(text):
    assert [one.stated.label for _, one in read(text, claims)] == []


def test_what_is_excepted_behind_a_denial_does_not_touch_it():
    assert len(denied("全年未收到政府信息公开申请，除咨询外，没有其他情况。")) == 1
