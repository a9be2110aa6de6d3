"""Every rule of every edition held, broken, not judged: the CLI, its JSON, 校验结果 and 校核单 tell the same."""

import pytest

from checks.told_verdicts import BROKEN, HELD, PATHS, STATES, UNJUDGED, Told
from checks.verdict_table import IMPOSSIBLE, lines_of, printed
from nianbao import pipeline
from nianbao.errors import InputError
from nianbao.form import edition_names, load_edition
from reports import reading, zero
from rows import some

OF_PAGES = {"R1", "R2", "R3", "R4", "R5", "R6"}
"""What only a published page can break or keep: such a file has no 校验结果."""


@pytest.mark.parametrize("name", some(sorted(edition_names(), key="2021".__ne__), 4))
def test_every_verdict_is_told_alike_on_every_path_or_it_is_said_why_there_is_none(name):
    lines = lines_of(name)
    print(printed(lines))
    assert {x.rule for x in lines} == {r.id for r in load_edition(name).rules}
    assert [(x.rule, s) for x in lines for s in STATES if not x.told.get(s) and not x.cannot.get(s)] == []
    assert [(x.rule, s) for x in lines for s in STATES if x.told.get(s) and x.cannot.get(s)] == []
    short = {(x.rule, s) for x in lines for s, paths in x.told.items() if tuple(paths) != PATHS}
    without = {(x.rule, s) for x in lines for s, paths in x.told.items() if paths == ["CLI", "JSON", "校核单"]}
    assert short == without
    assert {rule for rule, _ in short} - OF_PAGES == ({"F3"} if load_edition(name).deviations else set())
    assert {s for rule, s in short if rule == "F3"} <= {HELD}  # there the reader has named the deviations (R5)


def test_the_data_name_only_what_there_is():
    rules = {r.id: r.scope for name in edition_names() for r in load_edition(name).rules}
    for line in IMPOSSIBLE:
        assert set(line) <= {"rules", "scopes", "states", "editions", "empty", "why"}
        assert set(line.get("rules", ())) <= set(rules)
        assert set(line.get("scopes", ())) <= set(rules.values())
        assert set(line["states"]) <= set(STATES)
        assert set(line.get("editions", ())) <= set(edition_names())
        assert line["empty"] in {*STATES, "none"}


def test_a_page_has_no_place_for_findings(tmp_path):
    checked = pipeline.check_reading(tmp_path / "年报.html", reading(zero()))
    with pytest.raises(InputError, match="不是填报表，没有地方标出问题"):
        pipeline.annotate(checked, tmp_path / "标注.xlsx")


def test_a_path_that_tells_another_verdict_is_seen():
    told = Told(frozenset({"A1"}), {"H1": "缺上年数据"}, (1, 1, 1))
    assert told.agrees("A1", BROKEN, "")
    assert told.agrees("H1", UNJUDGED, "缺上年数据")
    assert told.agrees("A2", HELD, "")
    assert not told.agrees("A1", HELD, "")
    assert not told.agrees("A2", BROKEN, "")
    assert not told.agrees("H1", UNJUDGED, "正文还没有写")
    assert not told.agrees("H1", HELD, "")
