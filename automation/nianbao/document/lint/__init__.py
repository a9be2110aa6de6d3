"""Examining an office's own Word template: every fault at once, each with its place as a clerk names it."""

from __future__ import annotations

from functools import lru_cache

from nianbao.document.lint import (
    grammar,
    links,
    section_faults,
    tag_names,
    template_faults,
    template_leftovers,
    trial,
    unseen_tags,
    unset_fonts,
)
from nianbao.document.lint.annotate import annotated
from nianbao.document.lint.table_faults import Tables
from nianbao.document.lint.template_edition import nearest_edition
from nianbao.document.lint.template_faults import TemplateFault
from nianbao.document.lint.template_tags import TagWords, scan
from nianbao.document.opened_docx import open_template
from nianbao.findings import Finding, Severity
from nianbao.form import Edition

__all__ = ["annotate_template", "check_template", "nearest_edition"]

_ORDER = {s: i for i, s in enumerate(Severity)}


def check_template(data: bytes, edition: Edition) -> tuple[Finding, ...]:
    """Return everything wrong with a template for this edition, errors first, else in reading order.

    Errors would make a wrong document; the rest concerns its look or wants a second glance.
    Raises TemplateError when it is no sound .docx.
    """
    return tuple(template_faults.finding(f) for f in _faults(data, edition))


def annotate_template(data: bytes, edition: Edition) -> bytes:
    """Return a copy of a template with every fault as a comment at its place. Raises TemplateError."""
    found = _faults(data, edition)
    return annotated(data, [(f.anchor, template_faults.finding(f)) for f in found])


@lru_cache(maxsize=4)
def _faults(data: bytes, edition: Edition) -> tuple[TemplateFault, ...]:
    source = open_template(data)
    known, found = TagWords(edition), scan(source)
    tables = Tables(edition, source, found, known)
    told = [
        *grammar.check(source, found, known),
        *tag_names.check(found, known, tables.expected),
        *tables.check(),
        *section_faults.check(edition, source, found, known, tables.assigned),
        *template_leftovers.check(source, found),
        *unseen_tags.check(source, found, tables.keys),
        *links.check(source),
        *unset_fonts.check(source, found),
    ]
    if not any(template_faults.finding(f).forbids for f in told):
        told += trial.check(data, edition)
    place = {p.element: i for i, p in enumerate(source.paragraphs)}
    last = len(place)
    return tuple(
        sorted(
            template_faults.once(told),
            key=lambda f: (
                _ORDER[template_faults.finding(f).severity],
                last if f.anchor is None else place.get(f.anchor, last),
            ),
        )
    )
