"""Small shared pieces of the checks: making a finding of a rule about cells of a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.findings import Change, Finding, Severity, compose
from nianbao.form import Rule
from nianbao.numbers import Number, spell
from nianbao.report import Reading


def finding(
    rule: Rule,
    reading: Reading,
    cells: Sequence[str],
    what: str,
    *,
    where: str = "",
    how: str = "",
    severity: Severity | None = None,
    proposals: tuple[tuple[Change, ...], ...] = (),
) -> Finding:
    """Return a finding placed at the first of `cells` (or at the report as a whole when there are none)."""
    place = reading.places.of(cells[0]) if cells else ""
    return Finding(
        rule=rule.id,
        severity=severity or Severity(rule.severity),
        cells=tuple(cells),
        place=place,
        message=compose(rule, where or (reading.places.named(cells[0]) if cells else "整份报告"), what, how),
        proposals=proposals,
    )


def text_finding(
    rule: Rule,
    reading: Reading,
    text: str,
    paragraph: int,
    what: str,
    *,
    cells: Sequence[str] = (),
    how: str = "",
    severity: Severity | None = None,
) -> Finding:
    """Return a finding placed at a paragraph (from 0) of a text; `cells` are the figures it is about, if any."""
    return Finding(
        rule=rule.id,
        severity=severity or Severity(rule.severity),
        cells=tuple(cells),
        place=reading.places.of_paragraph(text, paragraph),
        message=compose(rule, reading.places.named_paragraph(text, paragraph), what, how),
    )


def addition(terms: Iterable[Number]) -> str:
    """Spell a sum with its numbers, zeros left out when there are many: 3 + 0 = 3, 2 + 1 = 3, 0."""
    numbers = list(terms)
    total = spell(sum(numbers))
    shown = numbers if len(numbers) <= 3 else [n for n in numbers if n != 0]
    if len(shown) < 2:
        return total
    return " + ".join(spell(n) if n >= 0 else f"（{spell(n)}）" for n in shown) + f" = {total}"
