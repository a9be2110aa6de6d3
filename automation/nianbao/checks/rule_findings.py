"""Small shared pieces of the checks: making a finding of a rule about cells of a reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nianbao.findings import Change, Finding, Severity, tell
from nianbao.form import Rule
from nianbao.numbers import Number, spell
from nianbao.report import Reading
from nianbao.verdicts import NOTHING_TO_JUDGE, Unjudged

NO_LAST_YEAR = Unjudged("缺上年数据")
NO_YEAR = Unjudged("没有写明年度")
NO_LEVEL = Unjudged("没有写明单位级别")
NO_TEXT = Unjudged("正文还没有写")
UNEVEN = Unjudged("表内勾稽还不平")
YEARS_DIFFER = Unjudged("年度与成文日期、正文不一致")
BLANK = Unjudged("有关的格没有可用的数字")


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


def blank(reading: Reading, keys: Iterable[str]) -> list[Unjudged]:
    """Say that a rule can't be judged because one of its cells is blank; that it has no cells is nothing to judge.

    The cells of a table that need not be filled are nothing to judge as long as none of them is.
    """
    known, values = reading.edition.values, reading.report.values
    asked = tuple(keys)
    if not all(k in known for k in asked):
        return [NOTHING_TO_JUDGE]
    if all(k in values for k in asked):
        return []
    used = any(k in values or known[k].required for k in asked)
    return [BLANK] if used else [NOTHING_TO_JUDGE]
