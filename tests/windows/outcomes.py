"""What became of the project's own tests inside Wine: kept as `inside/telling.py` wrote it, judged, told.

A failure is Wine's own only where `wine_causes.toml` names the test and what it said says so; any other counts.
"""

import hashlib
import json
import re
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from windows.places import ROOT

CAUSES = Path(__file__).with_name("wine_causes.toml")

ENDS = (0, 1, 5)
"""Exit codes of a pytest that ran every test: all passed, some failed, none was there."""

_IMPORTED = re.compile(r"(?m)^from ([a-z_.]*\btest_\w+) import|^from ([a-z_.]+) import (test_\w+)")


@dataclass(frozen=True)
class Cause:
    """Something of Wine's: why, the tests it stops (how their names begin), and a pattern of what they then say."""

    why: str
    tests: tuple[str, ...]
    says: re.Pattern[str]

    def explains(self, test: str, said: str) -> bool:
        """Tell whether a failure is this cause's."""
        return test.startswith(self.tests) and bool(self.says.search(said))


def causes(path: Path = CAUSES) -> list[Cause]:
    """Read the list; each entry has all three."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["cause"]
    return [Cause(c["why"], tuple(c["tests"]), re.compile(c["says"])) for c in listed]


@dataclass
class Outcome:
    """How many tests passed, were skipped, failed, were in error, and are Wine's own; the rest of them in words."""

    counts: Counter[str] = field(default_factory=Counter)
    told: list[tuple[str, str]] = field(default_factory=list)
    """Test and traceback of each failure and error that counts."""
    excused: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)


def added(outcomes: Iterable[Outcome]) -> Outcome:
    """Add several up."""
    total = Outcome()
    for one in outcomes:
        total.counts += one.counts
        total.told += one.told
        total.excused += one.excused
        total.skipped += one.skipped
    return total


class Kept:
    """What each file of tests told, in a folder, with the fingerprint of what it may depend on."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder

    @cached_property
    def _listed(self) -> dict[str, str]:
        """What is committed: the line that git has for each path."""
        command = ["git", "ls-tree", "-r", "HEAD"]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        return {line.partition("\t")[2]: line for line in done.stdout.splitlines()}

    def key(self, file: str) -> str:
        """Return the fingerprint of what a file of tests may depend on."""
        return hashlib.sha256("\n".join(depended(self._listed, file)).encode()).hexdigest()

    def _of(self, file: str, ending: str) -> Path:
        return self.folder / f"{file.replace('/', '-')}.{ending}"

    def _lines(self, file: str) -> list[dict]:
        path = self._of(file, "jsonl")
        return [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()] if path.exists() else []

    def is_whole(self, file: str) -> bool:
        """Tell whether all its tests were run, on what is committed now."""
        of = self._of(file, "key")
        return of.exists() and of.read_text() == self.key(file) and {"ended": True} in self._lines(file)

    def begin(self, files: list[str]) -> None:
        """Forget what these files told; from now on they are run."""
        for file in files:
            self._of(file, "jsonl").unlink(missing_ok=True)
            self._of(file, "key").write_text(self.key(file))

    def end(self, files: list[str]) -> None:
        """Note that these files were run, where there was no test in one."""
        for path in (self._of(file, "jsonl") for file in files):
            if not path.exists():
                path.write_text('{"ended": true}\n')

    def read(self, file: str, known: list[Cause]) -> Outcome:
        """Judge what a file told. One without an end is an error of its own, and names the last test before it."""
        found, last, ended = Outcome(), "none", False
        for line in self._lines(file):
            if "ended" in line:
                ended = True
                continue
            last, outcome, said = line["test"], line["outcome"], line["said"]
            if outcome in ("failed", "error"):
                cause = next((c for c in known if c.explains(last, said)), None)
                if cause:
                    found.excused[cause.why] += 1
                    outcome = "wine"
                else:
                    found.told.append((last, said))
            elif outcome == "skipped":
                found.skipped[said.removeprefix("Skipped: ")] += 1
            found.counts[outcome] += 1
        if not ended:
            found.counts["error"] += 1
            found.told.append((file, f"Python came to an end before this file did; the last test was {last}"))
        return found


def depended(listed: dict[str, str], file: str) -> list[str]:
    """Leave out of what git lists other files of tests, but those this one imports, and what does not run inside."""
    wanted, seen = [file], set()
    while wanted:
        one = wanted.pop()
        if one in seen:
            continue
        seen.add(one)
        source = ROOT / one
        for whole, package, name in _IMPORTED.findall(source.read_text(encoding="utf-8") if source.exists() else ""):
            wanted.append(f"tests/{(whole or f'{package}.{name}').replace('.', '/')}.py")
    kept = []
    for path, line in listed.items():
        is_test = path.startswith("tests/") and path.rpartition("/")[2].startswith("test_")
        is_here = path.startswith("tests/windows/") and not path.startswith("tests/windows/inside/")
        if path in seen or not (is_test or is_here):
            kept.append(line)
    return kept


_KINDS = ("passed", "skipped", "wine", "failed", "error")


def table(runs: dict[str, Outcome]) -> str:
    """Return how many of each, by part and in all; then why, by cause and by reason."""
    total = added(runs.values())
    rows = [(name, *(str(run.counts[k]) for k in _KINDS)) for name, run in {**runs, "all": total}.items()]
    lines = ["{:<12}{:>8}{:>9}{:>7}{:>8}{:>7}".format(*row) for row in [("", *_KINDS), *rows]]
    lines += [f"\nWine's own ({n}): {why}" for why, n in total.excused.most_common()]
    lines += ["\nskipped:", *(f"{n:5}  {why}" for why, n in total.skipped.most_common())]
    return "\n".join(lines)
