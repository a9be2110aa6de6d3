"""The locks: every package with its version and the SHA-256 of every file it may come as, made by uv from pyproject.

Universal ones serve Linux and Windows; the offline installation keeps its own beside the code that assembles it.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
WINDOWS = ROOT / "automation" / "nianbao" / "excel" / "release" / "windows.txt"
PRODUCT, DEVELOPMENT, SIGNING = HERE / "requirements.txt", HERE / "development.txt", HERE / "signing.txt"
SOURCE = HERE / "source.txt"
_UNIVERSAL = ("--universal",)
HOW = {
    PRODUCT: (*_UNIVERSAL, "--extra", "serve"),
    DEVELOPMENT: (
        *_UNIVERSAL,
        *(w for e in ("test", "excel", "picture", "dask", "proof", "serve") for w in ("--extra", e)),
    ),
    SIGNING: (*_UNIVERSAL, "--extra", "sign"),
    SOURCE: (*_UNIVERSAL, "--extra", "source", "--extra", "serve"),
    WINDOWS: ("--python-platform", "windows", "--extra", "serve"),
}
"""Each lock with what uv is told for it."""


def lock(path: Path, *, upgrade: bool = False) -> None:
    """Write one lock; versions already in it stay where they still fit, unless `upgrade`."""
    # fmt: off
    command = [
        sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes", "--no-header",
        "--python-version", "3.11", *HOW[path], *(["--upgrade"] if upgrade else []),
        "pyproject.toml", "-o", str(path.relative_to(ROOT)),
    ]
    # fmt: on
    subprocess.run(command, cwd=ROOT, check=True)


def entries(path: Path) -> dict[str, tuple[str, int]]:
    """Return a lock's packages: name → (version, number of hashes)."""
    found: dict[str, tuple[str, int]] = {}
    for block in re.split(r"(?m)^(?=[A-Za-z0-9])", path.read_text(encoding="utf-8")):
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", block)
        if match:
            found[match[1].lower().replace("_", "-")] = (match[2], block.count("--hash=sha256:"))
    return found


def asked(*extras: str) -> dict[str, str]:
    """Return what pyproject asks for directly: name → requirement; with the extras named, and theirs of ourselves."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = [*project["dependencies"]]
    for extra in extras:
        for requirement in project["optional-dependencies"][extra]:
            own = re.fullmatch(r"nianbao\[([\w,]+)\]", requirement)
            listed += asked(*own[1].split(",")).values() if own else [requirement]
    return {re.split(r"[\s<>=!~;\[]", r, maxsplit=1)[0].lower().replace("_", "-"): r for r in listed}
