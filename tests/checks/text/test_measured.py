"""The labelled sentences meet the targets; `measure.py` prints the numbers."""

from collections import Counter

import pytest

from checks.text import measure

EVERYTHING = list(measure.labelled())


def test_the_set_is_large_enough():
    assert len(EVERYTHING) >= 240
    assert sum(s.held_out for s in EVERYTHING) >= 60


def test_precision_is_kept_for_every_class():
    for held_out in (False, True):
        scores = dict(measure.table([s for s in EVERYTHING if s.held_out is held_out]))
        least = measure.TARGETS if not held_out else measure.HELD_OUT_TARGETS
        assert {c: scores[c].precision >= p for c, p in least.items()} == dict.fromkeys(least, True)


def test_nearly_every_fault_in_a_listed_phrasing_is_found():
    scores = dict(measure.table([s for s in EVERYTHING if s.listed]))
    assert scores["all"].recall >= measure.LEAST_RECALL


@pytest.mark.parametrize("sentence", [s for s in EVERYTHING if s.trap], ids=lambda s: s.text[:30])
def test_a_trap_raises_no_error(sentence):
    assert [m for (_, severity), m in measure.messages(sentence) if severity == "error"] == []


KNOWN = {
    "制定规范性文件0件，清理规范性文件12件，其中废止3件。",
    "通过网站公开规范性文件25件。",
}
"""Judged too mildly so far (see Known limits in docs/developers/text-rules.md)."""


@pytest.mark.parametrize("sentence", [s for s in EVERYTHING if not s.held_out], ids=lambda s: s.text[:30])
def test_a_sentence_that_is_judged_rightly_stays_so(sentence):
    found = Counter(label for label, _ in measure.messages(sentence))
    assert (found == sentence.expected) is (sentence.text not in KNOWN)
