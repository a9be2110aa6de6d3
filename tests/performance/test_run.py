"""Every section of the measurement runs: one tiny round of each."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="processor time of other processes is asked of POSIX")
pytest.importorskip("uvicorn", reason="the service is measured too")

RUN = Path(__file__).with_name("run.py")
TINY = ["--rounds", "1", "--county", "2", "--json", "1", "--roster", "2", "--alike", "3", "4", "--bodies", "2"]
TITLES = (
    "Warm: one document", "Warm: reading one workbook", "Warm: a whole body", "Report JSON", "Cold: one report",
    "new --roster", "A click: check", "A click: make", "A county: 2 bodies", "Texts of one county", "The nation",
)  # fmt: skip


def measured(*options):
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run([sys.executable, RUN, *options], env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="memory and clocks of others are read from /proc")
def test_every_section_runs_once_and_another_checkout_is_measured_in_turn(tmp_path):
    (tmp_path / "before").symlink_to(RUN.parents[2], target_is_directory=True)
    told = measured(*TINY, "--against", str(tmp_path / "before"))
    assert [t for t in TITLES if t not in told] == []
    assert "nan" not in told
    assert len(re.findall(r"ms +\d+\.\d\d +\d", told)) > 27
    assert re.search(r"\n +2 bodies .* peak +\d+\.\d MB a worker", told)
    for measured_twice, times in (("3 alike.* 3 pairs", 2), ("run again, nothing changed", 2), ("proof.*, before ", 2)):
        assert len(re.findall(measured_twice, told)) == times
    assert " of, before" in told


def test_a_section_alone_measures_this_checkout_when_no_other_is_named():
    told = measured(*TINY, "--only", "similarity")
    assert [t for t in TITLES if t in told] == ["Texts of one county"]
    assert len(re.findall("3 alike.* 3 pairs", told)) == 1
