"""Locating wrong cells: the smallest sets of changes that make every sum identity hold again.

Pure linear search over the identities' signatures; no wording lives here. In a repair that cannot be made smaller
some changed cell is alone in one of its identities, so that identity fixes the amount: the search branches on such
cells only. It is bounded by `MAX_STEPS` and always answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from nianbao.form import Identity
from nianbao.numbers import Number

MAX_STEPS = 20_000
MAX_REPAIRS = 200

Vector = dict[int, int]
"""Identity number → how much that identity's difference (left - right) grows with the cell."""

Repair = tuple[tuple[str, Number], ...]
"""Changed cells with their new values, in the form's order."""


@dataclass(frozen=True)
class Diagnosis:
    """The identities that do not hold, and every smallest repair found (none: the search gave up)."""

    broken: tuple[Identity, ...]
    repairs: tuple[Repair, ...]


def evaluable(identities: Iterable[Identity], values: Mapping[str, Number]) -> list[Identity]:
    """Keep the identities whose every cell has a number."""
    return [i for i in identities if all(k in values for k in (*i.left, *i.right))]


def difference(identity: Identity, values: Mapping[str, Number]) -> Number:
    """Return left minus right."""
    return sum(values[k] for k in identity.left) - sum(values[k] for k in identity.right)


def diagnose(
    identities: Iterable[Identity],
    values: Mapping[str, Number],
    computed: Mapping[str, Identity],
    largest: int = 4,
) -> Diagnosis:
    """Find the smallest repairs of at most `largest` cells.

    Identities with a blank cell are left out. `computed` maps totals that were added up by the reader to the sum
    that made them: they follow their parts and are never changed themselves.
    """
    checked = evaluable(identities, values)
    differences = {n: difference(i, values) for n, i in enumerate(checked)}
    open_ones = {n: d for n, d in differences.items() if d}
    broken = tuple(checked[n] for n in open_ones)
    if not broken:
        return Diagnosis((), ())
    search = _Search(_signatures(checked, computed), values)
    for size in range(1, largest + 1):
        search.run(open_ones, size)
        if search.steps > MAX_STEPS:
            return Diagnosis(broken, ())  # one repair of many as small would look like the only one
        if search.found:
            break
    return Diagnosis(broken, tuple(sorted(search.found, key=lambda r: [search.order[k] for k, _ in r])[:MAX_REPAIRS]))


def _signatures(identities: list[Identity], computed: Mapping[str, Identity]) -> dict[str, Vector]:
    signatures: dict[str, Vector] = {}
    for n, identity in enumerate(identities):
        for sign, side in ((1, identity.left), (-1, identity.right)):
            for key in side:
                for part in _parts(key, computed):
                    vector = signatures.setdefault(part, {})
                    vector[n] = vector.get(n, 0) + sign
    return {k: {n: a for n, a in v.items() if a} for k, v in signatures.items() if any(v.values())}


def _parts(key: str, computed: Mapping[str, Identity]) -> list[str]:
    if key not in computed:
        return [key]
    return [p for part in computed[key].right for p in _parts(part, computed)]


class _Search:
    """Depth-first over the cells of a broken identity; each step fixes that identity by one cell."""

    def __init__(self, signatures: Mapping[str, Vector], values: Mapping[str, Number]) -> None:
        self.signatures = signatures
        self.values = values
        self.order = {k: i for i, k in enumerate(values)}
        self.steps = 0
        self.found: set[Repair] = set()
        self.by_identity: dict[int, list[str]] = {}
        for key, vector in signatures.items():
            for n in vector:
                self.by_identity.setdefault(n, []).append(key)
        self.reach = max((len(v) for v in signatures.values()), default=1)

    def run(self, differences: Mapping[int, Number], size: int) -> None:
        """Collect into `found` every repair of exactly `size` cells."""
        self._step(dict(differences), size, {})

    def _step(self, differences: dict[int, Number], left: int, changed: dict[str, Number]) -> None:
        if len(differences) > left * self.reach or len(self.found) >= MAX_REPAIRS:
            return
        if left == 1:
            self._last(differences, changed)
            return
        for n in list(differences):
            for key in self.by_identity[n]:
                if key in changed:
                    continue
                self.steps += 1
                if self.steps > MAX_STEPS:
                    return
                delta = self._delta(key, n, differences)
                if delta is None:
                    continue
                rest = self._after(key, delta, differences)
                if rest:
                    self._step(rest, left - 1, {**changed, key: delta})

    def _last(self, differences: dict[int, Number], changed: dict[str, Number]) -> None:
        """One more cell must settle everything that is left."""
        first = next(iter(differences))
        for key in self.by_identity[first]:
            if key in changed or len(self.signatures[key]) != len(differences):
                continue
            delta = self._delta(key, first, differences)
            if delta is not None and not self._after(key, delta, differences):
                complete = {**changed, key: delta}
                keys = sorted(complete, key=self.order.__getitem__)
                self.found.add(tuple((k, self.values[k] + complete[k]) for k in keys))

    def _delta(self, key: str, n: int, differences: Mapping[int, Number]) -> Number | None:
        """Return the change of `key` that makes identity `n` hold, if the new value is a possible figure."""
        weight = self.signatures[key][n]
        delta = -differences[n]
        if weight not in (1, -1):
            quotient = Decimal(delta) / weight
            if quotient != quotient.to_integral_value():
                return None
            delta = int(quotient)
        else:
            delta *= weight
        return delta if self.values[key] + delta >= 0 else None

    def _after(self, key: str, delta: Number, differences: Mapping[int, Number]) -> dict[int, Number]:
        rest = dict(differences)
        for n, weight in self.signatures[key].items():
            changed = rest.get(n, 0) + weight * delta
            if changed:
                rest[n] = changed
            else:
                rest.pop(n, None)
        return rest
