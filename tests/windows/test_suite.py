"""What became of the suite inside Wine is told as it was: nothing that failed is lost or excused without its cause."""

import json
import re

import pytest

from windows import outcomes, suite
from windows.outcomes import Cause, Kept
from windows.places import ROOT

NUMPY = Cause("numpy stops", ("tests/publish/test_picture.py",), re.compile("No module named 'numpy'"))


FILE = "tests/excel/test_launch.py"


def told(folder, *lines, ended=True):
    """What a file of tests told that `inside/telling.py` wrote these lines of."""
    rows = [*({"test": t, "outcome": o, "said": s} for t, o, s in lines), *([{"ended": True}] if ended else [])]
    kept = Kept(folder)
    (folder / "tests-excel-test_launch.py.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    return kept.read(FILE, [NUMPY])


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
    found = told(tmp_path, (test, "failed", said))
    assert (found.told == []) == is_wines
    assert found.counts == ({"wine": 1} if is_wines else {"failed": 1})


def test_each_kind_is_counted_and_skipped_ones_with_their_reason(tmp_path):
    lines = [
        ("a", "passed", ""),
        ("b", "skipped", "Skipped: POSIX"),
        ("b", "error", "x"),
        (PICTURE, "error", "'numpy'"),
    ]
    found = told(tmp_path, *lines)
    assert found.counts == {"passed": 1, "skipped": 1, "error": 2}
    assert found.skipped == {"POSIX": 1}
    assert [test for test, _ in found.told] == ["b", PICTURE]


def test_a_file_that_came_to_no_end_counts_as_an_error(tmp_path):
    found = told(tmp_path, ("a", "passed", ""), ended=False)
    assert found.counts == {"passed": 1, "error": 1}
    assert "the last test was a" in found.told[0][1]
    assert Kept(tmp_path / "none").read(FILE, []).counts == {"error": 1}


def test_the_table_adds_up_what_the_parts_told(tmp_path):
    runs = {n: told(tmp_path, ("a", "passed", ""), (PICTURE, "error", "No module named 'numpy'")) for n in "xy"}
    table = outcomes.table(runs)
    assert re.search(r"(?m)^all +2 +0 +2 +0 +0$", table)
    assert "Wine's own (2): numpy stops" in table


def test_a_file_that_was_run_whole_is_not_run_again_until_something_it_needs_changes(tmp_path, monkeypatch):
    kept = Kept(tmp_path)
    assert not kept.is_whole(FILE)
    kept.begin([FILE])
    assert not kept.is_whole(FILE)
    kept.end([FILE])
    assert kept.is_whole(FILE)
    assert kept.read(FILE, []).counts == {}
    monkeypatch.setattr(Kept, "key", lambda *_: "another")
    assert not kept.is_whole(FILE)


def test_every_test_file_but_those_of_this_folder_is_run_once():
    asked = [path for paths in suite.parts().values() for path in paths]
    files = {p.relative_to(ROOT).as_posix() for p in (ROOT / "tests").rglob("test_*.py")}
    assert len(asked) == len(set(asked))
    assert set(asked) == {f for f in files if not f.startswith(("tests/windows/", "tests/node/"))}


def test_what_was_told_holds_until_something_changes_that_it_may_depend_on():
    paths = (
        "automation/nianbao/report.py", "tests/reports.py", "tests/windows/inside/driver.py", FILE,
        "tests/serve/desks.py", "tests/serve/test_run.py", "tests/windows/wine_causes.toml", "tests/test_words.py",
        "tests/serve/test_ending.py",
    )  # fmt: skip
    listed = {path: path for path in paths}
    assert outcomes.depended(listed, FILE) == list(paths[:5])
    assert outcomes.depended(listed, "tests/test_words.py") == [*paths[:3], paths[4], paths[7]]
    assert outcomes.depended(listed, paths[8]) == [*paths[:3], *paths[4:6], paths[8]]  # it imports test_run


def test_every_cause_names_tests_that_are_there():
    for cause in outcomes.causes():
        assert all((ROOT / test.partition("::")[0]).exists() for test in cause.tests), cause
