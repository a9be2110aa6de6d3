"""Recognising printed labels in spite of how a site or an office has typed them, without ever confusing two.

Labels are compared by their letters and digits only; a misspelt one is taken when it is near one label and
no other. What stands in which cell is table_search.py's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nianbao.unicodes import plain_form

_NUMBER = re.compile(r"\(?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[)]?[、.,:]|[)])\s*(?=\D)|(\d{1,2})(?=[^\d\W]{2})")
_NOTE = re.compile(r"[(（][^()（）]*[)）]\s*$")
_SYNONYMS = {"合计": "总计", "其它": "其他", "总数": "总计", "其它结果": "其他结果", "其它处理": "其他处理"}
"""Other words for a label that are in use on real pages and can mean nothing else where they stand."""

ALIASES = {
    "规范性文件": "行政规范性文件",
    "行政规范性文件": "规范性文件",
    "处理决定数量": "本年处理决定数量",
}
"""Labels of one edition that pages of another use; the headings over the columns tell the editions apart."""

_FAR = 6

SHORT = 4
"""Labels with fewer characters are never taken misspelt; of so many one may be wrong, of 16 and more four."""


@dataclass(frozen=True)
class Folded:
    """A label without layout: its number (一, 1 or '') and its letters and digits."""

    number: str
    core: str


@dataclass(frozen=True)
class LabelMatch:
    """The label recognised, and whether it is written as the form has it."""

    label: str
    exact: bool


LONGEST = 2_000
"""Characters of a cell that are looked at; no label is nearly as long, and a cell may hold a whole book."""


def plain(text: str) -> str:
    """Return `text` in one width, without blanks, invisible characters and line breaks."""
    return _plain(text[:LONGEST])


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    wide = plain_form(text)
    return "".join(c for c in wide if not c.isspace() and unicodedata.category(c) != "Cf")


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Return the number and the core of a label; （一）, 一、, 1. and 1． all give their bare number."""
    squeezed = plain(text)
    found = _NUMBER.match(squeezed)
    number = (found[1] or found[2]) if found else ""
    rest = squeezed[found.end() :] if found else squeezed
    core = "".join(c for c in rest if unicodedata.category(c)[0] in "LN")
    return Folded(number, _SYNONYMS.get(core, core))


def distance(a: str, b: str, limit: int) -> int:
    """Return how many characters must be put in, left out or changed to make `a` into `b`; above `limit`, limit + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    previous = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        current = [i]
        for j, y in enumerate(b, 1):
            current.append(min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (x != y)))
        if min(current) > limit:
            return limit + 1
        previous = current
    return min(previous[-1], limit + 1)


def tolerance(length: int) -> int:
    """Return how many characters of a label of this length may be wrong."""
    return min(4, length // SHORT)


class LabelVocabulary:
    """Every label of the editions that a text may follow; finds the one that a cell's text is."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._exact: dict[str, str] = {}
        self._folded: dict[str, Folded] = {}
        self._short: dict[str, set[str]] = {}
        self._seen: dict[str, LabelMatch | None] = {}
        for label in dict.fromkeys(labels):
            folded = fold(label)
            if folded.core not in self._exact:
                self._exact[folded.core] = label
                self._folded[label] = folded
                self._short.setdefault(fold(without_note(label)).core, set()).add(label)

    def find(self, text: str) -> LabelMatch | None:
        """Return the one label that `text` can be, or None."""
        if text not in self._seen:
            self._seen[text] = self._find(text)
        return self._seen[text]

    def exactly(self, text: str) -> bool:
        """Tell whether `text` is a label in full, apart from layout, punctuation and number."""
        return fold(text).core in self._exact

    def _find(self, text: str) -> LabelMatch | None:
        folded = fold(text)
        if folded.core.isdecimal() or len(folded.core) < 2:
            return None
        whole = fold_without_number(text)
        for core in (folded.core, whole):
            if core in self._exact:
                return LabelMatch(self._exact[core], True)
        for core in (folded.core, whole, fold(_NOTE.sub("", text)).core):
            noted = self._short.get(core, set())
            if len(noted) == 1:
                return LabelMatch(next(iter(noted)), False)
        return self._near(folded) or self._beginning(folded)

    def _near(self, folded: Folded) -> LabelMatch | None:
        """The nearest label, when no other is as near; farther than one character, when none comes close."""
        ranked: list[tuple[int, str]] = []
        letters = frozenset(folded.core)
        for label, own in self._folded.items():
            if sum(c not in letters for c in own.core) > _FAR:
                continue  # each letter that is missing is a change
            ranked.append((distance(folded.core, own.core, _FAR), label))
        ranked.sort()
        if not ranked:
            return None
        best, label = ranked[0]
        own = self._folded[label]
        margin = 1 if best == 1 else 2
        second = ranked[1][0] if len(ranked) > 1 else 99
        conflicting = folded.number and own.number and folded.number != own.number
        if best > tolerance(len(own.core)) or second - best < margin or conflicting:
            return None
        return LabelMatch(label, False)

    def _beginning(self, folded: Folded) -> LabelMatch | None:
        """A label cut off by a page's end, when only one begins so."""
        if len(folded.core) < 6:
            return None
        cut = [label for label, own in self._folded.items() if own.core.startswith(folded.core)]
        if len(cut) != 1 or (folded.number and folded.number != self._folded[cut[0]].number):
            return None
        return LabelMatch(cut[0], False)


def fold_without_number(text: str) -> str:
    """Return the letters and digits of `text`, its number among them."""
    return "".join(c for c in plain(text) if unicodedata.category(c).startswith(("L", "N")))


def without_note(text: str) -> str:
    """Return `text` without the bracket at its end."""
    return _NOTE.sub("", text[:LONGEST])


def same(text: str, label: str) -> bool:
    """Tell whether `text` is this label, apart from layout, punctuation and number."""
    return bool(text) and fold(text).core == fold(label).core


def near(text: str, label: str) -> bool:
    """Tell whether `text` may be this label misspelt by one character or cut off; only where nothing else can stand."""
    own, core = fold(label).core, fold(text).core
    return bool(core) and (distance(core, own, 1) <= 1 or (len(core) >= 2 and own.startswith(core)))
