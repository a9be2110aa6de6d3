"""A county by `batch` and `rollup`, and texts compared with each other; each checkout that is asked for in turn."""

import json
import random
import shutil
import statistics
import subprocess
import sys

from timing import Spent, environment, started

from county import towns

PEAK = """
import resource, sys
from pathlib import Path
from nianbao.cli import main
if __name__ == "__main__":
    code = main(sys.argv[2:])
    own = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
    Path(sys.argv[1]).write_text(str(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)))
    sys.exit(code)
"""
ALIKE = """
import json, sys, time
try:
    from nianbao.checks.text_pairs import pairs
except ImportError:
    from nianbao.checks.similarity import pairs
texts = json.load(open(sys.argv[1], encoding="utf-8"))
begun, wall = time.process_time(), time.perf_counter()
found = sum(1 for _ in pairs(texts, 0.6))
print(json.dumps([(time.process_time() - begun) * 1000, (time.perf_counter() - wall) * 1000, found]))
"""


def _steps(roster, delivered, out):
    """The commands of a county's season by name."""
    batch = ["batch", str(delivered), "--roster", str(roster), "-o", str(out), "--workers", "2"]
    summed = ["rollup", str(delivered), "--roster", str(roster), "-o", str(out.with_suffix(".xlsx")), "--partial"]
    return {"first run": batch, "run again, nothing changed": batch, "rollup beside the results": summed}


def county(run, bodies=200):
    """First run, unchanged run, rollup: seconds of processors and by the clock, the peak of the largest process."""
    roster, delivered = towns.many(run.folder / "county", bodies)
    script = run.folder / "peak.py"
    script.write_text(PEAK, encoding="utf-8")
    taken: dict[tuple[str, str], list[tuple[Spent, float]]] = {}
    rounds = max(1, run.rounds // 5)
    for n in range(rounds):
        for label, checkout in run.checkouts.items():
            out, peak = run.folder / f"county-{n}{label}", run.folder / "peak"
            for step, arguments in _steps(roster, delivered, out).items():
                command = [sys.executable, str(script), str(peak), *arguments]
                spent = started(command, environment(checkout), (0, 1))
                taken.setdefault((step, label), []).append((spent, int(peak.read_text()) / 1024))
            shutil.rmtree(out)
    print(f"\nA county: {bodies} bodies, 100 a county, two workers ({rounds} rounds)")
    for (step, label), found in taken.items():
        cpu, wall = (statistics.median(getattr(s, k) for s, _ in found) / 1000 for k in Spent._fields)
        against = [b[0].cpu / a[0].cpu for a, b in zip(taken[step, run.last], found, strict=True)]
        beside = f"{statistics.median(against):6.2f} of{run.last}" if label != run.last else ""
        peak_mb = max(mb for _, mb in found)
        print(
            f"{step + label:52}{cpu:8.2f} s processor{wall:9.2f} s clock{peak_mb:7.0f} MB{beside}",
            flush=True,
        )


def _texts(kind, count):
    """So many texts of some thousand characters: all with most sentences in common, or none alike."""
    rng = random.Random(count)
    common = [towns.prose(rng, 1) for _ in range(36)]
    own = ((towns.prose(rng, 40),) if kind == "different" else (*common, towns.prose(rng, 4)) for _ in range(count))
    return {f"{n}": "。".join(said) for n, said in enumerate(own)}


def similarity(run, alike=300, different=3000):
    """Each text of a county compared with each: nearly all alike; and none, in this checkout alone."""
    print("\nTexts of one county, each compared with each")
    for kind, count in (("alike", alike), ("different", different)):
        path = run.folder / f"{kind}.json"
        path.write_text(json.dumps(_texts(kind, count), ensure_ascii=False), encoding="utf-8")
        for label, checkout in list(run.checkouts.items())[: 1 if kind == "different" else None]:
            command = [sys.executable, "-c", ALIKE, str(path)]
            done = subprocess.run(command, env=environment(checkout), capture_output=True, check=True, text=True)
            cpu, wall, found = json.loads(done.stdout)
            said = f"{count} {kind}{label}"
            print(f"{said:52}{cpu / 1000:8.2f} s processor{wall / 1000:9.2f} s clock, {found} pairs", flush=True)
