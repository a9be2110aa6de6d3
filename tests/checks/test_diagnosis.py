"""Locating wrong cells, on a sample; the whole measurement is `python tests/checks/measure_diagnosis.py`."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure_diagnosis
import pytest

from nianbao.checks import diagnosis
from nianbao.checks.diagnosis import Diagnosis, diagnose
from nianbao.form import Identity


def test_every_single_wrong_cell_is_detected_located_and_mended_as_one_finding():
    tally = measure_diagnosis.singles(random.Random(1), 12)
    assert tally.tried == 12 * 175
    assert tally.tried == tally.detected == tally.located == tally.mended == tally.single


def test_of_two_wrong_cells_the_true_pair_is_proposed():
    tally = measure_diagnosis.pairs(random.Random(2), 40)
    assert tally.detected >= 0.999 * tally.tried
    assert tally.mended >= 0.95 * tally.tried


def line(left, right, name="行"):
    return Identity("A1", tuple(left), tuple(right), name)


def repairs(identities, values, computed=None):
    return [dict(r) for r in diagnose(identities, values, computed or {}).repairs]


def test_a_sum_that_does_not_hold_can_be_mended_in_each_of_its_cells_but_not_below_zero():
    assert repairs([line("ab", "c")], {"a": 1, "b": 0, "c": 4}) == [{"a": 4}, {"b": 3}, {"c": 1}]
    assert repairs([line("ab", "c")], {"a": 1, "b": 3, "c": 0}) == [{"c": 4}]
    assert repairs([line("a", "b")], {"a": 2, "b": 0}) == [{"a": 0}, {"b": 2}]


def test_what_holds_or_has_a_blank_needs_no_mending():
    assert diagnose([line("ab", "c")], {"a": 1, "b": 3, "c": 4}, {}) == Diagnosis((), ())
    assert diagnose([line("ab", "c")], {"a": 1, "c": 4}, {}) == Diagnosis((), ())


def test_a_part_that_counts_twice_through_a_total_is_changed_by_half():
    total = line("t", "ab")
    assert repairs([line("at", "c")], {"a": 3, "b": 0, "t": 3, "c": 4}, {"t": total}) == [{"a": 2}, {"c": 6}]
    assert repairs([line("at", "c")], {"a": 3, "b": 0, "t": 3, "c": 5}, {"t": total}) == [{"c": 6}]
    assert repairs([line("at", "c")], {"a": 3, "b": 4, "t": 7, "c": 9}, {"t": total}) == [{"b": 3}, {"c": 10}]


def test_one_cell_in_two_broken_lines_is_the_one_to_change():
    lines = [line("ab", "c"), line("ad", "e")]
    values = {"a": 5, "b": 1, "c": 3, "d": 1, "e": 3}
    assert repairs(lines, values) == [{"a": 2}]
    assert diagnose(lines, values, {}).broken == tuple(lines)


def test_two_unlike_faults_are_mended_by_two_cells():
    lines = [line("a", "b"), line("c", "d")]
    found = repairs(lines, {"a": 1, "b": 0, "c": 0, "d": 2})
    assert found == [{"a": 0, "c": 2}, {"a": 0, "d": 0}, {"b": 1, "c": 2}, {"b": 1, "d": 0}]


def test_a_cell_on_both_sides_settles_nothing():
    assert repairs([line("ab", "ac")], {"a": 9, "b": 1, "c": 2}) == [{"b": 2}, {"c": 1}]


def square(rng):
    """A table of three rows and columns with its totals: figures that hold, and what must hold."""
    values = {f"{r}{c}": rng.randint(1, 9) for r in range(3) for c in range(3)}
    lines = []
    for n in range(3):
        for name, cells in ((f"r{n}", [f"{n}{c}" for c in range(3)]), (f"c{n}", [f"{r}{n}" for r in range(3)])):
            values[name] = sum(values[k] for k in cells)
            lines.append(line(cells, [name]))
    return values, lines


@pytest.mark.parametrize("seed", range(40))
def test_of_three_wrong_cells_every_repair_proposed_holds_and_the_true_one_is_among_those_of_its_size(seed):
    rng = random.Random(seed)
    right, lines = square(rng)
    wrong = dict(right)
    changed = rng.sample(list(right), 3)
    for key in changed:
        wrong[key] += rng.randint(20, 90)
    found = repairs(lines, wrong)
    assert found
    for repair in found:
        assert all(diagnosis.difference(i, wrong | repair) == 0 for i in lines)
        assert all(wrong[k] != v >= 0 for k, v in repair.items())
    assert len({len(r) for r in found}) == 1
    if len(found[0]) == 3:
        assert {k: right[k] for k in changed} in found


def test_a_search_too_long_gives_up_and_still_names_what_is_broken(monkeypatch):
    lines = [line("a", "b"), line("c", "d"), line("e", "f")]
    values = {"a": 1, "b": 0, "c": 0, "d": 2, "e": 5, "f": 1}
    assert len(repairs(lines, values)) == 8
    monkeypatch.setattr(diagnosis, "MAX_STEPS", 0)
    assert diagnose(lines, values, {}) == Diagnosis(tuple(lines), ())


def test_a_search_that_gives_up_after_its_first_repair_does_not_show_it_as_the_only_one(monkeypatch):
    lines = [line("a", "b"), line("c", "d")]
    values = {"a": 1, "b": 0, "c": 0, "d": 2}
    assert len(repairs(lines, values)) == 4
    for most in range(4):
        monkeypatch.setattr(diagnosis, "MAX_STEPS", most)
        assert len(repairs(lines, values)) in (0, 4), most
