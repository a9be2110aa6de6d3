"""The alarm bench, as reviewers judged it. It was tuned on: it measures what was not lost, not what is to come."""

import sys
import tomllib

import pytest

from checks.text import bench
from nianbao.checks.text.frames import frames

ITEMS = [i for path in sorted(bench.BENCH.glob("*.json")) for i in bench.load(path)]
TOGETHER = 25
"""Reports of one test: small enough to be tried on a mutant (see docs/developers/proof.md)."""
SLICES = [ITEMS[n : n + TOGETHER] for n in range(0, len(ITEMS), TOGETHER)]
RECOGNISED = tomllib.loads(bench.RECOGNISED.read_text(encoding="utf-8"))
MISSED = {
    "error": {"D043", "D077", "D079", "D084", "D156", "E068", "E147"},
    "review": {"D032", "D039", "D140", "D166", "D194", "E042", "E047", "E153"},
}
"""What is not told so far, one expectation of each report; what is told of no report at all needs no list."""


@pytest.mark.parametrize("items", SLICES, ids=lambda items: f"{items[0].id}-{items[-1].id}")
def test_what_a_reviewer_says_is_told_and_nothing_else(items):
    """No honest report is refused, none is asked in vain."""
    ids = {i.id for i in items}
    missed = [["MISS", name, id_] for name, of in MISSED.items() for id_ in of & ids]
    assert sorted(line.split()[:3] for line in bench.run(items).lines) == sorted(missed)


@pytest.mark.parametrize("items", SLICES, ids=lambda items: f"{items[0].id}-{items[-1].id}")
def test_as_much_is_read_as_before(items):
    """Where a rule reads more or otherwise: `python tests/checks/text/bench.py --quiet --write`, and look at each."""
    assert {i.id: bench.recognised(i) for i in items} == {i.id: RECOGNISED[i.id] for i in items}


def test_every_report_has_its_counts():
    assert set(RECOGNISED) == {i.id for i in ITEMS}


def test_what_is_certain_is_told():
    expected = [a for i in ITEMS for a in i.expect if a.severity is bench.CLASSES["error"]]
    assert len(MISSED["error"]) <= 0.06 * len(expected)


def test_a_missed_expectation_and_a_false_alarm_are_counted_and_are_lines():
    missed = next(i for i in ITEMS if i.id == "D043")
    result = bench.run([missed])
    assert (result.recall("error"), result.precision("error"), result.silent) == (0, 1, 0)
    assert [line.split()[0] for line in result.lines] == ["MISS"]
    false = next(i for i in ITEMS if any(a.severity is bench.CLASSES["error"] for a in i.expect) and i.id != "D043")
    result = bench.run([bench.Item(false.id, false.reading, (), ())])
    assert result.alarmed["error"] == {false.id}
    assert {line.split()[0] for line in result.lines} == {"FALSE"}


def test_the_bench_is_large_enough_and_mostly_right():
    assert len(ITEMS) >= 340
    assert sum(i.right for i in ITEMS) >= len(ITEMS) * 0.6
    assert len({i.id for i in ITEMS}) == len(ITEMS)


def test_every_frame_says_how_often_it_was_met_and_how_often_it_was_wrong():
    written = {frame.id: list(frame.bench) for frame in frames()}
    stood = {name: count for name, (count, _) in written.items()}
    assert stood == bench.in_frames(ITEMS), "python tests/checks/text/bench.py --quiet --write"
    assert not any(wrong for _, wrong in written.values())  # no report of the bench is refused falsely: above


def test_the_command_prints_the_table(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["bench.py"])
    bench.main(["--quiet", "--frames", "--only", "A-ap0"])
    printed = capsys.readouterr().out
    assert "reports with a false 强制: 0/" in printed
    assert "received " in printed
