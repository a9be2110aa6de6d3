"""Drawing a text: one wide wrapped cell a paragraph."""

from __future__ import annotations

from nianbao.workbook import heights, styles
from nianbao.workbook.layout import TextBlock
from nianbao.workbook.pen import Pen

PARAGRAPH_WIDTH = 96.0
GUTTER_WIDTH = 4.0


def draw(pen: Pen, block: TextBlock, text: str) -> None:
    """Draw the paragraph cells and fill in the text, a paragraph a cell."""
    for number in block.numbers:
        pen.text(number.spot, number.text, styles.GUTTER)
    for spot, paragraph in zip(block.spots, paragraphs(text, len(block.spots)), strict=True):
        pen.text(spot, paragraph, styles.PARAGRAPH)
        pen.soft_height(spot.row, min(409, max(20, heights.height_of(paragraph, PARAGRAPH_WIDTH, 11))))


def paragraphs(text: str, cells: int) -> list[str]:
    """Split a text over so many cells; when there are more paragraphs the last cell takes the rest."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > cells:
        lines = [*lines[: cells - 1], "\n".join(lines[cells - 1 :])]
    return lines + [""] * (cells - len(lines))
