"""What the table of findings in 校验结果 says, row by row: findings, unjudged rules by why, how many of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nianbao.dates import printed
from nianbao.findings import Finding, classes, tally
from nianbao.reasons import explainable, fingerprint, fingerprints
from nianbao.report import Reading
from nianbao.verdicts import Verdict, sentences, summary, unjudged
from nianbao.workbook.address import Spot, parsed
from nianbao.workbook.layout import REASON, RESULT_HEADINGS

UNJUDGED = "未核对"
"""The class of a row that names rules which could not be judged."""
WHOLE = "合计"
"""The class of the last row: how many findings and rules stand how."""
_THEN = "补上或改正后再检查，就能核对。"
_EMPTY = dict.fromkeys(RESULT_HEADINGS, "")


@dataclass(frozen=True)
class FindingRow:
    """One row of the table: its texts by heading, the cell it leads to, whether a reason may be written.

    `prints` are the fingerprints under which a reason counts for it.
    """

    texts: Mapping[str, str]
    target: Spot | None = None
    open: bool = False
    prints: tuple[str, ...] = ()


def entries(
    findings: Sequence[Finding], verdicts: Sequence[Verdict], reading: Reading, day: date | None = None
) -> list[FindingRow]:
    """Return the rows of the table: the findings, the rules that could not be judged, by why, and how many of each.

    `day` is named in the last row, as the day of the check.
    """
    rows = [_entry(i, f, reading) for i, f in enumerate(findings)]
    told = sentences(unjudged(verdicts), lambda r: f"{r} {reading.edition.rule[r].name}")
    rows += [_whole(UNJUDGED, sentence, _THEN) for sentence in told]
    if verdicts:
        when = f"{printed(day)}校验：" if day else ""
        rows.append(_whole(WHOLE, f"{when}{classes(tally(findings))}。{summary(verdicts)}。"))
    return rows


def _whole(kind: str, what: str, how: str = "") -> FindingRow:
    return FindingRow({**_EMPTY, "类别": kind, "位置": "整份报告", "问题": what, "建议": how})


def _entry(index: int, found: Finding, reading: Reading) -> FindingRow:
    can_be_explained = explainable(found)
    prints = fingerprints(found, reading.report) if can_be_explained else ()
    return FindingRow(row_texts(index, found, reading), parsed(found.place), can_be_explained, prints)


def row_texts(index: int, found: Finding, reading: Reading) -> dict[str, str]:
    """Return what the table of findings says of one finding, by heading."""
    return {
        "序号": str(index + 1),
        "类别": found.severity.label,
        "规则": found.rule,
        "位置": found.place or "整份报告",
        "问题": found.problem,
        "建议": found.advice,
        REASON: found.explanation or "",
        RESULT_HEADINGS[-1]: fingerprint(found, reading.report) if explainable(found) else "",
    }
