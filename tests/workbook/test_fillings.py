"""One fault in a workbook is told as one finding, at the fault; nothing right is proposed to be changed.

The whole table: `python tests/measure_fillings.py`.
"""

import random

import pytest

from books import EDITIONS
from fillings import KINDS, form
from measure_fillings import before, told

A_DIFFERENT_FORM = {"wuping-2022": 1}
"""That the county's form differs from the state's is told of every workbook in it."""


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_sound_workbook_has_no_findings(edition):
    assert len(before(form(edition, 0))) == A_DIFFERENT_FORM.get(edition, 0)


@pytest.mark.parametrize("name", KINDS)
def test_one_fault_is_one_finding_at_the_fault(name):
    for edition in EDITIONS:
        base = form(edition, 0)
        filling = KINDS[name](random.Random(f"{edition} {name}"), base)
        if filling is None:
            continue  # the edition has no such cells
        (one,) = told(filling, before(base))
        assert one.place in filling.places
        assert {c.cell for p in one.proposals for c in p} <= filling.wrong
        assert one.advice or one.rule == "W4"


def test_the_kinds_are_at_least_those_that_clerks_have_shown():
    assert len(KINDS) >= 54
