"""Ways to write a cell: ingredients put together at random, and taken apart again to find the one that counts."""
# ruff: noqa: E501 - a way is a line

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True)
class Way:
    """One ingredient: where it goes (run, wrap, before, after, paragraph, cell, text, cut), what, and on which piece.

    `on` is a piece's number, None for all of them. `name` is what it is called in the counts.
    """

    name: str
    place: str
    what: str
    on: int | None = None

    def __str__(self) -> str:
        return f"{self.place}{'' if self.on is None else f'[{self.on}]'} {self.what}"


Recipe = tuple[Way, ...]
Choices = Sequence[tuple[str, str, Callable[[random.Random], str]]]
"""Name, place, and what makes the ingredient."""


def drawn(rng: random.Random, choices: Choices, plain: Choices, length: int) -> Recipe:
    """A recipe for a figure of so many digits: one to four ingredients, few of which keep it from being seen."""
    cuts = sorted({rng.randrange(1, length) for _ in range(rng.randrange(3))}) if length > 1 else []
    recipe = [Way("cut", "cut", ",".join(map(str, cuts)))] if cuts else []
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
        name, place, make = rng.choice(plain if rng.random() < 0.45 else choices)
        alone = place not in ("run", "wrap") or not cuts or rng.random() < 0.4
        recipe.append(Way(name, place, make(rng), None if alone else rng.randrange(len(cuts) + 1)))
    return tuple(recipe)


def apart(text: str, cell: re.Pattern[str]) -> tuple[list[str], list[re.Match[str]]]:
    """A document's text taken apart at its figure cells: what stands between them, and they."""
    cells = list(cell.finditer(text))
    ends = [0, *(end for found in cells for end in found.span()), len(text)]
    return [text[a:b] for a, b in zip(ends[::2], ends[1::2], strict=True)], cells


def of(recipe: Recipe, place: str, piece: int | None = None) -> list[str]:
    """What a recipe has for a place; for one piece also what is for all."""
    return [w.what for w in recipe if w.place == place and (w.on is None or w.on == piece)]


def pieces(recipe: Recipe, text: str) -> list[str]:
    """The figure's text cut as the recipe says."""
    for what in of(recipe, "text"):
        text = TEXTS[what](text)
    cuts = [int(x) for what in of(recipe, "cut") for x in what.split(",")]
    ends = [0, *(c for c in cuts if c < len(text)), len(text)]
    return [text[a:b] for a, b in pairwise(ends)]


TEXTS: dict[str, Callable[[str], str]] = {
    "full width": lambda t: t.translate(FULL_WIDTH), "thousands": lambda t: f"{int(t):,}" if t.isdecimal() else t,
    "unit": lambda t: f"{t}件", "blank": lambda t: f" {t} ", "ideographic blank": lambda t: f"\u3000{t}",
    "no width": "\u200b".join, "rlm": lambda t: f"\u200f{t}", "lrm": lambda t: f"\u200e{t}",
    "rlo": lambda t: f"\u202e{t}", "rli": lambda t: f"\u2067{t}\u2069", "pop": lambda t: f"{t}\u202c",
    "soft hyphen": "\u00ad".join, "joined": "\u2060".join, "nbsp": lambda t: f"\u00a0{t}",
    "superscript": lambda t: t + "²", "circled": lambda t: t + "①", "half": lambda t: t + "½", "arabic": lambda t: t[:-1] + "٥",
    "enclosing": lambda t: t + "\u20dd", "struck by a mark": lambda t: "\u0336".join(t) + "\u0336", "minus": lambda t: f"-{t}",
    "bracket": lambda t: f"({t})", "line end": lambda t: f"{t}\n", "thin": "\u2009".join,
    "mathematical": lambda t: "".join(chr(0x1D7CE + int(c)) if c.isdecimal() else c for c in t), "bom": lambda t: f"\ufeff{t}",
    "variation": lambda t: f"{t}\ufe0f", "over": lambda t: f"{t}\u0305", "cross": lambda t: f"{t}\u0338",
    "grapheme": lambda t: f"{t}\u034f", "alm": lambda t: f"\u061c{t}", "below": lambda t: f"{t}₂",
}  # fmt: skip
"""What may become of the digits themselves."""
