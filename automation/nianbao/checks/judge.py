"""Small shared pieces of the checks: making a finding of a rule about cells of a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.findings import Change, Finding, Severity, tell
from nianbao.form import Rule
from nianbao.numbers import Number, spell
from nianbao.report import Reading


def finding(  # noqa: PLR0913 (each is a part of the finding)
    rule: Rule,
    reading: Reading,
    cells: Sequence[str],
    what: str,
    *,
    where: str = "",
    how: str = "",
    severity: Severity | None = None,
    evidence: Iterable[str] = (),
    proposals: tuple[tuple[Change, ...], ...] = (),
) -> Finding:
    """Return a finding placed at the first of `cells` (or at the report as a whole when there are none)."""
    return tell(
        rule,
        reading.places.of(cells[0]) if cells else "",
        what,
        where=where or (reading.places.named(cells[0]) if cells else "整份报告"),
        how=how,
        cells=cells,
        severity=severity,
        evidence=evidence,
        proposals=proposals,
    )


def text_finding(  # noqa: PLR0913 (each is a part of the finding)
    rule: Rule,
    reading: Reading,
    text: str,
    paragraph: int,
    what: str,
    *,
    cells: Sequence[str] = (),
    how: str = "",
    severity: Severity | None = None,
    evidence: Iterable[str] = (),
) -> Finding:
    """Return a finding placed at a paragraph (from 0) of a text; `cells` are the figures it is about, if any."""
    return tell(
        rule,
        reading.places.of_paragraph(text, paragraph),
        what,
        where=reading.places.named_paragraph(text, paragraph),
        how=how,
        cells=cells,
        severity=severity,
        evidence=evidence,
    )


def addition(terms: Iterable[Number]) -> str:
    """Spell a sum with its numbers, zeros left out when there are many: 3 + 0 = 3, 2 + 1 = 3, 0."""
    numbers = list(terms)
    total = spell(sum(numbers))
    shown = numbers if len(numbers) <= 3 else [n for n in numbers if n != 0]
    if len(shown) < 2:
        return total
    return " + ".join(spell(n) if n >= 0 else f"（{spell(n)}）" for n in shown) + f" = {total}"
