"""`python tests/performance/rosters.py [BODIES [ROUNDS]]`: prefilled workbooks filled by `new --roster`, and drawn.

In turn, in one process, processor time: so many workbooks as the roster's bodies get them, and the same drawn one by
one, as for a single body; each pair is compared byte for byte. Without last year's, and with an invented county's:
figures, facts, texts. The first of a kind is always drawn and not counted. A ratio is the median of the rounds' ratios.
"""

import random
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

from timing import here, told

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


def compared(what, asked, times):
    """Fill and draw these in turn; print processor time of a workbook, and the ratio."""
    edition, forms = load_edition(EDITION), workbook.Filling()
    for one in asked[:2]:  # drawn, and cut up for the next
        forms.build(edition, *one)
    taken = {f"drawn, {what}": [], f"filled, {what}": []}
    for turn in range(times):
        part = asked[turn::times]
        made = []
        for name, build in zip(taken, (workbook.build, forms.build), strict=True):
            done = []
            spent = here(lambda build=build, done=done, part=part: done.extend(build(edition, *a) for a in part))(1)
            taken[name].append(spent.by(len(part)))
            made.append(done)
        assert made[0] == made[1], "a filled workbook is not the one that is drawn"
    told(f"new --roster: one body's workbook, {what}", taken)


def main(number=60, times=6):
    """Compare without last year's, with it, and with its figures alone."""
    known = list(bodies(number))
    compared("without last year's", [(report, None) for report, _ in known], times)
    compared("with last year's", known, times)
    compared("with last year's figures", [(report, replace(before, texts={})) for report, before in known], times)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
