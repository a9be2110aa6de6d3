"""Reasons: kept over re-runs, expired when a value changes, empty phrases refused."""

import json
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
    return {f.rule: f for f in reasons.apply(listed, report, written)}


def written_for(report, rule, text, last_year=None):
    listed = check(reports.reading(report, last_year=last_year))
    return Reason(next(reasons.fingerprint(f, report) for f in listed if f.rule == rule), text)


def test_a_reason_settles_its_finding_and_is_shown_with_it():
    report = penalties(35)
    assert found(report)["C6"].blocks
    settled = found(report, written_for(report, "C6", WHY))["C6"]
    assert settled.explanation == WHY
    assert not settled.blocks


def test_a_fingerprint_stays_what_it_was_so_that_reasons_kept_in_files_go_on_counting():
    report = penalties(35)
    (one,) = [f for f in check(reports.reading(report)) if f.rule == "C6"]
    assert reasons.fingerprints(one, report) == ("C6:1a9aef25174e:dd9b524e433a", "C6:1a9aef25174e:c45f457ae45a")
    for kept in reasons.fingerprints(one, report):
        assert found(report, Reason(kept, WHY))["C6"].explanation == WHY


def test_a_reason_written_anew_goes_before_one_of_an_earlier_version():
    report = penalties(35)
    (one,) = [f for f in check(reports.reading(report)) if f.rule == "C6"]
    now, before = (Reason(p, f"{WHY}{n}") for n, p in enumerate(reasons.fingerprints(one, report)))
    assert found(report, before, now)["C6"].explanation == now.text


def test_a_reason_expires_with_the_evidence_of_its_finding():
    report = penalties(35)
    (one,) = [f for f in check(reports.reading(report)) if f.rule == "C6"]
    old = Reason(reasons.fingerprint(one, report), WHY)
    (told,) = reasons.apply([replace(one, what="别的", evidence=("6",))], report, [old])
    assert told.blocks
    assert told.remark == f"原来的说明“{WHY}”写于数字改变之前，已失效，请重新说明"


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
    text = reasons.dumps(listed, report)
    assert [r.text for r in reasons.loads(text)] == [""]
    filled = [replace(r, text=WHY) for r in reasons.loads(text)]
    assert found(report, *filled)["C6"].explanation == WHY


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"reason": "x"}]', "\x00"])
def test_a_file_that_is_no_reasons_file_is_told(text):
    with pytest.raises(InputError, match="说明文件"):
        reasons.loads(text)


def test_a_reasons_file_shows_each_finding_as_it_reads_and_what_was_written_so_far():
    report = penalties(35)
    explained = found(report, written_for(report, "C6", WHY))["C6"]
    text = reasons.dumps([explained], report)
    assert json.loads(text) == [
        {
            "fingerprint": reasons.fingerprint(explained, report),
            "rule": "C6",
            "message": explained.message,
            "reason": WHY,
        }
    ]
    assert WHY in text
    assert text.endswith("]\n")


def test_what_cannot_be_explained_is_neither_asked_for_nor_said_to_have_been():
    before = reports.changed(reports.zero(), requests__received__natural_person=3)
    now = reports.changed(reports.zero(), requests__received__natural_person=4)
    error = next(f for f in check(reports.reading(before)) if f.rule == "A1")
    written = Reason(reasons.fingerprint(error, before), "台账如此，以后再改正过来。")
    assert "已失效" not in found(now, written)["A1"].message
    assert reasons.loads(reasons.dumps([error], before)) == []


def test_an_expired_reason_is_shown_only_with_the_finding_it_was_written_for():
    report = penalties(36)
    listed = [f for f in check(reports.reading(report)) if f.rule == "C6"]
    other = replace(listed[0], cells=("proactive.licences.decisions",))
    old = written_for(penalties(35), "C6", WHY)
    told = reasons.apply([other, *listed], report, [old])
    assert [WHY in f.message for f in told] == [False, True]


def test_an_expired_reason_is_shown_once_and_an_empty_phrase_never():
    report = penalties(36)
    listed = [f for f in check(reports.reading(report)) if f.rule == "C6"]
    old = written_for(penalties(35), "C6", WHY)
    told = reasons.apply(listed * 2, report, [old])
    assert [WHY in f.message for f in told] == [True, False]
    empty = reasons.apply(listed, report, [replace(old, text="核实无误")])
    assert [f.message for f in empty] == [f.message for f in listed]


@pytest.mark.parametrize(("text", "accepted"), [("区划合并", False), ("区划调整合并", True), ("区 划、合 并！", False)])
def test_a_reason_has_at_least_six_characters_besides_punctuation(text, accepted):
    assert (reasons.refusal(text) == "") is accepted


def test_a_reason_read_from_a_file_loses_the_space_around_it():
    assert reasons.loads('[{"fingerprint": "a", "reason": " 因合并 \\n"}]') == [Reason("a", "因合并")]
