"""Making the package for Linux from a Python given with its hash, and telling its sizes and what it needs."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from nianbao.excel.release.wheels import wheels_in
from release import tagged
from release.linux import fetch, needs, python
from release.linux.assemble import Made, assemble
from release.linux.needs import OLDEST, Version

_MB = 2**20


@dataclass(frozen=True)
class Written:
    """A package on the disk, and the platform tags of the wheels in it."""

    path: Path
    platforms: list[str]


def given(text: str) -> tuple[Path, str]:
    """Return the archive and the hash that ARCHIVE=SHA256 names."""
    path, _, sha256 = text.rpartition("=")
    if not path or len(sha256) != 64:
        raise SystemExit(f"{text}: ARCHIVE=SHA256 is asked for, the hash as the archive's maker publishes it")
    return Path(path), sha256


def write(
    archive: Path,
    sha256: str,
    own: Path,
    out: Path,
    oldest: Mapping[str, Version] = OLDEST,
    wheels: Path | None = None,
) -> Written:
    """Write the package into a folder and print what is in it; `wheels` instead of those downloaded by hash."""
    base = python.opened(archive.read_bytes(), sha256)
    with tempfile.TemporaryDirectory() as scratch:
        folder = wheels or Path(scratch)
        if wheels is None:
            fetch.wheels(base, folder)
        packed = {**wheels_in(folder), own.name: own.read_bytes()}
    made = assemble(base, packed, tagged.version(), oldest)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{made.name}.tar.gz"
    path.write_bytes(made.data)
    print(told(path, made, len(packed)))
    return Written(path, fetch.platforms(base.machine))


def told(path: Path, made: Made, parts: int) -> str:
    """Return sizes, and the newest symbols that the compiled files need, by part."""
    said = [
        f"{path}: {len(made.data) / _MB:.1f} MB, unpacked {made.unpacked / _MB:.1f} MB, {made.files} files,"
        f" {parts} wheels, {len(made.needs)} compiled files"
    ]
    groups: dict[str, dict[str, needs.Needs]] = {}
    for name, needed in made.needs.items():
        _, site, after = name.partition("/site-packages/")
        groups.setdefault(after.split("/")[0].split(".")[0] if site else "python", {})[name] = needed
    for group, files in sorted(groups.items()):
        newest = (f"{k} {needs.told(v)}" for k in OLDEST if (v := needs.newest(files, k)))
        said.append(f"  {group}: {len(files)} compiled, needs {', '.join(newest) or 'no versions'}")
    return "\n".join(said)
