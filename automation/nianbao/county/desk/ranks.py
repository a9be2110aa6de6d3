"""Where a body stands among those of its level, by its score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nianbao.county.desk.cards import Card


def ranks(cards: Iterable[Card]) -> Mapping[str, tuple[int, int]]:
    """Return by body (id) its rank and of how many, among those of its level that have a score; equals share a rank."""
    levels: dict[str, list[tuple[int, str]]] = {}
    for one in cards:
        if one.score is not None:
            levels.setdefault(one.level, []).append((-one.score, one.id))
    found: dict[str, tuple[int, int]] = {}
    for listed in levels.values():
        rank, last = 0, 1
        for place, (score, body) in enumerate(sorted(listed), 1):
            rank, last = (rank, last) if score == last else (place, score)
            found[body] = rank, len(listed)
    return found
