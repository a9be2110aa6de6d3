"""Tests of one group run in one process: they share what is costly to make, or a program that may run only once."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.xdist_group("grouping")
def test_a_test_knows_its_group_where_groups_are_asked_for(request):
    grouped = request.config.getoption("loadgroup", default=False)
    assert request.node.nodeid.endswith("@grouping") is bool(grouped)


def test_the_tests_run_without_xdist_too():
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
        __file__,
        "-k",
        "knows",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parent)
    assert done.returncode == 0, done.stdout
