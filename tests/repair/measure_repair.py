"""`python tests/repair/measure_repair.py [workbooks] [seed]`: random breaking, by kind what was placed and listed.

Every broken workbook has 200 to 480 figures, facts and paragraphs that all differ, so that each tells where it came
from: none may stand in a wrong place, none may be neither placed nor listed.
"""

import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from nianbao.errors import InputError
from nianbao.form import load_edition
from nianbao.repair.rescue import rescued
from repair import bases, breaking, judging


def main(many=400, seed=1):
    """Break and repair; print what became of it."""
    began = time.process_time()
    total, by_way, bad, refused = Counter(), defaultdict(Counter), [], Counter()
    known = list(bases.every())
    for number in range(seed, seed + many):
        name, book, report, last = known[number % len(known)]
        broken = breaking.broken_by(book, number)
        asked = load_edition(("2021", "2019", "2021+single-other")[number % 3]) if number % 5 == 0 else None
        try:
            done = rescued(breaking.opened(broken), asked)
        except InputError as e:
            refused[str(e)[:60]] += 1
            continue
        counts, wrong, lost = judging.judged(broken, done, report, last)
        total += counts + Counter(books=1)
        for way in broken.done:
            by_way[way] += Counter(books=1, placed=counts["placed"], listed=counts["listed"])
        if wrong or lost:
            bad.append((number, name, broken.done, asked and asked.id, wrong[:5], sorted(lost)[:5]))
    for way, counts in sorted(by_way.items()):
        share = counts["placed"] / counts["books"]
        print(f"{way:28}{counts['books']:6}{share:9.1f} placed{counts['listed'] / counts['books']:9.1f} listed")
    print(dict(total), f"{time.process_time() - began:.0f} s of processor", dict(refused))
    for one in bad[:20]:
        print("WRONG", *one)
    print(f"{len(bad)} of {many} with something wrong or lost")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
