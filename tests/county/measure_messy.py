"""Tries random messy folders: `python tests/county/measure_messy.py 200 SEED` prints what counted, what was asked.

Told are all folders in which a file of another county counted, a body that sent something was called 缺, a sum was
wrong, or a near name was not suggested right.
"""

import os
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

if __name__ == "__main__":  # before anything of ours is imported
    here = Path(__file__).resolve()
    sys.path[:0] = [str(here.parents[1]), str(here.parents[2] / "automation")]

from county import messy, scopes
from nianbao.county.keeping import store as stores
from nianbao.county.model import Status
from nianbao.county.roster.roster_book import read_roster
from nianbao.county.run.collect import Wish, collect
from nianbao.county.run.judge import judge
from nianbao.county.run.runners import here as in_this_process
from nianbao.form import load_edition


@dataclass
class Found:
    """What was wrong in a folder, and how many near names there were and were suggested right."""

    seed: int
    foreign: list = field(default_factory=list)
    missing: list = field(default_factory=list)
    sums: list = field(default_factory=list)
    lost: list = field(default_factory=list)
    near: int = 0
    right: int = 0
    near_missed: list = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)

    @property
    def wrong(self):
        return self.foreign or self.missing or self.sums or self.lost


def tried(seed: int) -> Found:
    """Make a folder, run the county over it, compare with the truth."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = messy.make(folder, seed)
        listed = read_roster(folder / "名册.xlsx", load_edition("2021"))
        wish = Wish(formats=(), today=date(2026, 1, 12))
        with stores.opened(folder / "结果") as store:
            collected = collect(store, [folder / "收到"], listed, wish, in_this_process)
            judged = judge(store, collected, listed, wish, None)
    return compared(seed, truth, collected, judged)


def compared(seed, truth, collected, judged) -> Found:
    found = Found(seed)
    counted = {}
    placed = {}
    for body in collected.match.bodies:
        name, kind = body.member.name, truth.kinds[body.member.name]
        found.statuses[f"{kind}: {body.status.label}"] += 1
        for one in body.files:
            placed.setdefault((one.source.path, one.source.member), []).append((name, body))
        if body.counts:
            key = (body.counts.source.path, body.counts.source.member)
            counted[name] = truth.figures.get(key)
            if truth.owner[key] != name:
                found.foreign.append((name, kind, key, truth.owner[key]))
        if body.status is Status.MISSING and name in truth.owner.values():
            found.missing.append((name, kind, [k for k, o in truth.owner.items() if o == name]))
    whole = next(t for t in judged.totals if t.scope == scopes.COUNTY)
    keys = {k for values in counted.values() if values for k in values}
    expected = {k: sum(v.get(k, 0) for v in counted.values() if v) for k in keys}
    found.sums = [
        (k, whole.values.get(k), n) for k, n in expected.items() if k in whole.values and whole.values[k] != n
    ]
    if whole.determined and len(counted) != len(truth.members):
        found.sums.append(("determined", len(counted), len(truth.members)))
    told = set(placed) | {(s.source.path, s.source.member) for s in collected.match.strays}
    found.lost = [k for k in truth.owner if k not in told]
    for key in truth.near:
        owner = truth.owner[key]
        mine = [b for n, b in placed.get(key, ()) if n == owner]
        right = bool(mine) and (mine[0].status is not Status.ASKED or "更可能是" not in mine[0].note)
        found.near += 1
        found.right += right
        if not right:
            found.near_missed.append((owner, truth.kinds[owner], key, [n for n, _ in placed.get(key, ())]))
    return found


def main(count: int, seed: int) -> int:
    totals = Counter()
    statuses = Counter()
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for found in pool.map(tried, range(seed, seed + count)):
            totals.update(folders=1, foreign=len(found.foreign), missing=len(found.missing), sums=len(found.sums),
                          lost=len(found.lost), near=found.near, right=found.right)  # fmt: skip
            statuses.update(found.statuses)
            if totals["folders"] % 20 == 0:
                print(dict(totals), flush=True)
            if found.wrong or found.near_missed:
                print(
                    f"seed {found.seed}:", *found.foreign, *found.missing, *found.sums, *found.lost, *found.near_missed
                )
    for status, number in sorted(statuses.items()):
        print(f"  {status}: {number}")
    print(dict(totals), f"near names suggested right: {totals['right'] / max(1, totals['near']):.1%}")
    return 1 if any(totals[k] for k in ("foreign", "missing", "sums", "lost")) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
