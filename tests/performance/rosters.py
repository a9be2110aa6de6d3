"""`python tests/performance/rosters.py [BODIES [ROUNDS]]`: prefilled workbooks filled by `new --roster`, and drawn.

In turn, in one process, processor time: so many workbooks as the roster's bodies get them, and the same drawn one by
one, as for a single body; each pair is compared byte for byte. Without last year's, and with an invented county's:
figures, facts, texts. The first of a kind is always drawn and not counted. A ratio is the median of the rounds' ratios.
"""

import random
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from nianbao import pipeline, workbook
from nianbao.county.demo import EDITION, YEAR, invented
from nianbao.form import load_edition

TEXT = "全年收到政府信息公开申请若干件，均在期限内答复。"


def bodies(number):
    """So many bodies: this year's empty report with what is known, and last year's."""
    rng, edition = random.Random(5), load_edition(EDITION)
    members = invented.members(number)[:number]
    for member in members:
        before = replace(invented.report_of(member, rng), year=YEAR - 1)
        said = {t.id: "\n".join(TEXT * rng.randint(1, 8) for _ in range(rng.randint(1, 5))) for t in edition.texts}
        before = replace(before, texts=said)
        yield pipeline.fresh_report(edition, member.name, YEAR, before, level=member.level), before


def timed(make, asked):
    begun = time.process_time()
    made = [make(*one) for one in asked]
    return (time.process_time() - begun) / len(asked) * 1000, made


def rounds(what, asked, times):
    edition, forms = load_edition(EDITION), workbook.Filling()
    for one in asked[:2]:  # drawn, and cut up for the next
        forms.build(edition, *one)
    ratios, filled_ms, drawn_ms = [], [], []
    for turn in range(times):
        part = asked[turn::times]
        filled, one = timed(lambda *a: forms.build(edition, *a), part)
        drawn, other = timed(lambda *a: workbook.build(edition, *a), part)
        assert one == other, "a filled workbook is not the one that is drawn"
        ratios.append(drawn / filled)
        filled_ms.append(filled)
        drawn_ms.append(drawn)
    print(
        f"{what}: filled {statistics.median(filled_ms):.1f} ms, drawn {statistics.median(drawn_ms):.0f} ms a body, "
        f"ratio {statistics.median(ratios):.1f} ({', '.join(f'{r:.1f}' for r in ratios)})",
        flush=True,
    )


def main():
    number, times = (int(a) for a in (*sys.argv[1:], *("60", "6")[len(sys.argv) - 1 :]))
    known = list(bodies(number))
    rounds("without last year's", [(report, None) for report, _ in known], times)
    rounds("with last year's", known, times)
    of_figures = [(report, replace(before, texts={})) for report, before in known]
    rounds("with last year's figures", of_figures, times)


if __name__ == "__main__":
    main()
