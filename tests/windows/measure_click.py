"""python tests/windows/measure_click.py [ROUNDS [BUTTON]]: a click by the running service, and one that starts Python.

Both ways in turn, in the same fake Excel under Wine. `about` asks Excel next to nothing, `check` some thousand
questions, which cost Wine milliseconds each. A ratio is the median of the rounds' ratios.
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


def main(rounds, button):
    machine = Machine(set_up.ready())
    try:
        excel = Excel(machine)
        excel.open(NAME)
        with warm.running(machine) as service:
            service.press(excel, button)  # starts what stays warm
            pairs = []
            for _ in range(rounds):
                cold = timed(lambda: machine.finish(excel.begin(button)))
                pairs.append((cold, timed(lambda: service.press(excel, button))))
                print(f"started {cold:.2f} s, by the service {pairs[-1][1]:.2f} s", flush=True)
    finally:
        machine.close()
    cold, hot = (statistics.median(p[i] for p in pairs) for i in (0, 1))
    ratio = statistics.median(c / w for c, w in pairs)
    print(f"{button}, {rounds} rounds: started {cold:.2f} s, by the service {hot:.2f} s, {ratio:.1f} times as fast")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9, sys.argv[2] if len(sys.argv) > 2 else "about")
