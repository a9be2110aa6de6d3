"""Reasons: kept over re-runs, expired when a value changes, empty phrases refused."""

from dataclasses import replace

import pytest

import reports
from nianbao import reasons
from nianbao.checks import check
from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.report import Reason

EDITION = load_edition("2021")
WHY = "省政府2021年赋予本镇城市管理处罚权。"


def penalties(count):
    return reports.changed(reports.zero(), proactive__penalties__decisions=count)


def found(report, *written, last_year=None):
    listed = check(reports.reading(report, last_year=last_year))
    return {f.rule: f for f in reasons.apply(listed, report, EDITION, written)}


def written_for(report, rule, text, last_year=None):
    listed = check(reports.reading(report, last_year=last_year))
    return Reason(next(reasons.fingerprint(f, report) for f in listed if f.rule == rule), text)


def test_a_reason_settles_its_finding_and_is_shown_with_it():
    report = penalties(35)
    assert found(report)["C6"].blocks
    settled = found(report, written_for(report, "C6", WHY))["C6"]
    assert settled.explanation == WHY
    assert not settled.blocks


def test_a_reason_expires_when_the_value_changes_and_is_shown_as_expired():
    old = written_for(penalties(35), "C6", WHY)
    now = found(penalties(36), old)["C6"]
    assert now.blocks
    assert now.explanation is None
    assert f"原来的说明“{WHY}”" in now.message
    assert "已失效" in now.message


def test_a_reason_expires_when_last_years_figure_changes():
    report = reports.zero()
    last = reports.changed(reports.zero(year=2024), requests__pending_end__total=2)
    other = reports.changed(reports.zero(year=2024), requests__pending_end__total=3)
    reason = written_for(report, "H1", "上年报告有误，已于三月更正公开。", last)
    assert not found(report, reason, last_year=last)["H1"].blocks
    assert found(report, reason, last_year=other)["H1"].blocks


@pytest.mark.parametrize(
    "text", ["核实无误", "属实", "情况属实", "无", "已核实，数据无误。", "经核对，情况属实。", "12345", "……！！！"]
)
def test_an_empty_phrase_is_refused_and_the_finding_says_so(text):
    report = penalties(35)
    refused = found(report, written_for(report, "C6", text))["C6"]
    assert refused.blocks
    assert f"已填的说明“{text}”" in refused.message


@pytest.mark.parametrize("text", [WHY, "合并了原东山乡的处罚数据", "经核实，因集中整治增加35件"])
def test_a_real_reason_is_accepted(text):
    assert reasons.refusal(text) == ""


def test_an_error_cannot_be_explained_away_except_where_the_rule_allows_it():
    report = reports.changed(reports.zero(), requests__received__natural_person=3)
    error = next(f for f in check(reports.reading(report)) if f.rule == "A1")
    told = found(report, Reason(reasons.fingerprint(error, report), "台账如此，以后再改正过来。"))["A1"]
    assert told.blocks


def test_reasons_pass_through_a_file():
    report = penalties(35)
    listed = check(reports.reading(report))
    text = reasons.dumps(listed, report, EDITION)
    assert [r.text for r in reasons.loads(text)] == [""]
    filled = [replace(r, text=WHY) for r in reasons.loads(text)]
    assert found(report, *filled)["C6"].explanation == WHY


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"reason": "x"}]', "\x00"])
def test_a_file_that_is_no_reasons_file_is_told(text):
    with pytest.raises(InputError, match="说明文件"):
        reasons.loads(text)
