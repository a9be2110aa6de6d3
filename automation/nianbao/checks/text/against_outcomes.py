"""N1: outcomes told in words against the cells they speak of."""

from __future__ import annotations

from collections.abc import Iterator

from nianbao.checks.rule_findings import text_finding
from nianbao.checks.text import roles
from nianbao.checks.text.cell_sums import figure
from nianbao.checks.text.clauses import Sentence
from nianbao.checks.text.outcomes import outcomes
from nianbao.checks.text.scope import Circle, scope_of
from nianbao.findings import Finding, Severity
from nianbao.form import Rule
from nianbao.numbers import spell
from nianbao.report import Reading


def against_outcomes(rule: Rule, reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Yield what is wrong with outcomes in words: the cell named holds nothing, though there are cases."""
    for told in outcomes(sentence, reading.report.year):
        held, total = figure(reading, told.columns, ()), figure(reading, told.total, ())
        if (
            held is None
            or total is None
            or held.value > 0
            or total.value <= 0
            or not (held.complete and total.complete)
        ):
            continue
        blocks = roles.BLOCKS.get(told.block, ())
        shown = [k for k, v in reading.report.values.items() if v and roles.is_shown(k, blocks)]
        cells = "、".join(f"{reading.places.named(k)} {spell(reading.report.values[k])}" for k in shown)
        quote = sentence.quote(told.start, told.end)
        what = f"正文{quote}，说的是{told.block}{told.label}，而{cells}"
        certain = told.sure and scope_of(reading.report, sentence, told.end) is Circle.WHOLE
        severity = Severity.ERROR if certain else Severity.EXPLAIN
        yield text_finding(
            rule,
            reading,
            sentence.text,
            sentence.paragraph,
            what,
            cells=[*shown, *held.cells],
            severity=severity,
            evidence=(quote,),
        )
