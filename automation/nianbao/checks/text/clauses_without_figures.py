"""Of a clause without a figure: where it stands, whether it claims anything of this year, of which subject."""

from __future__ import annotations

import re

from nianbao.checks.text.clauses import Chunk, Sentence
from nianbao.checks.text.domains import Domain, domain_at
from nianbao.checks.text.scope import is_elsewhen
from nianbao.patterns import Pattern
from nianbao.report import Report

_EXCEPT = Pattern("除[^。；]{2,40}外，")
"""除上年遗留的1件外，全年未发生…: what is excepted need not be 0."""


def clean_span(sentence: Sentence, start: int, clause: str) -> tuple[int, int]:
    """Return where a clause of the shape stands in the clean text."""
    return sentence.shape.clean_place(start), sentence.shape.clean_place(start + len(clause))


def claims_nothing(sentence: Sentence, start: int, clause: str, report: Report) -> bool:
    """A clause about another time, or about what might happen, claims nothing of this year."""
    if _EXCEPT.search(sentence.shape.text, 0, start):
        return True
    whole = Chunk(clause, start, len(clause))
    return is_elsewhen(sentence, whole, report.year) or bool(
        re.match("如|若|对|凡|要|防止|避免|确保|力争|争取", clause)
    )


def subject_of(sentence: Sentence, start: int, clause: str) -> Domain | None:
    """Return what a clause speaks of in the end."""
    at = start + len(clause)
    return domain_at(sentence.shape.text, start, at, at, sentence.inherited)
