"""Report JSON: what comes back is what went out, and what is no report is refused with its reason."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

import reports
from nianbao import report as reporting
from nianbao.errors import InputError
from nianbao.findings import Change, Finding, Places, Severity, tell
from nianbao.findings import to_json as findings_json
from nianbao.form import load_edition
from nianbao.report import MAX_TEXT, clean_text, dumps, handed_over, loads, to_json

EDITION = load_edition("2021")
RECEIVED = "requests.received.natural_person"


def told(**changes):
    return json.dumps({**to_json(reports.zero()), **changes}, ensure_ascii=False)


def test_a_report_comes_back_as_it_was():
    report = reports.changed(
        reports.zero(), requests__received__natural_person=3, proactive__charges__amount=Decimal("2.5")
    )
    reading = loads(dumps(report))
    assert reading.report == report
    assert reading.findings == ()
    assert reading.unread == frozenset()
    assert dumps(report).endswith("}\n")
    assert "示例镇人民政府" in dumps(report)
    assert dumps(report).count("\n") > len(report.values)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "不是正确的 JSON"), ("[" * 100_000, "不是正确的 JSON"), ("[]", "缺少 values"), ("{}", "缺少 values"),
     ('{"values": {}, "edition": 3}', "缺少 edition"), ('{"values": []}', "缺少 values"),
     ('{"values": {}}', "缺少 edition"),
     ('{"values": {}, "edition": ""}', "缺少 edition"), ('{"values": {}, "edition": "某市"}', "“某市”不是程序自带的")],
)  # fmt: skip
def test_what_is_no_report_json_is_refused_with_the_reason(text, said):
    with pytest.raises(InputError, match=said):
        loads(text)


@pytest.mark.parametrize(("year", "read"), [(2025, 2025), ("2025", None), (True, None), (None, None), (2025.0, None)])
def test_a_year_is_a_whole_number_or_unknown(year, read):
    assert loads(told(year=year)).report.year == read


def test_another_edition_may_be_named_for_the_reading():
    assert loads(told(edition="某市"), "2021").report.edition == "2021"
    assert loads(told(), "2019").edition.id == "2019"


def test_a_figure_that_is_no_number_is_a_finding_at_its_cell_and_stays_blank():
    values = {**to_json(reports.zero())["values"], RECEIVED: "若干"}
    reading = loads(told(values=values))
    (found,) = reading.findings
    assert (found.rule, found.severity, found.cells, found.place) == ("W2", Severity.ERROR, (RECEIVED,), "表三")
    assert "“若干”，读不出确定的数字" in found.message
    assert "（" in found.message.partition("：")[0]
    assert RECEIVED not in reading.report.values
    assert reading.unread == {RECEIVED}


def test_figures_the_form_has_no_cell_for_are_told_in_order():
    values = {"z.y.x": 1, "a.b.c": 2, RECEIVED: 0}
    found = loads(told(values=values)).findings
    assert [f.place for f in found] == ["a.b.c", "z.y.x"]
    assert {(f.rule, f.severity, f.cells) for f in found} == {("W1", Severity.ERROR, ())}
    assert "“a.b.c”：格式“" in found[0].message
    assert "没有这一格，没有采用" in found[0].message


def test_a_missing_or_null_figure_is_blank_and_no_fault():
    reading = loads(told(values={RECEIVED: None}))
    assert dict(reading.report.values) == {}
    assert reading.findings == ()


@pytest.mark.parametrize("what", ["body", "texts"])
def test_texts_are_texts_and_blank_ones_are_absent(what):
    assert getattr(loads(told(**{what: None})).report, what) == {}
    assert getattr(loads(told(**{what: {"a": None, "b": " \n", "c": " 甲"}})).report, what) == {"c": " 甲"}
    for wrong in ([], "甲", {"a": 1}):
        with pytest.raises(InputError, match=f"年报数据的 {what} 应当是一组文字"):
            loads(told(**{what: wrong}))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\vb", "a\nb"), ("a\u2028b", "a\nb"), ("\n\na\n\nb\n", "a\n\nb"),
     (" a \t", " a \t"), ("甲\u3000乙", "甲\u3000乙"), ("字" * MAX_TEXT, "字" * MAX_TEXT)],
)  # fmt: skip
def test_a_text_keeps_everything_but_the_kind_of_line_end_and_outer_blank_lines(typed, kept):
    assert clean_text(typed, "概述") == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [("a\x07b", r"概述：文字中有不能印刷的字符（编码 U\+0007）"), ("\ud800", r"U\+D800"), ("\uffff", r"U\+FFFF"),
     ("字" * (MAX_TEXT + 1), f"概述：文字有 {MAX_TEXT + 1} 个字，超过 {MAX_TEXT} 个字的上限")],
)  # fmt: skip
def test_a_text_no_document_can_hold_is_refused_with_its_place(typed, said):
    with pytest.raises(InputError, match=said):
        clean_text(typed, "概述")


def test_a_report_leaves_the_office_with_its_editions_id_and_no_path():
    reading = reports.reading(reports.zero())
    away = handed_over(reporting.replace(reading, report=reporting.replace(reading.report, edition="/home/甲/a.toml")))
    assert away.edition == "2021"
    assert away.values == reading.report.values


PLACES = Places(EDITION, {RECEIVED: "表三!D5", "overview": "总体情况!A10", "overview:2": "总体情况!A12"})


@pytest.mark.parametrize(
    ("place", "told"),
    [(PLACES.of(RECEIVED), "表三!D5"), (PLACES.named(RECEIVED), "表三!D5（自然人·本年新收）"),
     (PLACES.of("requests.received.total"), "表三"), (PLACES.of("overview"), "总体情况!A10"),
     (PLACES.of_paragraph("overview", 2), "总体情况!A12"), (PLACES.of_paragraph("overview", 1), "总体情况!A10"),
     (PLACES.of("nowhere"), "nowhere"), (PLACES.named("nowhere"), "nowhere")],
)  # fmt: skip
def test_a_place_is_the_cell_where_known_and_else_the_forms_own_words(place, told):
    assert place == told


def test_a_paragraph_is_counted_from_one_for_people():
    label = PLACES.named("overview").partition("（")[2].removesuffix("）")
    assert PLACES.named_paragraph("overview", 2) == f"总体情况!A12（{label} 第3段）"
    assert Places(EDITION, {}).named_paragraph("overview", 0) == f"{label} 第1段"


def test_a_finding_says_where_what_why_and_how_and_a_message_is_made_of_these():
    rule = EDITION.rule["A1"]
    found = tell(rule, "表三!D5", "3 与 2 不等。")
    why = f"规则 A1：{rule.statement}（{rule.basis}）"
    assert (found.rule, found.severity, found.where, found.what) == ("A1", Severity.ERROR, "表三!D5", "3 与 2 不等")
    assert (found.why, found.how) == (why, rule.mend.rstrip("。"))
    assert found.message == f"表三!D5：3 与 2 不等。{why}。{rule.mend.rstrip('。')}。"
    assert found.problem == "表三!D5：3 与 2 不等。"
    other = tell(rule, "表三!D5", "3 与 2 不等", where="表三", how="改为 2。", severity=Severity.HINT)
    assert other.message == f"表三：3 与 2 不等。{why}。改为 2。"
    assert (other.place, other.severity) == ("表三!D5", Severity.HINT)


def test_what_became_of_a_reason_stands_last_and_a_finding_may_be_a_bare_sentence():
    bare = Finding("X9", Severity.HINT, (), "表三!D5", "", "有一句：别的话。")
    assert (bare.message, bare.problem, bare.advice) == ("有一句：别的话。", "有一句：别的话。", "")
    told = reporting.replace(bare, how="改正", remark="原来的说明已失效")
    assert told.advice == "改正。原来的说明已失效。"
    assert told.message == "有一句：别的话。改正。原来的说明已失效。"


def test_the_findings_json_has_every_part_of_a_finding_and_counts_them_by_class():
    change = Change(RECEIVED, None, Decimal("2.5"))
    found = Finding("A1", Severity.EXPLAIN, (RECEIVED,), "表三!D7", "表三!D7", "…", "规则", "改正", ("2",),
                    ((change,),), "已核对台账", "附注")  # fmt: skip
    one = {
        "rule": "A1", "class": "explain", "cells": [RECEIVED], "place": "表三!D7",
        "message": "表三!D7：…。规则。改正。附注。", "where": "表三!D7", "what": "…", "why": "规则", "how": "改正",
        "evidence": ["2"], "remark": "附注",
        "proposals": [[{"cell": RECEIVED, "found": None, "value": "2.5"}]], "explanation": "已核对台账",
    }  # fmt: skip
    assert findings_json("甲.xlsx", iter([found, found])) == {
        "file": "甲.xlsx", "findings": [one, one], "summary": {"error": 0, "explain": 2, "hint": 0},
    }  # fmt: skip


def test_a_form_of_ones_own_is_named_by_its_path_a_shipped_one_by_its_id():
    own = Path(__file__).parent / "cases" / "own-variant.toml"
    written = json.loads(told())
    assert loads(json.dumps({**written, "edition": str(own)})).report.edition == str(own)
    assert loads(json.dumps(written), str(own)).report.edition == str(own)
    assert loads(json.dumps(written)).report.edition == "2021"
