"""Which folders of results a run over the same deliveries left: what the officer settled there holds for rollup too."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from nianbao.county.intake.folders import STATE
from nianbao.county.keeping.own_files import put
from nianbao.errors import InputError

FOLDERS = f"{STATE}/folders.json"
"""Below a folder of results: where the deliveries lie that it was made of, as seen from it."""

_MOST = 2_000
"""Folders looked at beside one of deliveries."""


def note(results: Path, folders: Sequence[Path]) -> None:
    """Keep where the deliveries lie. Raises OutputError."""
    told = [_seen_from(results, folder) for folder in folders]
    put(results / FOLDERS, (json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8"))


def made_of(folders: Sequence[Path], near: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders of results that were made of these deliveries, or of folders above or below them.

    They are looked for beside and within the deliveries, and in the folders `near`.
    """
    places = dict.fromkeys(p for f in folders for p in (Path(os.path.realpath(f)).parent, f))
    places |= dict.fromkeys(near)
    found = {os.path.realpath(d): d for place in places for d in _below(place) if _is_of(d, folders)}
    return tuple(found[real] for real in sorted(found))


def given(folder: Path) -> Path:
    """Return a folder if a run left its results there. Raises InputError."""
    if not (folder / STATE).is_dir():
        raise InputError(f"“{folder}”不是 batch 的结果文件夹，请写 batch 用 -o 指定的那个文件夹")
    return folder


def _seen_from(results: Path, folder: Path) -> str:
    real = os.path.realpath(folder)
    try:
        return os.path.relpath(real, os.path.realpath(results))
    except ValueError:  # on another drive
        return real


def _below(place: Path) -> list[Path]:
    try:
        return [d for d in sorted(place.iterdir())[:_MOST] if (d / FOLDERS).is_file()]
    except OSError:
        return []


def _is_of(results: Path, folders: Sequence[Path]) -> bool:
    try:
        told = json.loads((results / FOLDERS).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    if not isinstance(told, list):
        return False
    theirs = [Path(os.path.realpath(results / t)) for t in told if isinstance(t, str) and "\0" not in t]
    ours = [Path(os.path.realpath(f)) for f in folders]
    return any(a == b or a in b.parents or b in a.parents for a in ours for b in theirs)
