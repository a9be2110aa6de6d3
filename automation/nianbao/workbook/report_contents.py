"""What a sheet of the standard workbook holds of one report: all that is not the same for every body. No openpyxl here.

The sheets' modules give it (`holds`), and draw the sheet from it without seeing the report: what is not in here cannot
differ between two bodies, so that a workbook can be made of a drawn one by putting these contents into it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nianbao.numbers import Number
from nianbao.workbook.formulas import Result


@dataclass(frozen=True)
class Held:
    """Contents by address: texts ('' is blank), numbers (None is blank), what formulas come to.

    A total that does not follow from its parts is a number, any other one a result. `heights` are the points that rows
    of paragraphs begin with, `odd` are cells whose look is another than with most contents, `cursor` is the cell the
    sheet opens with where the report decides it.
    """

    results: Mapping[str, Result] = field(default_factory=dict)
    numbers: Mapping[str, Number | None] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    odd: frozenset[str] = frozenset()
    cursor: str = ""


def together(blocks: Sequence[Held]) -> Held:
    """Return what all blocks of a sheet hold."""
    results: dict[str, Result] = {}
    numbers: dict[str, Number | None] = {}
    texts: dict[str, str] = {}
    heights: dict[int, float] = {}
    for block in blocks:
        results.update(block.results)
        numbers.update(block.numbers)
        texts.update(block.texts)
        heights.update(block.heights)
    return Held(results, numbers, texts, heights)
