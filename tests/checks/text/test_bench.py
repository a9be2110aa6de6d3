"""The alarm bench, as reviewers judged it. It was tuned on: it measures what was not lost, not what is to come."""

import sys

import pytest

from checks.text import bench
from nianbao.checks.text.frames import frames

ITEMS = [i for path in sorted(bench.BENCH.glob("*.json")) for i in bench.load(path)]


@pytest.fixture(scope="module")
def result():
    return bench.run(ITEMS)


def test_no_honest_report_is_refused(result):
    assert result.alarmed["error"] == set()


def test_what_is_certain_is_told(result):
    assert result.recall("error") >= 0.93
    assert bench.run(i for i in ITEMS if not i.id.startswith("D")).recall("error") >= 0.95


def test_a_question_is_rarely_asked_in_vain(result):
    assert len(result.alarmed["review"]) <= result.items * 0.02
    assert result.precision("review") >= 0.9


def test_a_lost_expectation_is_a_line_and_so_is_a_false_alarm(result):
    lines = {line.split()[0] for line in result.lines}
    assert lines <= {"FALSE", "MISS"}
    missed = sum(result.expected.values()) - sum(result.met.values())
    assert len(result.lines) == missed + sum(result.false.values())


def test_the_bench_is_large_enough_and_mostly_right():
    assert len(ITEMS) >= 340
    assert sum(i.right for i in ITEMS) >= len(ITEMS) * 0.6
    assert len({i.id for i in ITEMS}) == len(ITEMS)


def test_every_frame_says_how_often_it_was_met_and_how_often_it_was_wrong():
    counted = bench.in_frames(ITEMS)
    written = {frame.id: list(frame.bench) for frame in frames()}
    assert written == counted, "python tests/checks/text/bench.py --quiet --write"
    assert not any(wrong for _, wrong in counted.values())


def test_the_command_prints_the_table(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["bench.py"])
    bench.main(["--quiet", "--frames", "--only", "A-ap0"])
    printed = capsys.readouterr().out
    assert "reports with a false 强制: 0/" in printed
    assert "received " in printed
