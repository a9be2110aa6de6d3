"""1,500 bodies: memory does not grow with their number, time is linear. Run with `pytest -m soak tests/county`."""

import pytest

from county import bench, towns


@pytest.mark.soak
def test_1500_bodies_take_no_more_memory_than_500_and_three_times_the_work(tmp_path):
    few = bench.measured(*towns.many(tmp_path / "few", 500), tmp_path / "out500", 2)
    lots = bench.measured(*towns.many(tmp_path / "lots", 1500), tmp_path / "out1500", 2)
    print(few, lots)
    assert (few["made"], lots["made"]) == (500, 1500)
    assert lots["peak_mb"] < few["peak_mb"] * 1.3
    assert lots["cpu"] < few["cpu"] * 3 * 1.2  # of all processes: other load on the machine does not count
