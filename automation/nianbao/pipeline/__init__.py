"""One report end to end: read, check, make. The only place that says "stop, there are errors"."""

from nianbao.pipeline.beginning import edition_for, fresh_report, to_workbook
from nianbao.pipeline.checked import Checked, check_file, check_reading, verify
from nianbao.pipeline.making import Finished, Later, Made, annotate, file_name, finish, make, render, write_reasons
from nianbao.pipeline.outputs import FORMATS, OUTPUTS, Format, Late, Wanted, formats_of, read_page_template, read_site
from nianbao.pipeline.reading import MAX_JSON, PUBLISHED, WORKBOOKS, read
from nianbao.pipeline.templates import annotate_template, new_template, own_findings, template_findings
from nianbao.pipeline.variants import examine_edition

__all__ = [
    "FORMATS",
    "MAX_JSON",
    "OUTPUTS",
    "PUBLISHED",
    "WORKBOOKS",
    "Checked",
    "Finished",
    "Format",
    "Late",
    "Later",
    "Made",
    "Wanted",
    "annotate",
    "annotate_template",
    "check_file",
    "check_reading",
    "edition_for",
    "examine_edition",
    "file_name",
    "finish",
    "formats_of",
    "fresh_report",
    "make",
    "new_template",
    "own_findings",
    "read",
    "read_page_template",
    "read_site",
    "render",
    "template_findings",
    "to_workbook",
    "verify",
    "write_reasons",
]
