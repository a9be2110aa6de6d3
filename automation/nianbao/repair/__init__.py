"""A fresh report out of a workbook that can no longer be read as the standard form.

Whatever stands in a cell that is sure, by its defined name or by the labels around it, is carried over; everything
else that somebody typed is told with its value and its place. Nothing is guessed.
"""

from nianbao.repair.broken_book import Opened
from nianbao.repair.model import Left, Repaired
from nianbao.repair.opening import open_broken
from nianbao.repair.rescue import repair
from nianbao.repair.sheet import SHEET, drawn

__all__ = ["SHEET", "Left", "Opened", "Repaired", "drawn", "open_broken", "repair"]
