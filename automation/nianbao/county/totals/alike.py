"""Texts of neighbours that are alike (G5): compared within one county, since that is quadratic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nianbao.checks.similarity import pairs
from nianbao.county.model import AlikeTexts
from nianbao.findings import Finding, Severity, tell
from nianbao.form import Edition, program_rule

COMPARED = ("overview", "problems")
SHOWN_FROM = 0.6
"""Pairs the desk page shows."""

FOUND_FROM = 80
"""Pairs that want a reason: so many per cent, as shown."""

MOST = 300
"""Bodies of one county compared with each other; more is no county."""

_TOGETHER = 16
"""Texts for which handing a part of the work to another process pays."""

_QUOTED = 60


def joined(texts: Mapping[str, str]) -> str:
    """Return the texts that are compared, as one."""
    return "\n".join(texts.get(t, "") for t in COMPARED)


@dataclass(frozen=True)
class Comparison:
    """Compares the texts of one county (by body id) from `first` to before `last` with all after them: a worker's task.

    Its result are the pairs that are alike, the most alike first.
    """

    texts: Mapping[str, str]
    first: int = 0
    last: int | None = None

    def __call__(self) -> tuple[AlikeTexts, ...]:
        """Return the pairs."""
        found = pairs(self.texts, SHOWN_FROM, self.first, self.last)
        return tuple(AlikeTexts(p.ours, p.theirs, p.similarity.score, p.similarity.passages) for p in found)


def comparisons(texts: Mapping[str, str]) -> list[Comparison]:
    """Return what compares all texts of one county (by body id), in parts of about the same number of pairs."""
    given = dict([(k, t) for k, t in texts.items() if t.strip()][:MOST])
    parts = max(1, len(given) // _TOGETHER)
    # text n is compared with those after it, so that the first parts are the shorter ones
    bounds = [round(len(given) * (1 - (1 - n / parts) ** 0.5)) for n in range(parts + 1)]
    return [Comparison(given, first, last) for first, last in pairwise(bounds)]


def judged(
    edition: Edition, found: Iterable[AlikeTexts], shown: Mapping[str, str], overview: Mapping[str, int]
) -> dict[str, list[Finding]]:
    """Return G5 for each body (id) in a pair, the most alike one named first; `overview` counts its paragraphs."""
    rule = program_rule("G5")
    others: dict[str, list[AlikeTexts]] = {}
    for pair in found:
        if pair.percent >= FOUND_FROM:
            others.setdefault(pair.ours, []).append(pair)
            others.setdefault(pair.theirs, []).append(pair)
    answers = {}
    for body, about in others.items():
        best = about[0]
        other = best.theirs if best.ours == body else best.ours
        passage = best.passages[0] if best.passages else None
        what = f"总体情况和问题部分有 {best.percent}% 与“{shown[other]}”相同"
        if passage:
            what += f"，例如“{_shortened(passage.text)}”"
        if len(about) > 1:
            what += f"；另有 {len(about) - 1} 个单位也大段相同"
        paragraph = (passage.ours if best.ours == body else passage.theirs) if passage else 0
        lines = overview.get(body, 0)
        text_id, at = (COMPARED[0], paragraph) if paragraph < lines else (COMPARED[1], paragraph - lines)
        label = next(t.label for t in edition.texts if t.id == text_id)
        where = f"{label} 第{at + 1}段"
        answers[body] = [tell(rule, f"{text_id}:{at}", what, where=where, evidence=_evidence(about))]
    return answers


def _evidence(about: Sequence[AlikeTexts]) -> list[str]:
    """Return what a body's reason was written for: how many are as alike, how alike the first is and in which words."""
    best = about[0]
    return [f"{best.percent}%", *(_shortened(p.text) for p in best.passages[:1]), str(len(about))]


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def too_many(county: str, count: int) -> Finding:
    """Return the hint that not all texts of a county were compared."""
    rule = program_rule("G5")
    what = f"“{county or '未写县名'}”有 {count} 个单位，只逐对比较了前 {MOST} 个的文字"
    return tell(rule, "全县", what, severity=Severity.HINT)
