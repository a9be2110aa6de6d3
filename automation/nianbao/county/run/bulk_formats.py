"""The formats that are made for many bodies in one start of a slow program (PDF), in this process, after the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nianbao import pipeline
from nianbao.county.run.produce import MadeFiles, Order, PlacedFiles, kind_of, place, reading_of
from nianbao.pipeline import OUTPUTS

GROUP = 200
"""Bodies held in memory at once: two starts of a hundred documents each."""


@dataclass(frozen=True)
class FinishedFiles:
    """What became of one body's late files, and what the user should know of them."""

    order: Order
    placed: PlacedFiles
    notes: tuple[str, ...]


def waits(order: Order) -> bool:
    """Tell whether a body has formats that are made here."""
    return any(OUTPUTS[f].make_all for f in order.formats)


def finish(folder: Path, orders: Sequence[Order]) -> Iterator[FinishedFiles]:
    """Make and write the late formats of a group of bodies; one that fails never stops the others."""
    files: dict[str, dict[str, bytes]] = {o.id: {} for o in orders}
    faults: dict[str, dict[str, None]] = {o.id: {} for o in orders}
    notes: dict[str, dict[str, None]] = {o.id: {} for o in orders}
    for name, form in OUTPUTS.items():
        mine = [o for o in orders if name in o.formats]
        if form.make_all is None or not mine:
            continue
        jobs = [(pipeline.Checked(Path(), reading_of(o), ()), pipeline.Wanted(o.stem, o.formats)) for o in mine]
        for order, late in zip(mine, form.make_all(jobs), strict=True):
            if late.problem:
                faults[order.id][late.problem] = None
            else:
                files[order.id].update({kind_of(e): data for e, data in late.files.items()})
            notes[order.id].update(dict.fromkeys(late.notes))
    for order in orders:
        made = MadeFiles(files[order.id], "；".join(faults[order.id]))
        yield FinishedFiles(order, place(folder, order, made), tuple(notes[order.id]))
