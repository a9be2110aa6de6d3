"""Eight browsers that check for a long time: each gets its own answer, and memory stays where it was."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from serve import desks

pytestmark = [pytest.mark.soak, pytest.mark.skipif(not Path("/proc").exists(), reason="memory is read from /proc")]

CHECKS, WARM, MOST_MORE = 2_000, 300, 40_000
"""Checks in all, those before memory is looked at, and kB that all processes together may have more at the end."""


def memory(pid):
    """Return the kB that a process and those it started hold."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return own + sum(memory(int(child)) for child in children)


def test_memory_stays_flat_over_two_thousand_checks_by_eight_browsers(tmp_path, books):
    with desks.running(tmp_path) as desk:
        desk.log_in()

        def one(n):
            work = desk.begin("check", main=(f"第{n}份.xlsx", (books.sound, books.wrong)[n % 2].read_bytes()))
            desk.go(work)
            page = desk.page(work)
            return f"第{n}份.xlsx" in page and ("改好以前" in page) == bool(n % 2)

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(one, range(WARM)))
            before = memory(desk.process.pid)
            assert all(pool.map(one, range(WARM, CHECKS)))
            more = memory(desk.process.pid) - before
        print(f"{before} kB after {WARM} checks, {more:+} kB after {CHECKS}")
        assert more < MOST_MORE
        kept = sum(1 for _ in (tmp_path / "nianbao" / "serve").glob("run-*/*"))
        assert kept <= 41
