"""Wheel and sdist, the same bytes every time: built from what is committed, twice, in two places, and compared."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class DifferenceError(Exception):
    """Two builds of the same commit are not the same."""


def epoch(commit: str = "HEAD") -> str:
    """Return the commit's time, for SOURCE_DATE_EPOCH."""
    return _git("log", "-1", "--format=%ct", commit).decode().strip()


def export(folder: Path, commit: str = "HEAD") -> Path:
    """Write the committed files into `folder`, nothing else: no caches, no left-overs, no links to elsewhere."""
    with tarfile.open(fileobj=io.BytesIO(_git("archive", "--format=tar", commit))) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True).stdout


def build(source: Path, out: Path, when: str) -> list[Path]:
    """Build the sdist, and the wheel from the sdist; return their paths."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"SOURCE_DATE_EPOCH": when}
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(source)]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise DifferenceError(f"the build failed:\n{done.stdout}{done.stderr}")
    return sorted(out.iterdir())


def sums(paths: list[Path]) -> dict[str, str]:
    """Return file name → SHA-256."""
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(paths, key=lambda p: p.name)}


def reproducible(out: Path, commit: str = "HEAD") -> list[Path]:
    """Build twice from `commit` in different folders; keep the first pair in `out`. Raises DifferenceError."""
    with tempfile.TemporaryDirectory(prefix="nianbao-build-") as scratch:
        work = Path(scratch)
        for name, mask in (("first", 0o022), ("second", 0o077)):
            before = os.umask(mask)
            try:
                build(export(work / name / "source", commit), work / name / "made", epoch(commit))
            finally:
                os.umask(before)
        pairs = [sums([*(work / name / "made").iterdir()]) for name in ("first", "second")]
        if pairs[0] != pairs[1]:
            raise DifferenceError(f"two builds of the same commit differ: {pairs}")
        out.mkdir(parents=True, exist_ok=True)
        return [p.replace(out / p.name) for p in sorted((work / "first" / "made").iterdir())]
