"""What became of the suite inside Wine is told as it was: nothing that failed is lost or excused without its cause."""

import json
import re

import pytest

from windows import outcomes, suite
from windows.outcomes import Cause
from windows.places import ROOT

NUMPY = Cause("numpy stops", ("tests/publish/test_picture.py",), re.compile("No module named 'numpy'"))


def told(path, *lines, ended=1):
    ends = [] if ended is None else [{"ended": ended}]
    rows = [*({"test": t, "outcome": o, "said": s} for t, o, s in lines), *ends]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return outcomes.read(path, [NUMPY])


PICTURE = "tests/publish/test_picture.py::test_a"


@pytest.mark.parametrize(
    ("test", "said", "is_wines"),
    [
        (PICTURE, "ModuleNotFoundError: No module named 'numpy'", True),
        (PICTURE, "assert 3 == 4", False),
        ("tests/publish/test_page.py::test_a", "No module named 'numpy'", False),
    ],
)
def test_a_failure_is_wines_only_where_the_test_is_named_and_says_so(tmp_path, test, said, is_wines):
    found = told(tmp_path / "publish.jsonl", (test, "failed", said))
    assert (found.told == []) == is_wines
    assert found.counts == ({"wine": 1} if is_wines else {"failed": 1})


def test_each_kind_is_counted_and_skipped_ones_with_their_reason(tmp_path):
    lines = [
        ("a", "passed", ""),
        ("b", "skipped", "Skipped: POSIX"),
        ("b", "error", "x"),
        (PICTURE, "error", "'numpy'"),
    ]
    found = told(tmp_path / "x.jsonl", *lines)
    assert found.counts == {"passed": 1, "skipped": 1, "error": 2}
    assert found.skipped == {"POSIX": 1}
    assert [test for test, _ in found.told] == ["b", PICTURE]


@pytest.mark.parametrize("ended", [None, 2, 3, 4])
def test_a_run_that_came_to_no_end_counts_as_an_error(tmp_path, ended):
    found = told(tmp_path / "x.jsonl", ("a", "passed", ""), ended=ended)
    assert found.counts == {"passed": 1, "error": 1}
    assert "the last test was a" in found.told[0][1]
    assert outcomes.read(tmp_path / "none", []).ended is None


def test_the_table_adds_up_what_the_runs_told(tmp_path):
    runs = {n: told(tmp_path / n, ("a", "passed", ""), (PICTURE, "error", "No module named 'numpy'")) for n in "xy"}
    table = outcomes.table(runs)
    assert re.search(r"(?m)^all +2 +0 +2 +0 +0$", table)
    assert "Wine's own (2): numpy stops" in table


def test_every_test_file_but_those_of_this_folder_is_run():
    asked = [path for paths in suite.parts().values() for path in paths]
    files = [p.relative_to(ROOT).as_posix() for p in (ROOT / "tests").rglob("test_*.py")]
    kept = [f for f in files if not f.startswith(("tests/windows/", "tests/node/"))]
    assert all(sum(f == a or f.startswith(f"{a}/") for a in asked) == 1 for f in kept)
    assert not any(f.startswith("tests/windows") for f in asked)


def test_what_was_told_holds_until_something_changes_that_it_may_depend_on():
    listed = [
        f"100644 blob {n:040}\t{path}"
        for n, path in enumerate((
            "automation/nianbao/report.py", "tests/reports.py", "tests/windows/inside/driver.py",
            "tests/excel/test_launch.py", "tests/excel/engine.py",
            "tests/serve/test_run.py", "tests/windows/wine_causes.toml", "tests/test_words.py",
        ))
    ]  # fmt: skip
    assert suite.depended(listed, ["tests/excel"]) == listed[:5]
    assert suite.depended(listed, ["tests/test_words.py"]) == [*listed[:3], listed[4], listed[7]]
    assert suite.key(["tests/excel"]) != suite.key(["tests/serve"])


def test_every_cause_names_tests_that_are_there():
    for cause in outcomes.causes():
        assert all((ROOT / test.partition("::")[0]).exists() for test in cause.tests), cause
