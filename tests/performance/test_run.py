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
TINY = ["--rounds", "1", "--county", "3", "--json", "2", "--roster", "2", "--alike", "3", "4", "--bodies", "4"]
TITLES = (
    "Warm: one document", "Warm: reading one workbook", "Warm: a whole body", "Report JSON", "Cold: one report",
    "new --roster", "A click: check", "A click: make", "A county: 3 bodies", "Texts of one county", "The nation",
)  # fmt: skip


def measured(*options):
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run([sys.executable, RUN, *options], env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="memory and clocks of others are read from /proc")
def test_every_section_runs_once():
    told = measured(*TINY)
    assert [t for t in TITLES if t not in told] == []
    assert "nan" not in told
    assert len(re.findall(r"ms +\d+\.\d\d +\d", told)) > 25
    assert re.search(r"\n +4 bodies .* peak +\d+\.\d MB a worker", told)


def test_another_checkout_is_measured_in_turn(tmp_path):
    (tmp_path / "before").symlink_to(RUN.parents[2], target_is_directory=True)
    told = measured(*TINY, "--only", "similarity,county", "--against", str(tmp_path / "before"))
    assert len(re.findall("3 alike.* 3 pairs", told)) == 2
    assert len(re.findall("run again, nothing changed", told)) == 2
    assert " of, before" in told
