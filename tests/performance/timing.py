"""What work takes, in this process and in others, and tables that compare: processor time first, then the clock's.

All methods of a table run in turn in small batches, round after round; a ratio is the median of the rounds' ratios, so
that other load on the machine meets all of them. Processor time is what a method needs of the machine, children
included; the clock tells waiting for the disk and for others too.
"""

import json
import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple


class Spent(NamedTuple):
    """Milliseconds that one piece of work took: of processors, and by the clock."""

    cpu: float
    wall: float

    def by(self, count: int) -> "Spent":
        return Spent(self.cpu / count, self.wall / count)


Measure = Callable[[int], Spent]
"""Does something so many times; what one time took."""


def here(function) -> Measure:
    """A function of this process."""

    def measure(count):
        cpu, wall = time.process_time(), time.perf_counter()
        for _ in range(count):
            function()
        return Spent((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000).by(count)

    return measure


def started(command, environment, fine=(0,)) -> Spent:
    """A program from its start to its end, with all that it starts. What it says is shown where it fails.

    `fine` are the codes that it may end with.
    """
    with tempfile.TemporaryFile() as told:
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(command, stdout=told, stderr=subprocess.STDOUT, env=environment, check=False)
        taken, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
        told.seek(0)
        assert done.returncode in fine, told.read().decode(errors="replace")[-2000:]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(cpu * 1000, taken * 1000)


def starting(command, environment) -> Measure:
    """The same, to be measured."""
    return lambda count: Spent(*map(sum, zip(*(started(command, environment) for _ in range(count)), strict=True))).by(
        count
    )


class Other:
    """A process that does something so often as it is told on a line, and answers with what that took."""

    def __init__(self, command, environment=None):
        self.process = subprocess.Popen(
            [*map(str, command)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def measure(self, count):
        self.process.stdin.write(f"{count}\n")
        self.process.stdin.flush()
        return Spent(*json.loads(self.process.stdout.readline())).by(count)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def environment(checkout):
    """What a program of a checkout is started with: its own modules, and none of our switches of Python."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(checkout / "automation")}


def table(title, todo: Mapping[str, Measure], rounds, batches=None):
    """Run and print one comparison; the first method is the measure of the others. Return the medians' ratios by name.

    `batches` says how often a method is called in a round, where it is not once. A single round is only a trial and
    not warmed up for.
    """
    batches = dict.fromkeys(todo, 1) | (batches or {})
    for name, measure in todo.items() if rounds > 1 else ():
        measure(min(5, batches[name]))
    taken = {name: [] for name in todo}
    for _ in range(rounds):
        for name, measure in todo.items():
            taken[name].append(measure(batches[name]))
    return told(title, taken)


def told(title, taken: Mapping[str, list[Spent]]):
    """Print what was taken in each round, by method; return the ratios of processor time to the first."""
    first = next(iter(taken.values()))
    print(f"\n{title} ({len(first)} rounds; × is how many times as fast as the first)")
    print(f"{'':52}{'processor':>13}{'×':>8}{'clock':>14}{'×':>8}")
    ratios = {}
    for name, times in taken.items():
        cpu, wall = (
            statistics.median(getattr(a, k) / getattr(b, k) for a, b in zip(first, times, strict=True))
            for k in Spent._fields
        )
        of = [statistics.median(getattr(t, k) for t in times) for k in Spent._fields]
        print(f"{name:52}{of[0]:10.2f} ms{cpu:8.2f}{of[1]:11.2f} ms{wall:8.2f}", flush=True)
        ratios[name] = cpu
    return ratios
