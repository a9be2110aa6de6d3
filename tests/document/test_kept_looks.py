"""Reports look as they did when somebody looked at them: tests/cases/looks, measured by looks.py."""

import copy

import pytest

from document import looks

pytestmark = pytest.mark.xdist_group("looks")

NAMES = sorted(looks.reports())
MOST = 300_000
"""Bytes of all that is kept."""


@pytest.fixture(scope="module")
def now(tmp_path_factory):
    return looks.looks(tmp_path_factory.mktemp("looks"), looks.reports())


@pytest.mark.office
@pytest.mark.parametrize("name", NAMES)
def test_a_report_looks_as_it_did(now, name):
    said = looks.differences(looks.load(name), now[name])
    assert said == [], "look at the pages; if they are right, run python tests/document/looks.py"


def test_looks_are_kept_of_these_reports_and_are_small():
    kept = [*looks.KEPT.iterdir()]
    assert sorted(p.name for p in kept) == sorted(f"{name}.json" for name in NAMES)
    assert sum(p.stat().st_size for p in kept) < MOST


def moved(page):
    page["lines"][5][0] += looks.SHIFT + 0.1


def clipped(page):
    page["lines"][3][2] -= looks.SHIFT + 0.1


def broken_elsewhere(page):
    page["lines"][4][3] = "，" + page["lines"][4][3]


def lost(page):
    del page["lines"][-2]


def blotted(page):
    page["ink"][20:23] = ["9" * looks.COLUMNS] * 3


@pytest.mark.parametrize("change", [moved, clipped, broken_elsewhere, lost, blotted])
def test_what_looks_otherwise_is_told_by_its_page(change):
    kept = looks.load("edition-2021")
    other = copy.deepcopy(kept)
    change(other["pages"][1])
    assert [said.split(":")[0] for said in looks.differences(kept, other)] == ["page 2"]
    assert looks.differences(kept, kept) == []


def test_a_page_more_is_told():
    kept = looks.load("edition-2021")
    more = {"pages": [*kept["pages"], kept["pages"][-1]]}
    assert looks.differences(kept, more) == ["4 pages have become 5"]


def test_a_hairs_breadth_and_a_shade_are_no_difference():
    kept = looks.load("edition-2021")
    other = copy.deepcopy(kept)
    for page in other["pages"]:
        page["lines"] = [[t + 1, a - 1, b + 1, said] for t, a, b, said in page["lines"]]
        page["ink"] = ["".join(str(min(9, int(c) + 1)) for c in row) for row in page["ink"]]
    assert looks.differences(kept, other) == []
