"""The locked wheels for a Linux of another machine, downloaded by their hashes; pip looks at nothing of this one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from release import locks
from release.linux.needs import OLDEST
from release.linux.python import Python

_GLIBC = OLDEST["GLIBC"][1]


def platforms(machine: str) -> list[str]:
    """Return the platform tags of wheels that may run there, newest first; the files themselves are judged later."""
    return [f"manylinux_2_{minor}_{machine}" for minor in range(_GLIBC, 4, -1)] + [
        f"{old}_{machine}" for old in ("manylinux2014", "manylinux2010", "manylinux1")
    ]


def wheels(base: Python, folder: Path) -> None:
    """Download the product's locked wheels for a Python into a folder. Raises CalledProcessError."""
    # fmt: off
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
        "--require-hashes", "--no-deps", "--only-binary", ":all:", "--python-version", f"3.{base.minor}",
        *(w for p in platforms(base.machine) for w in ("--platform", p)),
        "-r", str(locks.PRODUCT), "-d", str(folder),
    ]
    # fmt: on
    subprocess.run(command, check=True)
