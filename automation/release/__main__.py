"""python automation/release VERB: lock | snapshot | check TAG | notes | build | python | linux.

lock      writes the locks anew from pyproject.toml (--upgrade: with the newest versions that fit)
snapshot  keeps editions and rules of this version in docs/releases/ and regenerates the pages
check     tells what is missing before a tag may be released
notes     prints this version's section of the changelog
build     [-o DIR] [--python ZIP] [--linux ARCHIVE=SHA256]…: makes everything a release holds from the commit checked
          out: wheel, sdist, requirements, lists of parts and licences, SHA256SUMS; with --python (the zip of
          python.org, checked) also the offline installation for Windows, with --linux that for Linux
python    prints where the Python for Windows is fetched from
linux     [-o DIR] --linux ARCHIVE=SHA256 --own WHEEL: only the offline installation for Linux, around a wheel
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from release.linux.package import Written

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "automation"), str(ROOT / "docs")]

from release import locks, packages, parts, tagged  # noqa: E402

PYTHON_URL = "https://www.python.org/ftp/python/3.11.9/python-3.11.9-embed-amd64.zip"
PYTHON_SHA256 = "009d6bf7e3b2ddca3d784fa09f90fe54336d5b60f0e0f305c37f400bf83cfd3b"
"""The Python of the offline installation: the last 3.11 that python.org packs for embedding."""


def build(out: Path, python: str, linux: Sequence[str] = ()) -> None:
    """Make the release's files in `out`, which must be new or empty."""
    if out.exists() and any(out.iterdir()):
        raise SystemExit(f"{out} is not empty")
    sdist_and_wheel = packages.reproducible(out)
    wheel = next(p for p in sdist_and_wheel if p.suffix == ".whl")
    name, epoch, project = f"nianbao-{tagged.version()}", packages.epoch(), ROOT / "pyproject.toml"
    shutil.copyfile(locks.PRODUCT, out / f"{name}-requirements.txt")
    bills = [parts.of(locks.PRODUCT, wheel, project, out / f"{name}.cdx.json", epoch)]
    if python:
        bills.append(parts.of(locks.WINDOWS, wheel, project, out / f"{name}-windows.cdx.json", epoch, ["win_amd64"]))
        offline(Path(python), wheel, out / f"{name}-windows.zip")
    for given in linux:
        made = for_linux(given, wheel, out)
        bill = out / f"{made.path.name.removesuffix('.tar.gz')}.cdx.json"
        bills.append(parts.of(locks.PRODUCT, wheel, project, bill, epoch, made.platforms))
    (out / f"{name}-licences.md").write_text(parts.licences(bills), encoding="utf-8")
    listed = packages.sums([*out.iterdir()])
    (out / "SHA256SUMS").write_text("".join(f"{s}  {n}\n" for n, s in listed.items()), encoding="utf-8")
    for file, digest in listed.items():
        print(f"{digest[:16]}…  {(out / file).stat().st_size:>10,}  {file}")


def offline(python: Path, wheel: Path, out: Path) -> None:
    """Assemble the offline installation for Windows."""
    module = [sys.executable, "-m", "nianbao.excel.release"]
    command = [*module, "--python", str(python), "--sha256", PYTHON_SHA256, "--own", str(wheel), "-o", str(out)]
    subprocess.run(command, check=True)


def for_linux(given: str, wheel: Path, out: Path) -> Written:
    """Write the offline installation for Linux into `out`; `given` is ARCHIVE=SHA256."""
    from release.linux import package  # noqa: PLC0415 - reads compiled files, which no other verb does

    return package.write(*package.given(given), wheel, out)


def snapshot() -> None:
    """Keep this version's editions and rules, and regenerate what follows."""
    import history  # noqa: PLC0415 - docs/ is on the path only for this

    print(history.snapshot().relative_to(ROOT))
    subprocess.run([sys.executable, str(ROOT / "docs" / "build.py")], check=True)


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python automation/release", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=("lock", "snapshot", "check", "notes", "build", "python", "linux"))
    parser.add_argument("tag", nargs="?", default="")
    parser.add_argument("-o", "--output", default="dist")
    parser.add_argument("--python", default="", help=f"the zip of {PYTHON_URL}")
    parser.add_argument("--linux", action="append", default=[], help="a relocatable Python and its sum, FILE=SHA256")
    parser.add_argument("--own", default="", help="the wheel of nianbao, for the verb linux")
    parser.add_argument("--upgrade", action="store_true")
    options = parser.parse_args(arguments)
    if options.verb == "lock":
        for path in locks.HOW:
            locks.lock(path, upgrade=options.upgrade)
    elif options.verb == "snapshot":
        snapshot()
    elif options.verb == "check":
        found = tagged.faults(options.tag)
        print("\n".join(found) or f"{options.tag} may be released")
        return 1 if found else 0
    elif options.verb == "notes":
        print(tagged.notes(), end="")
    elif options.verb == "python":
        print(PYTHON_URL)
    elif options.verb == "linux":
        for given in options.linux:
            for_linux(given, Path(options.own), Path(options.output))
    else:
        build(Path(options.output), options.python, options.linux)
    return 0


if __name__ == "__main__":
    sys.exit(main())
