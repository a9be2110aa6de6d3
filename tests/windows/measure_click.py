"""python tests/windows/measure_click.py [ROUNDS]: a click by the running service against one that starts the program.

Both ways in turn, in the same fake Excel under Wine; a ratio is the median of the rounds' ratios.
"""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from windows import set_up, warm
from windows.excel import Excel
from windows.machine import Machine

NAME = "测.xlsx"


def timed(work):
    """Return the seconds that something takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main(rounds):
    machine = Machine(set_up.ready())
    try:
        excel = Excel(machine)
        excel.open(NAME)
        with warm.running(machine) as service:
            service.press(excel, "check")  # starts what stays warm
            pairs = [
                (
                    timed(lambda: machine.finish(excel.begin("check"))),
                    timed(lambda: service.press(excel, "check")),
                )
                for _ in range(rounds)
            ]
    finally:
        machine.close()
    cold, hot = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    ratio = statistics.median(c / w for c, w in pairs)
    print(f"a click, {rounds} rounds: started {cold:.2f} s, by the service {hot:.2f} s, {ratio:.1f} times as fast")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
