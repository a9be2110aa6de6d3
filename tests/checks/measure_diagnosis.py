"""How well wrong cells of 表三 are located: `python tests/checks/measure_diagnosis.py [reports] [pairs]`.

Random consistent reports; every single-cell change of the 175 cells, then random pairs of changes. Prints the shares.
"""

import random
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import reports
from nianbao.checks import arithmetic
from nianbao.form import load_edition

EDITION = load_edition("2021")
CELLS = [v.key for v in EDITION.table["requests"].values]
RULES = [r for r in EDITION.rules if r.identities]


@dataclass
class Tally:
    """Counts over the changes tried; `slowest` in seconds."""

    tried: int = 0
    detected: int = 0
    located: int = 0
    mended: int = 0
    single: int = 0
    slowest: float = 0.0

    def shares(self) -> str:
        def share(n):
            return f"{100 * n / self.tried:.2f} %"

        return (
            f"{self.tried} tried: detected {share(self.detected)}, located {share(self.located)}, "
            f"right values proposed {share(self.mended)}, as one finding {share(self.single)}, "
            f"slowest {1000 * self.slowest:.1f} ms"
        )


def judged(report, truth, tally):
    """Check a report whose true figures at the changed cells are `truth`, and count how it was told."""
    start = time.perf_counter()
    found = arithmetic.sums(reports.reading(report), RULES)
    tally.slowest = max(tally.slowest, time.perf_counter() - start)
    proposals = [{c.cell: c.value for c in p} for f in found for p in f.proposals]
    tally.tried += 1
    tally.detected += bool(found)
    tally.single += len(found) == 1
    tally.located += any(set(p) == set(truth) for p in proposals)
    tally.mended += truth in proposals


def changed_value(rng, value):
    """Another possible figure: a slip of the finger, a digit more or less, anything."""
    options = [value + 1, value - 1, value * 10, value // 10, rng.randint(0, 5000), rng.randint(0, 20)]
    return rng.choice([o for o in options if o >= 0 and o != value])


def singles(rng, count):
    tally = Tally()
    for _ in range(count):
        report = reports.random_report(rng)
        for key in CELLS:
            true = report.values[key]
            wrong = replace(report, values={**report.values, key: changed_value(rng, true)})
            judged(wrong, {key: true}, tally)
    return tally


def pairs(rng, count):
    tally = Tally()
    for _ in range(count):
        report = reports.random_report(rng)
        for _ in range(20):
            keys = rng.sample(CELLS, 2)
            truth = {k: report.values[k] for k in keys}
            wrong = {k: changed_value(rng, v) for k, v in truth.items()}
            judged(replace(report, values={**report.values, **wrong}), truth, tally)
    return tally


def main(reports_tried=1000, pair_reports=1000):
    rng = random.Random(2026)
    print("single changes:", singles(rng, reports_tried).shares())
    print("pairs:         ", pairs(rng, pair_reports).shares())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
