"""How a county's run scales: `python tests/county/bench.py [bodies [rounds]]`.

Prints seconds after start-up for the invented county of 17, for a quarter of the bodies, then for all with one and two
workers in turn, each with the peak memory of the parent, and the median ratio. One worker is the program itself, as
with `--workers 1`. A lent machine does not always have two whole cores: what two loops that share nothing get of it
at that moment is printed beside the ratio.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from county import towns
from nianbao.county import demo

RUN = """
import json, resource, sys, time
from pathlib import Path

def main():
    from nianbao.county.run import batch
    from nianbao.county.run import produce
    from nianbao.county.run import processes, runners
    from nianbao.county.keeping import store
    from nianbao.county.roster import book as roster_book
    from nianbao.county.run.collect import Wish
    from nianbao.form import load_edition
    roster, delivered, out, workers = sys.argv[1:]
    listed = roster_book.read_roster(Path(roster), load_edition("2021"))
    runner = runners.here if workers == "1" else processes.Processes(int(workers), prepare=produce.prepare)
    for _ in runner(abs, range(8 * int(workers))):
        pass
    start = time.perf_counter()
    with store.opened(Path(out)) as opened:
        done = batch.run(opened, [Path(delivered)], listed, Wish(), runner)
    taken = time.perf_counter() - start
    if workers != "1":
        runner.close()
    status = Path("/proc/self/status")
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) if status.exists() else 0
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(u.ru_utime + u.ru_stime for u in usage)
    print(json.dumps({"seconds": taken, "cpu": cpu, "peak_mb": peak / 1024, "made": done.made_now}))

if __name__ == "__main__":
    main()
"""


def measured(roster, delivered, out, workers):
    """Seconds after start-up and the parent's peak memory of one run in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "run.py"
        script.write_text(RUN, encoding="utf-8")
        command = [sys.executable, script, roster, delivered, out, workers]
        done = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def spun(processes):
    """Seconds in which so many processes that share nothing each do the same: what the machine itself allows."""
    command = [sys.executable, "-c", "for i in range(6 * 10**6): i * i % 7"]
    start = time.perf_counter()
    running = [subprocess.Popen(command) for _ in range(processes)]
    for one in running:
        one.wait()
    return time.perf_counter() - start


def compared(whole, bodies, rounds, scratch):
    """Print one and two workers in turn, and the median of the rounds' ratios beside what the machine allows."""
    ratios, allowed = [], []
    for n in range(rounds):
        times = {}
        for workers in (1, 2):
            told = measured(*whole, scratch / f"o{n}{workers}", workers)
            times[workers] = told["seconds"]
            print(f"{bodies:5} bodies, {workers} workers: {told['seconds']:7.1f} s, parent {told['peak_mb']:5.0f} MB")
        ratios.append(times[1] / times[2])
        allowed.append(2 * spun(1) / spun(2))
        print(f"      one worker / two workers: {ratios[-1]:.2f}; two idle loops: {allowed[-1]:.2f}")
    print(f"one worker / two workers, median of {rounds}: {statistics.median(ratios):.2f}"
          f" (two loops that share nothing: {statistics.median(allowed):.2f})")  # fmt: skip


def main(bodies=60, rounds=3):
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        invented = demo.invent()
        told = measured(*demo.write(invented, scratch / "demo"), scratch / "o", 2)
        print(f"the invented county of 17 towns, {len(invented.members)} bodies, 2 workers: {told['seconds']:.1f} s")
        small = towns.many(scratch / "quarter", bodies // 4)
        whole = towns.many(scratch / "whole", bodies)
        quarter = measured(*small, scratch / "q", 2)
        print(f"{bodies // 4:5} bodies, 2 workers: {quarter['seconds']:7.1f} s, parent {quarter['peak_mb']:5.0f} MB")
        compared(whole, bodies, rounds, scratch)
        start = time.perf_counter()
        again = measured(*whole, scratch / "o02", 2)
        print(f"run again: {time.perf_counter() - start:.1f} s with start-up, made {again['made']}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
