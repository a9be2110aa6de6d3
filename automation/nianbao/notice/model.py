"""A local notice as frozen values. Reading its file is loader.py's work, judging a report by it that of checks/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nianbao.unicodes import plain_form

SEVERITIES = {"核实": "explain", "提示": "hint"}
"""What an ask may be: a county's wish never forbids a report."""


@dataclass(frozen=True)
class Ask:
    """Something a text must name: what it is called, and the words any of which shows that it is there.

    `severity` is `explain` or `hint`.
    """

    text: str
    name: str
    words: tuple[str, ...]
    severity: str


@dataclass(frozen=True)
class Length:
    """The greatest number of characters of a text, blanks not counted."""

    text: str
    most: int
    severity: str


@dataclass(frozen=True)
class Deadline:
    """The last day on which a report may be signed."""

    day: date
    severity: str


@dataclass(frozen=True)
class Notice:
    """One notice: who issued it under which number and when, for the reports of which year, and what it asks.

    `numbers` must stand in the text as figures, `phrases` as words.
    """

    title: str
    number: str
    issuer: str
    day: date
    year: int
    numbers: tuple[Ask, ...] = ()
    phrases: tuple[Ask, ...] = ()
    lengths: tuple[Length, ...] = ()
    deadline: Deadline | None = None

    @property
    def basis(self) -> str:
        """Cite the notice as the basis of a finding."""
        return f"{self.issuer}《{self.title}》（{self.number}）"

    @property
    def texts(self) -> tuple[str, ...]:
        """Name the texts something is asked of, each once."""
        asks = [a.text for a in (*self.numbers, *self.phrases)]
        return tuple(dict.fromkeys([*asks, *(x.text for x in self.lengths)]))

    def of_text(self, text: str) -> tuple[str, ...]:
        """Say what is asked of one text, a sentence for each kind; nothing where nothing is."""
        numbers, phrases = (_names(asks, text) for asks in (self.numbers, self.phrases))
        said = [f"写明数字：{numbers}"] if numbers else []
        said += [f"写到：{phrases}"] if phrases else []
        said += [f"不超过{x.most}字" for x in self.lengths if x.text == text]
        return tuple(said)


def _names(asks: tuple[Ask, ...], text: str) -> str:
    return "、".join(a.name for a in asks if a.text == text)


def folded(words: str) -> str:
    """Return words as they are compared: no blanks, one width of letters, digits and marks."""
    return "".join(plain_form(words).split()).casefold()
