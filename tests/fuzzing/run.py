"""Trying many inputs on one reader in a process of its own, watched from outside: crashes, hangs, memory.

An input is named by reader, seed and number, and can be made again from these. It lies on disk before it is read, so
that one that hangs or kills the process is not lost.
"""

import contextlib
import gc
import hashlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Protocol

from fuzzing import guided
from fuzzing import seeds as making
from fuzzing.readers import READERS
from nianbao.errors import NianbaoError

HANG = 10.0
"""Seconds of processor time after which an input counts as a hang."""

MEMORY = 500
"""MB of the whole process, libraries and all, that no input may exceed."""

_MERCY = 10.0
"""Seconds of processor time beyond HANG after which the watcher ends the process: until then it tells itself."""

_ASLEEP = 120.0
"""Seconds that an input may take on the clock, the time in which the process was stopped from outside left out."""

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
    corpus: str = ""
    """Where inputs that reached new lines are kept; '' for a slice without guidance."""


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
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=_memory_folder()) as place:
        started = guided.Started(Path(place) / "started")
        begun = time.monotonic()
        process = (_guided if work.corpus else _plain)(work, seeds, crashes, Path(place))
        hung = _watched(process, started)
        tally = Tally(work.reader)
        with contextlib.suppress(OSError, ValueError):
            tally = Tally(**json.loads((Path(place) / "tally.json").read_text(encoding="utf-8")))
        tally.seconds = time.monotonic() - begun
        code = process.wait()
        if hung or code:
            what = f"hang over {HANG:.0f} s" if hung else f"process ended with {code}"
            _keep(crashes, work.reader, Path(place), what, _log_of(Path(place)), tally)
        return tally


def _log_of(place: Path) -> str:
    """Return the end of what a process with guidance said."""
    log = place / "log"
    return log.read_text(encoding="utf-8", errors="replace")[-4000:] if log.exists() else ""


class _Process(Protocol):
    """What is watched: a process of multiprocessing or of subprocess."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self) -> int: ...
    def kill(self) -> None: ...


class _Plain:
    """A process of multiprocessing that is asked like one of subprocess."""

    def __init__(self, process: multiprocessing.process.BaseProcess) -> None:
        process.start()
        self._process, self.pid, self.kill = process, process.pid, process.kill

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int:
        self._process.join()
        return self._process.exitcode


def _plain(work: Slice, seeds: Path, crashes: Path, place: Path) -> _Plain:
    ways = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")
    context.set_forkserver_preload(["fuzzing.run"])  # loading everything takes seconds, once is enough
    return _Plain(context.Process(target=_slice, args=(work, seeds, crashes, place)))


def _guided(work: Slice, seeds: Path, crashes: Path, place: Path) -> subprocess.Popen:
    corpus = Path(work.corpus) / work.reader
    corpus.mkdir(parents=True, exist_ok=True)
    told = [work.reader, str(work.seed), str(work.seconds), *map(str, (seeds, corpus, crashes, place))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "NIANBAO_CACHE": ""}
    command = [sys.executable, guided.__file__, *told]
    with (place / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=place, env=environment)


def _watched(process: _Process, started: guided.Started) -> bool:
    """Wait for the process; end it when one input takes too long. Time in which it was stopped does not count."""
    waited, before = 0.0, 0.0
    while process.poll() is None:
        time.sleep(0.3)
        since = started.value
        used, stopped = _time_of(process.pid)
        waited = 0.0 if since != before or stopped else waited + 0.3
        before = since
        if since and (used - since > HANG + _MERCY or waited > _ASLEEP) and process.poll() is None:
            process.kill()
            process.wait()
            return True
    return False


def _time_of(pid: int) -> tuple[float, bool]:
    """Return the processor time a process has used (seconds), and whether somebody has stopped it."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:  # gone by now, or a system without /proc: only the clock is left
        return 0.0, False
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK"), told[0] in "tT"


def _memory_folder() -> str | None:
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


def prepare() -> None:
    """Make ready the process that reads: no warnings, bounded memory, no waiting for a disk."""
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (_CAP, _CAP))
    os.fsync = lambda _: None  # what is written here is thrown away
    gc.collect()
    gc.freeze()


def _slice(work: Slice, folder: Path, crashes: Path, place: Path) -> None:
    prepare()
    started = guided.Started(place / "started")
    files = seeds_of(folder, work.reader)
    seeds = [f.read_bytes() for f in files]
    tally = Tally(work.reader)
    end = time.monotonic() + work.seconds
    number = 0
    while number < work.inputs and time.monotonic() < end:
        data = input_of(work.reader, work.seed, number, seeds)
        started.value = time.process_time()
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
    memory = peak()
    if took > HANG:
        _keep(crashes, reader, data, f"hang: {took:.1f} s", name, tally)
    if memory > MEMORY >= tally.memory:
        _keep(crashes, reader, data, f"memory: {memory} MB", name, tally)
    tally.memory = max(tally.memory, memory)
    if tally.inputs % 1000 == 0:
        gc.collect()


def peak() -> int:
    """Return the most memory this process ever had, in MB.

    Where Linux tells it: getrusage counts what the process that started this one had, too.
    """
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text(encoding="ascii").partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


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
