"""The words rosters use for levels, and the rows that list no body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from nianbao import toml
from nianbao.county.roster.names import fold
from nianbao.form import Edition, Level

_SUM = re.compile(
    r"(?:[一-鿿]{0,8}(?:合计|小计|总计|共计)(?:\d+(?:[个家][一-鿿]{0,6})?)?|以?上?共\d+[个家][一-鿿]{0,6})[:：。]?"
)


def level_of(edition: Edition, word: str) -> Level | None:
    """Return the level of an edition that a word on a roster means: its label or id, or a word known for it."""
    known = edition.level(word)
    if known is not None:
        return known
    said = fold(word)
    for identity, words in _words().items():
        if said in words["words"] or any(said.endswith(end) for end in words["ends"]):
            return edition.level(identity)
    return None


def is_sum(name: str) -> bool:
    """Tell whether what stands under 单位名称 heads a sum (合计, 乡镇小计, 共57个单位) and names no body."""
    return _SUM.fullmatch(fold(name)) is not None


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, frozenset[str]]]:
    text = (resources.files("nianbao.county.roster") / "levels.toml").read_text(encoding="utf-8")
    raw: dict[str, dict[str, Any]] = toml.shipped(text)
    return {k: {n: frozenset(map(fold, v.get(n, ()))) for n in ("words", "ends")} for k, v in raw.items()}
