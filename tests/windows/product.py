"""The program as a release makes it: its wheel from the working tree, and the offline installation around it."""

import hashlib
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from nianbao.excel.release import __main__ as release
from windows.places import ROOT

LOCK = ROOT / "automation" / "nianbao" / "excel" / "release" / release.LOCK


def fingerprint(paths: Iterable[Path]) -> str:
    """Return one SHA-256 of all files below these paths, names and contents."""
    total = hashlib.sha256()
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in (f for f in files if "__pycache__" not in f.parts):
            total.update(str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def source() -> str:
    """Return the fingerprint of all that goes into the wheel."""
    files = [ROOT / n for n in ("pyproject.toml", "README.md", "LICENSE", "templates")]
    return fingerprint([*files, ROOT / "automation" / "nianbao"])


def wheel(folder: Path) -> Path:
    """Build the wheel of the working tree into an empty folder; return it."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("*.whl")
    return built


def locked(folder: Path) -> list[Path]:
    """Return the locked wheels for Windows, fetched by hash when one is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    release.download(folder)
    return sorted(folder.glob("*.whl"))


def offline(python: Path, wheels: Path, own: Path, out: Path) -> None:
    """Make the offline installation by the release's own command."""
    sum_ = hashlib.sha256(python.read_bytes()).hexdigest()
    command = [sys.executable, "-m", "nianbao.excel.release", "--python", str(python), "--sha256", sum_]
    subprocess.run([*command, "--wheels", str(wheels), "--own", str(own), "-o", str(out)], check=True)
