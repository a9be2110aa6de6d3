"""The tools that prove the tests: what they know of the source still holds, and what they count is counted right."""

import ast
import fnmatch
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from proving import lines, switch, tally
from proving.tally import Mutant

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "automation" / "nianbao"
FOLDER = ROOT / "tests" / "proving"


def body(file: str, function: str) -> str:
    """The lines of a function (or, with none named, of the file), each without its margin."""
    source = (PACKAGE / file).read_text(encoding="utf-8")
    owner = lines.function_of(source)
    inside = [
        line.strip()
        for number, line in enumerate(source.splitlines(), 1)
        if not function or f"{owner.get(number, '')}.".startswith(f"{function}.")
    ]
    return " ".join(inside)


@pytest.mark.parametrize("place", lines.places(), ids=lambda p: f"{p.file} {p.function} {p.line}")
def test_a_line_excused_from_being_tested_is_still_in_the_source(place):
    assert place.line in body(place.file, place.function)
    assert body(place.file, place.function)


@pytest.fixture(scope="module")
def functions():
    """Every function and method that may have mutants, squeezed, by its file and name."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]["only_mutate"]
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if any(fnmatch.fnmatch(path.relative_to(ROOT).as_posix(), pattern) for pattern in wanted):
            text = path.read_text(encoding="utf-8")
            for name, first, last in mutated(ast.parse(text)):
                code = "\n".join(text.splitlines()[first - 1 : last])
                found[path.relative_to(PACKAGE).as_posix(), name] = tally.squeezed(code)
    return found


def mutated(tree: ast.Module) -> Iterator[tuple[str, int, int | None]]:
    """Functions and methods at the top of a module: name, first and last line."""
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) else [node]
        owner = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
        yield from ((owner + f.name, f.lineno, f.end_lineno) for f in inside if isinstance(f, ast.FunctionDef))


@pytest.mark.parametrize("told", tally.explanations(), ids=lambda t: t["after"])
def test_a_survivor_that_is_explained_stands_in_one_function_of_the_source(told, functions):
    line = tally.squeezed(told["before"])
    assert len([place for place, code in functions.items() if tally.stands(told, *place) and line in code]) == 1
    assert line != tally.squeezed(told["after"])


def test_an_explanation_holds_wherever_its_line_has_gone_and_however_it_is_broken(monkeypatch):
    monkeypatch.setattr(tally, "explanations", lambda: [{"before": "x = f(a, b)", "after": "x = f(a, None)"}])
    broken = Mutant("m", "moved.py", "renamed", 9, "x = f( a, b, )", "x = f( a, None, )", wording=False)
    other = Mutant("n", "moved.py", "renamed", 9, "x = f(a, b)", "x = f(None, b)", wording=False)
    survived = {"m": {"verdict": "survived"}, "n": {"verdict": "survived"}}
    assert tally.unexplained([broken, other], survived) == [other]


def test_an_explanation_for_one_of_several_places_holds_there_alone(monkeypatch):
    told = {"before": "return True", "after": "return False", "function": "f"}
    monkeypatch.setattr(tally, "explanations", lambda: [told])
    here, there = (Mutant(n, "a.py", n, 1, "return True", "return False", wording=False) for n in ("f", "g"))
    survived = {"f": {"verdict": "survived"}, "g": {"verdict": "survived"}}
    assert tally.unexplained([here, there], survived) == [there]


@pytest.mark.parametrize(("file", "entries"), [("uncovered.toml", "place"), ("survivors.toml", "survivor")])
def test_every_reason_is_given_for_something(file, entries):
    told = tomllib.loads((FOLDER / file).read_text(encoding="utf-8"))
    assert set(told["reasons"]) == {e["reason"] for e in told[entries]}


def test_every_pattern_of_what_is_mutated_finds_a_file():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]["only_mutate"]
    assert [p for p in wanted if not list(ROOT.glob(p))] == []


def mutant(name: str, file: str = "a.py", **more: object) -> Mutant:
    return Mutant(name, file, "f", 1, "x < 1", "x <= 1", **{"wording": False} | more)  # type: ignore[arg-type]


def test_a_sample_is_the_same_for_the_same_seed_and_takes_something_of_every_file():
    many = [mutant(f"a{i}") for i in range(90)] + [mutant(f"b{i}", "b.py") for i in range(9)] + [mutant("c0", "c.py")]
    drawn = tally.sample(many, 20, 1)
    assert drawn == tally.sample(many, 20, 1)
    assert drawn != tally.sample(many, 20, 2)
    assert {f: sum(m.file == f for m in drawn) for f in ("a.py", "b.py", "c.py")} == {"a.py": 18, "b.py": 1, "c.py": 1}
    assert tally.sample(many, 0, 1) == many


def test_a_survivor_is_unexplained_unless_it_is_of_wording_or_told_of():
    results = {n: {"verdict": v} for n, v in (("a", "survived"), ("b", "killed"), ("c", "timeout"), ("d", "survived"))}
    tried = [mutant("a"), mutant("b"), mutant("c"), mutant("d", wording=True), mutant("not tried")]
    assert [m.name for m in tally.unexplained(tried, results)] == ["a"]


def test_the_interval_is_wilsons():
    low, high = tally.interval(90, 100)
    assert (round(low, 3), round(high, 3)) == (0.826, 0.945)
    assert tally.interval(0, 0) == (0.0, 1.0)


def test_the_switch_calls_the_mutant_that_is_chosen_and_only_in_its_own_module(monkeypatch):
    variants: switch.MutantDict = {}

    def x_f__mutmut_orig(value: int) -> int:
        return value

    def x_f__mutmut_1(value: int) -> int:
        return value + 1

    variants.update({"_mutmut_orig": x_f__mutmut_orig, "x_f__mutmut_1": x_f__mutmut_1})
    called = switch.switch(variants)(x_f__mutmut_orig)
    monkeypatch.setenv(switch.ENVIRONMENT, "")
    answers = []
    for name in ("", f"{__name__}.x_f__mutmut_1", "elsewhere.x_f__mutmut_1"):
        switch.choose(name)
        answers.append(called(1))
    switch.choose("")
    assert answers == [1, 2, 1]
    assert f"{__name__}.x_f" in switch.hits


def test_lines_are_known_by_the_innermost_function_around_them():
    source = "import a\nclass B:\n    def c(self):\n        def d():\n            return 1\n        return d\n"
    assert lines.function_of(source) == {2: "B", 3: "B.c", 4: "B.c.d", 5: "B.c.d", 6: "B.c"}


def test_mutants_know_the_line_they_change_and_whether_it_is_wording():
    making = pytest.importorskip("proving.mutants", exc_type=ImportError)
    source = 'def f(x):\n    """Say."""\n    if x < 2:\n        return "少"\n    return x\n'
    code, found = making.mutated(Path("automation/nianbao/numbers.py"), source)
    ast.parse(code)
    told = [(m.line, m.before, m.after, m.wording) for m in found]
    assert (3, "if x < 2:", "if x <= 2:", False) in told
    assert (4, 'return "少"', 'return "XX少XX"', True) in told
    assert "from mutation_switch import" in code
    assert found[0].called == "nianbao.numbers.x_f"
