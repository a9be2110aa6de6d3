"""Under drawn number formats nothing is taken that LibreOffice displays otherwise."""

import random

import pytest

from nianbao.form import Kind
from nianbao.numbers import read_number
from nianbao.workbook import display
from workbook import measure_displayed

CELLS = 6_000


def test_no_figure_is_taken_that_libreoffice_displays_otherwise(tmp_path):
    tally = measure_displayed.measure(CELLS, 2026, tmp_path)
    assert tally.cells >= CELLS
    assert tally.taken > CELLS / 10
    assert tally.silent == {}


def test_a_figure_that_is_displayed_otherwise_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(measure_displayed, "WHOLE_CODES", ("0.0,",))
    monkeypatch.setattr(display, "figure", lambda content, *_: (read_number(content.value, Kind.AMOUNT, ""), ""))
    assert measure_displayed.measure(400, 1, tmp_path).silent


@pytest.mark.parametrize("seed", range(3))
def test_formats_and_values_are_of_many_kinds(seed):
    rng = random.Random(seed)
    codes = {measure_displayed.code(rng) for _ in range(500)}
    assert len(codes) > 250
    assert any(";" in c for c in codes)
    assert any("," in c for c in codes)
