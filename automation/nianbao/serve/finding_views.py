"""Findings as the pages show them: numbered, grouped by class, each with its reason to type where it takes one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from nianbao import verdicts
from nianbao.findings import Finding, Severity, stopped
from nianbao.form import Edition, program_rule
from nianbao.reasons import explainable, fingerprint, refusal
from nianbao.report import Report
from nianbao.serve.desk_cures import on_pages
from nianbao.verdicts import Verdict

OF_REPORTS = {
    Severity.ERROR: "必须改正，否则不能生成正式报告。",
    Severity.EXPLAIN: "请核实；有错的改正，确实无误的在下面写明原因。",
    Severity.HINT: "供参考，不影响生成报告。",
}
OF_READING = {
    Severity.ERROR: "没有读准，请对照原文改正。",
    Severity.EXPLAIN: "请对照原文核实。",
    Severity.HINT: "供参考。",
}
OF_REGISTERS = {
    Severity.ERROR: "这些行不能计入表三，请在台账中改正。",
    Severity.EXPLAIN: "请核实；有错的在台账中改正。",
    Severity.HINT: "供参考。",
}


@dataclass(frozen=True)
class FindingView:
    """A finding as shown. `print` is what its reason is kept by, '' where it takes none.

    `typed` is the reason as it was typed, `refused` why that one is not accepted, '' where it is.
    """

    number: int
    finding: Finding
    problem: str
    advice: str
    why: str
    print: str
    typed: str = ""
    refused: str = ""

    @property
    def settled(self) -> bool:
        """Tell whether a written reason settles it."""
        return bool(self.finding.explanation)


@dataclass(frozen=True)
class ClassFindings:
    """The findings of one class, with what the class asks for."""

    severity: Severity
    meaning: str
    told: tuple[FindingView, ...]

    @property
    def waiting(self) -> int:
        """Count those that still want a reason."""
        return sum(bool(t.print) and not t.settled for t in self.told)


def grouped(
    found: Iterable[Finding],
    meaning: Mapping[Severity, str],
    report: Report | None = None,
    typed: Mapping[str, str] | None = None,
) -> tuple[ClassFindings, ...]:
    """Return findings by class; with the report they are about, those of 核实 can be given reasons.

    `typed` are the reasons typed so far, by the fingerprints of their findings.
    """
    listed = list(found)
    groups: list[ClassFindings] = []
    number = 0
    for severity in Severity:
        told: list[FindingView] = []
        for one in (f for f in listed if f.severity is severity):
            number += 1
            kept = fingerprint(one, report) if report and explainable(one) else ""
            told.append(_view(number, one, kept, (typed or {}).get(kept, "")))
        if told:
            groups.append(ClassFindings(severity, meaning[severity], tuple(told)))
    return tuple(groups)


def _view(number: int, one: Finding, kept: str, typed: str) -> FindingView:
    """Return one finding as shown; what is wrong with a typed reason stands at the reason, not in the cure."""
    why_not = refusal(typed) if typed and not one.explanation else ""
    advice = on_pages(stopped(one.how) if why_not else one.advice)
    refused = f"{why_not}，没有采用；请写明具体原因" if why_not else ""
    return FindingView(
        number, one, on_pages(one.problem), advice, on_pages(stopped(one.why)), kept, one.explanation or typed, refused
    )


def unjudged(edition: Edition, judged: Iterable[Verdict]) -> Mapping[str, Sequence[str]]:
    """Return what could not be judged, in the words of the rules, by why."""
    own = {r.id: r.name for r in edition.rules}

    def name(rule: str) -> str:
        return own.get(rule) or program_rule(rule).name

    return {why: [name(r) for r in rules] for why, rules in verdicts.unjudged(judged).items()}


def numbered(groups: Sequence[ClassFindings]) -> list[FindingView]:
    """Return all findings in the order of their numbers."""
    return [t for g in groups for t in g.told]
