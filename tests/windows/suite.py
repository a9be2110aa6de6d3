"""Run the project's own tests inside Wine: `python tests/windows/suite.py [pytest arguments]`. Takes half an hour.

What is committed runs, on the packages of the development lock that exist for Windows. Prints what pytest prints.
"""

import sys
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    sys.path[:0] = [str(root / "tests"), str(root / "automation")]

from release import locks, packages
from windows import set_up, wheels
from windows.machine import PYTHON, Machine
from windows.places import BUILD

LEFT_OUT = ("numpy", "contourpy", "matplotlib", "win-unicode-console")
"""numpy does not run on Wine 8, and nothing that needs it."""

HOURS = 2


def developers(folder: Path) -> None:
    """Unpack the packages that tests need."""
    listed = BUILD / "downloads" / "development.txt"
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text(wheels.entries(locks.DEVELOPMENT, LEFT_OUT), encoding="utf-8")
    wheels.unpack(wheels.fetch(listed, BUILD / "downloads" / "development"), folder)


def main(arguments: list[str]) -> int:
    """Run pytest inside; return its exit code."""
    made = set_up.ready()
    site = set_up.once(BUILD / "site", locks.DEVELOPMENT.read_text(encoding="utf-8"), developers)
    machine = Machine(made)
    try:
        packages.export(machine.c / "src")
        (machine.c / "site").symlink_to(site)
        command = [PYTHON, "-X", "utf8", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", *arguments]
        told = {"PYTHONPATH": "C:\\src\\automation;C:\\site", "PYTHONUTF8": "1"}
        done = machine.run(command, folder="C:\\src", env=told, limit=HOURS * 3600)
    finally:
        machine.close()
    print(done.out, done.err, sep="\n")
    return 3 if done.code is None else done.code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
