"""The standard workbook of an edition: addresses, building, reading back, annotating a copy. The door to openpyxl.

Building and annotating are loaded when they are first asked for: reading an ordinary workbook needs no openpyxl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nianbao.workbook.layout import layout
from nianbao.workbook.package_checks import holds_parts_of, is_as_packed
from nianbao.workbook.read import read

if TYPE_CHECKING:
    from nianbao.workbook.annotator import annotate
    from nianbao.workbook.builder import build
    from nianbao.workbook.filling import Filling


def __getattr__(name: str) -> Any:
    """Load what is asked for from the module it lives in."""
    if name == "build":
        from nianbao.workbook.builder import build  # noqa: PLC0415

        return build
    if name == "Filling":
        from nianbao.workbook.filling import Filling  # noqa: PLC0415

        return Filling
    if name == "annotate":
        from nianbao.workbook.annotator import annotate  # noqa: PLC0415

        return annotate
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["Filling", "annotate", "build", "holds_parts_of", "is_as_packed", "layout", "read"]
