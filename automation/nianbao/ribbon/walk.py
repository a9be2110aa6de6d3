"""Going from one wrong cell to the next. A stop is a cell with all findings that stand at it."""

from __future__ import annotations

from collections.abc import Iterable

from nianbao.findings import Finding
from nianbao.ribbon.book import Book
from nianbao.workbook.address import Spot, parsed

Stop = tuple[Spot, tuple[Finding, ...]]


def first(found: Iterable[Finding]) -> Finding:
    """Return the finding to look at first: one that blocks before one that doesn't, one with a cell before others."""
    return min(found, key=lambda f: (not f.blocks, parsed(f.place) is None))


def stops(found: Iterable[Finding]) -> list[Stop]:
    """Return the cells with findings, those that block first, otherwise in their order."""
    grouped: dict[Spot, list[Finding]] = {}
    for one in sorted(found, key=lambda f: not f.blocks):
        spot = parsed(one.place)
        if spot:
            grouped.setdefault(spot, []).append(one)
    return [(spot, tuple(group)) for spot, group in grouped.items()]


def after(stops: list[Stop], selected: tuple[str, str]) -> tuple[int, tuple[Finding, ...]]:
    """Return number (from 1) and findings of the stop after the selected cell; the first when it is no stop."""
    here = next((i for i, (spot, _) in enumerate(stops) if (spot.sheet, spot.ref) == selected), -1)
    following = (here + 1) % len(stops)
    return following + 1, stops[following][1]


def show(book: Book, found: Finding) -> None:
    """Select the finding's cell; one without a cell, or on a sheet that is gone or hidden, leaves the selection."""
    spot = parsed(found.place)
    if spot and book.titles.get(spot.sheet):
        book.select(spot.sheet, spot.ref)
