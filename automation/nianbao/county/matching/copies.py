"""Reports delivered more than once: copies, and the same report with and without written reasons. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from nianbao.county.intake.kinds import PUBLISHED, end_of
from nianbao.county.matching.delivered import Answer, Delivered

Told = list[tuple[Delivered, str]]
"""Files left out, each with why."""


def without_copies(
    files: Sequence[Delivered], settled: Mapping[str, Answer], mark: Callable[[Delivered], str]
) -> tuple[list[Delivered], Told]:
    """Return the files of one body that differ, and those left out with why.

    Of the same report that counts which has all reasons and last year's figures the others have; where each has
    something of its own, both stay. Where the officer settled which counts, no other does.
    """
    chosen = [d for d in files if mark(d) in settled]
    left: Told = []
    if chosen:
        left = [(d, f"已定为采用{chosen[0].source.quoted}，这一份没有采用") for d in files if d not in chosen]
    groups: dict[str, list[Delivered]] = {}
    for number, one in enumerate(chosen or files):
        groups.setdefault(one.examined.digest or str(number), []).append(one)
    kept: list[Delivered] = []
    for same in groups.values():
        whole = next((d for d in same if all(_covers(d, other) for other in same)), None)
        first: dict[tuple[str, str], Delivered] = {}
        for one in same:
            counts = whole or first.setdefault((one.examined.reasons, one.examined.last), one)
            if one is counts:
                kept.append(one)
            else:
                left.append((one, _why(one, counts)))
    return kept, left


def that_count(
    forms: Sequence[Delivered],
    published: Sequence[Delivered],
    settled: Mapping[str, Answer],
    mark: Callable[[Delivered], str],
) -> tuple[list[Delivered], Told]:
    """Return the files of one body that differ, of its forms or else of its reports as published, and those left out.

    A form goes before every published report, unless the officer settled only the latter.
    """
    chosen = [d for d in (*forms, *published) if mark(d) in settled]
    if chosen and not any(d in forms for d in chosen):
        kept, left = _without_twins(chosen)
        rest = [d for d in (*forms, *published) if d not in chosen]
        return kept, left + [(d, f"已定为采用{chosen[0].source.quoted}，这一份没有采用") for d in rest]
    if not forms:
        return _without_twins(published)
    kept, left = without_copies(forms, settled, mark)
    beside = f"是成稿，已有填报表{kept[0].source.quoted}，采用填报表"
    return kept, left + [(d, beside) for d in published]


def _without_twins(published: Sequence[Delivered]) -> tuple[list[Delivered], Told]:
    """Return published reports that differ in a figure; of one in several kinds that which is read the most surely."""
    order = sorted(published, key=lambda d: PUBLISHED.index(end_of(d.candidate.name)))
    kept: dict[str, Delivered] = {}
    left: Told = []
    for one in order:
        first = kept.setdefault(one.examined.figures, one)
        if first is not one:
            left.append((one, f"与{first.source.quoted}的数字相同，只计一次"))
    return list(kept.values()), left


def _covers(one: Delivered, other: Delivered) -> bool:
    mine, theirs = one.examined, other.examined
    return set(theirs.reasons.split()) <= set(mine.reasons.split()) and theirs.last in ("", mine.last)


def _why(one: Delivered, counts: Delivered) -> str:
    if one.examined.reasons != counts.examined.reasons:
        return f"与{counts.source.quoted}数字、文字相同，没有那一份写的说明，采用那一份"
    if one.examined.last != counts.examined.last:
        return f"与{counts.source.quoted}内容相同，没有那一份的上年数据，采用那一份"
    return f"与{counts.source.quoted}内容相同，只计一次"
