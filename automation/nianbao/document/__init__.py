"""The Word report: the tagged template an edition gives, and filling it. The only door to docxtpl and python-docx.

What is named here is loaded when it is first asked for: making a report from a known template needs neither docxtpl
nor lxml, and both are slow to load.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import lazily

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

__getattr__ = lazily.loaded(
    __name__,
    {
        "render": ("ENGINES", "PlainTemplate", "Template", "compile_template", "prepared", "template_for"),
        "template": ("build_template",),
        "checksheet": ("check_sheet", "is_check_sheet"),
        "tags": ("context",),
        "readback": ("differences",),
        "data": ("digest",),
        "chinese_fonts": ("fonts_used",),
        "prose": ("printed_texts",),
        "embedded_data": ("read_data",),
        "hanging": ("without_hanging",),
    },
)

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
