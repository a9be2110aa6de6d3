"""The alarm bench: reports with texts as life writes them, and what a careful reviewer says of each.

    python tests/checks/text/bench.py [--quiet] [--only PART_OF_ID] [--frames] [--write] [FILE.json ...]

Without files all of tests/cases/bench. Prints precision and recall by class and rule, every false alarm, every miss;
with --frames how often figures stood in each frame of frames.toml, and how often one would be refused falsely; --write
writes these counts beside the frames, and into recognised.toml what was read of each report: the difference shows which
reports a changed rule reads in another way, though it tells the same of them.

An item holds the report (cells not given are 0), what must be said (`expect`) and what may be said (`allow`). An
expectation is met by a finding of one of its rules ("N1|N4"; "new:…" is any rule) whose message or place holds one of
its quotes and that touches one of its cells' rows, where it names any. What deserves a hint is not met by a refusal.
A refusal or a question of the families N, S and P that nothing asks for or allows is a false alarm.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from nianbao.checks import check
from nianbao.checks.text import comparisons
from nianbao.checks.text import frames as frames_
from nianbao.checks.text.claims import claims
from nianbao.checks.text.clauses import sentences
from nianbao.checks.text.frames import frames
from nianbao.checks.text.lists import partitions
from nianbao.checks.text.percentages import shares
from nianbao.checks.text.repeated_totals import TOTAL, totals
from nianbao.checks.text.understood import Understood, understood
from nianbao.findings import Finding, Places, Severity
from nianbao.form import Edition, Kind, load_edition
from nianbao.report import Reading, Report

BENCH = Path(__file__).parents[2] / "cases" / "bench"
RECOGNISED = BENCH / "recognised.toml"
JUDGED = ("N", "S", "P")
"""The families that read prose; others count only where an item expects them."""
CLASSES = {"error": Severity.ERROR, "review": Severity.EXPLAIN, "hint": Severity.HINT}
WEIGHT = {Severity.HINT: 0, Severity.EXPLAIN: 1, Severity.ERROR: 2}
_NAMES = {v: k for k, v in CLASSES.items()}


@dataclass(frozen=True)
class Answer:
    """What a reviewer says or may say."""

    rules: tuple[str, ...]
    severity: Severity
    rows: frozenset[str]
    quotes: tuple[str, ...]
    why: str

    def covers(self, finding: Finding) -> bool:
        """Tell whether a finding says this."""
        if self.severity is Severity.HINT and finding.severity is Severity.ERROR:
            return False
        shown = f"{finding.message} {finding.place}"
        quoted = not self.quotes or any(q in shown for q in self.quotes)
        touched = rows(finding.cells)
        if finding.rule in self.rules and quoted and (not self.rows or not touched or bool(self.rows & touched)):
            return True
        anew = any(r.startswith("new:") for r in self.rules) and bool(self.quotes)
        return anew and quoted and (finding.severity is not Severity.HINT or self.severity is Severity.HINT)


@dataclass(frozen=True)
class Item:
    """One report of the bench."""

    id: str
    reading: Reading
    expect: tuple[Answer, ...]
    allow: tuple[Answer, ...]

    @property
    def right(self) -> bool:
        """Tell whether nothing is to be refused or asked."""
        return all(a.severity is Severity.HINT for a in self.expect)


@dataclass
class Result:
    """What was found over all items: counts by class, and the lines to print."""

    items: int = 0
    right: int = 0
    silent: int = 0
    expected: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    alarmed: dict[str, set[str]] = field(default_factory=lambda: {"error": set(), "review": set()})
    by_rule: dict[str, Counter[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def precision(self, name: str) -> float:
        """The share of findings of a class that were asked for."""
        told = self.true[name] + self.false[name]
        return self.true[name] / told if told else 1.0

    def recall(self, name: str) -> float:
        """The share of a class's expectations that were met."""
        return self.met[name] / self.expected[name] if self.expected[name] else 1.0


def rows(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(c.rpartition(".")[0] for c in cells)


def load(path: Path) -> list[Item]:
    """Read one file of the bench; items may also be given as in a Report JSON with all their values."""
    return [_item(raw) for raw in json.loads(path.read_text(encoding="utf-8"))]


def _item(raw: Mapping[str, Any]) -> Item:
    inner = raw.get("report", raw)
    edition = load_edition(inner["edition"])
    body = inner["body"] if isinstance(inner["body"], dict) else {
        "name": raw["body"], "level": raw["body_level"], "county": raw["county"]
    }  # fmt: skip
    values = {k: _number(edition, k, inner["values"].get(k, 0)) for k in edition.values if _printed(edition, k)}
    texts = {k: v for k, v in inner["texts"].items() if v.strip()}
    report = Report(edition.id, inner["year"], {k: v for k, v in body.items() if v}, values, texts)
    reading = Reading(edition, report, (), Places(edition, {}))
    return Item(raw["id"], reading, _answers(raw.get("expect")), _answers(raw.get("allow")))


def _printed(edition: Edition, key: str) -> bool:
    value = edition.values[key]
    return not edition.table[value.table].help or value.table == "fee"


def _number(edition: Edition, key: str, value: float | str) -> int | Decimal:
    return Decimal(str(value)) if edition.values[key].kind is Kind.AMOUNT else int(value)


def _answers(raw: list[Mapping[str, Any]] | None) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            tuple(a["rule"].split("|")), CLASSES[a["class"]], rows(a.get("cells") or ()),
            tuple(a.get("quote") or ()), a["why"],
        )
        for a in raw or ()
    )  # fmt: skip


def run(items: Iterable[Item]) -> Result:
    """Check every item and compare."""
    result = Result()
    for item in items:
        result.items += 1
        result.right += item.right
        noise = _judge(item, result)
        result.silent += item.right and not noise
    return result


def _judge(item: Item, result: Result) -> bool:
    met: dict[Answer, Severity] = {}
    noise = False
    for finding in check(item.reading):
        name = _NAMES[finding.severity]
        tally = result.by_rule.setdefault(finding.rule, Counter())
        answers = [a for a in item.expect if a.covers(finding)]
        if answers:
            answer = next((a for a in answers if a not in met), answers[0])
            met[answer] = max(met.get(answer, finding.severity), finding.severity, key=lambda s: WEIGHT[s])
            result.true[name] += 1
            tally["true"] += 1
        elif any(a.covers(finding) and WEIGHT[finding.severity] <= WEIGHT[a.severity] for a in item.allow):
            continue
        elif name != "hint" and finding.rule[0] in JUDGED:
            noise = True
            result.false[name] += 1
            tally["false"] += 1
            result.alarmed[name].add(item.id)
            result.lines.append(f"FALSE {name:6} {item.id:8} {finding.rule:3} {finding.message[:160]}")
    for answer in item.expect:
        name = _NAMES[answer.severity]
        tally = result.by_rule.setdefault(answer.rules[0], Counter())
        result.expected[name] += 1
        tally["expected"] += 1
        if answer in met:
            result.met[name] += 1
            tally["met"] += 1
        else:
            result.lines.append(f"MISS  {name:6} {item.id:8} {'|'.join(answer.rules)} {answer.why}")
    return noise


def in_frames(items: Iterable[Item]) -> dict[str, int]:
    """Count by frame the figures that stand in it."""
    counted = Counter(dict.fromkeys((frame.id for frame in frames()), 0))
    for item in items:
        counted.update(one.frame for one in _framed(item))
        counted[TOTAL] += len(list(totals(item.reading)))
    return dict(counted)


def wrong_in_frames(items: Iterable[Item]) -> Counter[str]:
    """Count by frame the figures in it that are refused though no reviewer says so."""
    counted: Counter[str] = Counter()
    for item in items:
        false = [f.message for f in _refusals(item)]
        for one in _framed(item) if false else ():
            passage = one.sentence.quote(one.token.start, one.token.end)
            counted[one.frame] += any(passage in message for message in false)
    return counted


def _framed(item: Item) -> Iterator[Understood]:
    report = item.reading.report
    return (u for s in sentences(item.reading) for u in understood(s, report) if u.frame)


def _refusals(item: Item) -> Iterator[Finding]:
    """Yield the refusals of N1 that no reviewer asks for or allows."""
    for finding in check(item.reading):
        if finding.rule == "N1" and finding.severity is Severity.ERROR:
            answers = [*item.expect, *(a for a in item.allow if a.severity is Severity.ERROR)]
            if not any(a.covers(finding) for a in answers):
                yield finding


def recognised(item: Item) -> list[int]:
    """Count what is read of a report: figures; those with cells, in a frame, sure; cells that fit; lists, closed ones;
    shares; statements about all or none."""
    report = item.reading.report
    every = sentences(item.reading)
    figures = [u for s in every for u in understood(s, report)]
    compared = list(comparisons(item.reading))
    lists = [p for s in every for p in partitions(s)]
    return [
        len(figures), sum(bool(u.meanings) for u in figures), sum(bool(u.frame) for u in figures),
        sum(c.mention.sure for c in compared), sum(c.matched is not None for c in compared),
        len(lists), sum(p.closed for p in lists),
        sum(1 for s in every for _ in shares(s)), sum(1 for s in every for _ in claims(s, report)),
    ]  # fmt: skip


def write_recognised(items: Iterable[Item]) -> None:
    """Write what is read of each report into recognised.toml."""
    head = (
        "# 每份报告读出了什么：数字、有格可比的、在句式里的、可以断定的、与表相符的，\n"
        "# 列举、须加得起来的列举，占比，说全部或没有的话。\n"
        "# 由 python tests/checks/text/bench.py --quiet --write 写出，不手改。\n"
    )
    lines = (f"{item.id} = {recognised(item)}\n" for item in sorted(items, key=lambda i: i.id))
    RECOGNISED.write_text(head + "".join(lines), encoding="utf-8")


def write_frames(counted: Mapping[str, list[int]]) -> None:
    """Write the counts beside the frames."""
    path = Path(frames_.__file__).with_name("frames.toml")
    head, *parts = path.read_text(encoding="utf-8").split("[[frames]]\n")
    for n, part in enumerate(parts):
        name = part.split('"')[1]
        bare = re.sub(r"bench = .*\n", "", part)
        parts[n] = re.sub(r"(words = .*\n)", rf"\1bench = {counted[name]}\n", bare)
    path.write_text("[[frames]]\n".join([head, *parts]), encoding="utf-8")


def shown(result: Result) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"items {result.items}; right texts {result.right}, silent {_share(result.silent, result.right)}"
    for name, label in (("error", "强制"), ("review", "核实")):
        yield f"reports with a false {label}: {_share(len(result.alarmed[name]), result.items)}"
    for name in CLASSES:
        told = result.true[name] + result.false[name]
        precision = "" if name == "hint" else f"precision {_share(result.true[name], told)}, "
        yield f"{name:6} {precision}recall {_share(result.met[name], result.expected[name])}"
    yield "by rule (expected/met, true/false findings):"
    for rule, tally in sorted(result.by_rule.items()):
        if tally.total():
            yield f"  {rule:26} {tally['expected']}/{tally['met']}   {tally['true']}/{tally['false']}"


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def main(arguments: list[str]) -> None:
    options = {a for a in arguments if a in ("--quiet", "--frames", "--write")}
    only = arguments[arguments.index("--only") + 1] if "--only" in arguments else ""
    named = [Path(a) for a in arguments if a.endswith(".json")]
    items = [i for path in named or sorted(BENCH.glob("*.json")) for i in load(path) if only in i.id]
    result = run(items)
    if "--quiet" not in options:
        print("\n".join(sorted(result.lines)))
    print("\n".join(shown(result)))
    if options & {"--frames", "--write"}:
        wrong = wrong_in_frames(items)
        counted = {name: [stood, wrong[name]] for name, stood in in_frames(items).items()}
        for name, (stood, false) in counted.items():
            print(f"{name:24} {stood:4} {false:4}")
        if "--write" in options:
            write_frames(counted)
            write_recognised(items)


if __name__ == "__main__":
    main(sys.argv[1:])
