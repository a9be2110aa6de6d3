"""Which edition a template was made for, where nobody says."""

from __future__ import annotations

from nianbao.document.lint import align
from nianbao.document.opened_docx import open_template
from nianbao.form import Edition, edition_names, load_edition, printed_tables


def nearest_edition(data: bytes) -> Edition:
    """Return the shipped edition whose labels a template has most of and lacks least of, prescribed ones first.

    Tags only decide between equals: a blank form has none. Raises TemplateError when it is no sound .docx.
    """
    held = {c.text for table in open_template(data).tables for row in table.rows for c in row}

    def fits(edition: Edition) -> tuple[int, int, bool, int]:
        asked = {align.wanted(edition, c) for form in printed_tables(edition) for c in form.cells}
        labels = {x for x in asked if "{" not in x}
        fitting = len(labels & held) - len(labels - held)
        return fitting, len(asked & held), edition.status == "prescribed", edition.from_year

    return max(map(load_edition, edition_names()), key=fits)
