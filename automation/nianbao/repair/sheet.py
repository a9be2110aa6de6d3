"""The sheet of the new workbook that lists what was not carried over, for the clerk to go through and then delete."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from nianbao.repair.model import Left
from nianbao.workbook import cell_styles, heights
from nianbao.workbook.address import Spot
from nianbao.workbook.cell_styles import BOX, aligned, font
from nianbao.workbook.pen import Pen

SHEET = "没有转入的内容"
_HEADS = ("原来的位置", "原来的内容", "为什么没有转入")
_WIDTHS = (18.0, 46.0, 60.0)
_CELL = cell_styles.CellStyle(font(10), border=BOX, alignment=aligned("left", "center"), number_format="@")
_SAID = (
    "下列内容没有转到这份新的填报表里。请对照原来的文件逐条处理：要用的，填到应填的格子；不要的，不用管。"
    "处理完，删去这张工作表。"
)
_MOST = 2_000
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def drawn(left: Sequence[Left]) -> Callable[[Pen], None]:
    """Return what draws the list."""

    def draw(pen: Pen) -> None:
        pen.widths({1 + i: w for i, w in enumerate(_WIDTHS)})
        pen.text(Spot(SHEET, 1, 1), SHEET, cell_styles.SHEET_TITLE, 1, len(_WIDTHS))
        pen.height(1, 30)
        pen.text(Spot(SHEET, 2, 1), _SAID, cell_styles.NOTE, 1, len(_WIDTHS))
        pen.height(2, heights.height_of(_SAID, sum(_WIDTHS), 9.5))
        for i, head in enumerate(_HEADS):
            pen.text(Spot(SHEET, 3, 1 + i), head, cell_styles.COLUMN_HEAD)
        shown = [(one.place, one.value, one.why) for one in left[:_MOST]]
        if len(left) > _MOST:
            shown.append(("其余", f"还有 {len(left) - _MOST} 处", "请对照原来的文件"))
        for row, texts in enumerate(shown, 4):
            for i, text in enumerate(texts):
                pen.text(Spot(SHEET, row, 1 + i), _safe(text), replace(_CELL))
            pen.height(row, max(20.0, *(heights.height_of(t, w) for t, w in zip(texts, _WIDTHS, strict=True))))
        pen.sheet.freeze_panes = "A4"
        pen.finish(3 + len(shown), len(_WIDTHS), one_page=False)
        pen.sheet.protection.sheet = False

    return draw


def _safe(text: str) -> str:
    """Return a text without characters that no cell can hold."""
    return _UNPRINTABLE.sub("", text)
