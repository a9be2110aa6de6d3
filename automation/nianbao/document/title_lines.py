"""Dividing a long title or name into lines: words stay whole, lines are about equally long (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

WIDTH = 20
"""Characters of the title's size on a line of the prescribed page (156 mm, 22 pt)."""

_MOST_JOINTS = 16
_HARD = re.compile(r"(?<=[）)、])(?=[^（(、）)])|(?=[（(])(?<!^)")
"""Before and behind brackets, behind an enumeration comma: any line may end there."""
_ORGAN = re.compile(
    r"(?:人民政府|办事处|委员会|办公室|局|厅|中心|公司|医院|大学|学院|总队|支队|大队)(?=[^（(、）)长部署])"
)
"""Behind the name of an office within another's."""
_NO_PLACE = r"(?!城市|城乡|城镇|城区|市区|社区|园区|乡镇|区域|市场)"
_PLACE = re.compile(
    r"(?:[^省]{2,3}省|.{2,8}?自治区)?"
    rf"(?:{_NO_PLACE}.{{2,4}}?市|.{{2,8}}?自治州|.{{2,4}}?(?:地区|盟))?"
    rf"(?:{_NO_PLACE}.{{1,14}}?(?:自治县|县|市|区|旗))?"
    rf"(?:{_NO_PLACE}.{{2,6}}?(?:(?<!城)[镇乡](?!族)|街道))?"
)
"""The places a name begins with, the greatest first."""
_PLACE_ENDS = re.compile(r"省|自治区|自治州|地区|市|盟|自治县|县|区|旗|(?<!城)[镇乡](?!族)|街道")


def whole_words(line: str, width: int = WIDTH) -> Iterator[str]:
    """Yield the lines of at most `width` characters that a line takes; nothing for an empty one.

    It is divided at brackets and enumeration commas, behind the name of an office or behind that of a place, as few
    times as can be, so that the lines are about equally long. Words longer than a line are left to the program that
    prints.
    """
    if len(line) <= width:
        yield from [line] if line else []
        return
    joints = _joints(line)
    start = 0
    for end in _division(len(line), joints, width):
        yield line[start:end]
        start = end


def _joints(line: str) -> dict[int, int]:
    """Return where a line may be divided, with how much that is to be avoided."""
    found: dict[int, int] = {}
    place = _PLACE.match(line)
    if place:
        found |= dict.fromkeys((m.end() for m in _PLACE_ENDS.finditer(line, 0, place.end())), 4)
    found |= dict.fromkeys((m.end() for m in _ORGAN.finditer(line)), 2)
    found |= dict.fromkeys((m.start() for m in _HARD.finditer(line)), 0)
    found = {at: cost for at, cost in found.items() if 1 < at < len(line) - 1}
    return dict(sorted(found.items(), key=lambda j: j[1])[:_MOST_JOINTS])


def _division(length: int, joints: dict[int, int], width: int) -> tuple[int, ...]:
    """Return the ends of the best lines: none too long if that can be, then few, then at good joints and balanced."""
    best: tuple[tuple[int, int, int], tuple[int, ...]] = ((length, 1, 0), (length,))
    for count in range(1, -(-length // width) + 2):
        for chosen in combinations(sorted(joints), count):
            ends = (*chosen, length)
            lines = [b - a for a, b in zip((0, *chosen), ends, strict=True)]
            over = sum(max(0, n - width) for n in lines)
            worth = (over, len(lines), sum(joints[c] for c in chosen) + max(lines) - min(lines))
            best = min(best, (worth, ends))
        if best[0][0] == 0:
            break
    return best[1]
