"""1,500 bodies: memory does not grow with their number, time is linear. Run with `pytest -m soak tests/county`."""

import pytest

from county import bench, towns


@pytest.mark.soak
def test_1500_bodies_take_no_more_memory_than_300_and_five_times_as_long(tmp_path):
    few = bench.measured(*towns.many(tmp_path / "few", 300), tmp_path / "out300", 2)
    lots = bench.measured(*towns.many(tmp_path / "lots", 1500), tmp_path / "out1500", 2)
    print(few, lots)
    assert (few["made"], lots["made"]) == (300, 1500)
    assert lots["peak_mb"] < few["peak_mb"] * 1.25
    assert lots["seconds"] < few["seconds"] * 5 * 1.3
