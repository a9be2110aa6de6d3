"""Which mutants are tried, and what is said of them: figures by module and in all, survivors explained or not."""

import argparse
import hashlib
import math
import random
import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

EXPLAINED = Path(__file__).with_name("survivors.toml")
Results = dict[str, dict]


@dataclass(frozen=True)
class Mutant:
    """One change of one function; `name` is what the switch is told, `function` what one reads in the file."""

    name: str
    file: str
    function: str
    line: int
    before: str
    after: str
    wording: bool
    """Only a literal with Chinese in it is changed."""

    @property
    def called(self) -> str:
        """The function's name among the hits."""
        return self.name.partition("__mutmut_")[0]

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.name}\n{self.before}\n{self.after}".encode()).hexdigest()[:12]


def sample(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """Return `size` of them, each file in proportion and at least one; the same for the same seed."""
    if not size or size >= len(mutants):
        return mutants
    files: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        files[mutant.file].append(mutant)
    shares = {f: size * len(of) / len(mutants) for f, of in files.items()}
    counts = {f: max(1, math.floor(s)) for f, s in shares.items()}
    for file in sorted(shares, key=lambda f: math.floor(shares[f]) - shares[f])[: max(0, size - sum(counts.values()))]:
        counts[file] += 1
    return [
        m for f in files for m in sorted(random.Random(f"{seed} {f}").sample(files[f], counts[f]), key=mutants.index)
    ]


def explanations() -> list[dict[str, str]]:
    """Return every explained survivor: before, after, reason; file and function where the line stands in several."""
    told = tomllib.loads(EXPLAINED.read_text(encoding="utf-8"))
    return [{**entry, "reason": told["reasons"][entry["reason"]]} for entry in told["survivor"]]


def squeezed(code: str) -> str:
    """Return code without blanks, line breaks and the commas that a broken line ends with."""
    return re.sub(r"\s+|,(?=\s*[)\]}])", "", code)


def stands(entry: dict[str, str], file: str, function: str) -> bool:
    """Tell whether an explanation is about a function of a file below the package."""
    return entry.get("file", file) == file and entry.get("function", function) == function


def unexplained(mutants: list[Mutant], results: Results) -> list[Mutant]:
    known: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for entry in explanations():
        known[squeezed(entry["before"]), squeezed(entry["after"])].append(entry)
    return [
        m for m in mutants
        if _is(results, m, "survived") and not m.wording
        and not any(stands(e, m.file.removeprefix("automation/nianbao/"), m.function)
                    for e in known[squeezed(m.before), squeezed(m.after)])
    ]  # fmt: skip


def show(every: list[Mutant], tried: list[Mutant], results: Results, options: argparse.Namespace) -> None:
    tried = [m for m in tried if m.name in results]
    files: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in tried:
        files[mutant.file.removeprefix("automation/nianbao/")].append(mutant)
    print(f"{'module':34} tried killed timeout survived")
    for file, mutants in sorted(files.items()):
        print(f"{file:34} {len(mutants):5} {_count(results, mutants, 'killed'):6} "
              f"{_count(results, mutants, 'timeout'):7} {_count(results, mutants, 'survived'):8}")  # fmt: skip
    plain = [m for m in tried if not m.wording]
    open_ = unexplained(tried, results)
    missed = {m.name for m in plain if _is(results, m, "survived")} - {m.name for m in open_}
    print(f"\n{len(tried)} of {len(every)} mutants tried, seed {options.seed}; at most {options.cap:g} s of tests each")
    _rate("all", tried, results)
    _rate("without literals in Chinese (wording)", plain, results)
    _rate("and without survivors explained as equal", [m for m in plain if m.name not in missed], results)
    worded = sum(_is(results, m, "survived") for m in tried if m.wording)
    print(f"survivors: {len(missed)} explained, {worded} of wording, {len(open_)} unexplained")
    for mutant in open_:
        print(f"\n{mutant.file}:{mutant.line} {mutant.function} ({results[mutant.name]['tests']} tests)")
        print(f"  - {mutant.before}\n  + {mutant.after}")


def _rate(of: str, mutants: list[Mutant], results: Results) -> None:
    total = len(mutants)
    killed = total - _count(results, mutants, "survived")
    low, high = interval(killed, total)
    print(f"{of}: {killed} of {total} noticed, {killed / max(total, 1):.1%} (95 % interval {low:.1%} to {high:.1%})")


def interval(hits: int, total: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval."""
    if not total:
        return 0.0, 1.0
    z, p = 1.96, hits / total
    middle, spread = p + z * z / (2 * total), z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total))
    return (middle - spread) / (1 + z * z / total), (middle + spread) / (1 + z * z / total)


def _is(results: Results, mutant: Mutant, verdict: str) -> bool:
    return mutant.name in results and results[mutant.name]["verdict"] == verdict


def _count(results: Results, mutants: list[Mutant], verdict: str) -> int:
    return sum(_is(results, m, verdict) for m in mutants)
