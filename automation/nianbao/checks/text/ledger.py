"""A sentence that tells the ledger of requests without naming them: 上年结转5件，本年新收61件；办结60件，剩余6件.

Two of its figures other than 0 must stand in their cells before the others are taken to speak of requests.
"""

from __future__ import annotations

from dataclasses import replace

from nianbao.checks.text import roles
from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.domains import Domain, last_domain
from nianbao.checks.text.roles import Sum
from nianbao.checks.text.scope import with_years
from nianbao.patterns import Pattern
from nianbao.report import Report

_MOVED = "(?:结转|转结|转入|遗留|顺延)"
_STATED: tuple[tuple[Pattern, Sum], ...] = (
    (Pattern(f"{roles.LAST}度?[^#，；。（）]{{0,6}}{_MOVED}[^#，；。（）]{{0,4}}#"), roles.CARRIED_IN),
    (
        Pattern(f"{_MOVED}[至到入]?{roles.NEXT}[^#，；。（）]{{0,6}}#|(?:剩余|尚余|余下)[^#，；。（）]{{0,4}}#"),
        roles.CARRIED_OUT,
    ),
    (Pattern("(?:新收|收件|收到|接收)[^#，；。（）]{0,4}#"), roles.RECEIVED),
    (Pattern("(?:办结|办理完毕)[^#，；。（）]{0,4}#"), roles.DONE),
)
_ANCHORS = 2


def as_ledger(sentence: Sentence, report: Report) -> Sentence:
    """Return the sentence as one about requests when nothing else is named and its figures are those of the ledger."""
    if sentence.inherited is not None or "结转" not in sentence.clean or last_domain(sentence.shape.text) is not None:
        return sentence
    text = with_years(sentence, report.year)
    agreeing = 0
    for words, cell in _STATED:
        said = words.search(text)
        value = report.values.get(f"{cell.plus[0]}.total")
        agreeing += bool(said and value and sentence.shape.token(said.end() - 1).value == value)
    return replace(sentence, inherited=Domain.REQUESTS) if agreeing >= _ANCHORS else sentence
