"""One verdict for every rule that applies: kept, broken, or not judged and why; the same on every path."""

import json
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from nianbao import pipeline, verdicts, workbook
from nianbao.checks import judge
from nianbao.cli import main
from nianbao.form import edition_names, load_edition
from nianbao.verdicts import State, Verdict
from reports import changed, reading, with_totals, zero

EDITIONS = ("2021", "2019", "wuping-2022")
JUDGED = ("report", "history")
LACKING = {"2019": {"H3"}}
"""Rules about columns that an edition has not."""


def states(read):
    return {v.rule: (v.state, v.why) for v in judge(read).verdicts}


def of_the_report(name):
    return {r.id for r in load_edition(name).rules if r.scope in JUDGED and r.applies_to(2025)}


@pytest.mark.parametrize("name", EDITIONS)
def test_no_rule_is_silent(name):
    report = zero(name)
    found = states(reading(report, last_year=replace(report, year=2024)))
    assert of_the_report(name) - set(found) <= {"A10", "A11", "C1", "C2", "C5", *LACKING.get(name, ())}
    assert State.UNJUDGED not in {state for state, _ in found.values()}


@pytest.mark.parametrize("name", EDITIONS)
def test_without_last_year_every_comparison_says_so(name):
    found = states(reading(zero(name)))
    without = {rule for rule, (state, why) in found.items() if (state, why) == (State.UNJUDGED, "缺上年数据")}
    history = {r.id for r in load_edition(name).rules if r.scope == "history" and r.applies_to(2025)}
    history -= LACKING.get(name, set())
    assert without == history | {"C3", "C4"}


@pytest.mark.parametrize("name", EDITIONS)
def test_nothing_is_kept_in_an_empty_report_that_needs_figures_or_texts(name):
    empty = replace(zero(name), values={}, texts={}, body={}, year=None)
    found = states(reading(empty))
    held = {rule for rule, (state, _) in found.items() if state is State.HELD}
    assert not {r for r in held if r[0] in "ANPH"} - {"A5"}  # A5 judges each figure there is
    whys = {why for state, why in found.values() if state is State.UNJUDGED}
    assert {"没有写明年度", "正文还没有写", "有关的格没有可用的数字"} <= whys


def test_a_level_missing_or_another_year_is_told():
    report = zero()
    found = states(reading(replace(report, body={**report.body, "level": ""})))
    assert found["C6"] == (State.UNJUDGED, "没有写明单位级别")
    other = states(reading(report, last_year=replace(report, year=2020)))
    assert other["H9"][0] is State.BROKEN
    assert other["H1"] == (State.UNJUDGED, "上年数据不是上一年度的")


def test_every_broken_sum_is_broken_though_one_finding_speaks_for_all():
    found = judge(reading(changed(zero(), requests__received__natural_person=3)))
    assert len({f.rule for f in found.findings if f.rule[0] == "A"}) == 1
    assert sum(v.state is State.BROKEN and v.rule[0] == "A" for v in found.verdicts) == 2


def test_a_rule_whose_findings_follow_from_an_unread_cell_was_not_judged():
    inputs = {k: v for k, v in zero().values.items() if k not in load_edition("2021").sums}
    inputs["requests.received.natural_person"] = -1
    values = with_totals(load_edition("2021"), inputs)
    report = replace(zero(), values=values, texts={"overview": "2025年新收政府信息公开申请3件。"})
    found = judge(reading(report, computed=frozenset(load_edition("2021").sums)))
    assert [f.rule for f in found.findings if f.rule in ("A1", "A5", "N1")] == ["A5"]
    assert states(reading(report, computed=frozenset(load_edition("2021").sums)))["N1"] == (
        State.UNJUDGED, "有关的格没有可用的数字",
    )  # fmt: skip


def test_the_summary_counts_and_says_why():
    told = [Verdict("A1", State.HELD), Verdict("A2", State.BROKEN), Verdict("H1", State.UNJUDGED, "缺上年数据")]
    assert verdicts.summary(told) == "核对了 3 条：1 条相符，1 条有问题，1 条没有核对（缺上年数据）"
    assert verdicts.summary(told[:2]) == "核对了 2 条：1 条相符，1 条有问题"
    both = [*told, Verdict("C5", State.UNJUDGED, "没有写明单位级别"), Verdict("H2", State.UNJUDGED, "缺上年数据")]
    assert verdicts.missing(both) == "缺上年数据 2 条，没有写明单位级别 1 条"


def test_rules_that_could_not_be_judged_are_told_on_every_path(tmp_path, capsys):
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(workbook.build(load_edition("2021"), zero()))
    main(["check", str(path)])
    assert "11 条没有核对（缺上年数据）。" in capsys.readouterr().out
    main(["check", str(path), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert told["summary"]["unjudged"] == 11
    assert {v["why"] for v in told["verdicts"] if v["verdict"] == "unjudged"} == {"缺上年数据"}
    assert {"rule": "A1", "verdict": "held", "why": ""} in told["verdicts"]
    copy = tmp_path / "标注.xlsx"
    pipeline.annotate(pipeline.check_file(path), copy)
    texts = [[c for c in row if c] for row in load_workbook(copy)["校验结果"].iter_rows(values_only=True)]
    (row,) = [t for t in texts if "未核对" in t]
    assert "缺上年数据，没有核对：" in row[-2]
    assert "H1 " in row[-2]


def test_all_editions_are_looked_at():
    assert set(EDITIONS) <= set(edition_names())
