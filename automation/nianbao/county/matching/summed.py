"""What a place below has summed beside its own form: one delivery where both say the same figures. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nianbao.county.matching.copies import Told
from nianbao.county.matching.delivered import Answer, Delivered


@dataclass
class Joined:
    """The files of one body that differ, and those left out with why.

    By the mark of a file that is kept `results` are those its figures are from, `beside` what is one delivery with it.
    """

    kept: list[Delivered] = field(default_factory=list)
    left: Told = field(default_factory=list)
    results: dict[str, Delivered] = field(default_factory=dict)
    beside: dict[str, list[Delivered]] = field(default_factory=dict)

    def keep(self, one: Delivered, desk: Delivered) -> None:
        """Keep a file whose figures are from these results."""
        self.kept.append(one)
        self.results[one.source.mark] = desk
        if one is not desk:
            self.beside.setdefault(one.source.mark, []).append(desk)


def joined(files: Sequence[Delivered], settled: Mapping[str, Answer]) -> Joined:
    """Join results of a place below with forms that say the same figures.

    The form counts when texts are written in it, else the results. What the officer settled is joined with nothing
    that was not settled.
    """
    chosen = [d for d in files if d.source.mark in settled]
    found = Joined()
    asked = chosen or files
    sums = {d.examined.figures: d for d in reversed([d for d in files if d.examined.results])}
    for one in asked:
        told = one.examined
        desk = sums.get(told.figures)
        if desk is None:
            found.kept.append(one)
        elif told.results and one is not desk:
            found.left.append((one, _same(desk)))
        elif told.results and (chosen or not _written(asked, told.figures)):
            found.keep(one, one)
        elif not told.results and (told.texts or (chosen and desk not in chosen)):
            found.keep(one, desk)
        elif not told.results and _folder(one).startswith(_folder(desk)):
            found.beside.setdefault(desk.source.mark, []).append(one)
        elif not told.results:
            found.left.append((one, _same(desk)))
    found.kept += [d for d in files if d not in asked]
    return found


def edited(files: Sequence[Delivered]) -> str:
    """Return that a form among results says other figures than their data, where two of these lie in one folder."""
    for desk in (d for d in files if d.examined.results):
        folder = _folder(desk)
        if any(_folder(d).startswith(folder) for d in files if not d.examined.results):
            return f"结果里的填报表与{desk.source.quoted}的数字不同，是汇总以后改过的"
    return ""


def _written(files: Sequence[Delivered], figures: str) -> bool:
    """Tell whether a form of these figures has texts in it."""
    return any(d.examined.texts and d.examined.figures == figures and not d.examined.results for d in files)


def _folder(one: Delivered) -> str:
    place = f"{one.source.path}/{one.source.member}" if one.source.member else one.source.path
    return place.rpartition("/")[0] + "/"


def _same(desk: Delivered) -> str:
    return f"与汇总结果{desk.source.quoted}的数字相同，只计一次"
