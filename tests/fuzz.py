"""Try damaged files on every reader: `python tests/fuzz.py MINUTES [--seed N] [--only READER …] [--workers 2]`.

With --guided libFuzzer (atheris, the extra `fuzz`) goes on from inputs that reached new lines of the program; --corpus
keeps these.

Prints for each reader how many inputs were tried, refused and read, the slowest, the most memory, and what went
wrong: anything raised that is no NianbaoError, an input that took over 10 s, more than 500 MB. Inputs that did harm
are saved below --crashes; `--replay FILE --only READER` tries one again.
"""

import argparse
import contextlib
import importlib.util
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import TextIO

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "automation")]
os.environ["PYTHONPATH"] = os.pathsep.join((*sys.path[:2], os.environ.get("PYTHONPATH", "")))
os.environ["NIANBAO_CACHE"] = ""

from fuzzing import run as running  # noqa: E402
from fuzzing.readers import READERS  # noqa: E402
from fuzzing.run import Slice, Tally  # noqa: E402

SLICE = 40.0
"""Seconds of one process: then memory is counted anew."""

GUIDED = 3.0
"""So many times longer is a process with guidance, which begins with all that was kept before."""


def main() -> int:
    options = _options()
    names = options.only or list(READERS)
    tallies = {n: Tally(n) for n in names}
    crashes = Path(options.crashes)
    if options.replay:
        return _replayed(Path(options.replay), names[0])
    if options.guided and not importlib.util.find_spec("atheris"):
        print("--guided needs atheris (Linux): pip install -e '.[fuzz]'")
        return 2
    with running.seed_folder() as seeds, _corpus(options) as corpus, ThreadPoolExecutor(options.workers) as pool:
        end = time.monotonic() + options.minutes * 60
        going: set[Future[Tally]] = set()
        turns = _turns(names, options.seed, end, corpus)
        try:
            while going or time.monotonic() < end:
                while len(going) < options.workers and time.monotonic() < end - 1:
                    going.add(pool.submit(running.run, next(turns), seeds, crashes))
                if not going:
                    break
                done, going = wait(going, return_when=FIRST_COMPLETED)
                for one in done:
                    tally = one.result()
                    tallies[tally.reader].add(tally)
                    if options.progress:
                        with Path(options.progress).open("w", encoding="utf-8") as to:
                            _show(tallies.values(), to)
        except KeyboardInterrupt:
            print("interrupted; what was tried so far:")
    _show(tallies.values(), sys.stdout)
    return 1 if any(t.crashes for t in tallies.values()) else 0


@contextlib.contextmanager
def _corpus(options: argparse.Namespace) -> Iterator[str]:
    """Give the folder of what reached new lines: the one asked for, else one for this run; '' without guidance."""
    if not options.guided or options.corpus:
        yield str(Path(options.corpus).resolve()) if options.guided else ""
        return
    with tempfile.TemporaryDirectory(prefix="fuzz-corpus-") as folder:
        yield folder


def _turns(names: list[str], seed: int, end: float, corpus: str) -> Iterator[Slice]:
    """Give the readers their turns for ever, each time with another seed; short runs have short turns."""
    total = end - time.monotonic()
    longest = SLICE * GUIDED if corpus else SLICE
    whole = sum(READERS[n].share for n in names)
    for turn in itertools.count():
        for name in names:
            share = READERS[name].share
            seconds = min(longest * share, max(2.0, total * 1.8 * share / whole), end - time.monotonic())
            yield Slice(name, seed + turn, seconds, corpus=corpus)


def _replayed(path: Path, reader: str) -> int:
    tally = Tally(reader)
    with running.seed_folder() as seeds, tempfile.TemporaryDirectory() as place:
        suffix = running.seeds_of(seeds, reader)[0].suffix
        running.try_one(reader, path.read_bytes(), Path(place), suffix, tally, Path(place) / "crashes", "replay")
        for told in (Path(place) / "crashes").glob("*.txt"):
            print(told.read_text(encoding="utf-8"))
    print(tally)
    return 1 if tally.crashes else 0


def _show(tallies: Iterable[Tally], to: TextIO) -> None:
    """Print the table and every crash."""
    listed = list(tallies)
    print("reader        inputs   refused      read  harm   slowest   memory    time", file=to)
    for t in listed:
        print(_line(t, sum(t.crashes.values())), file=to)
    whole = Tally("all")
    for t in listed:
        whole.add(t)
    print(_line(whole, sum(whole.crashes.values())), file=to)
    for t in listed:
        for what, count in sorted(t.crashes.items(), key=lambda x: -x[1]):
            print(f"  {t.reader}: {what} ({count} times)", file=to)
    to.flush()


def _line(t: Tally, harm: int) -> str:
    counts = f"{t.reader:10}{t.inputs:10,}{t.refused:10,}{t.read:10,}{harm:6}"
    return f"{counts}{t.slowest:8.2f} s{t.memory:6} MB{t.seconds:6.0f} s"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("minutes", type=float, nargs="?", default=1.0)
    parser.add_argument("--seed", type=int, default=int(time.time()), help="another seed, other inputs; same, the same")
    parser.add_argument("--only", nargs="+", metavar="READER")
    parser.add_argument("--guided", action="store_true", help="go on from inputs that reached new lines (atheris)")
    parser.add_argument("--corpus", default="", metavar="FOLDER", help="keep these inputs here, and begin with them")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--crashes", default=str(Path(tempfile.gettempdir()) / "nianbao-crashes"))
    parser.add_argument("--progress", metavar="FILE", help="write the table so far to this file after every turn")
    parser.add_argument("--replay", metavar="FILE", help="try one saved input again (with --only READER)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
