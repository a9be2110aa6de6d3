"""Which files of a folder are looked at: no links, no temporary files, nothing of results we have written ourselves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from nianbao.county.intake import sums_from_below
from nianbao.county.intake.candidate import Candidate, begins
from nianbao.county.intake.containers import visible
from nianbao.county.model import DESK, TOTALS
from nianbao.errors import InputError

STATE = ".nianbao"
"""The folder of a run's journal; a folder that has one holds our results."""


def refuse(folder: Path, skipped: set[str]) -> None:
    """Raise InputError for a folder that can't be the one of the deliveries."""
    if not folder.is_dir():
        raise InputError(f"找不到文件夹“{folder}”")
    if real(folder) in skipped:
        raise InputError(f"“{folder}”是放填报表的文件夹，结果不能写在这里面，请换一个结果文件夹")
    if (folder / STATE).is_dir():
        raise InputError(f"“{folder}”是程序写结果的文件夹，请提供放填报表的文件夹")


def walk(folder: Path, prefix: str, skipped: set[str], *, results: bool) -> Iterator[tuple[Path, str]]:
    """Yield the files and how they are shown; for a folder of earlier results only its STATE, or what it has summed."""
    for root, folders, names in os.walk(folder):
        here = Path(root)
        entered = sorted(d for d in folders if _to_enter(here / d, skipped))
        ours = [here / d for d in entered if _is_result(here / d, results=results)]
        folders[:] = [d for d in entered if here / d not in ours]
        taken = [here / name for name in names if not is_temporary(name) and real(here / name) not in skipped]
        for path in sorted([*taken, *(p for d in ours for p in _summed(d, results=results))]):
            yield path, visible(prefix + path.relative_to(folder).as_posix())


def _is_result(folder: Path, *, results: bool) -> bool:
    """Tell whether a folder holds the results of a run; where these are looked for also one without its state."""
    return (folder / STATE).is_dir() or (results and begins(Candidate(str(folder / DESK), DESK)))


def _summed(folder: Path, *, results: bool) -> list[Path]:
    """Return what of a folder of results is a delivery: what was summed there, else its STATE, which names it."""
    if not results or not (folder / DESK).is_file():
        return [folder / STATE]
    sums = [] if (folder / TOTALS).is_symlink() else sorted((folder / TOTALS).glob("*.xlsx"))
    return [folder / DESK, *(p for p in sums if sums_from_below.is_form(f"{TOTALS}/{p.name}"))]


def _to_enter(folder: Path, skipped: set[str]) -> bool:
    if folder.name.startswith(".") or folder.name == "__MACOSX" or folder.is_symlink():
        return False
    return real(folder) not in skipped


def real(path: Path) -> str:
    """Return where a path leads; one that leads to itself stays as it is, where Path.resolve raises before 3.13."""
    return os.path.realpath(path)


def is_temporary(name: str) -> bool:
    """Tell whether a file is one that office programs, systems or we ourselves leave behind."""
    lower = name.lower()
    return (
        name.startswith(("~", "."))
        or lower.endswith((".tmp", ".bak", ".part"))
        or lower in ("thumbs.db", "desktop.ini")
    )
