"""Phrases that mean exactly one cell (N1): the words and frames of frames.toml, matched on one stretch of a clause.

Only a figure in a frame may be refused. A frame is a row of word groups: a stretch with one word that is in no group
has no frame. Matching is linear in the stretch, whatever it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from nianbao import toml
from nianbao.patterns import Pattern

LEAD = ("when", "who", "how", "link", "asker", "count")
"""The groups that may stand before the words of any frame."""

_FIGURE = "#"
_STEP = Pattern(r"(?:\((?P<either>[a-z|]+)\)|(?P<one>[a-z]+)|(?P<figure>#))(?P<times>[*?]?)")


@dataclass(frozen=True)
class FrameStep:
    """One place of a frame: a word of one of the `groups`; it may be missing, it may come again."""

    groups: frozenset[str]
    optional: bool
    repeated: bool


@dataclass(frozen=True)
class Frame:
    """One frame: `means` are the ids of the roles it is a frame of; `bench` counts figures seen and told of wrongly."""

    id: str
    means: tuple[str, ...]
    steps: tuple[FrameStep, ...]
    bench: tuple[int, int]

    def fits(self, words: tuple[frozenset[str], ...]) -> bool:
        """Tell whether words, each given by its groups, follow the steps from the first to the last."""
        reached = set(self._open(0))
        for groups in words:
            following: set[int] = set()
            for place in reached:
                if place < len(self.steps) and self.steps[place].groups & groups:
                    following.update(self._open(place + 1))
                    if self.steps[place].repeated:
                        following.add(place)
            reached = following
            if not reached:
                return False
        return len(self.steps) in reached

    def _open(self, place: int) -> Iterator[int]:
        """Yield the places that may come next at `place`: it, and those after optional ones."""
        yield place
        while place < len(self.steps) and self.steps[place].optional:
            place += 1
            yield place


@dataclass(frozen=True)
class _Grammar:
    """The groups of each word; by first character, the lengths of the words that begin with it, longest first."""

    groups: dict[str, frozenset[str]]
    lengths: dict[str, tuple[int, ...]]
    frames: tuple[Frame, ...]


@cache
def _grammar() -> _Grammar:
    data = toml.shipped(Path(__file__).with_name("frames.toml").read_text(encoding="utf-8"))
    groups: dict[str, set[str]] = {_FIGURE: {_FIGURE}}
    for name, words in data["words"].items():
        for word in words:
            groups.setdefault(word, set()).add(name)
    known = {*data["words"], _FIGURE}
    lengths: dict[str, set[int]] = {}
    for word in groups:
        lengths.setdefault(word[0], set()).add(len(word))
    return _Grammar(
        {word: frozenset(names) for word, names in groups.items()},
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
        tuple(_frame(raw, known) for raw in data["frames"]),
    )


def _frame(raw: dict[str, Any], known: set[str]) -> Frame:
    steps = tuple(_step(part, known) for part in raw["words"].replace("lead", f"({'|'.join(LEAD)})*").split())
    seen, wrong = raw["bench"]
    return Frame(raw["id"], tuple(raw["means"]), steps, (seen, wrong))


def _step(part: str, known: set[str]) -> FrameStep:
    match = _STEP.fullmatch(part)
    names = frozenset((match["either"] or match["one"] or _FIGURE).split("|")) if match else frozenset(("",))
    if match is None or not names <= known:
        raise ValueError(part)
    return FrameStep(names, match["times"] != "", match["times"] == "*")


def frames() -> tuple[Frame, ...]:
    """Return all frames in the file's order. Raises ValueError for a group that does not exist."""
    return _grammar().frames


@lru_cache(maxsize=4096)
def words(stretch: str) -> tuple[frozenset[str], ...] | None:
    """Cut a stretch into words, the longest first, each given by its groups; None when something is in no group."""
    grammar = _grammar()
    found, at = [], 0
    while at < len(stretch):
        lengths = grammar.lengths.get(stretch[at], ())
        word = next((w for n in lengths if (w := stretch[at : at + n]) in grammar.groups), "")
        if not word:
            return None
        found.append(grammar.groups[word])
        at += len(word)
    return tuple(found)


def frame_of(stretch: str, role: str) -> Frame | None:
    """Return the frame by which a stretch means what a role means, or None."""
    read = words(stretch)
    if read is None:
        return None
    return next((f for f in _grammar().frames if role in f.means and f.fits(read)), None)
