"""Run the project's own tests inside Wine: `python tests/windows/suite.py [part or file ...]`.

What is committed runs, on the packages of the development lock that exist for Windows: a pytest for each part, one
after the other, on one Windows. A part is a folder of tests, `beside` the files beside the folders. What a file's tests
told is kept in build/windows/suite, and it is not run again until something is committed that it may depend on: all but
other files of tests. So a run that was stopped goes on. All take an hour or more.

Ends with 1 when something failed whose cause is not named in wine_causes.toml.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root / "tests"), str(root / "automation")]

from release import locks, packages
from windows import interpreter, outcomes, set_up, wheels
from windows.machine import PYTHON, Machine
from windows.outcomes import Kept
from windows.places import BUILD, HERE, ROOT

LEFT_OUT = ("numpy", "contourpy", "matplotlib", "win-unicode-console")
"""numpy does not run on Wine 8, and nothing that needs it."""

HOURS = 2

WORDS = ("-q", "-p", "no:cacheprovider", "-n", "0", "-p", "telling", "--continue-on-collection-errors")

INSIDE = {
    "PYTHONPATH": "C:\\src\\automation;C:\\site;C:\\lent",
    "PYTHONUTF8": "1",
    "OUTCOMES": "C:\\told",
}


def developers(folder: Path) -> None:
    """Unpack the packages that tests need."""
    listed = BUILD / "downloads" / "development.txt"
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text(wheels.entries(locks.DEVELOPMENT, LEFT_OUT), encoding="utf-8")
    wheels.unpack(wheels.fetch(listed, BUILD / "downloads" / "development"), folder)


def lend(folder: Path) -> None:
    """Copy what the embeddable package leaves out of Python's library and the tools for releases use."""
    asked = [interpreter.lender(), "-I", "-c", "import venv; print(venv.__path__[0])"]
    place = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    shutil.copytree(place, folder / "venv", ignore=shutil.ignore_patterns("__pycache__"))


def parts() -> dict[str, list[str]]:
    """Return the files of each part, by its name."""
    tests = ROOT / "tests"
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        first, *rest = path.relative_to(tests).parts
        found.setdefault(first if rest else "beside", []).append(path.relative_to(ROOT).as_posix())
    return {part: files for part, files in found.items() if part not in (HERE.name, "node")}


def furnished(machine: Machine, told: Path) -> None:
    """Put what is committed, and what it runs on, onto C:."""
    site = set_up.once(BUILD / "site", locks.DEVELOPMENT.read_text(encoding="utf-8"), developers)
    packages.export(machine.c / "src")
    lend(machine.c / "lent")
    (machine.c / "site").symlink_to(site)
    (machine.c / "told").symlink_to(told)


def main(arguments: list[str]) -> int:
    """Run what is asked for, all when nothing is; return 1 when something failed that is not Wine's own."""
    every = parts()
    wanted = {a: every.get(a, [a]) for a in arguments} or every
    kept, known = Kept(BUILD / "suite"), outcomes.causes()
    left = {part: [f for f in files if not kept.is_whole(f)] for part, files in wanted.items()}
    if any(left.values()):
        machine = Machine(set_up.ready())
        try:
            furnished(machine, kept.folder)
            for part, files in ((p, f) for p, f in left.items() if f):
                begun = time.monotonic()
                kept.begin(files)
                command = [PYTHON, "-X", "utf8", "-m", "pytest", *WORDS, *files]
                done = machine.run(command, folder="C:\\src", env=INSIDE, limit=HOURS * 3600)
                if done.code in outcomes.ENDS:
                    kept.end(files)
                print(done.out, done.err, f"{part}: {time.monotonic() - begun:.0f} s", sep="\n", flush=True)
        finally:
            machine.close()
    runs = {part: outcomes.added(kept.read(f, known) for f in files) for part, files in wanted.items()}
    told = [one for run in runs.values() for one in run.told]
    print(*(f"\n____ {test[:200]} ____\n{said}" for test, said in told), outcomes.table(runs), sep="\n")
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
