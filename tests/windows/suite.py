"""Run the project's own tests inside Wine: `python tests/windows/suite.py [part or file ...]`.

What is committed runs, on the packages of the development lock that exist for Windows: a pytest for each part, one
after the other, on one Windows. A part is a folder of tests, `beside` the files beside the folders. What a finished one
told is kept in build/windows/suite, and it is not run again until something is committed that it may depend on: all but
what tests there are in other parts. So a run that was stopped goes on. All take an hour on two cores.

Ends with 1 when something failed whose cause is not named in wine_causes.toml.
"""

import hashlib
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
from windows.places import BUILD, HERE, ROOT

LEFT_OUT = ("numpy", "contourpy", "matplotlib", "win-unicode-console")
"""numpy does not run on Wine 8, and nothing that needs it."""

HOURS = 2

TOLD = "C:\\told"

WORDS = ("-q", "-p", "no:cacheprovider", "-n", "0", "-p", "telling", "--continue-on-collection-errors")


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
    """Return what each pytest is asked for, by name: every folder of tests but this one, and the files beside them."""
    tests = ROOT / "tests"
    folders = sorted({p.relative_to(tests).parts[0] for p in tests.glob("*/**/test_*.py")} - {HERE.name, "node"})
    beside = sorted(f"tests/{p.name}" for p in tests.glob("test_*.py"))
    return {**{f: [f"tests/{f}"] for f in folders}, "beside": beside}


def ran(machine: Machine, words: list[str], told: Path) -> str:
    """Run one pytest inside; it tells into `told`. Return what it printed."""
    told.unlink(missing_ok=True)
    command = [PYTHON, "-X", "utf8", "-m", "pytest", *WORDS, *words]
    environment = {
        "PYTHONPATH": "C:\\src\\automation;C:\\site;C:\\lent",
        "PYTHONUTF8": "1",
        "OUTCOMES": f"{TOLD}\\{told.name}",
    }
    done = machine.run(command, folder="C:\\src", env=environment, limit=HOURS * 3600)
    return f"{done.out}\n{done.err}"


def key(paths: list[str]) -> str:
    """Return a fingerprint of what is committed and these tests may depend on."""
    done = subprocess.run(["git", "ls-tree", "-r", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True)
    return hashlib.sha256("\n".join(depended(done.stdout.splitlines(), paths)).encode()).hexdigest()[:16]


def depended(listed: list[str], paths: list[str]) -> list[str]:
    """Leave out of what git lists other folders' tests, and what here has no part in a run inside."""
    kept = []
    for line in listed:
        path = line.partition("\t")[2]
        is_ours = any(path == p or path.startswith(f"{p}/") for p in paths)
        is_test = path.startswith("tests/") and path.rpartition("/")[2].startswith("test_")
        is_here = path.startswith("tests/windows/") and not path.startswith("tests/windows/inside/")
        if is_ours or not (is_test or is_here):
            kept.append(line)
    return kept


def main(arguments: list[str]) -> int:
    """Run what is asked for, all when nothing is; return 1 when something failed that is not Wine's own."""
    every = parts()
    wanted = {a.replace("/", "-"): every.get(a, [a]) for a in arguments} or every
    kept = BUILD / "suite"
    kept.mkdir(parents=True, exist_ok=True)
    known = outcomes.causes()
    paths = {name: kept / f"{name}-{key(wanted[name])}.jsonl" for name in wanted}
    runs = {name: outcomes.read(path, known) for name, path in paths.items()}
    if not all(run.is_whole for run in runs.values()):
        made = set_up.ready()
        site = set_up.once(BUILD / "site", locks.DEVELOPMENT.read_text(encoding="utf-8"), developers)
        machine = Machine(made)
        try:
            packages.export(machine.c / "src")
            (machine.c / "site").symlink_to(site)
            (machine.c / "told").symlink_to(kept)
            lend(machine.c / "lent")
            for name in (n for n, run in runs.items() if not run.is_whole):
                begun = time.monotonic()
                print(ran(machine, wanted[name], paths[name]))
                print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True)
                runs[name] = outcomes.read(paths[name], known)
        finally:
            machine.close()
    for run in runs.values():
        for test, said in run.told:
            print(f"\n____ {test[:200]} ____\n{said}")
    print(outcomes.table(runs))
    return int(any(run.told for run in runs.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
