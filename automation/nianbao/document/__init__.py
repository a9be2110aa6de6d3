"""The Word report: the tagged template an edition gives, and filling it. The only door to docxtpl and python-docx."""

from nianbao.document.check_sheet import check_sheet
from nianbao.document.data import digest, read_data
from nianbao.document.prose import printed_texts
from nianbao.document.readback import differences
from nianbao.document.render import Template, compile_template, template_for
from nianbao.document.tags import context
from nianbao.document.template import build_template

__all__ = [
    "Template",
    "build_template",
    "check_sheet",
    "compile_template",
    "context",
    "differences",
    "digest",
    "printed_texts",
    "read_data",
    "template_for",
]
