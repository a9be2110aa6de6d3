"""Findings in desk.json: every part comes back, and results of versions that kept a sentence only can be read."""

from dataclasses import replace
from decimal import Decimal

from nianbao.county import desk_json
from nianbao.county.desk import details
from nianbao.county.model import BodyState, Member, Status
from nianbao.findings import Change, Finding, Severity, to_json
from nianbao.verdicts import State, Verdict

CHANGE = Change("proactive.charges.amount", None, Decimal("2.5"))
WHOLE = Finding(
    "A1", Severity.EXPLAIN, ("proactive.charges.amount",), "表二!B17", "表二!B17（收费）", "错了",
    "规则 A1：相等（格式）", "改正", ("2.5", "“甲”"), ((CHANGE,),), None, "原来的说明已失效",
)  # fmt: skip


def test_every_part_of_a_finding_comes_back():
    explained = Finding("C6", Severity.EXPLAIN, (), "全县", "", "一句话", explanation="省政府赋权")
    assert desk_json.findings_of(to_json("", [WHOLE, explained])["findings"]) == (WHOLE, explained)


def test_results_of_earlier_versions_have_the_sentence_only_and_are_shown_whole():
    parts = ("where", "what", "why", "how", "evidence", "remark")
    (raw,) = to_json("", [WHOLE])["findings"]
    (before,) = desk_json.findings_of([{k: v for k, v in raw.items() if k not in parts}])
    assert before.message == WHOLE.message
    assert (before.place, before.proposals) == (WHOLE.place, WHOLE.proposals)
    told = details.told(before)
    assert (told.where, told.what, told.mend) == ("表二!B17", WHOLE.message, "")


def test_verdicts_come_back_and_older_results_have_only_the_rules_not_judged():
    told = (Verdict("A1", State.HELD), *(Verdict(r, State.UNJUDGED, "缺上年数据") for r in ("H1", "H2")))
    settled = replace(WHOLE, severity=Severity.EXPLAIN, explanation="名称是三定方案所定。")
    findings = (settled, replace(settled, explanation=None))
    body = BodyState("a", Member("示例镇人民政府"), Status.DONE, findings=findings, verdicts=told)
    raw = desk_json.body_json(body)
    assert raw["unjudged"] == {"缺上年数据": ["H1", "H2"]}
    assert raw["summary"] == {"error": 0, "explain": 2, "hint": 0, "explained": 1, "waiting": 1}
    assert desk_json.body_state(raw).verdicts == told
    assert details.detail(body, details.AmongPeers(), 9)["judged"] == [
        "强制 0 处；核实 2：已说明 1，待说明 1；提示 0 处。"
        "核对了 3 条：1 条相符，0 条有问题，2 条没有核对（缺上年数据）。",
        "缺上年数据，没有核对：H1、H2。",
    ]
    del raw["verdicts"]
    assert desk_json.body_state(raw).verdicts == told[1:]
    del raw["unjudged"]
    assert desk_json.body_state(raw).verdicts == ()
