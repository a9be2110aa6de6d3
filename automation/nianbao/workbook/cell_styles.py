"""How the workbook's cells look: one frozen CellStyle for each part a cell plays."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

BAND, INPUT, TOTAL, PLAIN, HEADING = "C6D9F1", "FFF8D6", "E7E6E6", "FFFFFF", "F2F2F2"

_LINE = Side(style="thin", color="000000")
_FAINT = Side(style="hair", color="808080")
BOX = Border(_LINE, _LINE, _LINE, _LINE)
FAINT_BOX = Border(_FAINT, _FAINT, _FAINT, _FAINT)
NO_BOX = Border()
LOCKED, OPEN = Protection(locked=True), Protection(locked=False)


@lru_cache(maxsize=128)
def font(size: float = 10, *, bold: bool = False, color: str = "000000", name: str = "宋体") -> Font:
    """Return the workbook's font, 宋体 unless told."""
    return Font(name=name, size=size, bold=bold, color=color)


@lru_cache(maxsize=128)
def fitted() -> Alignment:
    """Return the alignment of figures: a long one shrinks instead of showing as ###."""
    return Alignment(horizontal="center", vertical="center", shrink_to_fit=True)


@lru_cache(maxsize=128)
def aligned(horizontal: str, vertical: str = "center", *, wrap: bool = True, indent: int = 0) -> Alignment:
    """Return an alignment; `both` is the form's word for justified."""
    spelled = {"both": "justify"}.get(horizontal, horizontal)
    return Alignment(horizontal=spelled, vertical=vertical, wrap_text=wrap, indent=indent)


@dataclass(frozen=True, eq=False)
class CellStyle:
    """Everything about a cell but its content; the same only as itself, so that it can be looked up quickly."""

    font: Font
    fill: str = PLAIN
    border: Border = NO_BOX
    alignment: Alignment = field(default_factory=lambda: aligned("center"))
    protection: Protection = LOCKED
    number_format: str = "General"


@dataclass(frozen=True)
class ConditionalStyle:
    """How cells look while a condition holds; `alone` keeps later marks off them."""

    fill: PatternFill | None = None
    font: Font | None = None
    alone: bool = False
    border: Border | None = None


def _solid(color: str) -> PatternFill:
    """Return a fill for conditional formats, where Excel shows the background colour and others the foreground."""
    return PatternFill("solid", bgColor=color, fgColor=color)


BROKEN = ConditionalStyle(_solid("FFC7CE"), Font(color="9C0006", bold=True))
ODD = ConditionalStyle(_solid("FFC000"), alone=True)
GOOD = ConditionalStyle(font=Font(color="00703C"))
ASK = ConditionalStyle(_solid("FFEB9C"), Font(color="7F6000", bold=True))
WAITING = ConditionalStyle(font=Font(color="595959"))
WRITTEN = ConditionalStyle(border=BOX)
TO_EXPLAIN = ConditionalStyle(_solid(INPUT), border=BOX)
FAINTLY_WRITTEN = ConditionalStyle(border=FAINT_BOX)

SHEET_TITLE = CellStyle(font(16, bold=True), alignment=aligned("center"))
LOW_TITLE = CellStyle(font(12, bold=True), alignment=aligned("center"))
BODY_LINE = CellStyle(font(10), alignment=aligned("left"))
FITTED_LINE = CellStyle(font(9), alignment=Alignment(horizontal="left", vertical="center", shrink_to_fit=True))
NOTE = CellStyle(font(9.5, color="595959"), alignment=aligned("left"))
BLOCK_TITLE = CellStyle(font(12, bold=True), alignment=aligned("left"))
LINK = CellStyle(Font(name="宋体", size=10, color="0563C1", underline="single"), alignment=aligned("left"))
GUTTER = CellStyle(font(8, color="808080"), alignment=aligned("center", wrap=False))
PARAGRAPH = CellStyle(font(11), INPUT, FAINT_BOX, aligned("left", "top"), OPEN, "@")
LABEL = CellStyle(font(10), border=BOX)
CHECK_LABEL = CellStyle(font(9, color="404040"), HEADING, FAINT_BOX, aligned("left"))
CHECK = CellStyle(font(9, color="00703C"), HEADING, FAINT_BOX, fitted())
COLUMN_HEAD = CellStyle(font(10, bold=True), BAND, BOX)
BESIDE = CellStyle(font(9, color="767676"), alignment=fitted())
BESIDE_HEAD = CellStyle(font(8, color="767676"), HEADING, FAINT_BOX)
SWITCH = CellStyle(font(9), INPUT, FAINT_BOX, fitted(), OPEN, "@")
