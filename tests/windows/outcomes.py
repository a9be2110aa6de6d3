"""What became of the project's own tests inside Wine: read from what `inside/outcomes.py` wrote, judged, told.

A failure is Wine's own only where `wine_causes.toml` names the test and what it said says so; any other counts.
"""

import json
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

CAUSES = Path(__file__).with_name("wine_causes.toml")


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
    """What became of one run of pytest; `ended` is its exit code, None where Python itself came to an end."""

    counts: Counter[str] = field(default_factory=Counter)
    """Of passed, skipped, failed, error, and wine for what is its own."""
    told: list[tuple[str, str]] = field(default_factory=list)
    """Test and traceback of each failure and error that counts."""
    excused: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    ended: int | None = None
    last: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether pytest ran every test: all passed, some failed, or none was there."""
        return self.ended in (0, 1, 5)

    def add(self, other: "Outcome") -> None:
        """Count another run's to this one's."""
        self.counts += other.counts
        self.told += other.told
        self.excused += other.excused
        self.skipped += other.skipped


def read(path: Path, known: list[Cause]) -> Outcome:
    """Read and judge one run. One without an end is an error of its own, and names the test after which it came."""
    found = Outcome()
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        told = json.loads(line)
        if "ended" in told:
            found.ended = told["ended"]
            continue
        found.last = told["test"]
        outcome, said = told["outcome"], told["said"]
        if outcome in ("failed", "error"):
            cause = next((c for c in known if c.explains(told["test"], said)), None)
            if cause:
                found.excused[cause.why] += 1
                outcome = "wine"
            else:
                found.told.append((told["test"], said))
        elif outcome == "skipped":
            found.skipped[said.removeprefix("Skipped: ")] += 1
        found.counts[outcome] += 1
    if not found.is_whole:
        found.counts["error"] += 1
        found.told.append((path.stem, f"pytest came to no end ({found.ended}); the last test was {found.last}"))
    return found


_KINDS = ("passed", "skipped", "wine", "failed", "error")


def table(runs: dict[str, Outcome]) -> str:
    """Return how many of each, by run and in all; then why, by cause and by reason."""
    total = Outcome()
    for run in runs.values():
        total.add(run)
    rows = [(name, *(str(run.counts[k]) for k in _KINDS)) for name, run in {**runs, "all": total}.items()]
    lines = ["{:<12}{:>8}{:>9}{:>7}{:>8}{:>7}".format(*row) for row in [("", *_KINDS), *rows]]
    lines += [f"\nWine's own ({n}): {why}" for why, n in total.excused.most_common()]
    lines += ["\nskipped:", *(f"{n:5}  {why}" for why, n in total.skipped.most_common())]
    return "\n".join(lines)
