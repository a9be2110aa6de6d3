"""Lines no test runs, each with its reason. The reasons are uncovered.toml: file, function or text of the line."""

import ast
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REASONS = Path(__file__).with_name("uncovered.toml")
LEAST = 95.0


@dataclass(frozen=True)
class Place:
    """Where untested lines are expected: all of a function, or those with this text in them."""

    file: str
    reason: str
    function: str = ""
    line: str = ""

    def holds(self, file: str, function: str, line: str) -> bool:
        inside = not self.function or function == self.function or function.startswith(self.function + ".")
        return file == self.file and inside and self.line in line


def places() -> list[Place]:
    """Return every place with its reason in words."""
    told = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    return [Place(**entry | {"reason": told["reasons"][entry["reason"]]}) for entry in told["place"]]


def function_of(source: str) -> dict[int, str]:
    """Return for each line inside functions or classes their names, dotted, innermost last."""
    found: dict[int, str] = {}

    def visit(node: ast.AST, outer: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = f"{outer}.{child.name}".lstrip(".")
                found.update(dict.fromkeys(range(child.lineno, (child.end_lineno or 0) + 1), name))
                visit(child, name)
            else:
                visit(child, outer)

    visit(ast.parse(source), "")
    return found


def show(told: dict[str, Any], root: Path) -> int:
    """Print the figures and the lines; return 1 when something is missing."""
    known, used = places(), set()
    grouped: dict[str, list[str]] = defaultdict(list)
    without: list[str] = []
    for name, of in sorted(told["files"].items()):
        if not of["missing_lines"]:
            continue
        file = name.removeprefix("automation/nianbao/")
        source = (root / name).read_text(encoding="utf-8")
        text, functions = source.splitlines(), function_of(source)
        for number in of["missing_lines"]:
            line, function = text[number - 1].strip(), functions.get(number, "")
            place = next((p for p in known if p.holds(file, function, line)), None)
            words = f"{file}:{number} {function}: {line}"
            if place:
                used.add(place)
                grouped[place.reason].append(words)
            else:
                without.append(words)
    for reason, found in grouped.items():
        print(f"\n{reason} ({len(found)})", *found, sep="\n  ")
    stale = [p for p in known if p not in used]
    if without:
        print(f"\nWithout a reason ({len(without)})", *without, sep="\n  ")
    if stale:
        print("\nReasons without a line (are the lines run now?)", *stale, sep="\n  ")
    percent = _figures(told, sum(map(len, grouped.values())), len(without))
    return int(bool(without or stale or percent < LEAST))


def _figures(told: dict[str, Any], explained: int, without: int) -> float:
    total = told["totals"]
    branches = 100 * total["covered_branches"] / total["num_branches"]
    lines = 100 * total["covered_lines"] / total["num_statements"]
    print(f"\nlines {lines:.2f} % of {total['num_statements']}, branches {branches:.2f} % of {total['num_branches']}, "
          f"together {total['percent_covered']:.2f} %")  # fmt: skip
    print(f"untested lines: {explained} with a reason, {without} without; branches never taken: "
          f"{total['missing_branches']}, of which {total['num_partial_branches']} from lines that are run")  # fmt: skip
    return float(total["percent_covered"])
