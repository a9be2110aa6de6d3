"""The figures that a reading of a phrase adds up, from cells that may be blank. Blank is unknown, never 0."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nianbao.checks.text.roles import Sum
from nianbao.form import Edition
from nianbao.numbers import Number, spell
from nianbao.report import Reading


@dataclass(frozen=True)
class SummedFigure:
    """What the cells say for one reading. Without `complete` some cell is blank and `value` is what is known."""

    says: str
    value: Number
    complete: bool
    cells: tuple[str, ...]
    spelled: str


def _expand(edition: Edition, pattern: str) -> tuple[str, ...]:
    """List the keys of a pattern with at most one * in printed order."""
    head, star, tail = pattern.partition("*")
    if not star:
        return (pattern,) if pattern in edition.values else ()
    return tuple(k for k in edition.values if k.startswith(head) and k.endswith(tail))


def figure(reading: Reading, total: Sum, columns: tuple[str, ...]) -> SummedFigure | None:
    """Return what the cells of a reading add up to; None when the edition has none or nothing is known.

    `columns` are the columns meant; () when the patterns name whole keys.
    """
    plus = _keys(reading, total.plus, columns)
    minus = _keys(reading, total.minus, columns)
    if not plus or bool(minus) != bool(total.minus):
        return None
    if len(plus) == 1 and not minus and plus[0] not in reading.report.values and plus[0] in reading.edition.sums:
        plus = list(reading.edition.sums[plus[0]].right)
    known = [(k, 1, *cell_value(reading, k)) for k in plus] + [(k, -1, *cell_value(reading, k)) for k in minus]
    if all(value is None for _, _, value, _ in known):
        return None
    value = sum(sign * v for _, sign, v, _ in known if v is not None)
    complete = all(c for _, _, _, c in known)
    return SummedFigure(total.says, value, complete, tuple(k for k, *_ in known), _spelled(known, value))


def _keys(reading: Reading, patterns: Iterable[str], columns: tuple[str, ...]) -> list[str]:
    wanted = [f"{p}.{c}" for p in patterns for c in columns] if columns else list(patterns)
    return [k for p in wanted for k in _expand(reading.edition, p)]


def cell_value(reading: Reading, key: str) -> tuple[Number | None, bool]:
    """Return the value of a cell and whether it is certain; a blank total is added up from what is given."""
    value = reading.report.values.get(key)
    if value is not None:
        return value, True
    made_of = reading.edition.sums.get(key)
    if made_of is None or made_of.left != (key,):
        return None, False
    parts = [reading.report.values.get(k) for k in made_of.right]
    given = [p for p in parts if p is not None]
    return (sum(given) if given else None), bool(given) and len(given) == len(parts)


def _spelled(known: list[tuple[str, int, Number | None, bool]], value: Number) -> str:
    """Spell the sum with its numbers when it has more than one that counts."""
    terms = [(sign, v) for _, sign, v, _ in known if v is not None]
    shown = terms if len(terms) <= 2 else [t for t in terms if t[1] != 0]
    if len(shown) < 2:
        return spell(value)
    text = "".join(f" {'+' if sign > 0 else '-'} {spell(v)}" for sign, v in shown)
    return f"{text.removeprefix(' + ')} = {spell(value)}"
