"""Random messy folders: nothing foreign counts, nobody who sent something is called 缺, no sum is wrong."""

import pytest

from county import measure_messy, messy

SEEDS = (4, 31, 57)


@pytest.mark.parametrize("seed", SEEDS)
def test_of_a_messy_folder_nothing_is_counted_called_or_lost_that_should_not_be(seed):
    found = measure_messy.tried(seed)
    assert (found.foreign, found.missing, found.sums, found.lost) == ([], [], [], [])
    assert found.near_missed == []


def test_the_folders_tried_have_every_kind_of_mess(tmp_path):
    kinds = [k for seed in SEEDS for k in messy.make(tmp_path / str(seed), seed).kinds.values()]
    assert set(kinds) == set(messy.KINDS)
