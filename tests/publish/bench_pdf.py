"""Forty reports to PDF in one go and with one start each: `python tests/publish/bench_pdf.py [documents]`.

Prints seconds, seconds a document and the ratio. Times belong to the machine; other load on it spoils the ratio.
"""

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from nianbao.document import template_for
from nianbao.form import load_edition
from nianbao.publish import word_to_pdf
from reports import random_report


def timed(step):
    start = time.perf_counter()
    done = step()
    seconds = time.perf_counter() - start
    assert all(d.pdf for d in done), [d.problem for d in done]
    return seconds


def main(count=40):
    rng = random.Random(count)
    template = template_for(load_edition("2021"))
    documents = [template.render(random_report(rng)) for _ in range(count)]
    together = timed(lambda: word_to_pdf.convert(documents))
    alone = timed(lambda: [word_to_pdf.convert([d])[0] for d in documents])
    print(f"{count} documents             seconds   each")
    print(f"one start for each        {alone:8.2f} {alone / count:6.3f}")
    print(f"all in one go             {together:8.2f} {together / count:6.3f}   {alone / together:.1f} × faster")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
