"""One cause, one finding: what follows from a cell that is wrong in itself is not judged again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nianbao.checks import arithmetic, single_figures, sum_errors
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.report import Reading


def judged(reading: Reading, rules: list[Rule]) -> tuple[list[Finding], Reading]:
    """Return the findings of the sums, and the reading as the other rules are to see it.

    A figure that can be none (7.5, -1) is a root: everything made of it counts as not read, and neither sums nor texts
    are compared with it. Where no total was added up by the reader, so that the sums speak for themselves, they may
    locate it instead and say what it should be.
    """
    found = arithmetic.sums(reading, rules)
    wrong = {k for k in reading.report.values if single_figures.is_improper(reading, k)} - reading.computed
    if not wrong or (not reading.computed and wrong <= located(found)):
        return found, sum_errors.with_slips(reading, rules, found)
    known = without(reading, wrong)
    found = arithmetic.sums(known, rules)
    return found, sum_errors.with_slips(known, rules, found)


def located(found: Sequence[Finding]) -> set[str]:
    """Return the cells that the sums have located, each with the only smallest repair."""
    return {c.cell for f in found if len(f.proposals) == 1 for c in f.proposals[0]}


def without(reading: Reading, cells: set[str]) -> Reading:
    """Return the reading as if these cells, and the totals added up of them, could not be read."""
    lost = set(cells)
    grown = True
    while grown:
        more = {k for k in reading.computed - lost if lost & set(reading.edition.sums[k].right)}
        grown = bool(more)
        lost |= more
    values = {k: v for k, v in reading.report.values.items() if k not in lost}
    return replace(reading, report=replace(reading.report, values=values), unread=reading.unread | lost)


def is_told(found: Finding, summed: Sequence[Finding]) -> bool:
    """Tell whether a total typed over its formula is already named because it does not add up."""
    named = {f.cells[0] for f in summed if f.cells}
    return found.rule == "W2" and found.severity is Severity.HINT and bool(found.cells) and set(found.cells) <= named
