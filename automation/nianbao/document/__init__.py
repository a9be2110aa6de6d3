"""The Word report: the tagged template an edition gives, and filling it. The only door to docxtpl and python-docx.

What is named here is loaded when it is first asked for: making a report from a known template needs neither docxtpl
nor lxml, and both are slow to load.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nianbao.document.checksheet import check_sheet, is_check_sheet
    from nianbao.document.chinese_fonts import fonts_used
    from nianbao.document.data import digest
    from nianbao.document.embedded_data import read_data
    from nianbao.document.hanging import without_hanging
    from nianbao.document.prose import printed_texts
    from nianbao.document.readback import differences
    from nianbao.document.render import ENGINES, PlainTemplate, Template, compile_template, prepared, template_for
    from nianbao.document.tags import context
    from nianbao.document.template import build_template

_HOMES = {
    "ENGINES": "render",
    "PlainTemplate": "render",
    "Template": "render",
    "build_template": "template",
    "check_sheet": "checksheet",
    "compile_template": "render",
    "context": "tags",
    "differences": "readback",
    "digest": "data",
    "fonts_used": "chinese_fonts",
    "is_check_sheet": "checksheet",
    "prepared": "render",
    "printed_texts": "prose",
    "read_data": "embedded_data",
    "template_for": "render",
    "without_hanging": "hanging",
}


def __getattr__(name: str) -> Any:
    """Load what is asked for from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "ENGINES",
    "PlainTemplate",
    "Template",
    "build_template",
    "check_sheet",
    "compile_template",
    "context",
    "differences",
    "digest",
    "fonts_used",
    "is_check_sheet",
    "prepared",
    "printed_texts",
    "read_data",
    "template_for",
    "without_hanging",
]
