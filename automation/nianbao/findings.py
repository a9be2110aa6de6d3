"""A finding: where, what, why, how to mend. All are collected, none is raised.

Severities follow the practice of national statistics.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from nianbao.form import Edition, Rule, Value
from nianbao.numbers import Number


class Severity(StrEnum):
    """强制 must hold; 核实 may be right but needs a written reason; 提示 never blocks."""

    ERROR = "error"
    EXPLAIN = "explain"
    HINT = "hint"

    @property
    def label(self) -> str:
        """The Chinese name of the class."""
        return {"error": "强制", "explain": "核实", "hint": "提示"}[self.value]


OF_TEMPLATES = {
    Severity.ERROR: "会让报告出错，必须改正，否则不能用这个模板生成报告。",
    Severity.EXPLAIN: "请核实；确实应当这样的可以保留。",
    Severity.HINT: "只影响外观，不影响生成报告。",
}
"""What the classes ask of a template."""

OF_DOCUMENTS = {
    Severity.ERROR: "与填报表不同；以填报表为准的，重新生成年报。",
    Severity.EXPLAIN: "请核实；以填报表为准的，重新生成年报。",
    Severity.HINT: "只关系到外观，供参考。",
}
"""What the classes ask of a finished document."""


@dataclass(frozen=True)
class Change:
    """One proposed change: the figure found (None: blank) and the one that would be right."""

    cell: str
    found: Number | None
    value: Number


@dataclass(frozen=True)
class Finding:
    """One thing wrong or to be confirmed, in parts; a sentence is made of them only where it is shown.

    `where` names the place with its words, `what` says what is wrong, `why` the rule with its basis, `how` the cure;
    each is a piece of Chinese without a full stop at its end. `place` is the bare place (表三!D5). `evidence` are the
    figures and quotations the finding rests on beside the values of its `cells`: a reason written for them no longer
    counts when they change. `proposals` are alternative repairs, each a tuple of changes; `explanation` is the reason
    given, `remark` what became of one that does not count.
    """

    rule: str
    severity: Severity
    cells: tuple[str, ...]
    place: str
    where: str
    what: str
    why: str = ""
    how: str = ""
    evidence: tuple[str, ...] = ()
    proposals: tuple[tuple[Change, ...], ...] = ()
    explanation: str | None = None
    remark: str = ""

    @property
    def message(self) -> str:
        """The whole as sentences: where, what, why, how."""
        return f"{self.problem}{stopped(self.why)}{self.advice}"

    @property
    def problem(self) -> str:
        """What is wrong and where, as one sentence."""
        return stopped(f"{self.where}：{self.what}" if self.where else self.what)

    @property
    def advice(self) -> str:
        """How to mend it, and what became of a reason that does not count, as sentences."""
        return f"{stopped(self.how)}{stopped(self.remark)}"

    @property
    def blocks(self) -> bool:
        """Tell whether the finding makes the exit status 1: no hint, and not settled by a written reason."""
        return self.severity is not Severity.HINT and not self.explanation

    @property
    def forbids(self) -> bool:
        """Tell whether the finding forbids a final document."""
        return self.severity is Severity.ERROR and not self.explanation


@dataclass(frozen=True)
class Places:
    """Where each value stands in the file that was read; without a file, the form's own words.

    `cells` maps keys of values, texts and fields to places such as 表三!D5; a paragraph of a text has the key
    `text:n`, n counted from 0.
    """

    edition: Edition
    cells: Mapping[str, str]

    def of(self, key: str) -> str:
        """Return the bare place of a value, text or field."""
        if key in self.cells:
            return self.cells[key]
        value = self.edition.values.get(key)
        return self.edition.table[value.table].word if value else self._label(key)

    def named(self, key: str) -> str:
        """Return the place with the printed words of the cell: 表三!D5（自然人·本年新收）."""
        value: Value | None = self.edition.values.get(key)
        label = value.place if value else self._label(key)
        place = self.of(key)
        return place if place == label else f"{place}（{label}）"

    def of_paragraph(self, text: str, paragraph: int) -> str:
        """Return the bare place of one paragraph of a text (counted from 0)."""
        return self.cells.get(f"{text}:{paragraph}") or self.of(text)

    def named_paragraph(self, text: str, paragraph: int) -> str:
        """Return the place of a paragraph with its words: 总体情况!A12（总体情况 第3段）."""
        label = f"{self._label(text)} 第{paragraph + 1}段"
        place = self.of_paragraph(text, paragraph)
        return label if place == self._label(text) else f"{place}（{label}）"

    def _label(self, key: str) -> str:
        labels = {f.id: f.label for f in self.edition.fields} | {t.id: t.label for t in self.edition.texts}
        return labels.get(key, key)


def tell(  # noqa: PLR0913 (each is a part of the finding)
    rule: Rule,
    place: str,
    what: str,
    *,
    where: str = "",
    how: str = "",
    cells: Iterable[str] = (),
    severity: Severity | None = None,
    evidence: Iterable[str] = (),
    proposals: tuple[tuple[Change, ...], ...] = (),
) -> Finding:
    """Return a finding of a rule; the rule gives its class, its basis and the cure where none is given."""
    return Finding(
        rule=rule.id,
        severity=severity or Severity(rule.severity),
        cells=tuple(cells),
        place=place,
        where=where or place,
        what=what.rstrip("。"),
        why=because(rule),
        how=(how or rule.mend).rstrip("。"),
        evidence=tuple(evidence),
        proposals=proposals,
    )


def because(rule: Rule) -> str:
    """Name a rule with what it says and its basis."""
    return f"规则 {rule.id}：{rule.statement}（{rule.basis}）"


def stopped(text: str) -> str:
    """Return a piece as a sentence, '' for ''."""
    return f"{text.rstrip('。')}。" if text else ""


def counted(findings: Iterable[Finding]) -> dict[str, int]:
    """Count findings by class, every class named."""
    counts = Counter(f.severity.value for f in findings)
    return {s.value: counts[s.value] for s in Severity}


def settled(findings: Iterable[Finding]) -> dict[str, int]:
    """Count the findings of class 核实 by whether their reason is written."""
    told = [bool(f.explanation) for f in findings if f.severity is Severity.EXPLAIN]
    return {"explained": sum(told), "waiting": len(told) - sum(told)}


def tally(findings: Iterable[Finding]) -> dict[str, int]:
    """Count findings by class, those of 核实 also by whether their reason is written."""
    listed = list(findings)
    return {**counted(listed), **settled(listed)}


def classes(tallied: Mapping[str, int]) -> str:
    """Return a `tally` as one Chinese clause: 强制 1 处；核实 3：已说明 2，待说明 1；提示 0 处."""
    return "；".join(
        explained(tallied) if s is Severity.EXPLAIN else f"{s.label} {tallied[s.value]} 处" for s in Severity
    )


def explained(tallied: Mapping[str, int]) -> str:
    """Return how many of a `tally` are 核实, those with a written reason counted apart: 核实 3：已说明 2，待说明 1."""
    label, count = Severity.EXPLAIN.label, tallied[Severity.EXPLAIN.value]
    apart = f"{label} {count}：已说明 {tallied['explained']}，待说明 {tallied['waiting']}"
    return apart if count else f"{label} 0 处"


def to_json(file: str, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return the Findings JSON of one file (contract in docs/developers/contracts.md)."""
    listed = list(findings)
    return {
        "file": file,
        "findings": [
            {
                "rule": f.rule,
                "class": f.severity.value,
                "cells": list(f.cells),
                "place": f.place,
                "message": f.message,
                "where": f.where,
                "what": f.what,
                "why": f.why,
                "how": f.how,
                "evidence": list(f.evidence),
                "remark": f.remark,
                "proposals": [
                    [{"cell": c.cell, "found": figure(c.found), "value": figure(c.value)} for c in p]
                    for p in f.proposals
                ],
                "explanation": f.explanation,
            }
            for f in listed
        ],
        "summary": counted(listed),
    }


def figure(value: Number | None) -> int | str | None:
    """Return a figure as JSON holds it: counts as numbers, amounts as strings, blank as null."""
    return format(value, "f") if isinstance(value, Decimal) else value
