"""Drawing a text: one wide wrapped cell a paragraph."""

from __future__ import annotations

from nianbao.workbook import cell_styles, heights
from nianbao.workbook.layout import TextBlock
from nianbao.workbook.pen import Pen
from nianbao.workbook.report_contents import Held

PARAGRAPH_WIDTH = 96.0
GUTTER_WIDTH = 4.0


def holds(block: TextBlock, text: str) -> Held:
    """Return what the paragraph cells hold of a text, a paragraph a cell, and how high their rows begin."""
    said = dict(zip(block.spots, paragraphs(text, len(block.spots)), strict=True))
    high = {s.row: min(409, max(20, heights.height_of(p, PARAGRAPH_WIDTH, 11))) for s, p in said.items()}
    return Held(texts={s.ref: p for s, p in said.items()}, heights=high)


def draw(pen: Pen, block: TextBlock, held: Held) -> None:
    """Draw the paragraph cells with what they hold."""
    for number in block.numbers:
        pen.text(number.spot, number.text, cell_styles.GUTTER)
    for spot in block.spots:
        pen.text(spot, held.texts[spot.ref], cell_styles.PARAGRAPH)
        pen.soft_height(spot.row, held.heights[spot.row])


def paragraphs(text: str, cells: int) -> list[str]:
    """Split a text over so many cells; when there are more paragraphs the last cell takes the rest."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > cells:
        lines = [*lines[: cells - 1], "\n".join(lines[cells - 1 :])]
    return lines + [""] * (cells - len(lines))
