"""Trying many inputs on one reader in a process of its own, watched from outside: crashes, hangs, memory.

An input is named by reader, seed and number, and can be made again from these. It lies on disk before it is read, so
that one that hangs or kills the process is not lost.
"""

import contextlib
import gc
import hashlib
import json
import multiprocessing
import random
import resource
import shutil
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from fuzzing import seeds as making
from fuzzing.readers import READERS
from nianbao.errors import NianbaoError

HANG = 10.0
"""Seconds after which an input counts as a hang."""

MEMORY = 500
"""MB of the whole process, libraries and all, that no input may exceed."""

_MERCY = 15.0
"""Seconds the watcher waits beyond HANG: other work on the machine is not the reader's fault."""

_CAP = 4 * 2**30
"""Bytes of address space; beyond it Python raises MemoryError, which is a crash too."""


@dataclass
class Tally:
    """What came of the inputs of one reader: how many, answered how, the slowest (seconds), the most memory (MB)."""

    reader: str
    inputs: int = 0
    read: int = 0
    refused: int = 0
    slowest: float = 0.0
    memory: int = 0
    seconds: float = 0.0
    crashes: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Take another tally of the same reader in."""
        self.inputs, self.read, self.refused = (
            self.inputs + other.inputs, self.read + other.read, self.refused + other.refused,
        )  # fmt: skip
        self.slowest, self.memory = max(self.slowest, other.slowest), max(self.memory, other.memory)
        self.seconds += other.seconds
        self.crashes = dict(Counter(self.crashes) + Counter(other.crashes))


@dataclass(frozen=True)
class Slice:
    """A piece of work: inputs of one reader from a seed, for so many seconds or so many inputs."""

    reader: str
    seed: int
    seconds: float = 1e9
    inputs: int = 10**9


def seeds_of(folder: Path, reader: str) -> list[Path]:
    """Return the reader's seeds."""
    return sorted((folder / reader).iterdir())


def input_of(reader: str, seed: int, number: int, seeds: list[bytes]) -> bytes:
    """Return the input of this name; the first ones are the seeds themselves."""
    if number < len(seeds):
        return seeds[number]
    rng = random.Random(f"{reader} {seed} {number}")
    return READERS[reader].mutation(rng, rng.choice(seeds), seeds)


def run(work: Slice, seeds: Path, crashes: Path) -> Tally:
    """Run one slice in a watched process and return its tally."""
    context = multiprocessing.get_context("spawn")
    started = context.Value("d", 0.0)
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_memory_folder()) as place:
        process = context.Process(target=_slice, args=(work, seeds, crashes, Path(place), started))
        begun = time.monotonic()
        process.start()
        hung = _watched(process, started)
        tally = Tally(work.reader)
        with contextlib.suppress(OSError, ValueError):
            tally = Tally(**json.loads((Path(place) / "tally.json").read_text(encoding="utf-8")))
        tally.seconds = time.monotonic() - begun
        if hung or process.exitcode:
            what = f"hang over {HANG:.0f} s" if hung else f"process ended with {process.exitcode}"
            _keep(crashes, work.reader, Path(place), what, what, tally)
        return tally


def _watched(
    process: multiprocessing.process.BaseProcess, started: "multiprocessing.sharedctypes.Synchronized"
) -> bool:
    """Wait for the process; end it when one input takes too long."""
    while process.is_alive():
        process.join(0.5)
        since = started.value
        if since and time.monotonic() - since > HANG + _MERCY and process.is_alive():
            process.kill()
            process.join()
            return True
    return False


def _memory_folder() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def _slice(
    work: Slice, folder: Path, crashes: Path, place: Path, started: "multiprocessing.sharedctypes.Synchronized"
) -> None:
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (_CAP, _CAP))
    files = seeds_of(folder, work.reader)
    seeds = [f.read_bytes() for f in files]
    tally = Tally(work.reader)
    end = time.monotonic() + work.seconds
    number = 0
    while number < work.inputs and time.monotonic() < end:
        data = input_of(work.reader, work.seed, number, seeds)
        started.value = time.monotonic()
        try_one(work.reader, data, place, files[0].suffix, tally, crashes, f"seed {work.seed}, number {number}")
        started.value = 0.0
        number += 1
        if number % 50 == 0:
            (place / "tally.json").write_text(json.dumps(asdict(tally)), encoding="utf-8")
    (place / "tally.json").write_text(json.dumps(asdict(tally)), encoding="utf-8")


def try_one(reader: str, data: bytes, place: Path, suffix: str, tally: Tally, crashes: Path, name: str) -> None:
    """Use the reader on one input and count what came of it."""
    path = place / f"输入{suffix}"
    path.write_bytes(data)
    before = time.process_time()
    tally.inputs += 1
    try:
        READERS[reader].use(path)
        tally.read += 1
    except NianbaoError as e:
        tally.refused += 1
        if not any("\u4e00" <= c <= "\u9fff" for c in str(e)):
            _keep(crashes, reader, data, f"a refusal that is not Chinese: {e!r}", name, tally)
    except BaseException as e:  # whatever else comes is what is looked for
        if isinstance(e, KeyboardInterrupt):
            raise
        _keep(crashes, reader, data, _where(e), name + "\n" + traceback.format_exc(), tally)
    took = time.process_time() - before
    tally.slowest = max(tally.slowest, took)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if took > HANG:
        _keep(crashes, reader, data, f"hang: {took:.1f} s", name, tally)
    if memory > MEMORY >= tally.memory:
        _keep(crashes, reader, data, f"memory: {memory} MB", name, tally)
    tally.memory = max(tally.memory, memory)
    if tally.inputs % 1000 == 0:
        gc.collect()


def _where(e: BaseException) -> str:
    """Name a crash by its kind and the last line of ours it passed."""
    frames = traceback.extract_tb(e.__traceback__)
    ours = [f for f in frames if "/nianbao/" in f.filename] or list(frames)
    last = ours[-1]
    return f"{type(e).__name__} at {last.filename.rpartition('/nianbao/')[2]}:{last.lineno}"


def _keep(crashes: Path, reader: str, data: bytes | Path, what: str, told: str, tally: Tally) -> None:
    """Save an input that did harm; of one kind only a few are kept."""
    tally.crashes[what] = tally.crashes.get(what, 0) + 1
    if isinstance(data, Path):
        left = sorted(p for p in data.rglob("输入*") if p.is_file())
        if not left:
            return
        data = left[0].read_bytes()
    if tally.crashes[what] > 2:
        return
    crashes.mkdir(parents=True, exist_ok=True)
    name = f"{reader}-{hashlib.sha256(what.encode()).hexdigest()[:6]}-{hashlib.sha256(data).hexdigest()[:8]}"
    (crashes / f"{name}.input").write_bytes(data)
    (crashes / f"{name}.txt").write_text(f"{what}\n{told}\n", encoding="utf-8", errors="backslashreplace")


@contextlib.contextmanager
def seed_folder() -> Iterator[Path]:
    """Give a folder with every reader's seeds, made once."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-seeds-", dir=_memory_folder()))
    try:
        making.write(folder)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
