"""Texts of neighbours that are alike (G5): compared within one county, since that is quadratic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from nianbao.checks.similarity import compare
from nianbao.checks.text_pairs import TextPair, pairs
from nianbao.county.model import AlikeTexts
from nianbao.findings import Finding, Severity, tell
from nianbao.form import Edition, program_rule

COMPARED = ("overview", "problems")
SHOWN_FROM = 0.6
"""Pairs the desk page shows."""

FOUND_FROM = 80
"""Pairs that want a reason: so many per cent, as shown."""

MOST = 3000
"""Bodies of one county compared with each other; more is no county."""

MOST_SHOWN = 50
"""Pairs the desk shows."""

_PART, _MOST_PARTS = 50, 4
"""Texts for which handing a part of the work to another process pays; parts at most, each of which reads the texts."""

_QUOTED = 60


def joined(texts: Mapping[str, str]) -> str:
    """Return the texts that are compared, as one."""
    return "\n".join(texts.get(t, "") for t in COMPARED)


@dataclass(frozen=True)
class Crowd:
    """Who is alike: the most alike pairs; by body the most alike of the pairs that want a reason, and how many do."""

    shown: tuple[TextPair, ...] = ()
    first: Mapping[str, TextPair] = field(default_factory=dict)
    count: Mapping[str, int] = field(default_factory=dict)

    def pairs(self) -> list[TextPair]:
        """Return each pair once, the most alike first."""
        return sorted(dict.fromkeys((*self.shown, *self.first.values())), key=lambda p: -p.score)


@dataclass(frozen=True)
class TextComparison:
    """Compares one county's texts (by body id) from `first` to before `last` with all after them: a worker's task."""

    texts: Mapping[str, str]
    first: int = 0
    last: int | None = None

    def __call__(self) -> Crowd:
        """Return who is alike; however many pairs there are, few are held."""
        shown: list[TextPair] = []
        best: dict[str, TextPair] = {}
        count: Counter[str] = Counter()
        for pair in pairs(self.texts, SHOWN_FROM, self.first, self.last):
            shown.append(pair)
            if len(shown) > 2 * MOST_SHOWN:
                shown = _foremost(shown)
            if wants_reason(pair.score):
                count.update((pair.ours, pair.theirs))
                _better(best, pair.ours, pair)
                _better(best, pair.theirs, pair)
        return Crowd(tuple(_foremost(shown)), best, count)


@dataclass(frozen=True)
class CommonWords:
    """Finds what pairs have in common, word for word: a worker's task."""

    texts: Mapping[str, str]
    pairs: Sequence[TextPair]

    def __call__(self) -> list[AlikeTexts]:
        """Return the pairs with their passages."""
        return [AlikeTexts(*p, compare(self.texts[p.ours], self.texts[p.theirs]).passages) for p in self.pairs]


def wants_reason(score: float) -> bool:
    """Tell whether texts are so alike that a reason is wanted: by the per cent that are shown."""
    return int(100 * round(score, 4) + 0.5) >= FOUND_FROM


def comparisons(texts: Mapping[str, str]) -> list[TextComparison]:
    """Return what compares all texts of one county (by body id), in parts of about the same number of pairs."""
    given = dict([(k, t) for k, t in texts.items() if t.strip()][:MOST])
    parts = max(1, min(_MOST_PARTS, len(given) // _PART))
    # text n is compared with those after it, so that the first parts are the shorter ones
    bounds = [round(len(given) * (1 - (1 - n / parts) ** 0.5)) for n in range(parts + 1)]
    return [TextComparison(given, first, last) for first, last in pairwise(bounds)]


def together(parts: Iterable[Crowd]) -> Crowd:
    """Return one crowd from several, of equal pairs those of the first part first."""
    shown: list[TextPair] = []
    best: dict[str, TextPair] = {}
    count: Counter[str] = Counter()
    for part in parts:
        shown += part.shown
        count.update(part.count)
        for body, pair in part.first.items():
            _better(best, body, pair)
    return Crowd(tuple(_foremost(shown)), best, count)


def _better(best: dict[str, TextPair], body: str, pair: TextPair) -> None:
    if body not in best or pair.score > best[body].score:
        best[body] = pair


def _foremost(found: Iterable[TextPair]) -> list[TextPair]:
    return sorted(found, key=lambda p: -p.score)[:MOST_SHOWN]


def worded(crowd: Crowd, texts: Mapping[str, str]) -> list[CommonWords]:
    """Return what finds the common words of a crowd's pairs, some at a time."""
    found = crowd.pairs()
    chunks = [found[n : n + _PART] for n in range(0, len(found), _PART)]
    return [CommonWords({k: texts[k] for p in chunk for k in (p.ours, p.theirs)}, chunk) for chunk in chunks]


def judged(
    edition: Edition,
    found: Iterable[AlikeTexts],
    crowd: Crowd,
    shown: Mapping[str, str],
    overview: Mapping[str, int],
) -> dict[str, list[Finding]]:
    """Return G5 for each body (id) of the crowd; `found` has its pairs in words, `overview` counts its paragraphs."""
    rule = program_rule("G5")
    by_pair = {(p.ours, p.theirs): p for p in found}
    answers = {}
    for body, pair in crowd.first.items():
        best = by_pair[pair.ours, pair.theirs]
        other = best.theirs if best.ours == body else best.ours
        passage = best.passages[0] if best.passages else None
        what = f"总体情况和问题部分有 {best.percent}% 与“{shown[other]}”相同"
        if passage:
            what += f"，例如“{_shortened(passage.text)}”"
        if crowd.count[body] > 1:
            what += f"；另有 {crowd.count[body] - 1} 个单位也大段相同"
        paragraph = (passage.ours if best.ours == body else passage.theirs) if passage else 0
        lines = overview.get(body, 0)
        text_id, at = (COMPARED[0], paragraph) if paragraph < lines else (COMPARED[1], paragraph - lines)
        label = next(t.label for t in edition.texts if t.id == text_id)
        where = f"{label} 第{at + 1}段"
        evidence = _evidence(best, crowd.count[body])
        answers[body] = [tell(rule, f"{text_id}:{at}", what, where=where, evidence=evidence)]
    return answers


def _evidence(best: AlikeTexts, count: int) -> list[str]:
    """Return what a body's reason was written for: how many are as alike, how alike the first is and in which words."""
    return [f"{best.percent}%", *(_shortened(p.text) for p in best.passages[:1]), str(count)]


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"


def too_many(county: str, count: int) -> Finding:
    """Return the hint that not all texts of a county were compared."""
    rule = program_rule("G5")
    what = f"“{county or '未写县名'}”有 {count} 个单位，只逐对比较了前 {MOST} 个的文字"
    return tell(rule, "全县", what, severity=Severity.HINT)
