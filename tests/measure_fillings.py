"""How wrong fillings are told: `python tests/measure_fillings.py [fillings of each kind in each edition]`.

One fault in a workbook without findings: how many findings, the first at the faulty cell, no right cell proposed.
"""

import random
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

from books import EDITIONS
from fillings import KINDS, Filling, Form, form
from nianbao.checks import check
from nianbao.findings import Finding
from nianbao.workbook.read import read_book
from sheets import Book

BASES = 3
"""Different workbooks of each edition."""


@dataclass
class Tally:
    """How the fillings of one kind were told; `odd` are the cells or messages of some that were not told right."""

    tried: int = 0
    counts: list[int] = field(default_factory=list)
    first: int = 0
    proposed_right: int = 0
    odd: list[str] = field(default_factory=list)


def before(base: Form) -> set[str]:
    """What is told of the sound workbook: nothing but how a county's own form differs from the state's."""
    return {f.message for f in check(read_book(Book(base.sheets)))}


def told(filling: Filling, base: set[str]) -> list[Finding]:
    return [f for f in check(read_book(filling.book)) if f.message not in base]


def measure(each: int, kinds=KINDS) -> dict[str, Tally]:
    """Try so many fillings of each kind in each edition."""
    tallies = {name: Tally() for name in kinds}
    for edition in EDITIONS:
        for seed in range(BASES):
            base = form(edition, seed)
            known = before(base)
            for name in kinds:
                rng = random.Random(f"{edition} {seed} {name}")
                for _ in range(-(-each // BASES)):
                    filling = KINDS[name](rng, base)
                    if filling is not None:
                        count(tallies[name], filling, told(filling, known))
    return tallies


def count(tally: Tally, filling: Filling, found: list[Finding]) -> None:
    tally.tried += 1
    tally.counts.append(len(found))
    at = bool(found) and found[0].place in filling.places
    tally.first += at
    right = any(c.cell not in filling.wrong for f in found for p in f.proposals for c in p)
    tally.proposed_right += right
    if (not at or len(found) != 1 or right) and len(tally.odd) < 3:
        tally.odd.append(f"{sorted(filling.places)[:3]} → {[(f.rule, f.place) for f in found][:4]}")


def main(each: int = 30) -> None:
    tallies = measure(each)
    for name, t in tallies.items():
        share, most = f"{100 * t.first / t.tried:.0f} %", max(t.counts)
        print(f"{name}\t{t.tried} tried\tmedian {median(t.counts):g}\tat most {most}\tfirst at the fault {share}")
        for odd in t.odd:
            print("    ", odd)
    counts = [n for t in tallies.values() for n in t.counts]
    one, first = (100 * x / len(counts) for x in (counts.count(1), sum(t.first for t in tallies.values())))
    right = sum(t.proposed_right for t in tallies.values())
    print(f"{len(tallies)} kinds, {len(counts)} fillings: median findings {median(counts):g}, {one:.1f} % have one,")
    print(f"first at the faulty cell {first:.1f} %, proposals that name a right cell: {right}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
