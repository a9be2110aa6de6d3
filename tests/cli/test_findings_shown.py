"""Findings for people: grouped by class and rule, what is common told once; each told whole when asked."""

from dataclasses import replace

import pytest

import casebook
import reports
from nianbao.checks import check
from nianbao.cli import main, show
from nianbao.findings import Severity, tell
from nianbao.form import load_edition
from nianbao.report import dumps

RULE = load_edition("2021").rule
A5, C6 = RULE["A5"], RULE["C6"]


def finding(rule, n, how=""):
    return tell(rule, f"表三!D{n}", f"错{n}", how=how)


def test_advice_and_rule_stand_once_behind_the_findings_they_hold_for():
    told = show.findings([finding(A5, 5), finding(C6, 1), finding(A5, 6), finding(A5, 7, "另改"), finding(A5, 8)])
    basis = f"       依据：规则 A5：{A5.statement}（{A5.basis}）。"
    mend = f"       改法：{A5.mend.rstrip('。')}。"
    assert told.splitlines()[:10] == [
        "  【强制】4 处：必须改正，否则不能生成正式报告。",
        "    1. 表三!D5：错5。",
        "    2. 表三!D6：错6。",
        mend,
        "    3. 表三!D7：错7。",
        "       改法：另改。",
        "    4. 表三!D8：错8。",
        mend,
        basis,
        "  【核实】1 处：请核实；确实无误的，写明原因。",
    ]


def test_a_reason_stands_below_its_own_finding_and_one_refused_with_the_advice():
    settled = replace(finding(C6, 1), explanation="省政府赋权。")
    refused = replace(finding(C6, 2), remark="原来的说明已失效")
    lines = show.findings([settled, refused]).splitlines()
    assert lines[1:3] == ["    1. 表三!D1：错1。", "       说明：省政府赋权。"]
    assert lines[4] == "    2. 表三!D2：错2。"
    assert lines[5].endswith("。原来的说明已失效。")


def test_rules_that_cite_different_notices_are_told_apart():
    other = replace(finding(C6, 2), why="规则 C6：另一份通知")
    assert show.findings([finding(C6, 1), other]).count("依据：") == 2


def test_every_finding_is_told_whole_when_asked():
    found = [finding(A5, 5), finding(A5, 6), replace(finding(C6, 1), explanation="省政府赋权。")]
    lines = show.findings(found, explain=True).splitlines()
    assert lines[1:3] == [f"    1. {found[0].message}", f"    2. {found[1].message}"]
    assert lines[4:] == [f"    1. {found[2].message}", "       说明：省政府赋权。"]


def test_nothing_found_is_said():
    assert show.findings([]) == show.findings([], explain=True) == "  没有发现问题。"


def test_twenty_five_findings_are_far_less_than_a_hundred_lines():
    broken = [case for case in casebook.CASES if not case["holds"] and "notice" not in case]
    found = []
    for case in broken:
        found += check(casebook.reading_of(case))[:1]
    different = list({f.rule: f for f in found}.values())[:25]
    assert len(different) == 25
    assert len(show.findings(different).splitlines()) < 80  # every one by another rule
    alike = [replace(f, rule="A5", why="", how="", severity=Severity.ERROR) for f in different]
    assert len(show.findings(alike).splitlines()) == 26


@pytest.mark.parametrize("explain", [False, True])
def test_the_command_tells_the_rule_once_or_with_every_finding(explain, tmp_path, capsys):
    report = reports.changed(reports.zero(), proactive__licences__decisions=-1, proactive__penalties__decisions=-2)
    path = tmp_path / "甲镇.json"
    path.write_text(dumps(report), encoding="utf-8")
    assert main(["check", str(path), *(["--explain"] if explain else [])]) == 1
    out = capsys.readouterr().out
    assert out.count("规则 A5：") == (2 if explain else 1)
    assert ("依据：" in out) is not explain
