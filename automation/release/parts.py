"""What a release is made of: a CycloneDX list of parts (SBOM) and their licences, read off the locked packages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

FORBIDDEN = re.compile(r"(?<![L\w])A?GPL|Affero", re.IGNORECASE)
"""Licences that must not come along; LGPL may, being replaceable."""

STATED = {"pypdfium2": "BSD-3-Clause, Apache-2.0, and those of PDFium's parts (in the package)"}
"""Licences of packages that declare theirs in words no list of parts takes; read in the package itself."""

Component = dict[str, Any]


class LicenceError(Exception):
    """A part has no licence that is known, or one that must not come along."""


def environment(folder: Path, lock: Path, wheel: Path, platforms: Sequence[str] = ()) -> Path:
    """Make a virtual environment with just the locked packages and the wheel; return its Python.

    With `platforms` (win_amd64) the packages are those of another system, to be looked at, not run.
    """
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = next(folder.glob("[Ll]ib/**/site-packages"))
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    where = ["--no-compile", "--target", str(site)]
    if platforms:
        where += [w for p in platforms for w in ("--platform", p)]
        where += ["--python-version", "3.11", "--only-binary", ":all:", "--upgrade"]
    locked = [*pip, "install", *where, "--no-deps", "--require-hashes", "-r", str(lock)]
    for command in (locked, [*pip, "install", "--no-compile", "--target", str(site), "--no-deps", str(wheel)]):
        subprocess.run(command, check=True)
    return python


def bill(python: Path, project: Path, out: Path, epoch: str, version: str) -> Path:
    """Write the list of parts of an environment as CycloneDX JSON, the same each time."""
    # fmt: off
    command = [
        sys.executable, "-m", "cyclonedx_py", "environment", str(python), "--pyproject", str(project),
        "--mc-type", "application", "--of", "JSON", "--sv", "1.6", "--output-reproducible", "-o", str(out),
    ]
    # fmt: on
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": epoch}, capture_output=True)
    made = json.loads(out.read_text(encoding="utf-8"))
    # the wheel itself is the main component, and the environment's own path is nobody's business
    made["components"] = [c for c in made["components"] if c["name"] != "nianbao"]
    for component in made["components"]:
        component.pop("externalReferences", None)
        if component["name"] in STATED and not component.get("licenses"):
            component["licenses"] = [{"license": {"name": STATED[component["name"]]}}]
    made["metadata"]["component"]["version"] = version
    for tool in made["metadata"]["tools"]["components"]:
        tool.pop("externalReferences", None)
    out.write_text(json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return out


def licence(component: Component) -> str:
    """Return a component's licence in one line, the plainest of what it declares; '' when it declares none."""
    declared = [x.get("expression") or x.get("license", {}) for x in component.get("licenses", [])]
    names = [d if isinstance(d, str) else d.get("id") or d.get("name", "") for d in declared]
    short = sorted({n for n in names if n and len(n) < 80 and "\n" not in n})
    exact = [n for n in short if not n.startswith("License ::")] or short
    return " / ".join(n.removeprefix("License :: OSI Approved :: ") for n in exact)


def licences(bills: list[Path]) -> str:
    """Return the list of licences of all bills as Markdown. Raises LicenceError."""
    parts = {
        (c["name"], c.get("version", "")): c for b in bills for c in json.loads(b.read_text("utf-8"))["components"]
    }
    rows = {f"{name} {version}": licence(c) for (name, version), c in sorted(parts.items())}
    wrong = {n: x for n, x in rows.items() if not x or FORBIDDEN.search(x)}
    if wrong:
        raise LicenceError(f"no licence that may come along: {wrong}")
    lines = ["# Licences", "", "nianbao itself: MIT. It comes with, or installs, these packages unchanged:", ""]
    lines += ["| package | licence |", "|---|---|", *(f"| {n} | {x} |" for n, x in rows.items())]
    return "\n".join(lines) + "\n"


def of(lock: Path, wheel: Path, project: Path, out: Path, epoch: str, platforms: Sequence[str] = ()) -> Path:
    """Install a lock aside and write its bill to `out`."""
    with tempfile.TemporaryDirectory(prefix="nianbao-parts-") as scratch:
        python = environment(Path(scratch) / "env", lock, wheel, platforms)
        return bill(python, project, out, epoch, wheel.name.split("-")[1])
