"""A process that makes a workbook's report so often as it is told on a line, as `make` does: all rules, proof, writing.

`python tests/performance/warm.py WORKBOOK FOLDER`; it answers with the milliseconds: of the processor, by the clock.
"""

import itertools
import json
import os
import sys
import time

from nianbao.cli import main


def serve(workbook, folder):
    answers, numbers = sys.stdout, itertools.count()
    with open(os.devnull, "w", encoding="utf-8") as sys.stdout:  # noqa: PTH123 - as main writes to it
        for line in sys.stdin:
            cpu, wall = time.process_time(), time.perf_counter()
            for _ in range(int(line)):
                assert main(["make", workbook, "-o", f"{folder}/{next(numbers)}"]) == 0
            spent = (time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000
            print(json.dumps(spent), file=answers, flush=True)


if __name__ == "__main__":
    serve(*sys.argv[1:])
