"""Coverage-guided fuzzing of one reader with atheris, in a process of its own: `guided.py READER SEED SECONDS …`.

libFuzzer keeps the inputs that reached new lines of ours and goes on from them; how an input is changed, what is done
with it and what counts as harm is the same as without guidance. Nothing of the package may be loaded before it is
instrumented, so what needs it is imported late.
"""

import contextlib
import importlib
import json
import mmap
import os
import pkgutil
import random
import resource
import struct
import sys
import time
import warnings
import zipfile
from dataclasses import asdict
from pathlib import Path

_WRITTEN = 1.0
"""Seconds between two writings of the tally: a process that libFuzzer ends has lost no more."""

LONGEST = 2 * 2**20
"""Bytes libFuzzer lets an input grow to."""


class Started:
    """When the input in hand was begun (CPU seconds of this process; 0: none), where the watcher can read it."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(8))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 8)

    @property
    def value(self) -> float:
        return struct.unpack("d", self._shared[:8])[0]

    @value.setter
    def value(self, seconds: float) -> None:
        self._shared[:8] = struct.pack("d", seconds)


def main() -> None:
    """Fuzz until the time is over; libFuzzer never gives the process back."""
    reader, seed, seconds, seeds, corpus, crashes, place = sys.argv[1:]
    import atheris  # noqa: PLC0415 - an extra of its own

    with atheris.instrument_imports(include=["nianbao"], enable_loader_override=False):
        _load_all()
        from fuzzing import run as running  # noqa: PLC0415
        from fuzzing.readers import READERS  # noqa: PLC0415

    running.prepare()
    files = running.seeds_of(Path(seeds), reader)
    whole = [f.read_bytes() for f in files]
    tally, started = running.Tally(reader), Started(Path(place) / "started")
    end, told = time.monotonic() + float(seconds), time.monotonic()
    mutation = READERS[reader].mutation

    def one(data: bytes) -> None:
        nonlocal told
        started.value = time.process_time()
        running.try_one(reader, data, Path(place), files[0].suffix, tally, Path(crashes), f"guided, seed {seed}")
        started.value = 0.0
        now = time.monotonic()
        if now - told > _WRITTEN or now > end:
            told = now
            (Path(place) / "tally.json").write_text(json.dumps(asdict(tally)), encoding="utf-8")
        if now > end:
            os._exit(0)

    def mutated(data: bytes, most: int, number: int) -> bytes:
        rng = random.Random(number)
        try:
            if rng.random() < 0.3:
                return _by_libfuzzer(rng, data, most, atheris.Mutate)
            return mutation(rng, data or rng.choice(whole), whole)[:most]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, RuntimeError):
            return mutation(rng, rng.choice(whole), whole)[:most]  # no zip any more

    options = [
        f"-seed={int(seed) % 2**31 + 1}", f"-max_len={LONGEST}", f"-artifact_prefix={place}/", "-len_control=0",
        "-timeout=3600", "-rss_limit_mb=0", "-verbosity=0", "-print_final_stats=0", "-detect_leaks=0",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, corpus, str(Path(seeds) / reader)], one, custom_mutator=mutated)
    atheris.Fuzz()


def _load_all() -> None:
    """Import the whole package, so that what is otherwise loaded late is instrumented too."""
    package = importlib.import_module("nianbao")
    for module in pkgutil.walk_packages(package.__path__, "nianbao."):
        if "__main__" not in module.name:
            with contextlib.suppress(ImportError):  # what only Windows has
                importlib.import_module(module.name)


def _by_libfuzzer(rng: random.Random, data: bytes, most: int, mutate) -> bytes:
    """Let libFuzzer change the bytes, of a zip those of one of its parts of XML."""
    if not data.startswith(b"PK"):
        return mutate(data, most)
    from fuzzing.mutate import packed, unpacked  # noqa: PLC0415

    parts = unpacked(data)
    name = rng.choice([n for n in parts if n.endswith((".xml", ".rels"))] or list(parts))
    room = most - sum(map(len, parts.values()))
    parts[name] = mutate(parts[name], max(len(parts[name]), min(room, 2 * len(parts[name]) + 64)))
    return packed(parts)[:most]


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
