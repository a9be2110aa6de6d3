"""The standard workbook of an edition: addresses, building, reading back, annotating a copy. The door to openpyxl.

Building and annotating are loaded when they are first asked for: reading an ordinary workbook needs no openpyxl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import lazily
from nianbao.workbook.layout import layout
from nianbao.workbook.package_checks import holds_parts_of, is_as_packed
from nianbao.workbook.read import read

if TYPE_CHECKING:
    from nianbao.workbook.annotator import annotate
    from nianbao.workbook.builder import build
    from nianbao.workbook.filling import Filling


__getattr__ = lazily.loaded(__name__, {"annotator": ("annotate",), "builder": ("build",), "filling": ("Filling",)})

__all__ = ["Filling", "annotate", "build", "holds_parts_of", "is_as_packed", "layout", "read"]
