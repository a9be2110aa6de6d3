"""One report end to end: read, check, make. The only place that says "stop, there are errors".

What is named here is loaded when it is first asked for: each button and each verb needs another part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nianbao import lazily
from nianbao.form import current_edition

if TYPE_CHECKING:
    from nianbao.pipeline.checked import Checked, check_file, check_reading
    from nianbao.pipeline.file_kinds import (
        MAX_JSON,
        OLD_WORKBOOKS,
        PUBLISHED,
        REPAIRED,
        WORKBOOKS,
        read,
        read_other,
        to_resave,
    )
    from nianbao.pipeline.making import (
        CHECK_SHEET,
        Finished,
        Later,
        Made,
        check_sheet_of,
        file_name,
        finish,
        make,
        render,
        same,
        write_reasons,
    )
    from nianbao.pipeline.marking import annotate, annotate_in_place, annotated
    from nianbao.pipeline.new_report import (
        blank_register,
        edition_for,
        fresh_report,
        new_workbook,
        to_workbook,
        unusual_edition,
    )
    from nianbao.pipeline.notices import read_notice
    from nianbao.pipeline.outputs import (
        FORMATS,
        OUTPUTS,
        Format,
        Late,
        Wanted,
        formats_of,
        missing_tags,
        read_page_template,
        read_site,
    )
    from nianbao.pipeline.registers import RegisterFile, count_register, is_register, private_sheets, register_of
    from nianbao.pipeline.repairing import Mended, repair_told, repair_workbook, year_of
    from nianbao.pipeline.templates import annotate_template, new_template, own_findings, template_findings
    from nianbao.pipeline.variants import examine_edition
    from nianbao.pipeline.verifying import verify

__getattr__ = lazily.loaded(
    __name__,
    {
        "checked": ("Checked", "check_file", "check_reading"),
        "file_kinds": (
            "MAX_JSON",
            "OLD_WORKBOOKS",
            "PUBLISHED",
            "REPAIRED",
            "WORKBOOKS",
            "read",
            "read_other",
            "to_resave",
        ),
        "making": (
            "CHECK_SHEET",
            "Finished",
            "Later",
            "Made",
            "check_sheet_of",
            "file_name",
            "finish",
            "make",
            "render",
            "same",
            "write_reasons",
        ),
        "marking": ("annotate", "annotate_in_place", "annotated"),
        "new_report": (
            "blank_register",
            "edition_for",
            "fresh_report",
            "new_workbook",
            "to_workbook",
            "unusual_edition",
        ),
        "notices": ("read_notice",),
        "outputs": (
            "FORMATS",
            "OUTPUTS",
            "Format",
            "Late",
            "Wanted",
            "formats_of",
            "missing_tags",
            "read_page_template",
            "read_site",
        ),
        "registers": ("RegisterFile", "count_register", "is_register", "private_sheets", "register_of"),
        "repairing": ("Mended", "repair_told", "repair_workbook", "year_of"),
        "templates": ("annotate_template", "new_template", "own_findings", "template_findings"),
        "variants": ("examine_edition",),
        "verifying": ("verify",),
    },
)

__all__ = [
    "CHECK_SHEET",
    "FORMATS",
    "MAX_JSON",
    "OLD_WORKBOOKS",
    "OUTPUTS",
    "PUBLISHED",
    "REPAIRED",
    "WORKBOOKS",
    "Checked",
    "Finished",
    "Format",
    "Late",
    "Later",
    "Made",
    "Mended",
    "RegisterFile",
    "Wanted",
    "annotate",
    "annotate_in_place",
    "annotate_template",
    "annotated",
    "blank_register",
    "check_file",
    "check_reading",
    "check_sheet_of",
    "count_register",
    "current_edition",
    "edition_for",
    "examine_edition",
    "file_name",
    "finish",
    "formats_of",
    "fresh_report",
    "is_register",
    "make",
    "missing_tags",
    "new_template",
    "new_workbook",
    "own_findings",
    "private_sheets",
    "read",
    "read_notice",
    "read_other",
    "read_page_template",
    "read_site",
    "register_of",
    "render",
    "repair_told",
    "repair_workbook",
    "same",
    "template_findings",
    "to_resave",
    "to_workbook",
    "unusual_edition",
    "verify",
    "write_reasons",
    "year_of",
]
