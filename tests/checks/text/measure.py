"""Measure the rules about the text on the labelled sentences: `python tests/checks/text/measure.py`.

Prints precision and recall per class and per rule, for the sentences the rules were tuned on and for those held out.
A finding of the right rule but another class is counted as wrong on both sides. With --wrong the sentences judged
wrongly are listed (those held out only with --held-out as well: do not tune on them); with --time a report is timed.
"""

import statistics
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import reports
from nianbao.checks import CHECKS
from nianbao.checks.text import CHECKS as TEXT_CHECKS
from nianbao.checks.text import clauses, domains
from nianbao.demo import sample
from nianbao.form import Edition, Kind, load_edition
from nianbao.report import Report

SENTENCES = Path(__file__).parents[2] / "cases" / "sentences.toml"
TARGETS = {"error": 0.98, "explain": 0.9, "hint": 0.9}
"""The least precision of each class."""
HELD_OUT_TARGETS = {"error": 0.9, "explain": 0.85}
"""What sentences the rules never saw may not fall below; the measured numbers are in docs/developers/text-rules.md."""

LEAST_RECALL = 0.95

Label = tuple[str, str]


@dataclass(frozen=True)
class Sentence:
    """A labelled sentence with the report it stands in."""

    text: str
    report: Report
    expected: Counter[Label]
    listed: bool
    trap: bool
    held_out: bool


@dataclass(frozen=True)
class Score:
    """Findings that were right, too many, missed."""

    right: int
    false: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def keys(edition: Edition) -> dict[str, str]:
    return {".".join((edition.table[v.table].word, *v.words)): v.key for v in edition.values.values()}


def labelled() -> Iterator[Sentence]:
    for group in tomllib.loads(SENTENCES.read_text(encoding="utf-8"))["group"]:
        edition = load_edition(group.get("edition", "2021"))
        base = reports.zero(edition.id, group.get("year", 2024))
        named = keys(edition)
        told = {named[words]: value for words, value in group.get("set", {}).items()}
        typed = {k: Decimal(v) if edition.values[k].kind is Kind.AMOUNT else int(v) for k, v in told.items()}
        inputs = {k: v for k, v in base.values.items() if k not in edition.sums}
        values = reports.with_totals(edition, {**inputs, **typed})
        body = {**base.body, **group.get("body", {})}
        for one in group["sentences"]:
            texts = {one.get("in", "overview"): one["text"]}
            yield Sentence(
                one["text"],
                replace(base, values=values, body=body, texts=texts),
                Counter((f.split()[0], f.split()[1]) for f in one.get("finds", [])),
                one.get("listed", False),
                one.get("trap", False),
                group.get("held_out", False),
            )


def messages(sentence: Sentence) -> list[tuple[Label, str]]:
    """What the rules about the text find in a sentence."""
    reading = reports.reading(sentence.report)
    names = {f.__name__ for f in TEXT_CHECKS}
    rules = [r for r in reading.edition.rules if r.check in names and r.applies_to(sentence.report.year)]
    found = [f for r in rules for f in CHECKS[r.check](r, reading)]
    return [((f.rule, f.severity.value), f.message) for f in found]


def score(pairs: Iterable[tuple[Counter[Label], Counter[Label]]]) -> Score:
    """Compare (found, expected) pairs."""
    right = false = missed = 0
    for found, expected in pairs:
        right += (found & expected).total()
        false += (found - expected).total()
        missed += (expected - found).total()
    return Score(right, false, missed)


def only(counts: Counter[Label], part: str) -> Counter[Label]:
    return Counter({k: n for k, n in counts.items() if part in k})


def table(sentences: list[Sentence]) -> list[tuple[str, Score]]:
    """Score the sentences by class, by rule, and all together."""
    pairs = [(Counter(label for label, _ in messages(s)), s.expected) for s in sentences]
    parts = [*TARGETS, *sorted({rule for found, expected in pairs for rule, _ in found | expected})]
    scored = [(part, score((only(f, part), only(e, part)) for f, e in pairs)) for part in parts]
    return [*scored, ("all", score(pairs))]


def time_a_report() -> None:
    """Print the time for one report of ordinary length, warm, nothing remembered from the run before."""
    reading = sample()
    plain = [s.text for s in labelled() if not s.expected][::12]
    texts = dict(reading.report.texts)
    texts["overview"] = "\n".join([texts["overview"], texts["overview"], *plain])
    reading = replace(reading, report=replace(reading.report, texts=texts))
    names = {f.__name__ for f in TEXT_CHECKS}
    rules = [r for r in reading.edition.rules if r.check in names]
    seconds = []
    for _ in range(50):
        for remembered in (clauses._sentences, clauses.chunks, clauses.clauses, domains.cues):
            remembered.cache_clear()
        begun = time.perf_counter()
        for rule in rules:
            CHECKS[rule.check](rule, reading)
        seconds.append(time.perf_counter() - begun)
    size = sum(len(texts[t.id]) for t in reading.edition.texts if t.id in texts)
    print(f"\n{size} characters: {statistics.median(seconds) * 1000:.1f} ms")


def main() -> None:
    everything = list(labelled())
    sets = {
        "tuned on": [s for s in everything if not s.held_out],
        "listed phrasings": [s for s in everything if s.listed],
        "traps": [s for s in everything if s.trap],
        "held out": [s for s in everything if s.held_out],
    }
    for name, sentences in sets.items():
        print(f"\n{name}: {len(sentences)} sentences\n{'':8} {'right':>6} {'false':>6} {'missed':>6} precision recall")
        for part, s in table(sentences):
            print(f"{part:8} {s.right:6} {s.false:6} {s.missed:6} {s.precision:9.3f} {s.recall:6.3f}")
    if "--time" in sys.argv:
        time_a_report()
    if "--wrong" in sys.argv:
        for sentence in everything:
            if sentence.held_out and "--held-out" not in sys.argv:
                continue
            found = messages(sentence)
            if Counter(label for label, _ in found) != sentence.expected:
                print("\n" + sentence.text, "\n  expected", *sentence.expected.elements())
                for label, message in found:
                    print("  found", *label, message.split("规则")[0])


if __name__ == "__main__":
    main()
