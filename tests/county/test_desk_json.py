"""Findings in desk.json: every part comes back, and results of versions that kept a sentence only can be read."""

from decimal import Decimal

from nianbao.county import desk_json
from nianbao.county.desk import bodies
from nianbao.county.model import BodyState, Member, Status
from nianbao.findings import Change, Finding, Severity, to_json
from nianbao.form import load_edition

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
    told = bodies.told(before)
    assert (told.where, told.what, told.mend) == ("表二!B17", WHOLE.message, "")


def test_rules_that_could_not_be_judged_come_back_and_older_results_have_none():
    body = BodyState("a", Member("示例镇人民政府", level="town"), Status.DONE, unjudged={"缺上年数据": ["H1", "H2"]})
    raw = desk_json.body_json(body)
    assert desk_json.body_state(raw).unjudged == {"缺上年数据": ["H1", "H2"]}
    assert bodies._line(body, load_edition("2021")).unjudged == ("缺上年数据，没有核对 H1、H2。",)
    del raw["unjudged"]
    assert desk_json.body_state(raw).unjudged == {}
