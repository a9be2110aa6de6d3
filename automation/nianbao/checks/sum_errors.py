"""By how much each total may be off because a sum of the tables does not hold.

A text that differs from its table by just that much has the same cause: it is not told a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from nianbao.checks.diagnosis import difference, evaluable
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.numbers import Number
from nianbao.report import Reading

_TOGETHER = 4
"""Of more broken sums than these every one is thought of alone."""


def with_slips(reading: Reading, rules: Iterable[Rule], summed: Sequence[Finding]) -> Reading:
    """Return the reading with the slips of its figures, from the findings of its sums."""
    if not any(f.severity is Severity.ERROR for f in summed):
        return reading
    found: dict[str, list[Number]] = {}
    for amounts in _amounts(reading, rules, summed):
        for key, amount in _spread(reading, amounts).items():
            found.setdefault(key, []).append(amount)
    return replace(reading, slips={key: frozenset(_sums(listed)) for key, listed in found.items()})


def _amounts(reading: Reading, rules: Iterable[Rule], summed: Sequence[Finding]) -> Iterator[dict[str, Number]]:
    """Yield for each broken sum by how much a cell of it may be too large; where it is located, only that cell."""
    values = reading.report.values
    told = {frozenset(f.cells) for f in summed if f.severity is Severity.ERROR and not f.proposals}
    for finding in summed:
        for change in finding.proposals[0] if len(finding.proposals) == 1 else ():
            yield {change.cell: (change.found or 0) - change.value}
    for rule in rules:
        for identity in evaluable(rule.identities, values):
            gap = difference(identity, values)
            if gap and frozenset((*identity.left, *identity.right)) in told:
                yield dict.fromkeys(identity.left, gap) | dict.fromkeys(identity.right, -gap)


def _spread(reading: Reading, amounts: Mapping[str, Number]) -> dict[str, Number]:
    """Return the amounts of all figures that a cell is the sum of, and of all that are sums of it."""
    sums = reading.edition.sums
    found = dict(amounts)
    below = list(amounts)
    while below:
        key = below.pop()
        more = [k for k in (sums[key].right if key in sums else ()) if k not in found]
        found |= dict.fromkeys(more, found[key])
        below += more
    above = list(found)
    while above:
        key = above.pop()
        more = [k for k, i in sums.items() if key in i.right and k in reading.computed and k not in found]
        found |= dict.fromkeys(more, found[key])
        above += more
    return found


def _sums(amounts: Sequence[Number]) -> Iterator[Number]:
    for size in range(1, len(amounts) + 1 if len(amounts) <= _TOGETHER else 2):
        yield from (sum(some) for some in combinations(amounts, size))
