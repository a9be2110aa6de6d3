"""Wheels for Windows by lock: which entries pip would take there, fetching them by hash, unpacking them."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

from packaging.markers import Marker

WINDOWS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "python_version": "3.11",
    "python_full_version": "3.11.9",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}
"""What a lock's markers are asked about."""


def entries(lock: Path, without: Iterable[str] = ()) -> str:
    """Return the entries of a lock that hold on 64-bit Windows, with their hashes."""
    kept = []
    for entry in re.split(r"(?m)^(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8")):
        if "==" not in entry:
            continue
        first, _, hashes = entry.partition("\\\n")
        name, _, marker = first.partition(";")
        holds = not marker.strip() or Marker(marker.strip()).evaluate(WINDOWS)
        if holds and re.split(r"[=\[]", name)[0].strip() not in without:
            kept.append(f"{name.strip()} \\\n{hashes}")
    return "".join(kept)


def fetch(requirements: Path, folder: Path) -> list[Path]:
    """Download wheels for Windows into a folder, each proven by its hash; return them all."""
    folder.mkdir(parents=True, exist_ok=True)
    # fmt: off
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes",
         "--no-deps", "--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11.9",
         "-r", str(requirements), "-d", str(folder)],
        check=True,
    )
    # fmt: on
    return sorted(folder.glob("*.whl"))


def unpack(wheels: Iterable[Path], site: Path) -> None:
    """Unpack wheels into a site-packages folder; their scripts are left out."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as package:
            for item in package.infolist():
                parts = item.filename.split("/")
                if parts[0].endswith(".data"):
                    parts = parts[2:] if parts[1] in ("purelib", "platlib") else []
                if not parts or item.is_dir():
                    continue
                target = site.joinpath(*parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(package.read(item))
