"""A broken line of sums in words: 自然人一列：本年新收3＋上年结转0＝3；办理结果总计2＋结转下年度0＝2，差1."""

from __future__ import annotations

from nianbao.checks.diagnosis import difference
from nianbao.form import Identity
from nianbao.numbers import Number, spell
from nianbao.report import Reading

NAMED = 4
"""So many terms of a side are named; of longer sides only those that are not 0."""


def place_key(rule: str, first: str) -> str:
    """Return the key under which a reader tells where the difference of a line is shown, `first` its first cell."""
    return f"{rule}/{first}"


def line(reading: Reading, identity: Identity) -> str:
    """Name the line: 自然人一列, 本年新收一行; a comparison of two cells has the cell's own words."""
    axis = _axis(reading, identity)
    return f"{identity.line}一{axis}" if axis else identity.line


def spelled(reading: Reading, identity: Identity) -> str:
    """Write the line out with the words of its terms, both sums and the difference."""
    sides = [_side(reading, side, _axis(reading, identity)) for side in (identity.left, identity.right)]
    return f"{line(reading, identity)}：{sides[0]}；{sides[1]}，差{spell(_gap(identity, reading))}"


def _gap(identity: Identity, reading: Reading) -> Number:
    gap = difference(identity, reading.report.values)
    return -gap if gap < 0 else gap


def _axis(reading: Reading, identity: Identity) -> str:
    values = [reading.edition.values[k] for k in (*identity.left, *identity.right)]
    if len({v.table for v in values}) > 1:
        return ""
    if len({v.column for v in values}) == 1:
        return "列"
    return "行" if len({v.row for v in values}) == 1 else ""


def _side(reading: Reading, keys: tuple[str, ...], axis: str) -> str:
    values = reading.report.values
    total = spell(sum(values[k] for k in keys))
    if len(keys) == 1:
        return f"{_word(reading, keys[0], axis)}{_figure(reading, keys[0])}"
    shown = list(keys) if len(keys) <= NAMED else [k for k in keys if values[k]]
    if not shown or len(shown) > NAMED:
        return f"各项相加{total}"
    added = "＋".join(f"{_word(reading, k, axis)}{_figure(reading, k)}" for k in shown)
    return f"{added}＝{total}" if len(shown) > 1 else f"各项相加{total}（{added}）"


def _word(reading: Reading, key: str, axis: str) -> str:
    value = reading.edition.values[key]
    words = {"列": value.words[0], "行": value.words[1]}
    return words.get(axis, reading.edition.table[value.table].word)


def _figure(reading: Reading, key: str) -> str:
    value = reading.report.values[key]
    return spell(value) if value >= 0 else f"（{spell(value)}）"
