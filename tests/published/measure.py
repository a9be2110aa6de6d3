"""Measure the reader on web pages in many manners, whole and damaged.

`python tests/published/measure.py [COUNT [FIRST SEED]]`; without arguments 1,000 damaged pages.
"""

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))

import reports
from nianbao.checks import check
from nianbao.errors import InputError
from nianbao.form import Edition, edition_names
from nianbao.published import read
from published import pages


class Outcome(NamedTuple):
    right: int
    absent: list[str]
    unreported: list[str]
    wrong: list[tuple[str, object, object]]
    refused: bool


def judge(data: bytes, page: pages.Page, folder: Path) -> Outcome:
    """Read a page and compare it with the report it shows, cell by cell, in the report's own edition."""
    path = folder / "page.html"
    path.write_bytes(data)
    edition = page.edition
    expected = {k: v for k, v in page.report.values.items() if edition.table[edition.values[k].table].printed}
    try:
        reading = read(path)
    except InputError:
        return Outcome(0, list(expected), [], [], True)
    found = {k: v for k, v in reading.report.values.items() if k in expected or not is_fee_of_none(k, v, page)}
    told = {k for f in check(reading) for k in f.cells}
    wrong = [(k, v, found[k]) for k, v in expected.items() if k in found and found[k] != v]
    wrong += [(k, None, v) for k, v in found.items() if k not in expected]
    absent = [k for k in expected if k not in found]
    unreported = [k for k in absent if not is_told(k, told, edition)]
    return Outcome(sum(found.get(k) == v for k, v in expected.items()), absent, unreported, wrong, False)


def is_fee_of_none(key: str, value: object, page: pages.Page) -> bool:
    """Tell whether a figure is the fee a page's text says was not received, which no table of it shows."""
    return key.startswith("fee.") and value == page.report.values.get(key) == 0


def is_told(key: str, told: set[str], edition: Edition) -> bool:
    """Tell whether a finding names the cell. A blank total is named by its parts (A6); some cells may be blank."""
    made_of = edition.sums.get(key)
    parts = made_of is not None and any(k in told for k in made_of.right)
    return key in told or parts or not edition.values[key].required


def made(name: str, edition: str, seed: int) -> pages.Page:
    """A page of a random report in this manner."""
    rng = random.Random(f"{name} {edition} {seed}")
    page = pages.page(reports.random_report(rng, edition))
    pages.MANNERS[name](page, rng)
    return page


def main(count: int, start: int = 0) -> int:
    """Print the counts; return 1 when a value is wrong or absent without a word."""
    bad = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        total: Counter[str] = Counter()
        started = time.perf_counter()
        for name in pages.MANNERS:
            sums: Counter[str] = Counter()
            for edition in edition_names():
                page = made(name, edition, 0)
                bad += add(sums, judge(page.rendered(), page, folder), f"{name} {edition}")
            total += sums
            print(f"{name:40} {line(sums)}")
        seconds = (time.perf_counter() - started) / (len(pages.MANNERS) * len(edition_names()))
        print(f"{'whole pages, together':40} {line(total)}; {seconds * 1000:.0f} ms a page")
        damaged: dict[str, Counter[str]] = {}
        for i in range(start, start + count):
            rng = random.Random(i)
            name, edition = rng.choice(list(pages.MANNERS)), rng.choice(edition_names())
            page = made(name, edition, i)
            kind = pages.corrupted(page, rng)
            outcome = judge(page.rendered(), page, folder)
            bad += add(damaged.setdefault(kind, Counter()), outcome, f"{i} {name} {edition} {kind}")
        for kind, sums in sorted(damaged.items()):
            print(f"damaged: {kind:31} {line(sums)}")
        print(f"{'damaged pages, together':40} {line(sum(damaged.values(), Counter()))}")
    return 1 if bad else 0


def add(sums: Counter[str], outcome: Outcome, name: str) -> int:
    sums.update(pages=1, right=outcome.right, absent=len(outcome.absent), unreported=len(outcome.unreported),
                wrong=len(outcome.wrong), refused=outcome.refused)  # fmt: skip
    if outcome.wrong or outcome.unreported:
        print(f"!! {name}: wrong {outcome.wrong[:3]}, unreported {outcome.unreported[:3]}")
    return len(outcome.wrong) + len(outcome.unreported)


def line(sums: Counter[str]) -> str:
    return (f"{sums['pages']:4} pages, {sums['right']:6} right, {sums['absent']:5} absent, "
            f"{sums['unreported']} unreported, {sums['wrong']} wrong, {sums['refused']} pages refused")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:] or ["1000"])))
