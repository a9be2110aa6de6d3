"""Tests of one group run in one process: they share what is costly to make, or a program that may run only once."""

import pytest


@pytest.mark.xdist_group("grouping")
def test_a_test_knows_its_group_where_groups_are_asked_for(request):
    grouped = request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@grouping") is bool(grouped)
