"""Texts compared once: what came of it is kept in the folder of results, and holds while all texts are the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nianbao import __version__
from nianbao.checks.similarity import Passage
from nianbao.checks.text_pairs import TextPair
from nianbao.county.intake.folders import STATE
from nianbao.county.keeping.own_files import put
from nianbao.county.model import AlikeTexts
from nianbao.county.run.runners import Runner, results
from nianbao.county.totals import alike
from nianbao.county.totals.alike import Crowd

KEPT = f"{STATE}/alike.json"

Texts = Mapping[str, Mapping[str, str]]
"""By county, and by body (id) within it."""


def compared(folders: Sequence[Path], texts: Texts, runner: Runner) -> tuple[Crowd, tuple[AlikeTexts, ...]]:
    """Return who is alike and the pairs with their words: as kept below one of the folders of results, or compared now.

    What is compared now is kept below the first of them. Raises OutputError.
    """
    key = _key(texts)
    known = next((found for folder in folders if (found := _kept_comparison(folder / KEPT, key))), None)
    if known is None:
        known = _anew(texts, runner)
        if any(len(group) > 1 for group in texts.values()):
            told = json.dumps(_json(*known), ensure_ascii=False).encode()
            put(folders[0] / KEPT, _head(key, told) + told)
    return known


def _anew(texts: Texts, runner: Runner) -> tuple[Crowd, tuple[AlikeTexts, ...]]:
    crowd = alike.together(results(runner, [c for group in texts.values() for c in alike.comparisons(group)]))
    by_body = {body: text for group in texts.values() for body, text in group.items()}
    found = (pair for part in results(runner, alike.worded(crowd, by_body)) for pair in part)
    return crowd, tuple(found)


def _key(texts: Texts) -> str:
    """Return what the outcome depends on: the program's version, every text under its name, their order."""
    return hashlib.sha256(f"{__version__}\n{json.dumps(texts, ensure_ascii=False)}".encode()).hexdigest()


def _json(crowd: Crowd, found: tuple[AlikeTexts, ...]) -> dict[str, Any]:
    return {
        "shown": crowd.shown,
        "first": crowd.first,
        "count": crowd.count,
        "pairs": [asdict(pair) for pair in found],
    }


def _head(key: str, told: bytes) -> bytes:
    """Return the line that says what is told below it, and that it is whole."""
    return f"{key} {hashlib.sha256(told).hexdigest()}\n".encode()


def _kept_comparison(path: Path, key: str) -> tuple[Crowd, tuple[AlikeTexts, ...]] | None:
    """Return what is kept under this key, None where nothing is or somebody damaged it."""
    try:
        head, _, told = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head + b"\n" != _head(key, told):
        return None
    raw = json.loads(told)
    first = {body: TextPair(*pair) for body, pair in raw["first"].items()}
    pairs = (_alike(**pair) for pair in raw["pairs"])
    return Crowd(tuple(TextPair(*pair) for pair in raw["shown"]), first, raw["count"]), tuple(pairs)


def _alike(ours: str, theirs: str, score: float, passages: list[dict[str, Any]]) -> AlikeTexts:
    return AlikeTexts(ours, theirs, score, tuple(Passage(**p) for p in passages))
