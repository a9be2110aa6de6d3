"""Locating wrong cells, on a sample; the whole measurement is `python tests/checks/measure_diagnosis.py`."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import measure_diagnosis


def test_every_single_wrong_cell_is_detected_located_and_mended_as_one_finding():
    tally = measure_diagnosis.singles(random.Random(1), 12)
    assert tally.tried == 12 * 175
    assert tally.tried == tally.detected == tally.located == tally.mended == tally.single


def test_of_two_wrong_cells_the_true_pair_is_proposed():
    tally = measure_diagnosis.pairs(random.Random(2), 40)
    assert tally.detected >= 0.999 * tally.tried
    assert tally.mended >= 0.95 * tally.tried
